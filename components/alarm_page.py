"""The alarms page: what the ward's own alerts cost its nurses, over a period somebody chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.live_fragment import Fragments
from components.page_head import page_head
from components.protocol_line import protocol_line
from components.wording import ward_date, weekday_date

if TYPE_CHECKING:
    from models.ward_status import WardStatus

PERIODS = {1: "Today", 7: "7 days", 30: "30 days"}


def layout(status: WardStatus) -> html.Div:
    """The figures are counted when they are asked for, not with every change of the ward."""
    return html.Div(
        [
            page_head(status, "/alarms"),
            html.Main(
                [
                    html.Div(
                        [html.H2("What alerts cost", id="alarm-title", className="list-title"), _periods()],
                        className="list-head",
                    ),
                    html.Div(
                        html.P("Counting …", className="muted"),
                        id="alarm-figures",
                        className="alarm-figures live",
                        role="region",
                        **attributes(aria_labelledby="alarm-title", aria_live="polite"),
                    ),
                    html.Div(id="alarm-period", hidden=True, **attributes(data_asked=f"{min(PERIODS)} 0")),
                ],
                className="alarm-main",
            ),
            protocol_line(status),
        ],
        id="page",
        className="today-page alarm-page",
        **attributes(data_zone=status.zone),
    )


def _periods() -> Component:
    buttons = [
        html.Button(
            words,
            type="button",
            className="chip",
            **attributes(data_alarm_days=str(days), aria_pressed=str(days == min(PERIODS)).lower()),
        )
        for days, words in PERIODS.items()
    ]
    return html.Div(buttons, className="dates", role="group", **attributes(aria_label="Period"))


def fragments(status: WardStatus) -> Fragments:
    return {"today-date": {"children": weekday_date(ward_date(status.now, status.zone))}}
