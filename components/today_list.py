"""The list of a date's infusion days: when, where, who, how far, and what can be done with each booking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.patient_banner import grouped
from components.wording import (
    born_words,
    clock_time,
    date_words,
    day_words,
    family,
    full_name,
    night_words,
    phase_words,
    weekday_date,
)
from models.clinical.facts import standing
from models.clinical.status import ChairStatus

ACTS: dict[str, str] = {"arrive": "Arrive", "defer": "Defer", "move": "Move", "swap": "Swap"}
"""Acts of a booking and the word on its button; those possible longest stand last, in line."""

SHOWN = frozenset(
    {
        "Booked",
        "Arrived",
        "ChairAssigned",
        "Deferred",
        "PatientDetailsCorrected",
        "InfusionStarted",
        "InfusionStopped",
        "InfusionCompleted",
        "Discharged",
        "Transferred",
        "NightReceiver",
    }
)
"""Facts a row tells of. What a form saw is the newest of these, so that a round of vital signs redraws no list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One infusion day as the list shows it; equal rows need no new drawing."""

    day_id: str
    date: str
    patient_key: str
    position: int
    chair: str
    start: str
    family: str
    given: str
    name: str
    born: str
    born_date: str
    patient_id: str
    course: str
    phase: str
    is_gone: bool
    is_open: bool
    arrived: str
    from_date: str
    namesakes: tuple[str, ...]
    acts: tuple[str, ...]
    note: str
    night: str
    level: str
    evaluation_open: bool


def rows(days: Sequence[ChairStatus], on: date, zone: str, today: date) -> tuple[Row, ...]:
    """In order of planned start, then chair."""
    ordered = sorted(days, key=lambda day: (day.planned_start, len(day.chair), day.chair))
    namesakes = _namesakes(ordered)
    return tuple(_row(day, on, zone, today, namesakes[day.infusion_day_id]) for day in ordered)


def _row(day: ChairStatus, on: date, zone: str, today: date, namesakes: tuple[str, ...]) -> Row:
    booked = next((fact.details for fact in standing(day.facts) if fact.kind == "Booked"), None)
    acts = [act for act in ACTS if act in day.allowed and (act != "arrive" or day.date <= today)]
    return Row(
        day_id=day.infusion_day_id,
        date=day.date.isoformat(),
        patient_key=day.patient.id,
        position=max((fact.position for fact in day.facts if fact.kind in SHOWN), default=day.position),
        chair=day.chair,
        start=clock_time(day.planned_start, zone),
        family=family(day.patient),
        given=day.patient.given_name,
        name=full_name(day.patient),
        born=born_words(day.patient.born, today),
        born_date=date_words(day.patient.born),
        patient_id=grouped(day.patient.patient_id),
        course=f"course {day.course}, {day_words(day)}",
        phase=phase_words(day),
        is_gone=day.phase.is_over,
        is_open=day.is_open,
        arrived=clock_time(day.arrived_at, zone) if day.arrived_at else "",
        from_date="" if day.date == on else weekday_date(day.date),
        namesakes=namesakes,
        acts=tuple(acts),
        note=getattr(booked, "note", ""),
        night=night_words(day) if day.is_open else "",
        level=day.level.word if day.is_open else "",
        evaluation_open=day.evaluation_open,
    )


def _namesakes(days: Sequence[ChairStatus]) -> dict[str, tuple[str, ...]]:
    """Infusion day → chairs of the other patients of the same family name."""
    people: dict[str, list[ChairStatus]] = defaultdict(list)
    for day in days:
        people[family(day.patient)].append(day)
    return {
        day.infusion_day_id: tuple(
            other.chair for other in people[family(day.patient)] if other.patient.id != day.patient.id
        )
        for day in days
    }


# ---- drawing ---------------------------------------------------------------------------------------------------------


def day_list(shown: Sequence[Row], heading: str) -> Component:
    return html.Ol([day_row(row) for row in shown], className="day-rows", **attributes(aria_label=heading))


def day_row(row: Row) -> Component:
    css = "day-row gone" if row.is_gone else "day-row"
    return html.Li(
        [
            html.Div([html.B(row.start), html.Span(row.phase, className="row-phase")], className="row-when"),
            html.A(
                row.chair,
                href=f"/chair/{row.chair}",
                className="row-chair stays",
                **attributes(aria_label=f"Chair {row.chair}"),
            ),
            html.Div([_name(row), _identifiers(row), *_marks(row)], className="row-who"),
            html.Div([_act(act, row) for act in row.acts], className="row-acts stays"),
        ],
        key=row.day_id,
        className=css,
        **attributes(
            data_day=row.day_id,
            data_patient=row.patient_key,
            data_position=str(row.position),
            data_chair=row.chair,
            data_name=row.name,
            data_born=row.born_date,
            data_open="yes" if row.is_open else "",
            data_gone="yes" if row.is_gone else "",
            data_start=row.start,
            data_date=row.date,
            data_phase=row.phase,
            data_level=row.level,
            data_evaluation="open" if row.evaluation_open else "",
        ),
    )


def _name(row: Row) -> Component:
    return html.Div([html.B(f"{row.family}, "), row.given], className="row-name stays")


def _identifiers(row: Row) -> Component:
    words = [html.Span(f"born {row.born}"), html.Span(f"ID {row.patient_id}"), html.Span(row.course)]
    return html.Div([part for word in words for part in (word, " ")], className="row-facts stays")


def _marks(row: Row) -> list[Component]:
    marks = []
    if row.from_date:
        marks.append(html.Span(f"open since {row.from_date}", className="tag tag-strong"))
    if row.namesakes:
        chairs = "chair" if len(row.namesakes) == 1 else "chairs"
        marks.append(html.Span(f"same family name: {chairs} {', '.join(row.namesakes)}", className="tag"))
    if row.night:
        marks.append(html.Span(row.night, className="tag tag-strong"))
    if row.note:
        marks.append(html.Span(row.note, className="tag row-note"))
    return [html.Div(marks, className="row-marks")] if marks else []


def _act(act: str, row: Row) -> Component:
    """A button opens the form of the act for this patient; nothing is recorded yet."""
    accent = " primary" if act == "arrive" else ""
    return html.Button(
        ACTS[act],
        type="button",
        className=f"control row-act act-{act}{accent}",
        **attributes(data_open_act=act, aria_label=f"{ACTS[act]}: {row.name}, chair {row.chair}"),
    )


def nobody(today: bool) -> Component:
    words = "No patients today." if today else "Nobody is booked for this date."
    return html.Div(
        [
            html.P(words, className="nothing-yet"),
            html.P("Book a patient, or import the list your hospital's booking system exports."),
            html.Div(
                [
                    html.Button(
                        "Book a patient", type="button", className="control primary", **attributes(data_show="book")
                    ),
                    html.Button("Import a list", type="button", className="control", **attributes(data_show="import")),
                ],
                className="nothing-acts",
            ),
        ],
        className="nobody stays",
    )


def counts(shown: Sequence[Row]) -> str:
    """`12 booked: 3 expected, 8 here, 1 gone`; deferred days are gone too."""
    here = sum(row.is_open for row in shown)
    gone = sum(row.is_gone for row in shown)
    return f"{len(shown)} booked: {len(shown) - here - gone} expected, {here} here, {gone} gone"


def other_date(days: Sequence[ChairStatus], on: date, now: datetime, zone: str, today: date) -> Component:
    """A list that is not live says when it was read."""
    shown = rows(days, on, zone, today)
    read = html.P(f"{counts(shown)} · as of {clock_time(now, zone)}" if shown else "", className="list-counts")
    return html.Div(
        [read, day_list(shown, f"Infusion days of {weekday_date(on)}") if shown else nobody(today=on == today)]
    )
