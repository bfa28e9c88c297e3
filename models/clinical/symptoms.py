"""Symptoms: which are open after what was said, what each means for the level, and which entries cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.clinical.facts import Symptom
from models.clinical.findings import Finding, Level
from models.clinical.protocol import Protocol

SYMPTOMS = "symptoms"
NONE_EVALUATED: frozenset[str] = frozenset()
ASKS_AGAIN = ("new", "worse")
"""A symptom said to be so is looked at anew, whatever was decided about it before."""
CHANGES = ("new", "same", "better", "worse", "gone")


def open_after(open_before: tuple[Symptom, ...], reported: Sequence[Symptom] | None) -> tuple[Symptom, ...]:
    """A symptom stays open until it is recorded gone (D-10); a severity not said again stays what it was."""
    if not reported:
        return open_before
    still = {symptom.symptom: symptom for symptom in open_before}
    for said in reported:
        before = still.pop(said.symptom, None)
        if said.change != "gone":
            still[said.symptom] = said if before is None else _merged(before, said)
    return tuple(still.values())


def _merged(before: Symptom, said: Symptom) -> Symptom:
    return replace(said, severity=said.severity or before.severity, note=said.note or before.note)


def impossible_symptom(reported: Sequence[Symptom] | None, protocol: Protocol) -> tuple[str, str] | None:
    """The field and the sentence of the first symptom the protocol does not know, or that is said twice."""
    named: set[str] = set()
    for said in reported or ():
        if said.symptom in named:
            return "symptoms", f"“{said.symptom}” stands twice in this entry; say it once."
        named.add(said.symptom)
        if said.symptom not in protocol.symptoms:
            return "symptoms", f"“{said.symptom}” is not a symptom of the protocol; choose one of its list."
        if said.severity is not None and said.severity not in protocol.severities:
            return "symptoms", f"Severity is one of {', '.join(protocol.severities)}."
        if said.change not in CHANGES:
            return "symptoms", f"A symptom is one of {', '.join(CHANGES)}."
    return None


def is_at_least(severity: str | None, least: str, protocol: Protocol) -> bool:
    """No limit (`least` empty) or no severity said: False."""
    if not least or severity is None or severity not in protocol.severities:
        return False
    return protocol.severities.index(severity) >= protocol.severities.index(least)


def symptom_findings(
    open_now: Sequence[Symptom], protocol: Protocol, evaluated: frozenset[str] = NONE_EVALUATED
) -> list[Finding]:
    """One finding for each open symptom that is amber or red by itself; an evaluated red one is amber until worse."""
    found = [one for symptom in open_now if (one := _finding(symptom, protocol))]
    return [as_evaluated(one, protocol) if one.value in evaluated else one for one in found] if evaluated else found


def as_evaluated(finding: Finding, protocol: Protocol) -> Finding:
    """A red symptom after the evaluation that a doctor closed (D-4): it stays open, and only worse is red again."""
    if finding.parameter != SYMPTOMS or finding.level is not Level.RED:
        return finding
    words = finding.limit.partition(":")[0]
    limit = f"{words}: evaluated by a doctor, not gone"
    return replace(finding, level=Level.AMBER, limit=limit, action=protocol.actions["evaluated"])


def asking_again(found: tuple[Finding, ...], still: frozenset[str]) -> tuple[Finding, ...]:
    """An evaluated symptom that two sets in a row have not gone asks for a doctor's review (D-7)."""
    if not still:
        return found
    amber = [one.parameter == SYMPTOMS and one.level is Level.AMBER and one.value in still for one in found]
    return tuple(replace(one, needs_doctor=True) if again else one for one, again in zip(found, amber, strict=True))


def _finding(symptom: Symptom, protocol: Protocol) -> Finding | None:
    kind, actions = protocol.symptoms.get(symptom.symptom), protocol.actions
    if kind is None:  # a word of an older protocol: a person looks at it
        limit = f"{symptom.symptom}: not in this protocol"
        return _said(symptom, Level.AMBER, limit, "OWN", actions["review"])
    if kind.red:
        limit = f"{kind.words}: red whatever the numbers"
        return _said(symptom, Level.RED, limit, kind.source, actions["red_symptom"])
    if is_at_least(symptom.severity, kind.red_from, protocol):
        limit = f"{kind.words}, {symptom.severity}: red from {kind.red_from}"
        return _said(symptom, Level.RED, limit, kind.source, actions["red_symptom"])
    if is_at_least(symptom.severity, kind.review_from, protocol):
        limit = f"{kind.words}, {symptom.severity}: amber from {kind.review_from}"
        return _said(symptom, Level.AMBER, limit, kind.source, actions["review"])
    return None


def _said(symptom: Symptom, level: Level, limit: str, source: str, action: str) -> Finding:
    return Finding(
        parameter=SYMPTOMS,
        value=symptom.symptom,
        level=level,
        limit=limit,
        source=source,
        action=action,
        needs_doctor=level is Level.AMBER,
        rule=f"symptom: {symptom.symptom}",
    )
