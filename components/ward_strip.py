"""The strip above the chairs: clock, ward, counts, the next two hours, what waits for somebody."""

from __future__ import annotations

from collections.abc import Sequence

from components import html
from components.attributes import attributes
from components.live_fragment import Fragment, Fragments
from components.needs_somebody import needs_somebody, waiting
from components.sound_button import sound_words
from components.training_frame import training_word
from components.two_hours import columns, quarter, two_hours
from components.wording import ward_date, weekday_date
from models.clinical.status import ChairStatus, Phase
from models.ward_status import ChairView, WardStatus

COUNTED: tuple[tuple[str, Phase], ...] = (
    ("expected", Phase.EXPECTED),
    ("hour one", Phase.PRE_MEDICATION),
    ("infusing", Phase.INFUSION),
    ("observing", Phase.OBSERVATION),
)


def ward_strip(status: WardStatus) -> html.Header:
    """The shell; its live parts are filled by the stream."""
    return html.Header(
        [
            html.Div(
                [
                    html.Span("", className="strip-clock", role="timer", **attributes(data_clock="", aria_live="off")),
                    html.Div(
                        [
                            html.H1([status.name, *training_word(status.mode)], className="strip-name"),
                            html.Div("", id="strip-date", className="strip-date live stays"),
                            live_dot(),
                            html.Div("♥ /min · mmHg · age", className="strip-legend"),
                        ]
                    ),
                ],
                className="strip-box strip-ward",
            ),
            html.Div("", id="strip-counts", className="strip-box strip-counts live"),
            html.Section(
                "", id="strip-next", className="strip-box strip-next live", **attributes(aria_label="Next two hours")
            ),
            html.Section(
                "",
                id="strip-waiting",
                className="strip-box strip-waiting live",
                **attributes(aria_label="Unanswered alerts"),
            ),
        ],
        className="strip",
    )


def live_dot(hears: bool = True) -> html.Div:
    """`live · 1 s`, written by the browser; for the shell of any page, with the sound of those on which it is heard."""
    words = [html.Span("", **attributes(data_live="")), *([sound_words()] if hears else [])]
    return html.Div(
        [html.Span(className="dot"), html.Span(words)],
        className="live-state",
    )


def fragments(status: WardStatus) -> Fragments:
    numbers, waits = counted(status.chairs), waiting(status.chairs, status.staff)
    quarters = columns(status.chairs, quarter(status.now), status.zone)
    today = ward_date(status.now, status.zone)
    return {
        "strip-date": {"children": weekday_date(today)},
        "strip-counts": Fragment((numbers,), lambda: {"children": counts(numbers)}),
        "strip-next": Fragment(
            (quarters, len(status.chairs)), lambda: {"children": two_hours(quarters, len(status.chairs))}
        ),
        "strip-waiting": Fragment((waits,), lambda: {"children": needs_somebody(waits)}),
    }


def counted(chairs: Sequence[ChairView]) -> list[tuple[str, int]]:
    """Every patient of today still to come or here, and the chairs nobody sits in or is expected in."""
    shown = [view.status for view in chairs if view.status is not None]
    everybody: list[ChairStatus] = shown + [later for view in chairs for later in view.later]
    numbers = [(words, sum(status.phase is phase for status in everybody)) for words, phase in COUNTED]
    taken = sum(status.is_open or status.phase is Phase.EXPECTED for status in shown)
    return [*numbers, ("free", len(chairs) - taken)]


def counts(numbers: Sequence[tuple[str, int]]) -> html.Ul:
    return html.Ul(
        [
            html.Li(
                [html.B(str(number)), " ", html.Span(words, className="stays")], className=f"count-{words.split()[0]}"
            )
            for words, number in numbers
        ],
        className="counts",
    )
