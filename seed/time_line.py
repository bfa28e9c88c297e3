"""The debrief's time line: what happened, what was expected and what was done, by whom, chair by chair as it came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from models.clinical.facts import AlertAnswered, Fact, VitalSignsRecorded
from seed.scenario_player import ScenarioPlayer
from seed.score import Outcome, Score, score

AT_ITS_TIME = (Outcome.DONE, Outcome.TOO_EARLY)
"""Stand where they were done; all others at their deadline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLineRow:
    """`kind`: of the course, or alert, done, expected. `position` where it is a fact."""

    at: datetime
    chair: str
    kind: str
    words: str
    by: str = ""
    position: int | None = None
    details: object = None
    """Of a fact, an alert (`Heard`) or what was expected (`Mark`): what screens have their own words for."""


def time_line(
    player: ScenarioPlayer, until: datetime | None = None, found: Score | None = None
) -> tuple[TimeLineRow, ...]:
    """Everything that happened, was expected and was done, chair by chair as it came; `found` is its score."""
    rows = [TimeLineRow(at=one.at, chair=one.chair, kind=one.kind, words=one.words) for one in player.course]
    names = {member.id: member.name for member in player.store.staff()}
    rows += [*_done(player, names), *_alerts(player), *_expected(found or score(player, until), names)]
    order = ("note", "trainer", "patient", "ward", "branch", "harm", "expected", "done", "alert", "refused")
    return tuple(sorted(rows, key=lambda row: (row.at, row.chair, order.index(row.kind), row.position or 0)))


def _done(player: ScenarioPlayer, names: Mapping[str, str]) -> Iterator[TimeLineRow]:
    for chair, facts in player.facts.items():
        for fact in facts:
            if fact.recorded_at < player.scenario.started_at or fact.device == "seed":
                continue
            yield TimeLineRow(
                at=fact.happened_at, chair=chair, kind="done", words=fact_words(fact), details=fact.details,
                by=names.get(fact.recorded_by, fact.recorded_by), position=fact.position,
            )  # fmt: skip


def _alerts(player: ScenarioPlayer) -> Iterator[TimeLineRow]:
    for one in player.heard:
        yield TimeLineRow(
            at=one.at, chair=one.chair, kind="alert", words=f"{'!' * one.priority} {one.alert.partition('/')[0]}",
            details=one,
        )  # fmt: skip


def _expected(found: Score, names: Mapping[str, str]) -> Iterator[TimeLineRow]:
    for mark in found.marks:
        at = mark.done_at if mark.outcome in AT_ITS_TIME and mark.done_at is not None else mark.closes_at
        if at is not None:
            words = f"{mark.expected.words}: {mark.outcome}"
            yield TimeLineRow(
                at=at, chair=mark.expected.chair, kind="expected", words=words,
                by=names.get(mark.done_by, mark.done_by), details=mark,
            )  # fmt: skip


def fact_words(fact: Fact) -> str:
    """For the command line; screens have words of their own."""
    details, kind = fact.details, fact.kind
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in kind).strip()
    if isinstance(details, VitalSignsRecorded):
        said = ", ".join(f"{one.symptom} ({one.change})" for one in details.symptoms or ())
        told = f"{details.heart_rate} /min, {details.systolic}/{details.diastolic} mmHg"
        return f"{words}: {told}{', ' + said if said else ''} – {details.level_shown}"
    if isinstance(details, AlertAnswered):
        return f"{words}: {details.alert.partition('/')[0]}, {details.answer}"
    shown = [str(getattr(details, name)) for name in details.__dataclass_fields__]
    shown = [one for one in shown if one not in ("", "None", "()")]
    return f"{words}: {', '.join(shown)}" if shown else words
