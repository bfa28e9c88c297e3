"""A room as the trainer's screens show it at this moment."""

from __future__ import annotations

import math
from collections.abc import Mapping

from components.training.shown import CLOSED, NOT_STARTED, OVER, PAUSED, RUNNING, ShownLearner, ShownRoom
from dashboard.training.learner import Learner
from dashboard.training.room import RATES, Room


def shown_room(room: Room, staff: Mapping[str, str], is_open: bool = True) -> ShownRoom:
    """`staff` are the names of the server's own ward, whose trainers lead its rooms."""
    return ShownRoom(
        code=room.code,
        title=room.scenario.title,
        kind=room.kind,
        lead=room.lead,
        trainer_name=staff.get(room.trainer, room.trainer),
        zone=room.scenario.zone,
        now=room.clock.now(),
        starts=room.scenario.started_at,
        ends=room.scenario.ends_at,
        next_at=room.next_at(),
        state=state_of(room) if is_open else CLOSED,
        rate=room.clock.rate,
        chosen_rate=room.chosen_rate,
        rates=RATES,
        slows=room.slows,
        waits_for=room.needs_somebody(),
        hints=room.hints_shown,
        learners=tuple(shown_learner(room, one) for one in room.learners if not one.left),
    )


def state_of(room: Room) -> str:
    if room.is_over:
        return OVER
    if room.is_running:
        return RUNNING
    return PAUSED if room.clock.now() > room.scenario.started_at else NOT_STARTED


def shown_learner(room: Room, learner: Learner) -> ShownLearner:
    play = next((one for one in room.plays if one.number == learner.play), None)
    name = play.status.staff.get(learner.staff_id, learner.staff_id) if play else learner.staff_id
    off_for = (learner.offline_until or 0.0) - room.clock.real()
    return ShownLearner(
        id=learner.id,
        name=learner.name,
        part=f"{name}, {learner.role}",
        play=learner.play,
        online=play is not None and play.app.stream.hears(learner.token_hash),
        offline_s=math.ceil(off_for) if off_for > 0 else 0,
    )
