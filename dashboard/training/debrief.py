"""What a debrief is read from: the page of a room, the board as it stood at a moment, time line and marks as CSV."""

# Annotations are read at run time here: they must not become text.

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Annotated, Literal, Protocol

from fastapi import APIRouter, FastAPI, Query
from pydantic import AwareDatetime
from starlette.responses import HTMLResponse, Response

from components import training_frame
from components.live_fragment import Fragment
from components.plain_html import plain_html
from components.training.debrief_page import Addresses, debrief_page
from components.training.debrief_replay import replay_fragments
from components.training.debriefed import Debriefed, debriefed, learners_of
from components.wording import clock_time, epoch_ms
from dashboard.api.refusals import NotTheirs, WardRoute, code_of
from dashboard.live_json import as_json
from dashboard.pages.plain import plain_page, title
from models.charting import NotFound
from models.clinical.clock import Clock
from models.clinical.refusal import Refusal
from seed.debrief_csv import marks_csv, overview_csv, time_line_csv
from seed.learners import Learner
from seed.replayed_board import board_at
from seed.scenario_player import ScenarioPlayer

STYLES = ("/assets-bootstrap/bootstrap.min.css", "/assets/ward.css", "/assets/board.css", "/assets/debrief.css")
SCRIPTS = ("/assets/live.draw.js", "/assets/board.js", "/assets/debrief.js")
PATH = "/training/{code}/debrief"


class Play(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def player(self) -> ScenarioPlayer: ...


class InPlay(Learner, Protocol):
    @property
    def play(self) -> int: ...


class Room(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def plays(self) -> Sequence[Play]: ...
    @property
    def learners(self) -> Sequence[InPlay]: ...


FindRoom = Callable[[str], Room]
"""By its code, for the trainer who leads it; a refusal for anybody else."""
Number = Annotated[int, Query(ge=1, description="Which ward of the room; 1 where all share one")]


def register(server: FastAPI, find_room: FindRoom) -> None:
    router = APIRouter(route_class=WardRoute, tags=["training"])

    @router.get(PATH, include_in_schema=False)
    def page(code: str, play: Number = 1) -> Response:
        try:
            return HTMLResponse(page_html(find_room(code), play))
        except Refusal as refused:
            words = f"<p>{escape(refused.sentence)}</p><p>{way_on(refused, code)}</p>"
            return HTMLResponse(plain_page("No debrief", words, training_frame.TRAINING), code_of(refused))

    @router.get("/api/training/rooms/{code}/moment", summary="The board as it stood at a moment, to be drawn")
    def moment(code: str, at: AwareDatetime, play: Number = 1) -> Response:
        room = find_room(code)
        return Response(moment_json(played(room, play).player, at, room.clock.now()), media_type="application/json")

    @router.get("/api/training/rooms/{code}/debrief.csv", summary="The time line, the marks or every learner as CSV")
    def debrief_csv(
        code: str, what: Literal["time-line", "marks", "overview"] = "time-line", play: Number = 1
    ) -> Response:
        room = find_room(code)
        told = told_of(room, played(room, play))
        if what == "time-line":
            text = time_line_csv(told.player, told.rows, told.learners)
        elif what == "overview":
            text = overview_csv(learners_of({one.number: told_of(room, one) for one in room.plays}))
        else:
            text = marks_csv(told.player, told.score, told.learners)
        named = {"content-disposition": f'attachment; filename="TRAINING-{room.code}-{what}.csv"'}
        return Response(text, media_type="text/csv; charset=utf-8", headers=named)

    server.include_router(router)


def way_on(refused: Refusal, code: str) -> str:
    """To the panel, where a room is taken over; to the board for who leads none."""
    if isinstance(refused, NotTheirs):
        return '<a class="control" href="/">To the board</a>'
    known = f"/training/{code}" if re.fullmatch("[A-Z]{4}", code) else "/training"
    return f'<a class="control" href="{known}">To the panel of the room</a>'


def played(room: Room, number: int) -> Play:
    found = next((one for one in room.plays if one.number == number), None)
    if found is None:
        raise NotFound(f"Room {room.code} has no ward {number}.")
    return found


def told_of(room: Room, play: Play) -> Debriefed:
    learners = [one for one in room.learners if one.play == play.number]
    return debriefed(play.player, learners, room.clock.now())


def page_html(room: Room, number: int) -> str:
    """A page of its own without Dash: nothing on it is live."""
    shown = played(room, number)
    plays: Mapping[int, Debriefed] = {one.number: told_of(room, one) for one in room.plays}
    board = board_at(shown.player, shown.player.scenario.started_at)
    body = plain_html(debrief_page(plays, number, board, Addresses(room.code)))
    styles = "".join(f'<link rel="stylesheet" href="{path}">' for path in STYLES)
    scripts = "".join(f'<script src="{path}" defer></script>' for path in SCRIPTS)
    words = title(f"Debrief {room.code}: {shown.player.scenario.title}", training_frame.TRAINING)
    return (
        '<!DOCTYPE html><html lang="en-GB" data-mode="training" data-page="debrief"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(words)}</title><link rel="icon" href="/assets/icon.svg">{styles}'
        f'<script src="/assets/theme.js"></script>{scripts}</head>'
        f'<body><div class="print-word">{training_frame.WORD} · invented patients · {escape(room.code)}</div>'
        f"{training_frame.frame_html(training_frame.TRAINING)}{body}</body></html>"
    )


def moment_json(player: ScenarioPlayer, at: datetime, now: datetime) -> str:
    """Never before the scenario's start and never ahead of the room."""
    scenario = player.scenario
    at = min(max(at, scenario.started_at), now, scenario.ends_at)
    board = board_at(player, at)
    drawn = {name: one.props() if isinstance(one, Fragment) else one for name, one in replay_fragments(board).items()}
    return as_json({"at": int(epoch_ms(at)), "clock": clock_time(at, scenario.zone), "fragments": drawn})
