"""What keeps a tap from being recorded for the wrong patient, on an old view, too late or under another name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from models.charting.act import Act, Conflict, NeedsConfirmation, TooOld
from models.charting.words import DONE, Names, clock_time, listed, named
from models.clinical.clock import Clock
from models.clinical.facts import (
    ChairAssigned,
    Details,
    EnteredInError,
    EvaluationClosed,
    EvaluationOpened,
    Fact,
    InfusionCompleted,
    InfusionDay,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    InfusionStopped,
    RateChanged,
    VitalSignsRecorded,
    standing,
)
from models.clinical.protocol import Protocol
from models.clinical.refusal import Refusal
from models.clinical.status import ChairStatus
from models.clinical.vital_signs import implausible, impossible

OLDEST_TAP_S = 60.0
"""Real seconds after which a tap is no longer carried out, only offered for recording late."""

LONGEST_AGO = timedelta(days=1)

OF_THE_INFUSION = (
    InfusionStarted, RateChanged, InfusionPaused, InfusionResumed, InfusionStopped, InfusionCompleted,
    EvaluationOpened, EvaluationClosed,
)  # fmt: skip


def other_sign_on(act: Act, names: Names) -> Conflict:
    return Conflict(
        f"This entry was made under another sign-on; {names.of(act.staff)} is signed on here now. "
        "Nothing was recorded. Check the entry and save it again under your own name."
    )


def old_tap(act: Act, clock: Clock) -> datetime | None:
    """The ward time of a tap more than a minute old, None for one that still counts."""
    if act.issued_at is None:
        return None
    age = clock.real() - act.issued_at
    if age < -OLDEST_TAP_S:
        raise Conflict("This screen's time runs ahead of the ward's. Nothing was recorded. Open the page again.")
    if age <= OLDEST_TAP_S:
        return None
    return act.happened_at or clock.now() - min(timedelta(seconds=age * clock.rate), LONGEST_AGO)


def tapped_at(act: Act, day: InfusionDay, clock: Clock) -> datetime:
    """The ward time of the tap, but never before the newest act of the infusion: a STOP is not refused for a second."""
    now = clock.now()
    age = max(clock.real() - act.issued_at, 0.0) if act.issued_at is not None else 0.0
    done = [fact.happened_at for fact in standing(day.facts) if isinstance(fact.details, OF_THE_INFUSION)]
    return min(now, max(now - timedelta(seconds=age * clock.rate), *done[-1:], now - LONGEST_AGO))


def too_old(act: Act, tapped_at: datetime, clock: Clock, names: Names) -> TooOld:
    age = clock.real() - (act.issued_at or 0)
    at = clock_time(tapped_at, names.zone, seconds=True)
    return TooOld(
        f"Not saved: the tap is {age_words(age)} old and nothing was recorded. "
        f"If it was done, record it late, at {at}.",
        at=tapped_at,
        offer=f"Record late, at {at}",
    )


def age_words(seconds: float) -> str:
    minutes = int(seconds // 60)
    return f"{minutes}min" if minutes < 60 else f"{minutes // 60}hr {minutes % 60:02d}min"


def refuse_other_patient(act: Act, day: InfusionDay) -> None:
    """A form made for one patient never records for another, whatever its chair."""
    if act.patient is not None and act.patient != day.patient.id:
        raise Conflict(
            f"This entry was made for another patient than {named(day.patient)}, whose infusion day this is. "
            "Nothing was recorded. Open the chair again."
        )


def other_chair(
    chair: str, day: InfusionDay, status: ChairStatus, seated: ChairStatus | None, names: Names
) -> Conflict:
    """The patient of the form sits elsewhere now; `seated` is the day now open in the chair of the form."""
    moves = [fact for fact in day.facts if isinstance(fact.details, ChairAssigned)]
    moved = f" {listed(moves[-1:], names)}" if moves else ""
    there = f"{named(seated.patient)} sits in chair {chair} now." if seated else f"Chair {chair} is free now."
    return Conflict(
        f"{named(day.patient)} is in chair {status.chair}, not in chair {chair}{':' + moved if moved else ''}. "
        f"{there} Nothing was recorded. Go to chair {status.chair} to record for {day.patient.family_name.upper()}.",
        changed=moves[-1:],
        moved_to=status.chair,
        in_chair=seated.infusion_day_id if seated else None,
    )


def changed_since(seen: int, day: InfusionDay, *, infusion_only: bool = False) -> tuple[Fact, ...]:
    """What came after the position a screen showed and can stand in an act's way."""
    newer = [fact for fact in day.facts if fact.position > seen]
    if not infusion_only:
        return tuple(fact for fact in newer if fact.kind in DONE)
    return tuple(fact for fact in newer if isinstance(meant(fact, day), OF_THE_INFUSION))


def meant(fact: Fact, day: InfusionDay) -> Details:
    """A strike is about what it strikes."""
    if not isinstance(fact.details, EnteredInError):
        return fact.details
    struck = fact.details.position
    return next((other.details for other in day.facts if other.position == struck), fact.details)


def somebody_was_first(sentence: str, changed: Sequence[Fact], status: ChairStatus, names: Names) -> Conflict:
    state = f"{status.phase.value}, {status.state.value}" if status.state else status.phase.value
    return Conflict(
        f"{sentence or 'Somebody was first.'} Since this screen was drawn: {listed(changed, names)}. "
        f"{named(status.patient)} in chair {status.chair} is now in {state}. Nothing was recorded.",
        changed=changed,
    )


def too_many() -> Conflict:
    return Conflict("Others are recording for this patient at this very moment. Nothing was recorded: save again.")


def other_body(facts: Sequence[Fact], names: Names) -> Conflict:
    at, who = clock_time(facts[0].recorded_at, names.zone), names.of(facts[0].recorded_by)
    return Conflict(
        f"This form was saved already, at {at} by {who}, with other values: what was saved stands. "
        "To record more, open a new form; to change it, correct the entry.",
        saved=facts,
    )


def refuse_unconfirmed(details: Details, protocol: Protocol) -> None:
    """Impossible values never pass; implausible ones once they are confirmed (clinical.md §2.6)."""
    if not isinstance(details, VitalSignsRecorded):
        return
    if (cannot_be := impossible(details)) is not None:
        raise Refusal(cannot_be[1], field=cannot_be[0])
    doubts = [] if details.confirmed else implausible(details, protocol)
    if doubts:
        raise NeedsConfirmation(" ".join(sentence for _, sentence in doubts), field=doubts[0][0])


def refuse_unlikely_rate(rate: float, planned: float, protocol: Protocol) -> None:
    """A lost decimal point is ten times the rate: far above the planned one it is asked about first."""
    if rate > planned * protocol.rate_asks_above:
        sentence = f"{rate:g} mL/h is {rate / planned:.1f} times the planned {planned:.1f} mL/h. Is this rate right?"
        raise NeedsConfirmation(sentence, field="rate_ml_per_hour")
