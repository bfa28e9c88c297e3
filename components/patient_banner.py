"""The patient banner of a chair: two identifiers first, then chair, day, allergies and what to beware of."""

from __future__ import annotations

from collections.abc import Iterable

from dash.development.base_component import Component

from components import html
from components.wording import (
    clock_time,
    date_words,
    day_words,
    family,
    full_name,
    night_words,
    phase_words,
    ward_date,
)
from models.clinical.facts import Patient
from models.clinical.status import ChairStatus

NONE_KNOWN = ("none", "none known", "no allergies", "no known allergies", "nil", "nkda")
Words = str | list[Component]


def patient_banner(
    status: ChairStatus, zone: str, samples: Iterable[str] = (), namesakes: Iterable[str] = ()
) -> list[Component]:
    """`samples` are due today; `namesakes` are other chairs of today with a patient of the same family name."""
    return [_identity(status.patient, status, zone), _context(status, tuple(samples), tuple(namesakes))]


def _identity(patient: Patient, status: ChairStatus, zone: str) -> Component:
    today = ward_date(status.now, zone)
    age = today.year - patient.born.year - ((today.month, today.day) < (patient.born.month, patient.born.day))
    return html.Div(
        [
            html.H1(full_name(patient), className="banner-name"),
            html.Span(["born ", html.B(date_words(patient.born)), f" ({age})"], className="banner-id"),
            html.Span(["ID ", html.B(grouped(patient.patient_id))], className="banner-id"),
        ],
        className="banner-line",
    )


def _context(status: ChairStatus, samples: tuple[str, ...], namesakes: tuple[str, ...]) -> Component:
    return html.Div(
        [
            html.Span(
                [
                    "Chair ",
                    html.B(status.chair),
                    html.Span(f" · course {status.course}, ", className="wide-only"),
                    html.Span(" · ", className="narrow-only"),
                    day_words(status),
                ],
                className="banner-chair",
            ),
            *[html.Span(words, className=f"tag {css}".rstrip()) for words, css in tags(status, samples, namesakes)],
        ],
        className="banner-line banner-context",
    )


def tags(status: ChairStatus, samples: tuple[str, ...], namesakes: tuple[str, ...]) -> list[tuple[Words, str]]:
    """Words and class of each tag, most urgent first; the class `wide-only` may be left out where there is no room."""
    made: list[tuple[Words, str]] = [_allergies(status.patient.allergies.strip())]
    if namesakes:
        made.append((_namesakes(", ".join(namesakes), len(namesakes)), "tag-namesake"))
    if status.phase.is_over:
        made.append((phase_words(status).lower(), ""))
    if status.is_open and (night := night_words(status)):
        made.append((night, "tag-night"))
    if status.is_open:
        made += [(f"{sample.lower()} after infusion", "wide-only") for sample in samples]
    made += [(warning, "wide-only") for warning in status.warnings]
    return made


def _namesakes(chairs: str, number: int) -> list[Component]:
    word = "chair" if number == 1 else "chairs"
    return [
        html.Span(f"same family name: {word} {chairs}", className="wide-only"),
        html.Span(f"same name: {chairs}", className="narrow-only"),
    ]


def _allergies(said: str) -> tuple[Words, str]:
    """Not asked is not the same as none."""
    if not said:
        return "allergies not recorded", "tag-unknown"
    return ("no allergies", "") if said.lower() in NONE_KNOWN else (f"allergies: {said}", "tag-allergies")


def empty_banner(chair: str, free_since: str, expected: ChairStatus | None, zone: str) -> list[Component]:
    """A chair without a patient: nobody's name, so that nobody is taken for somebody."""
    said = f"free since {free_since}" if free_since else "free"
    coming = (
        [
            html.Span(
                f"expected {clock_time(expected.planned_start, zone)}: {full_name(expected.patient)}", className="tag"
            )
        ]
        if expected
        else []
    )
    return [
        html.Div(
            [html.H1(f"Chair {chair}", className="banner-name"), html.Span(said, className="banner-id")],
            className="banner-line",
        ),
        html.Div(
            coming or [html.Span("nobody else is booked here today", className="banner-chair")],
            className="banner-line banner-context",
        ),
    ]


def namesakes_of(status: ChairStatus, others: Iterable[ChairStatus]) -> tuple[str, ...]:
    """Other chairs with another patient of the same family name today, each once."""
    chairs = [
        other.chair
        for other in others
        if other.patient.id != status.patient.id
        and family(other.patient) == family(status.patient)
        and not other.phase.is_over
        and other.chair != status.chair
    ]
    return tuple(dict.fromkeys(chairs))


def grouped(patient_id: str) -> str:
    """Ten digits as they are read aloud, `999 123 4567`; any other number as it is."""
    plain = patient_id.replace(" ", "")
    return f"{plain[:3]} {plain[3:6]} {plain[6:]}" if plain.isdigit() and len(plain) == 10 else patient_id
