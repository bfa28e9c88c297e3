"""The check lists of a chair: hour one before the infusion, going home after it, line by line with their buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash.development.base_component import Component

from components import html
from components.arrival_words import Named, taken_over
from components.icons import icon
from components.ways_on import ways_on
from components.wording import clock_time, date_words, dates_said
from models.clinical.protocol import Protocol
from models.clinical.status import ChairStatus, CheckStatus, Phase

STATES = {"done": "done", "missing": "to do", "blocked": "locks", "optional": ""}


def check_lists(
    status: ChairStatus, protocol: Protocol, staff: Mapping[str, str], zone: str, named: Named | None = None
) -> list[Component]:
    """The list the day is at stands first; the other one can still be read below."""
    hour_one = check_list("Hour one", status.hour_one, status, protocol, staff, zone, named)
    home = check_list("Going home", status.discharge_list, status, protocol, staff, zone)
    after = status.phase not in (Phase.EXPECTED, Phase.PRE_MEDICATION)
    return [home, hour_one] if after else [hour_one, home]


def check_list(
    title: str,
    lines: Sequence[CheckStatus],
    status: ChairStatus,
    protocol: Protocol,
    staff: Mapping[str, str],
    zone: str,
    named: Named | None = None,
) -> Component:
    """`named` is what the booking or the ward had said before anybody was asked."""
    if not lines:
        return html.Section(
            [html.H3(title), html.P("Nothing is asked here yet.", className="form-note")], className="check-list"
        )
    return html.Section(
        [
            html.H3([title, html.Small(progress_words(lines))]),
            html.Ul([_line(line, status, protocol, staff, zone, named) for line in lines]),
        ],
        className="check-list",
        key=title,
    )


def progress_words(lines: Sequence[CheckStatus]) -> str:
    """` 12 of 14 done, 2 to do`; optional lines are not counted."""
    wanted = [line for line in lines if line.state != "optional"]
    done = sum(line.state == "done" for line in wanted)
    blocked = sum(line.state == "blocked" for line in wanted)
    parts = [f" {done} of {len(wanted)} done"]
    if blocked:
        parts.append(f"{blocked} locks the start" if blocked == 1 else f"{blocked} lock the start")
    return ", ".join(parts)


def _line(
    line: CheckStatus,
    status: ChairStatus,
    protocol: Protocol,
    staff: Mapping[str, str],
    zone: str,
    named: Named | None,
) -> Component:
    spoken = said(line, staff, zone)
    return html.Li(
        [
            icon(
                "tick" if line.state == "done" else "cross" if line.state == "blocked" else "dashed-circle",
                f"check-{line.state}",
            ),
            html.Div(
                [html.Span(line.words), html.Small(spoken + taken_over(line, named or {}), className="muted")],
                className="check-words",
            ),
            html.Div(ways_on(line, status, protocol), className="check-answers"),
        ],
        className=f"check check-is-{line.state}",
        key=line.id,
    )


def said(line: CheckStatus, staff: Mapping[str, str], zone: str) -> str:
    """The answer with who gave it and when, or what the state means."""
    if line.answer is None and line.answered_at is None:
        return STATES[line.state]
    by = staff.get(line.answered_by or "", line.answered_by or "")
    when = (
        date_words(line.carried_from)
        if line.carried_from
        else clock_time(line.answered_at, zone)
        if line.answered_at
        else ""
    )
    carried = "carried from " if line.carried_from else ""
    locks = "locks · " if line.state == "blocked" else ""
    return f"{locks}{dates_said(line.answer) if line.answer else STATES[line.state]} · {carried}{when} {by}".strip(" ·")
