"""The pages of a ward that is a room's: the ward's own, and what only a training room shows beside them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from dash.development.base_component import Component

from components import bedside, chair_page
from components.live_fragment import Fragments
from dashboard.gate import signed_on
from dashboard.pages import BOARD, LivePage, live_page
from dashboard.training import seats
from dashboard.training.measuring import sits_in
from models.clinical.symptoms import is_at_least
from models.ward_status import WardStatus
from seed.branches import NOT_PLAYED
from seed.score import expected_now

if TYPE_CHECKING:
    from dashboard.training.play import Play
    from dashboard.training.room import Room
    from seed.moments import Happened
    from seed.scenario_file import Told
    from seed.scenario_player import ScenarioPlayer

AT_MOST = 12
"""Lines of what was noticed of one patient."""


def page(room: Room, play: Play, key: str, status: WardStatus) -> LivePage | None:
    own = live_page(key, status)
    if own is None:
        return None
    return own._replace(
        layout=lambda status: as_learner(room, layout(own, status)),
        fragments=lambda status: {**own.fragments(status), **beside(room, play.player, own.key, status)},
        loads=(*own.loads, "/assets/bedside."),
    )


def layout(own: LivePage, status: WardStatus) -> Component:
    kind, _, label = own.key.partition("/")
    if kind == "chair":
        return chair_page.layout(status, label, beside=(bedside.bedside(),))
    shell = own.layout(status)
    if own.key == BOARD.key:
        shell.children.insert(1, bedside.calls_place())
    return shell


def as_learner(room: Room, shell: Component) -> Component:
    here = next((one for one in seats.everybody(room) if one.id == signed_on().device), None)
    return shell if here is None else bedside.as_learner(shell, here.name, room.code)


def beside(room: Room, player: ScenarioPlayer, key: str, status: WardStatus) -> Fragments:
    kind, _, label = key.partition("/")
    if key == BOARD.key:
        return {"bedside-calls": bedside.calls_fragment(calls(player, status), status.zone)}
    if kind != "chair":
        return {}
    chair = sits_in(player, status, label)
    seen = tuple(noticed(player, one, label) for one in reversed(player.course) if is_noticed(one, chair))
    return {
        "bedside-noticed": bedside.noticed_fragment(seen[:AT_MOST], status.zone),
        "bedside-hints": bedside.hints_fragment(hints(room, player, chair)),
    }


def is_noticed(one: Happened, chair: str | None) -> bool:
    """What can be seen or heard of the patient; what colleagues do stands in the record, or is for the trainer."""
    return one.kind == "patient" and one.chair == chair


def noticed(player: ScenarioPlayer, one: Happened, label: str) -> bedside.Noticed:
    felt = [each.told for each in player.patients[one.chair].feels(player.scenario.minute(one.at)).values()]
    is_red = any(is_red_symptom(player, told) for told in felt if one.words in (told.says, told.symptom))
    return bedside.Noticed(one.at, label, one.words, any(told.says == one.words for told in felt), is_red)


def is_red_symptom(player: ScenarioPlayer, told: Told) -> bool:
    protocol = player.protocol
    kind = protocol.symptoms.get(told.symptom)
    return kind is not None and (kind.red or is_at_least(told.severity, kind.red_from, protocol))


def hints(room: Room, player: ScenarioPlayer, chair: str | None) -> tuple[str, ...]:
    """What helps on with what waits to be done at this chair; the expected action itself would be the answer."""
    waiting = expected_now(player, room.clock.now()) if room.hints_shown and chair is not None else ()
    return tuple(one.expected.hint for one in waiting if one.expected.chair == chair and one.expected.hint)


def calls(player: ScenarioPlayer, status: WardStatus) -> tuple[bedside.Noticed, ...]:
    """Of every patient who has called since somebody who plays last recorded something there: the worst, the newest."""
    found = []
    for view in status.chairs:
        chair = sits_in(player, status, view.label)
        played = [one.recorded_at for one in view.status.facts if one.device not in NOT_PLAYED] if view.status else []
        since = max(played, default=player.scenario.started_at)
        told = [one for one in list(player.course) if one.at > since and is_noticed(one, chair)]
        found += [max((noticed(player, one, view.label) for one in told), key=pressing)] if told else []
    return tuple(sorted(found, key=pressing, reverse=True))


def pressing(one: bedside.Noticed) -> tuple[bool, datetime, bool]:
    return one.is_red, one.at, one.is_said


def show_beside(room: Room, play: Play) -> None:
    """Drawn anew where more than the ward has changed: what is noticed of a patient, and hints."""
    player = play.player
    shown = (len(player.course), tuple(hints(room, player, chair) for chair in player.days))
    if shown != play.shown_beside:
        play.shown_beside = shown
        for key in (BOARD.key, *(f"chair/{view.label}" for view in play.status.chairs)):
            play.app.stream.redraw(key)
