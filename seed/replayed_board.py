"""The ward's board as it stood at a moment of a play: what had been recorded by then, looked at then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from models.clinical.chair_status import chair_status
from models.clinical.status import ChairStatus
from models.ward_status import WardStatus, chair_views, protocol_line
from seed.scenario_player import ScenarioPlayer


def board_at(player: ScenarioPlayer, at: datetime) -> WardStatus:
    """A correction made later strikes nothing before; what was booked later is not there yet."""
    statuses, ward = statuses_at(player, at), player.store.ward()
    return WardStatus(
        name=ward.name,
        mode=ward.mode,
        zone=ward.zone,
        now=at,
        today=at.astimezone(ZoneInfo(ward.zone)).date(),
        clock_rate=0,
        revision=0,
        protocol=player.protocol,
        protocol_line=protocol_line(player.protocol),
        is_approved=player.protocol.is_approved,
        staff={member.id: member.name for member in player.store.staff()},
        doctors=ward.doctors,
        call_numbers=ward.call_numbers,
        supervising_neurologist=ward.supervising_neurologist,
        emergency_contact=ward.emergency_contact,
        chairs=tuple(chair_views(player.store.chairs(), statuses)),
        days=tuple(statuses),
    )


def statuses_at(player: ScenarioPlayer, at: datetime) -> list[ChairStatus]:
    """Every day of the scenario's date, by planned start."""
    statuses = []
    for one in player.store.open_days(player.scenario.date):
        day, course = player.charting.day_and_course(one.id)
        known = tuple(fact for fact in day.facts if fact.recorded_at <= at)
        if known:
            statuses.append(chair_status(replace(day, facts=known), course, player.protocol, at))
    return sorted(statuses, key=lambda status: status.planned_start)
