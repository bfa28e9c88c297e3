"""One chair on the ward board: who sits there, what runs, the last values, what is next, when it comes free."""

from __future__ import annotations

from typing import Any

from components import html
from components.alert_words import count_words
from components.card_alerts import flash
from components.card_band import card_band
from components.card_foot import card_foot
from components.card_phase import card_phase
from components.card_prompt import is_red, prompt, prompt_line
from components.countdown import since
from components.icons import icon
from components.measured import measured
from components.spaced import spaced
from components.tone import PRESSURE, level_of, tone
from components.wording import clock_time, day_words, family, full_name, phase_words
from models.clinical.findings import Level, VitalSet
from models.clinical.status import ChairStatus, InfusionState
from models.ward_status import ChairView

LONGEST_WITH_TAG = 24
"""Letters of a family name and of the tag beside it that a wide card has room for."""


def card(view: ChairView, zone: str, nurse: str, same_name: tuple[str, ...]) -> dict[str, Any]:
    """What the element of this chair shows now, as its properties."""
    status = view.status
    if status is None or status.phase.is_over:
        return _free(view, zone)
    look = _look(status, zone)
    lines = [
        *_who(view.label, status, same_name),
        card_phase(status, zone),
        card_band(status),
        _vital_signs(status),
        *([prompt_line(said)] if (said := prompt(status, zone)) else []),
        card_foot(view, zone, nurse),
    ]
    return {
        "children": lines,
        "className": f"chair-card live card-{look} {flash(status)}".rstrip(),
        "aria-label": name_of(view, zone),
    }


def name_of(view: ChairView, zone: str) -> str:
    """The card said in one sentence, without anything that ticks."""
    status = view.status
    if status is None or status.phase.is_over:
        return f"Chair {view.label}, free"
    said = prompt(status, zone)
    parts = [f"Chair {view.label}", full_name(status.patient).replace(",", ""), phase_words(status)]
    if status.pause_reason and status.state is InfusionState.PAUSED:
        parts.append(status.pause_reason)
    if status.bag_warning and status.is_open:
        parts.append("Amber, bag expires")
    if status.level is Level.NOT_MEASURED and status.is_open:
        parts.append("not measured")
    return ", ".join([*parts, *([said.said] if said else []), *([count_words(status.alerts)] if status.alerts else [])])


def urgency(view: ChairView, zone: str) -> int:
    """The place of the card when ordered by urgency: by level, then by when it is due; unmoved by time alone."""
    status = view.status
    if status is None or status.phase.is_over:
        return 9_000_000
    rank = {"red": 0, "amber": 2, "not-measured": 4, "normal": 4}[_look(status, zone)]
    if rank == 2 and status.overdue_s > 0:
        rank = 1
    if not status.is_open:
        rank = 6
    due = status.next_step.due_at or status.next_round_due_at or status.planned_start
    minutes = int((due - status.planned_start).total_seconds() // 60) + 100_000
    return rank * 1_000_000 + max(0, min(minutes, 999_999))


def is_urgent(status: ChairStatus | None, zone: str) -> bool:
    return status is not None and not status.phase.is_over and _look(status, zone) in ("red", "amber")


def _look(status: ChairStatus, zone: str) -> str:
    """The class of the whole card: red while red or under evaluation, amber where its line or its bag is amber."""
    if is_red(status):
        return "red"
    said = prompt(status, zone)
    if (said is not None and said.level is Level.AMBER) or (status.bag_warning and status.is_open):
        return "amber"
    return "not-measured" if status.level is Level.NOT_MEASURED and status.is_open else "normal"


def _who(label: str, status: ChairStatus, same_name: tuple[str, ...]) -> list[html.H2 | html.Span]:
    """A same family name is said beside the family name where there is room, else beside the given name."""
    words = f"same name: {', '.join(same_name) if len(same_name) <= 2 else f'{len(same_name)} chairs'}"
    has_room = len(status.patient.family_name) + len(words) <= LONGEST_WITH_TAG
    given: list[html.Span | html.B] = [html.Span(status.patient.given_name)]
    if has_room or not same_name:
        given.append(html.Span(f" · {day_words(status)}", className="day"))
    if same_name:
        given.append(html.B(f" · {words}", className="narrow" if has_room else "same"))
    family_name = html.Span(f"{family(status.patient)},", className="family")
    names = spaced([family_name, html.Span(given, className="given")])
    tag = [html.Span(words, className="tag wide stays")] if same_name and has_room else []
    return [html.H2([_number(label), html.Span(names, className="names")], className="who stays"), *tag]


def _number(label: str) -> html.Span:
    return html.Span([html.Span("Chair ", className="visually-hidden"), label, " "], className="chair-number stays")


def _vital_signs(status: ChairStatus) -> html.Div:
    last = status.last_set
    if last is None:
        if not status.is_open:
            return html.Div("no values today", className="vitals no-values")
        return html.Div([icon("dashed-circle"), " Not measured yet"], className="vitals no-values")
    heart_level = level_of(last.findings or status.findings, "heart_rate")
    values = [
        icon("heart"),
        measured(None if last.heart_rate is None else str(last.heart_rate), "/min", heart_level),
        measured(pressure(last), "mmHg", level_of(last.findings or status.findings, *PRESSURE)),
    ]
    if status.level is Level.NOT_MEASURED:
        values.insert(0, icon(tone(Level.NOT_MEASURED).icon))
    return html.Div(spaced([*values, _age(last)]), className="vitals")


def _age(last: VitalSet) -> html.Span:
    return html.Span([since(last.happened_at), html.Span(" ago", className="ago stays")], className="age")


def pressure(values: VitalSet) -> str | None:
    if values.systolic is None and values.diastolic is None:
        return None
    return "/".join("–" if value is None else str(value) for value in (values.systolic, values.diastolic))


def _free(view: ChairView, zone: str) -> dict[str, Any]:
    """Nobody sits there: since when, who went last, who comes next."""
    status = view.status
    closed_at = view.free_since or (status.closed_at if status else None)
    since_when = f"since {clock_time(closed_at, zone)}" if closed_at else "all day"
    head = [_number(view.label), html.Span([html.Span("Free", className="family"), " ",
            html.Span(since_when, className="given")], className="names")]  # fmt: skip
    lines: list[Any] = [html.H2(head, className="who")]
    if status is not None:
        lines.append(html.Div(f"{full_name(status.patient)} · {phase_words(status).lower()}", className="went"))
    if view.later:
        lines.append(card_foot(view, zone, ""))
    return {"children": lines, "className": "chair-card live card-free", "aria-label": name_of(view, zone)}
