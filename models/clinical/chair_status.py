"""The status of a chair: everything a screen may show of one infusion day at one moment, from its facts alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TypeVar

from models.clinical.alerts import alerts, value_alerts
from models.clinical.chair_level import chair_level
from models.clinical.day_band import Band, day_band
from models.clinical.day_sheet import DaySheet
from models.clinical.deadlines import deadlines
from models.clinical.evaluation import resume_needs_evaluation, resumes_slowly
from models.clinical.evaluation_view import evaluation_view
from models.clinical.facts import DischargePrepared, Fact, InfusionDay, NightReceiver, RoundNotDone
from models.clinical.go_no_go import began_at
from models.clinical.infusion_clock import whole_seconds
from models.clinical.infusion_day import CLOSED, PHASE, Stand
from models.clinical.infusion_figures import Figures, infusion_figures
from models.clinical.monitoring import Round, interval_minutes, next_round
from models.clinical.next_step import Ahead, next_step
from models.clinical.observation import Observation, observation
from models.clinical.permissions import permissions
from models.clinical.protocol import Protocol
from models.clinical.replay import Replay, replay
from models.clinical.responsible import responsible
from models.clinical.rest_of_course import Course
from models.clinical.rested import stops_resting_on
from models.clinical.status import ChairStatus
from models.clinical.task_alerts import Tasks
from models.clinical.warnings import warnings

Said = TypeVar("Said")


def chair_status(day: InfusionDay, course: Course, protocol: Protocol, now: datetime) -> ChairStatus:
    """Pure: the same facts, course, protocol and moment give an equal status, whatever the facts are."""
    return _status(replay(day, course, protocol), now.astimezone(UTC))


def _status(replayed: Replay, now: datetime) -> ChairStatus:
    day, protocol, sheet, walked = replayed.day, replayed.protocol, replayed.sheet, replayed.walked
    state, sets, stand = replayed.state, replayed.sets, walked.stand
    planned_start = sheet.planned_start or _first_time(day, now)
    began = began_at(sheet)
    may_start_at = began + protocol.durations.pre_medication if began else None
    lines = replayed.hour_one(min(now, walked.started_at or now, walked.closed_at or now))
    start_locks = replayed.start_locks(now, lines) if stand is Stand.PRE_MEDICATION else []
    slowly = resumes_slowly(walked, state, replayed.reds, protocol)
    figures = infusion_figures(sheet, walked, protocol, now, resumes_slowly=slowly)
    clock = figures.clock
    values = value_alerts(replayed, now)
    seen = observation(replayed, now, values.alerts.standing)
    due = _round_due(replayed, seen)
    level, findings = chair_level(sets, state.closed, protocol)
    people = responsible(sheet)
    locks = {"start": start_locks, "discharge": seen.locks}
    can = permissions(stand, sheet.chair, replayed.family_name, locks, evaluation_open=state.is_open)
    ahead = Ahead(
        stand=stand,
        planned_start=planned_start,
        may_start_at=may_start_at,
        start_locks=start_locks,
        state=state,
        review_asked_at=seen.review_asked_at,
        next_round=due,
        missed=_missed(replayed, due, now),
        figures=figures,
        ready_since=seen.ready_since,
        now=now,
    )
    planned = may_start_at or _planned_from(replayed, planned_start)
    evaluation = evaluation_view(replayed)
    tasks = Tasks(replayed, figures, seen, evaluation, planned, start_locks, values.raisings)
    standing = alerts(values, tasks, now)
    band = Band(walked, protocol, planned, figures.forecast_end, seen.ends_at, now)
    is_paused = walked.idle_since is not None
    return ChairStatus(
        infusion_day_id=day.id,
        chair=sheet.chair,
        patient=day.patient,
        course=day.course,
        day=day.day,
        days_in_course=protocol.days_in_course(day.course),
        date=day.date,
        planned_start=planned_start,
        now=now,
        position=day.position,
        phase=PHASE[stand],
        state=walked.state,
        is_open=walked.is_open,
        ready=seen.ready_since is not None,
        ready_since=seen.ready_since,
        evaluation_open=state.is_open,
        evaluation_reason=state.reason,
        evaluation_opened_at=state.opened_at,
        arrived_at=walked.arrived[0].happened_at if walked.arrived else None,
        hour_one_began_at=began,
        may_start_at=may_start_at,
        hour_one=lines,
        infusion_started_at=walked.started_at,
        drug_ended_at=walked.drug_ended_at if stand in CLOSED or not state.is_open else None,
        rate_ml_per_hour=clock.last_rate_ml_per_hour if clock else None,
        planned_rate_ml_per_hour=figures.planned_rate_ml_per_hour,
        slowed=clock is not None and clock.last_rate_ml_per_hour < figures.planned_rate_ml_per_hour,
        run_time_s=whole_seconds(clock.run_time) if clock else 0,
        elapsed_s=whole_seconds(clock.elapsed) if clock else 0,
        planned_run_time_s=whole_seconds(protocol.durations.infusion),
        remaining_s=whole_seconds(figures.rest) if figures.rest is not None else None,
        volume_given_ml=clock.volume_given_ml if clock else 0.0,
        volume_ml=figures.volume_ml,
        forecast_end=figures.forecast_end,
        paused_at=walked.idle_since.happened_at if walked.idle_since else None,
        pause_reason=walked.stretches[-1].words if is_paused else "",
        resume_by=figures.resume_by,
        resume_needs_evaluation=is_paused and resume_needs_evaluation(walked, state, protocol),
        resume_rate_ml_per_hour=figures.resume_rate_ml_per_hour,
        bag_mixed_at=figures.bag_mixed_at,
        bag_expires_at=figures.bag_expires_at,
        bag_warning=figures.bag_warning,
        past_forecast=figures.past_forecast_at is not None and now >= figures.past_forecast_at,
        interval_minutes=interval_minutes(sheet, protocol),
        next_round_due_at=due.due_at if due else None,
        next_round_kind=due.kind if due else "",
        due_soon=due is not None and due.due_at - protocol.durations.due_soon <= now < due.due_at,
        overdue_s=whole_seconds(max(now - due.due_at, timedelta(0))) if due else 0,
        level=level,
        findings=findings,
        sets=sets.sets,
        last_set=sets.standing[-1] if sets.standing else None,
        last_values=sets.last_values,
        course_baseline=sets.course_baseline,
        todays_baseline=sets.todays_baseline,
        open_symptoms=sets.open_symptoms,
        review_due=seen.review_asked_at is not None,
        observation_ends_at=seen.ends_at,
        observation_remaining_s=_observation_left(seen, walked.closed_at or now),
        extended=bool(seen.extensions),
        extended_reasons=tuple(one.reason for one in seen.extensions),
        extended_until=tuple(one.until for one in seen.extensions),
        extended_since=seen.least_ends_at if seen.extensions else None,
        missing_for_discharge=tuple(lock.words for lock in seen.locks),
        discharge_list=seen.lines,
        closed_at=walked.closed_at,
        free_at=_free_at(replayed, figures, seen, planned, now),
        nurse=people.nurse,
        handover_to=people.handover_to,
        next_step=next_step(ahead),
        band=day_band(band),
        warnings=warnings(replayed, lines, figures),
        allowed=can.allowed,
        refused=can.refused,
        overridable=can.overridable,
        deadlines=deadlines(replayed, figures, due, seen, may_start_at or planned, standing.moments, now),
        alerts=standing.standing,
        silenced=sum(alert.silenced for alert in standing.standing),
        evaluation=evaluation if walked.is_open else None,
        discharge_prepared=_newest(sheet.last(DischargePrepared)),
        night_receiver=_newest(sheet.last(NightReceiver)),
        stops_on_error=_stops_on_error(day, sheet),
        struck=sheet.struck,
        facts=day.facts,
    )


def _newest(found: tuple[Fact, Said] | None) -> Said | None:
    return found[1] if found is not None else None


def _stops_on_error(day: InfusionDay, sheet: DaySheet) -> tuple[int, ...]:
    rested = stops_resting_on(day.facts, sheet.struck) if sheet.struck else {}
    return tuple(sorted({stop for stops in rested.values() for stop in stops}))


def _first_time(day: InfusionDay, now: datetime) -> datetime:
    """A day without a booking is planned for its first fact."""
    return min((fact.happened_at for fact in day.facts), default=now)


def _planned_from(replayed: Replay, planned_start: datetime) -> datetime:
    """The start as far as it is known before the first medicine: an hour after arrival, else as booked."""
    arrived = replayed.walked.arrived
    hour_one = replayed.protocol.durations.pre_medication
    return arrived[0].happened_at + hour_one if arrived else planned_start + hour_one


def _round_due(replayed: Replay, seen: Observation) -> Round | None:
    """Rounds run from the start of the infusion until the day is closed (D-3)."""
    rounds = replayed.rounds
    if rounds is None or replayed.walked.stand in CLOSED:
        return None
    return next_round(rounds, seen.ends_at)


def _missed(replayed: Replay, due: Round | None, now: datetime) -> str:
    """Why the round that is due was not done; it stays overdue, only its escalation waits (D-16)."""
    last = replayed.sheet.last(RoundNotDone)
    if due is None or last is None or now < due.due_at:
        return ""
    newest = max((one.happened_at for one in replayed.sets.standing if one.is_complete), default=None)
    fact, missed = last
    return "" if newest is not None and newest > fact.happened_at else f"not done: {missed.reason}"


def _observation_left(seen: Observation, at: datetime) -> int | None:
    return None if seen.ends_at is None else whole_seconds(max(seen.ends_at - at, timedelta(0)))


def _free_at(
    replayed: Replay, figures: Figures, seen: Observation, planned: datetime, now: datetime
) -> datetime | None:
    """When the chair comes free as far as it is known: not while paused, stopped or extended, nor once it is late.

    A time in the past is told of a patient who is ready alone: that chair waits for nothing but the going home.
    """
    stand, durations = replayed.walked.stand, replayed.protocol.durations
    if replayed.state.is_open:
        return None
    if stand in (Stand.EXPECTED, Stand.PRE_MEDICATION):
        return planned + durations.infusion + durations.observation if now < planned else None
    if stand is Stand.RUNNING and figures.forecast_end is not None:
        return figures.forecast_end + durations.observation if now < figures.forecast_end else None
    if stand is not Stand.OBSERVATION or seen.ends_at is None:
        return None
    return seen.ends_at if now < seen.ends_at or seen.ready_since is not None else None
