"""The level of vital signs while they are typed, before anything is saved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import anyio.to_thread
from dash import Dash, Input, Output
from dash.development.base_component import Component

from components.tone import level_of, tone
from components.vitals_hints import level_bar
from models.clinical.facts import Symptom, VitalSignsRecorded
from models.clinical.findings import Finding, Level
from models.clinical.protocol import Protocol
from models.clinical.sets import preview
from models.clinical.vital_signs import implausible
from models.live_ward import LiveWard

NUMBERS = ("heart_rate", "systolic", "diastolic", "temperature", "spo2", "respiratory_rate")

MISSING = (("heart_rate", "heart rate"), ("systolic", "systolic"), ("diastolic", "diastolic"), ("symptoms", "symptoms"))
Typed = Mapping[str, Any]


def register(app: Dash, live_ward: LiveWard) -> None:
    boxes = [Output(f"vs-{name.replace('_', '-')}-box", "className") for name in NUMBERS]

    @app.callback([Output("vs-level", "children"), *boxes], Input("vs-typed", "data-typed"))
    async def level_while_typing(typed: str | None) -> list[Component | str]:
        return await anyio.to_thread.run_sync(shown, live_ward, read(typed))


def read(text: str | None) -> Typed:
    """What the browser says is typed; anything else than an object is nothing typed."""
    try:
        typed = json.loads(text or "{}")
    except ValueError:
        typed = {}
    return typed if isinstance(typed, dict) else {}


def shown(live_ward: LiveWard, typed: Typed) -> list[Component | str]:
    """The level bar, then the class of each field's box."""
    values = typed.get("values")
    recorded = recorded_of(values if isinstance(values, dict) else {})
    judged = without_half_typed(recorded, str(typed.get("typing")), live_ward.status().protocol)
    level, findings = _level(live_ward, str(typed.get("day", "")), judged)
    return [
        level_bar(level, findings, missing(recorded), str(typed.get("number", ""))),
        *(box_class(name, findings) for name in NUMBERS),
    ]


def without_half_typed(recorded: VitalSignsRecorded, typing: str, protocol: Protocol) -> VitalSignsRecorded:
    """The 1 of 135 is no heart rate of 1: what no patient has may still grow while the finger is on its field."""
    unusual = {name for name, _ in implausible(recorded, protocol)}
    unfinished: dict[str, Any] = {typing: None}
    return replace(recorded, **unfinished) if typing in unusual else recorded


def _level(live_ward: LiveWard, day_id: str, recorded: VitalSignsRecorded) -> tuple[Level, tuple[Finding, ...]]:
    watched = live_ward.day_and_course(day_id)
    if watched is None:
        return Level.NOT_MEASURED, ()
    day, course = watched
    status = live_ward.status()
    return preview(day, course, status.protocol, status.now, recorded)


def recorded_of(values: Typed) -> VitalSignsRecorded:
    """What is typed so far; half-typed or unreadable numbers count as not measured yet."""
    numbers = {name: _number(name, values.get(name)) for name in NUMBERS}
    symptoms = values.get("symptoms")
    found = None if symptoms is None else tuple(_symptom(s) for s in symptoms if isinstance(s, Mapping))
    consciousness = values.get("consciousness")
    return VitalSignsRecorded(
        **numbers,  # type: ignore[arg-type]
        symptoms=found,
        consciousness=consciousness if isinstance(consciousness, str) else None,
    )


def _number(name: str, value: object) -> float | int | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return round(float(value), 1) if name == "temperature" else int(value)


def _symptom(said: Mapping[str, Any]) -> Symptom:
    severity = said.get("severity")
    return Symptom(
        symptom=str(said.get("symptom", "")),
        change=str(said.get("change", "new")),
        severity=str(severity) if severity else None,
    )


def missing(recorded: VitalSignsRecorded) -> list[str]:
    """What a complete set still lacks, in the order of the form; *pressure* when both numbers are."""
    lacking = [words for name, words in MISSING if getattr(recorded, name) is None]
    if "systolic" in lacking and "diastolic" in lacking:
        return [words.replace("systolic", "pressure") for words in lacking if words != "diastolic"]
    return lacking


def box_class(name: str, findings: tuple[Finding, ...]) -> str:
    css = tone(level_of(findings, name)).css
    return f"number-box tint-{css}" if css in ("amber", "red") else "number-box"
