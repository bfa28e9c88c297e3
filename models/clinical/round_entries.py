"""Which entries of a round cannot be: sets, additions to them, symptoms, rounds not done, reviews."""

from __future__ import annotations

import math

from models.clinical.day_sheet import by_time
from models.clinical.facts import (
    DoctorReviewed,
    RoundIntervalSet,
    RoundNotDone,
    SymptomReported,
    VitalSignsRecorded,
)
from models.clinical.fields import Entry, one_of, require, said
from models.clinical.infusion_clock import in_words
from models.clinical.refusal import Refusal
from models.clinical.symptoms import impossible_symptom
from models.clinical.taken import completed, taken_sets
from models.clinical.vital_signs import PARAMETERS, has_readings, impossible, is_complete


def vital_signs(details: VitalSignsRecorded, entry: Entry) -> None:
    cannot_be = impossible(details) or impossible_symptom(details.symptoms, entry.protocol)
    if cannot_be is not None:
        raise Refusal(cannot_be[1], field=cannot_be[0])
    require(has_readings(details), "heart_rate", "Nothing is measured in this set.")
    if details.adds_to is not None:
        _addition(details, details.adds_to, entry)
    elif not is_complete(details):
        said(details.partial_reason, "partial_reason", "Not everything was measured: say why.")


def _addition(details: VitalSignsRecorded, adds_to: int, entry: Entry) -> None:
    """Only what is missing, to a set that is partial, while it is fresh (D-16)."""
    first = next((one for one in taken_sets(entry.sheet) if one.fact.position == adds_to), None)
    if first is None or first.is_complete:
        raise Refusal("There is no partial set to add this to. Record a new set.", field="adds_to")
    longest = entry.protocol.durations.partial_completion
    sentence = f"Values can be added within {in_words(longest)} of the set. Record a new set."
    require(first.fact.happened_at <= entry.at <= first.fact.happened_at + longest, "adds_to", sentence)
    for name in ("symptoms", *PARAMETERS):
        twice = getattr(first.recorded, name) is not None and getattr(details, name) is not None
        require(not twice, name, "That set has this value already. Correct it instead.")
    if (cannot_be := impossible(completed(first.recorded, details))) is not None:
        raise Refusal(cannot_be[1], field=cannot_be[0])


def symptoms(details: SymptomReported, entry: Entry) -> None:
    require(details.symptoms, "symptoms", "Choose the symptom.")
    if (cannot_be := impossible_symptom(details.symptoms, entry.protocol)) is not None:
        raise Refusal(cannot_be[1], field=cannot_be[0])


def not_done(details: RoundNotDone, entry: Entry) -> None:
    one_of(details.reason, entry.protocol.not_done_reasons, "reason", "The reason")
    if details.try_again_at is None:
        return
    longest = entry.protocol.durations.not_done_try_again
    in_time = entry.at < details.try_again_at <= entry.at + longest
    require(in_time, "try_again_at", f"Try again within {in_words(longest)}.")
    taken = [by_time(fact) for fact, one in entry.sheet.of(VitalSignsRecorded) if is_complete(one)]
    since = max((one for one in taken if one[0] <= entry.at), default=None)
    promised = [
        fact for fact, missed in entry.sheet.of(RoundNotDone)
        if missed.try_again_at is not None and (since is None or by_time(fact) > since)
    ]  # fmt: skip
    require(not promised, "try_again_at", "This round was put off once already. Take it now, or say why not.")


def interval(details: RoundIntervalSet, entry: Entry) -> None:
    offered = entry.protocol.round_intervals
    sentence = f"The interval is {', '.join(map(str, offered))} min."
    require(details.interval_minutes in offered, "interval_minutes", sentence)


def review(details: DoctorReviewed, entry: Entry) -> None:
    said(details.doctor, "doctor", "Name the doctor.")
    said(details.decision, "decision", "Say what the doctor decided.")
    for parameter, value in details.accepted:
        one_of(parameter, PARAMETERS, "accepted", "An accepted value")
        require(math.isfinite(value), "accepted", "An accepted value is a number.")
    if details.next_set_minutes is not None:
        offered = ", ".join(map(str, entry.protocol.round_intervals))
        in_list = details.next_set_minutes in entry.protocol.round_intervals
        require(in_list, "next_set_minutes", f"The next set is in {offered} min.")
    require(details.until is None or details.until > entry.at, "until", "Accepted values end after the review.")
    require(details.asked_at is None or details.asked_at <= entry.at, "asked_at", "The doctor is asked before coming.")
