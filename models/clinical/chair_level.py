"""The level of a chair: that of its last complete set, or anything worse reported since (D-4)."""

from __future__ import annotations

from models.clinical.day_sheet import by_time
from models.clinical.findings import Finding, Level, VitalSet
from models.clinical.protocol import Protocol
from models.clinical.sets import DaySets, Report
from models.clinical.symptoms import as_evaluated

Seen = VitalSet | Report


def chair_level(sets: DaySets, evaluation_closed: int, protocol: Protocol) -> tuple[Level, tuple[Finding, ...]]:
    """The level and why, worst first; a red symptom counts until the evaluation after it closes.

    A partial set never lowers a level, so everything since the last complete set is taken together.
    """
    last = next((one for one in reversed(sets.standing) if one.is_complete), None)
    since = by_time(last) if last is not None else None
    seen: list[Seen] = [*sets.standing, *sets.reports]
    counting = [one for one in seen if since is None or by_time(one) >= since]
    findings = [
        finding if one.newest_position > evaluation_closed else as_evaluated(finding, protocol)
        for one in sorted(counting, key=by_time, reverse=True)
        for finding in one.findings
    ]
    reds = [f for one in seen if one.newest_position > evaluation_closed for f in one.findings if _is_red_symptom(f)]
    unique = {(f.parameter, f.value, f.limit): f for f in (*findings, *reds)}
    worst_first = tuple(sorted(unique.values(), key=lambda finding: -finding.level))
    if worst_first:
        return worst_first[0].level, worst_first
    return max((one.level for one in counting), default=Level.NOT_MEASURED), ()


def _is_red_symptom(finding: Finding) -> bool:
    return finding.parameter == "symptoms" and finding.level is Level.RED
