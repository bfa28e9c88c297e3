"""What is shown in the place of a trainer's page: to somebody who is no trainer, and where a room is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from components.live_fragment import Fragments
from components.page_head import page_head
from components.wording import ward_date, weekday_date

if TYPE_CHECKING:
    from models.ward_status import WardStatus


def not_a_trainer(status: WardStatus) -> html.Div:
    return _page(
        status,
        "Training rooms are opened and led by a trainer.",
        "To take part in one, open the way to join and write the four letters that the trainer's screen shows. "
        "If you are a trainer, sign off here and sign on as one.",
        {"/join": "Join a room"},
    )


def no_room(status: WardStatus) -> html.Div:
    words = "Closing a room ends its ward, and nothing of it is kept. Any scenario can be opened anew."
    return _page(status, "This training room is closed, or was never opened.", words, {"/training": "To the scenarios"})


def _page(status: WardStatus, sentence: str, then: str, ways: dict[str, str]) -> html.Div:
    links = [html.A(words, href=path, className="control primary") for path, words in ways.items()]
    told = html.Section([html.H2(sentence), html.P(then), html.Div(links, className="one-line")], className="box told")
    css = "today-page training-page"
    return html.Div([page_head(status, "", hears=False), html.Main(told)], id="page", className=css)


def fragments(status: WardStatus) -> Fragments:
    return {"today-date": {"children": weekday_date(ward_date(status.now, status.zone))}}
