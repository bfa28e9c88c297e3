"""The day again on the board: a scrubber over the scenario's minutes, and the board's own cards as they stood then."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components import ward_board
from components.attributes import attributes
from components.icons import icon
from components.live_fragment import Fragments
from components.plain_html import plain
from components.training.debriefed import Debriefed
from components.wording import epoch_ms
from models.ward_status import WardStatus
from seed.moments import Heard
from seed.score import Mark, Outcome
from seed.time_line import TimeLineRow

STRONGEST = ("harm", "note", "missed", "red", "entry")
"""What a minute's sign on the scrubber shows where there is more than one."""
SIGNS = {
    "harm": "harm",
    "note": "note",
    "missed": "too early, late or missed",
    "red": "high alert",
    "entry": "anything else",
}
HIGH = 3
NOT_AS_EXPECTED = (Outcome.TOO_EARLY, Outcome.LATE, Outcome.MISSED)


def replay_section(told: Debriefed, board: WardStatus, moments: str) -> Component:
    """`moments` is where the browser asks how the board stood."""
    last = told.minute(told.until)
    return html.Section(
        [
            html.H2("The day again", id="replay"),
            html.P("A replay of what the board showed. Nothing here is live.", className="muted"),
            _controls(told, last),
            html.Div([_signs(told, last), _legend()], className="replay-marks"),
            html.Ul("", className="replay-then", tabIndex="0", **attributes(data_then="", aria_label="In this minute")),
            _place(board),
        ],
        id="replay-section",
        className="no-print",
        **attributes(
            aria_labelledby="replay",
            data_moments=moments,
            data_starts=epoch_ms(told.player.scenario.started_at),
            data_last=epoch_ms(told.until),
            data_zone=told.zone,
        ),
    )


def _controls(told: Debriefed, last: int) -> Component:
    scrubber = plain(
        f'<input type="range" min="0" max="{last}" step="1" value="0" data-scrubber aria-label="Time of the day">',
        "scrubber",
    )
    return html.Div(
        [
            _button("back", "chevron-left", "Back"),
            _button("play", "chevron-right", "Play"),
            _button("on", "chevron-right", "Next"),
            html.Strong(
                told.clock(told.player.scenario.started_at), className="replay-clock", **attributes(data_at="")
            ),
            scrubber,
        ],
        className="replay-controls",
    )


def _button(does: str, shape: str, words: str) -> Component:
    return html.Button([icon(shape), " ", html.Span(words)], type="button", **attributes(data_replay=does))


# ---- signs of what lies where ----------------------------------------------------------------------------------------


def _signs(told: Debriefed, last: int) -> Component:
    strongest: dict[int, str] = {}
    for row in told.rows:
        minute, sign = told.minute(row.at), sign_of(row)
        strongest[minute] = min(sign, strongest.get(minute, sign), key=STRONGEST.index)
    shown = [
        html.Span("", className=f"sign sign-{sign}", style={"left": f"{100 * minute / max(last, 1):.2f}%"})
        for minute, sign in strongest.items()
    ]
    return html.Div(shown, className="signs", **attributes(aria_hidden="true"))


def sign_of(row: TimeLineRow) -> str:
    if row.kind in ("note", "harm"):
        return row.kind
    if isinstance(row.details, Mark) and row.details.outcome in NOT_AS_EXPECTED:
        return "missed"
    return "red" if isinstance(row.details, Heard) and row.details.priority == HIGH else "entry"


def _legend() -> Component:
    said = [html.Li([html.Span("", className=f"sign sign-{sign}"), words]) for sign, words in SIGNS.items()]
    return html.Ul(said, className="sign-legend", **attributes(aria_label="Signs on the scrubber"))


# ---- the board -------------------------------------------------------------------------------------------------------


def _place(board: WardStatus) -> Component:
    """Nothing can be tapped, as on a wall; what ticks is set to the moment shown, and stands."""
    words = html.Div(["Replay ", html.B("", **attributes(data_clock=""))], className="replay-word")
    counts = html.Div("", id="strip-counts", className="strip-box strip-counts live")
    shown = [html.Div([words, counts], className="replay-strip"), ward_board.places(board, wall=True)]
    return html.Div(shown, className="board-page wall replay", role="group", **attributes(aria_label="Board, replayed"))


def replay_fragments(board: WardStatus) -> Fragments:
    """Of the board's own, those that the replay has a place for."""
    return {
        name: fragment
        for name, fragment in ward_board.fragments(board).items()
        if name == "strip-counts" or name.startswith(("card-", "place-"))
    }
