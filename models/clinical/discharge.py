"""Going home: the discharge list, and what on it keeps the discharge locked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from models.clinical.alert import Alert, Priority
from models.clinical.course import advice_due, advice_words, samples_due
from models.clinical.day_sheet import DaySheet
from models.clinical.extension import Extension
from models.clinical.facts import AdviceGiven, Fact, InfusionDay, SampleTaken, Symptom
from models.clinical.findings import VitalSet
from models.clinical.go_no_go import BLOCKED, DONE, MISSING, OPTIONAL, answered, answers_by_check
from models.clinical.infusion_clock import in_words
from models.clinical.locks import Lock
from models.clinical.protocol import Protocol
from models.clinical.rest_of_course import Course
from models.clinical.status import CheckStatus


@dataclass(frozen=True, slots=True)
class Leaving:
    """All that the list is read from; `sets` count and are in order, `drug_ended_at` is final."""

    day: InfusionDay
    sheet: DaySheet
    course: Course
    protocol: Protocol
    sets: Sequence[VitalSet]
    open_symptoms: Sequence[Symptom]
    drug_ended_at: datetime
    extensions: Sequence[Extension]
    evaluation_open: bool
    review_due: bool
    at: datetime
    alerts: Sequence[Alert] = ()
    """Those of values and symptoms that stand."""

    @property
    def rest(self) -> timedelta:
        """Observation still to come."""
        return max(self.drug_ended_at + self.protocol.durations.observation - self.at, timedelta(0))


def discharge_list(leaving: Leaving) -> tuple[CheckStatus, ...]:
    """Every line, done or not; a missing or blocked one locks the discharge, its `answer` tells what is missing."""
    checks = [row for row in leaving.protocol.checks.values() if row.phase == "discharge"]
    answers = answers_by_check(leaving.sheet, leaving.at)
    return (
        _observation(leaving),
        *_evaluation(leaving),
        *_extended(leaving),
        *_review(leaving),
        *_alerts(leaving),
        _final_set(leaving),
        *_samples(leaving),
        *_symptoms(leaving),
        *_advice(leaving),
        *(answered(row, answers.get(row.id), leaving.course, leaving.day) for row in checks),
    )


def discharge_locks(lines: Sequence[CheckStatus]) -> list[Lock]:
    """One lock a line; what is still to be explained to the patient is one lock together."""
    locked = [line for line in lines if line.state in (MISSING, BLOCKED)]
    locks = [Lock(line.id, line.answer or line.words) for line in locked if line.kind != "advice"]
    if advice := [line.id for line in locked if line.kind == "advice"]:
        locks.append(Lock("advice", f"advice not explained ({', '.join(advice)})"))
    return locks


def _line(
    id: str, words: str, state: str, answer: str | None = None, *, kind: str = "fact", fact: Fact | None = None,
    source: str = "",
) -> CheckStatus:  # fmt: skip
    return CheckStatus(
        id=id, words=words, kind=kind, state=state, answer=answer, source=source,
        answered_by=fact.recorded_by if fact else None, answered_at=fact.happened_at if fact else None,
    )  # fmt: skip


def _observation(leaving: Leaving) -> CheckStatus:
    words = f"Observation of {in_words(leaving.protocol.durations.observation)} since the end of the drug"
    source = leaving.protocol.source_of["observation"]
    if leaving.rest:
        return _line("observation", words, MISSING, "the observation has not ended", source=source)
    return _line("observation", words, DONE, source=source)


def _evaluation(leaving: Leaving) -> Iterator[CheckStatus]:
    if leaving.evaluation_open:
        yield _line("evaluation", "Evaluation closed", MISSING, "the evaluation is open", source="S-001 L383")


def _extended(leaving: Leaving) -> Iterator[CheckStatus]:
    for one in leaving.extensions:
        words = f"Extended observation: until {one.until}"
        yield _line(f"extended: {one.reason}", words, MISSING, one.reason, source="S-001 L91, L316; OWN")


def _review(leaving: Leaving) -> Iterator[CheckStatus]:
    if leaving.review_due:
        yield _line("review", "Doctor's review", MISSING, "a doctor's review is due", source="OWN")


def _alerts(leaving: Leaving) -> Iterator[CheckStatus]:
    """Whom nobody has answered, and a high one without its outcome; the others somebody has (D-8)."""
    for alert in leaving.alerts:
        if alert.priority is Priority.HIGH:
            yield _line(
                f"alert: {alert.id}", alert.words, MISSING, f"no outcome of the alert: {alert.words}", source="OWN"
            )
        elif alert.priority is Priority.MEDIUM and not alert.silenced:
            yield _line(f"alert: {alert.id}", alert.words, MISSING, f"alert not answered: {alert.words}", source="OWN")


def _final_set(leaving: Leaving) -> CheckStatus:
    """A complete set after the end of the drug and not older than 15 min; an older one is taken anew (D-19)."""
    freshness = leaving.protocol.durations.fresh_set_for_discharge
    words = f"Final vital signs, within the last {in_words(freshness)}"
    oldest = max(leaving.drug_ended_at, leaving.at - freshness)
    fresh = [one for one in leaving.sets if one.is_complete and oldest <= one.happened_at <= leaving.at]
    if fresh:
        return replace(
            _line("final set", words, DONE, kind="vital signs", source="OWN"),
            answered_by=fresh[0].recorded_by, answered_at=fresh[0].happened_at,
        )  # fmt: skip
    return _line("final set", words, MISSING, "no final vital signs: take them now", kind="vital signs", source="OWN")


def _samples(leaving: Leaving) -> Iterator[CheckStatus]:
    """A sample counts once the drug has ended (R-79, R-80)."""
    for row in samples_due(leaving.day.course, leaving.day.day, leaving.protocol):
        taken = [(fact, sample) for fact, sample in leaving.sheet.of(SampleTaken) if sample.sample == row.id]
        after = [fact for fact, _ in taken if leaving.drug_ended_at <= fact.happened_at <= leaving.at]
        words = f"{row.words} after the infusion"
        if after:
            yield _line(row.id, words, DONE, fact=after[-1], source=row.source)
        else:
            yield _line(row.id, words, MISSING, f"{row.words.lower()} not taken", source=row.source)


def _symptoms(leaving: Leaving) -> Iterator[CheckStatus]:
    """Every open symptom is on the list; those a doctor would hold the patient for lock it (D-13)."""
    for symptom in leaving.open_symptoms:
        kind = leaving.protocol.symptoms.get(symptom.symptom)
        words = kind.words if kind else symptom.symptom
        held = kind is None or kind.red or symptom.severity == leaving.protocol.severities[-1]
        told = f"{words.lower()} not gone"
        yield _line(f"symptom: {symptom.symptom}", words, MISSING if held else OPTIONAL, told, source="S-001 L91, L316")


def _advice(leaving: Leaving) -> Iterator[CheckStatus]:
    given = {id: fact for fact, advice in leaving.sheet.of(AdviceGiven) for id in advice.advice}
    for row in advice_due(leaving.day.course, leaving.day.day, leaving.protocol):
        fact = given.get(row.id)
        not_given = MISSING if row.required else OPTIONAL
        words = advice_words(row, leaving.day, leaving.protocol)
        yield _line(row.id, words, DONE if fact else not_given, kind="advice", fact=fact, source=row.source)
