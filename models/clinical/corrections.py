"""Corrections: which facts may be struck, and what must be struck first (D-15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from models.clinical.day_sheet import as_facts, lay_out
from models.clinical.entries import refuse_impossible
from models.clinical.facts import (
    Booked,
    ChairAssigned,
    Details,
    EnteredInError,
    EvaluationOpened,
    Fact,
    HandoverOffered,
    NurseAssigned,
    Overridden,
    PatientDetailsCorrected,
)
from models.clinical.fields import Entry
from models.clinical.infusion_day import NOUN, TOUCHED_BY_MISTAKE, Stand
from models.clinical.progress import newly_refused, progress
from models.clinical.protocol import Protocol
from models.clinical.refusal import Refusal
from models.clinical.replay import Replay

KEPT: Mapping[type[Details], str] = {
    Booked: "A booking is not corrected. Move the patient, defer the day, or correct the patient's details.",
    ChairAssigned: "A move is not corrected. Move the patient back instead.",
    NurseAssigned: "Who was responsible is not corrected. Assign the chair again instead.",
    HandoverOffered: "An offered handover is not corrected. Assign the chair again instead.",
    PatientDetailsCorrected: "Patient details are corrected by correcting them once more.",
    EvaluationOpened: "An evaluation is not corrected. Close it, as entered in error where it was.",
    Overridden: "An override stays visible. Correct the act it let pass.",
    EnteredInError: "A correction cannot be corrected. Record the entry again, with its true time.",
}


def refuse_correction(replayed: Replay, details: Sequence[Details]) -> None:
    """`details` are the strike and, where given, the entry that takes its place at the same time."""
    strike, *others = details
    if not isinstance(strike, EnteredInError):
        raise Refusal("Choose the entry to correct.", field="fact")
    struck = struck_fact(replayed, strike.position)
    refuse_reason(strike, replayed.protocol)
    if len(others) > 1 or any(type(one) is not type(struck.details) for one in others):
        raise Refusal("An entry is replaced by one of the same kind.", field="replacement")
    rest = replace(replayed.day, facts=tuple(f for f in replayed.day.facts if f.position != struck.position))
    for one in others:
        refuse_impossible(one, Entry(replayed.protocol, lay_out(rest.facts), struck.happened_at))
    refuse_what_rests_on(struck, others, replayed)


def refuse_taking_back(replayed: Replay, details: Sequence[Details]) -> None:
    """Only the STOP that holds the drug now is taken back, by one strike and nothing else."""
    strike = details[0]
    held = replayed.walked.idle_since
    stopped = held is not None and replayed.walked.stand is Stand.STOPPED
    if not isinstance(strike, EnteredInError) or strike.reason != TOUCHED_BY_MISTAKE or len(details) > 1:
        raise Refusal("Choose the STOP to take back.", field="stop")
    if not stopped or held is None or held.position != strike.position:
        raise Refusal(f"There is no such STOP to take back in chair {replayed.sheet.chair}.", field="stop")
    refuse_what_rests_on(held, (), replayed)


def struck_fact(replayed: Replay, position: int) -> Fact:
    chair = replayed.sheet.chair
    fact = next((one for one in replayed.day.facts if one.position == position), None)
    if fact is None:
        raise Refusal(f"There is no such entry in the record of chair {chair}.", field="fact")
    if position in replayed.sheet.struck:
        raise Refusal("This entry is struck already.", field="fact")
    if (why := KEPT.get(type(fact.details))) is not None:
        raise Refusal(why, field="fact")
    return fact


def refuse_reason(strike: EnteredInError, protocol: Protocol) -> None:
    if strike.reason not in protocol.correction_reasons:
        raise Refusal(f"The reason is one of: {', '.join(protocol.correction_reasons)}.", field="reason")


def refuse_what_rests_on(struck: Fact, replacement: Sequence[Details], replayed: Replay) -> None:
    """What remains must follow the table; else the newest entry that would not is to be struck first."""
    strike = EnteredInError(position=struck.position, reason="")
    new = as_facts(replayed.day, [strike, *replacement], struck.happened_at)
    after = progress(lay_out((*replayed.day.facts, *new)).facts)
    conflicts = newly_refused(replayed.walked, after)
    if conflicts:
        last = max(conflicts, key=lambda one: (one.fact.happened_at, one.fact.position))
        noun = NOUN[last.step]
        raise Refusal(
            f"The {noun} recorded later in chair {replayed.sheet.chair} rests on this entry. Correct the {noun} first.",
            field="fact",
        )
