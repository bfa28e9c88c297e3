"""What locks nothing, but a nurse or a doctor wants to know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from models.clinical.baseline import date_words
from models.clinical.course import course_warnings
from models.clinical.infusion_clock import in_words
from models.clinical.infusion_day import Stand
from models.clinical.infusion_figures import Figures
from models.clinical.replay import Replay
from models.clinical.status import CheckStatus, InfusionState

PRESSURES = frozenset({"systolic", "diastolic"})


def warnings(replayed: Replay, lines: Sequence[CheckStatus], figures: Figures) -> tuple[str, ...]:
    told = list(course_warnings(replayed.day, replayed.course, replayed.protocol))
    if replayed.walked.stand is Stand.PRE_MEDICATION:
        told += [*_dates(replayed, lines), *_high_pressure(replayed)]
    return (*told, *_short_infusion(replayed, figures))


def _dates(replayed: Replay, lines: Sequence[CheckStatus]) -> Iterator[str]:
    """A result that is too old, a vaccine that is too recent (R-23, R-36); of what was answered today."""
    for line in lines:
        row = replayed.protocol.checks.get(line.id)
        if row is None or row.kind != "date" or line.answer is None or line.answered_at is None:
            continue
        on = date.fromisoformat(line.answer)
        days = (replayed.day.date - on).days
        if row.oldest_days is not None and days > row.oldest_days:
            yield f"{row.words} {date_words(on)}: more than {row.oldest_days} days ago."
        if row.youngest_days is not None and days < row.youngest_days:
            yield f"{row.words} {date_words(on)}: less than {row.youngest_days} days ago."


def _high_pressure(replayed: Replay) -> Iterator[str]:
    """High pressure before the infusion asks whether it is uncontrolled (R-15)."""
    newest = next((one for one in reversed(replayed.sets.standing) if one.is_complete), None)
    findings = newest.findings if newest is not None else ()
    if any(finding.parameter in PRESSURES and finding.upward for finding in findings):
        yield "Blood pressure is high before the infusion: ask the doctor whether it is controlled."


def _short_infusion(replayed: Replay, figures: Figures) -> Iterator[str]:
    """An infusion completed in clearly less than the planned time (D-18)."""
    clock, durations = figures.clock, replayed.protocol.durations
    completed = replayed.walked.state is InfusionState.COMPLETED
    if completed and clock is not None and clock.run_time < durations.under_planned:
        yield f"The infusion ran {in_words(clock.run_time)}, less than the planned {in_words(durations.infusion)}."
