"""The ward at a glance: each chair as the ward knows it, beside what is true of its patient now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from components.alert_words import badge, count_words, unanswered
from components.attributes import attributes
from components.countdown import AGE, since
from components.icons import icon
from components.live_fragment import Fragments
from components.measured import measured
from components.tone import PRESSURE, level_of, tone
from components.training.shown import ShownChair
from components.wording import clock_time, full_name, number_words, phase_words
from models.clinical.findings import Finding, Level
from models.clinical.vital_signs import PARAMETERS

if TYPE_CHECKING:
    from models.clinical.facts import VitalSignsRecorded
    from models.clinical.findings import VitalSet
    from models.clinical.status import ChairStatus
    from seed.truth import Truth

AWAKE = "alert"
BESIDE = ("spo2", "temperature", "respiratory_rate")
"""Shown only where they are out of limits: heart rate and pressure always are."""


def layout() -> Component:
    named = attributes(aria_label="Every chair of the room")
    return html.Section(
        [
            html.H2("Ward at a glance", id="glance", className="part-title"),
            html.Div("", id="panel-chairs", className="live", role="region", tabIndex="0", **named),
        ],
        className="box glance",
        **attributes(aria_labelledby="glance"),
    )


def fragments(chairs: Sequence[ShownChair], zone: str) -> Fragments:
    heads = [html.Th(words, scope="col") for words in ("Chair", "Stands at", "Charted last", "True now")]
    rows = [_row(one, zone) for one in chairs]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="glance-table")
    return {"panel-chairs": {"children": table if chairs else html.P("The room is being set up.")}}


def _row(shown: ShownChair, zone: str) -> Component:
    status = shown.status
    css = "glance-row behind" if is_behind(shown) else "glance-row"
    cells = [
        html.Th(_who(shown), scope="row"),
        html.Td(_stands(status)),
        html.Td(_charted(status, zone)),
        html.Td(_true(shown)),
    ]
    return html.Tr(cells, className=css, key=f"{shown.play}/{status.chair}")


def is_behind(shown: ShownChair) -> bool:
    """What is true is worse than the ward knows."""
    return shown.truth is not None and shown.truth.level >= Level.AMBER and shown.truth.level > shown.status.level


def _who(shown: ShownChair) -> list[Component]:
    """By its chair; where everybody has a copy of the same chair, by whose copy it is."""
    name = html.Span(full_name(shown.status.patient))
    if not shown.whose:
        return [html.B(shown.status.chair, className="glance-chair"), name]
    return [html.B(shown.whose, className="glance-whose"), html.Span(f"chair {shown.status.chair}"), name]


def _stands(status: ChairStatus) -> list[Component]:
    waits = unanswered(status.alerts)
    marks = [badge(waits[0].priority)] if waits else []
    words = count_words(status.alerts)
    alerts = [html.Span([*marks, html.Span(words)], className="glance-alerts")] if words else []
    return [html.B(phase_words(status)), *_level(status.level), *alerts]


def _level(level: Level) -> list[Component]:
    """Word and shape of what is amber or red."""
    if level < Level.AMBER:
        return []
    shown = tone(level)
    return [html.Span([icon(shown.icon), html.B(shown.word)], className=f"glance-level tint-{shown.css}")]


def _charted(status: ChairStatus, zone: str) -> list[Component]:
    last = status.last_set
    if last is None:
        return [html.Span("nothing yet", className="muted")]
    at = html.Span([clock_time(last.happened_at, zone), " · ", since(last.happened_at, AGE)], className="muted")
    return [_numbers(last, last.findings), at, *_level(last.level)]


def _true(shown: ShownChair) -> list[Component]:
    truth = shown.truth
    if truth is None:
        return [html.Span("–", className="muted")]
    late = [html.B("worse than the ward knows", className="tag")] if is_behind(shown) else []
    said = [html.Span(felt_words(truth), className="glance-says")] if truth.felt else []
    return [_numbers(truth.values, truth.findings), *_level(truth.level), *late, *said]


def felt_words(truth: Truth) -> str:
    """By name, with the patient's own words: `headache “My head.” · facial droop (the mouth hangs)`."""
    return " · ".join(f"{one.symptom} {spoken(one.says)}".rstrip() for one in truth.felt)


def spoken(says: str) -> str:
    """What stands in brackets is seen, not said."""
    return f"“{says}”" if says and not says.startswith("(") else says


def _numbers(values: VitalSet | VitalSignsRecorded, findings: Sequence[Finding]) -> Component:
    found = tuple(findings)
    heart = None if values.heart_rate is None else str(values.heart_rate)
    pressure = None
    if values.systolic is not None or values.diastolic is not None:
        pressure = f"{number_words(values.systolic)}/{number_words(values.diastolic)}"
    parts = [
        measured(heart, "/min", level_of(found, "heart_rate")),
        measured(pressure, "mmHg", level_of(found, *PRESSURE)),
        *(_beside(values, name, found) for name in BESIDE if level_of(found, name) >= Level.AMBER),
        *_awake(values.consciousness),
    ]
    return html.Span([piece for part in parts for piece in (" ", part)][1:], className="glance-numbers")


def _beside(values: VitalSet | VitalSignsRecorded, name: str, findings: tuple[Finding, ...]) -> Component:
    read = PARAMETERS[name]
    return measured(number_words(getattr(values, name), read.decimals), read.unit, level_of(findings, name))


def _awake(word: str | None) -> list[Component]:
    return [html.B(word, className="tint-red")] if word not in (None, AWAKE) else []
