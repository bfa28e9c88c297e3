"""The record of one infusion day: every fact with its times and its author, struck ones still readable."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.fact_words import fact_words
from components.wording import clock_time
from models.clinical.facts import EnteredInError, Fact, VitalSignsRecorded
from models.clinical.protocol import Protocol
from models.clinical.status import ChairStatus
from models.clinical.vital_signs import MEASURED


def record_table(status: ChairStatus, protocol: Protocol, staff: Mapping[str, str], zone: str) -> Component:
    """Newest first; a row can be corrected unless it is struck or is a correction itself."""
    rows = sorted(status.facts, key=lambda fact: (fact.happened_at, fact.position), reverse=True)
    heads = ("Happened", "What", "Recorded", "")
    return html.Table(
        [
            html.Caption("The record of the day, newest first", className="visually-hidden"),
            html.Thead(
                html.Tr([html.Th(h or html.Span("Correct", className="visually-hidden"), scope="col") for h in heads])
            ),
            html.Tbody([_row(fact, status, protocol, staff, zone) for fact in rows]),
        ],
        className="record",
    )


RESTED = "This STOP rested on a reading that was entered in error."


def _row(fact: Fact, status: ChairStatus, protocol: Protocol, staff: Mapping[str, str], zone: str) -> Component:
    strike = status.struck.get(fact.position)
    words = fact_words(fact, protocol, staff, zone)
    what: list[Component | str] = [html.S(words) if strike else words]
    if strike and isinstance(strike.details, EnteredInError):
        what.append(html.Div(_struck_words(strike, protocol, staff, zone), className="record-why"))
    if fact.position in status.stops_on_error:
        what.append(html.Div(RESTED, className="record-why record-rested"))
    return html.Tr(
        [
            html.Td(clock_time(fact.happened_at, zone)),
            html.Td(what),
            html.Td(recorded_words(fact, protocol.durations.late_entry, staff, zone), className="record-by"),
            html.Td(None if strike else _correct(fact, words)),
        ],
        className="struck" if strike else None,
        key=str(fact.position),
        **attributes(data_position=str(fact.position)),
    )


def recorded_words(fact: Fact, late_after: timedelta, staff: Mapping[str, str], zone: str) -> list[Component | str]:
    """`10:42 Okafor`, with *late* where it reached the record long after it happened."""
    said = f"{clock_time(fact.recorded_at, zone)} {staff.get(fact.recorded_by, fact.recorded_by)}"
    late = fact.recorded_at - fact.happened_at > late_after
    return [said, html.Span("late", className="tag")] if late else [said]


def _struck_words(strike: Fact, protocol: Protocol, staff: Mapping[str, str], zone: str) -> str:
    by = staff.get(strike.recorded_by, strike.recorded_by)
    return f"{fact_words(strike, protocol, staff, zone)} · {clock_time(strike.recorded_at, zone)} {by}"


def _correct(fact: Fact, words: str) -> Component | None:
    """The button carries what was recorded, so that only what was wrong must be typed again."""
    if isinstance(fact.details, EnteredInError):
        return None
    original = _original(fact.details) if isinstance(fact.details, VitalSignsRecorded) else ""
    return html.Button(
        "Correct …",
        type="button",
        className="control",
        **attributes(data_open="corrections", data_fact=str(fact.position), data_words=words, data_original=original),
        **attributes(aria_label=f"Correct: {words}"),
    )


CORRECTED = (*MEASURED, "symptoms", "consciousness", "arm", "confirmed", "partial_reason")


def _original(recorded: VitalSignsRecorded) -> str:
    """As a replacement's body takes it."""
    read = {name: value for name, value in asdict(recorded).items() if value is not None and value is not False}
    return json.dumps({name: read[name] for name in CORRECTED if read.get(name, "") != ""}, ensure_ascii=False)
