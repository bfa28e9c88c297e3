"""What a trainer brings about beside the file: a symptom, other values, a colleague's entry; in one copy or in all."""

from __future__ import annotations

import asyncio
from typing import Annotated, ClassVar, Literal

from fastapi import FastAPI
from pydantic import Field

from components.training.offers import OFFERED
from dashboard.training.colleagues import OFFERS, Offer
from dashboard.training.leading import Body, Done, add
from dashboard.training.play import Play
from dashboard.training.room import Room
from dashboard.training.rooms import Rooms
from models.clinical.refusal import Refusal
from models.clinical.vital_signs import MEASURED
from seed.scenario_file import Change, Told
from seed.scenario_player import ScenarioPlayer

NAMED_FIRST = 3
"""A change of values names heart rate and both pressures at least."""
HOURS = 24 * 60


class InjectedSymptom(Body):
    symptom: str
    severity: str | None = None
    change: Literal["new", "worse", "gone"] = "new"
    says: Annotated[str, Field(max_length=200)] = ""


class InjectedValues(Body):
    """None: this value goes on as the scenario has it."""

    heart_rate: Annotated[int, Field(ge=20, le=250)] | None = None
    systolic: Annotated[int, Field(ge=40, le=300)] | None = None
    diastolic: Annotated[int, Field(ge=20, le=200)] | None = None
    temperature: Annotated[float, Field(ge=30, le=43)] | None = None
    spo2: Annotated[int, Field(ge=50, le=100)] | None = None
    respiratory_rate: Annotated[int, Field(ge=4, le=60)] | None = None
    consciousness: Literal["alert", "confused", "voice", "pain", "unresponsive"] | None = None


class InjectedEntry(Body):
    """One of `OFFERS`; `by` is a colleague of the room's ward."""

    offer: str
    by: str
    text: Annotated[str, Field(max_length=500)] = ""


class Injected(Body):
    takes: ClassVar = (
        "Bringing something about takes a chair and one of symptom, values or entry; minutes is how long values take, "
        "play the copy it is for, else all. Values stay within what a patient can have."
    )
    chair: str
    play: int | None = None
    minutes: Annotated[float, Field(ge=0, le=HOURS)] = 0
    symptom: InjectedSymptom | None = None
    values: InjectedValues | None = None
    entry: InjectedEntry | None = None


def register(server: FastAPI, rooms: Rooms) -> None:
    add(server, rooms, "inject", Injected, inject)


async def inject(room: Room, body: Injected) -> Done:
    plays = plays_of(room, body.play)
    if body.chair not in plays[0].player.patients:
        raise Refusal(f"This scenario has no chair “{body.chair}”.", field="chair")
    if sum(one is not None for one in (body.symptom, body.values, body.entry)) != 1:
        raise Refusal(Injected.takes)
    for play in plays:
        await asyncio.to_thread(bring_about, play, body)
    return {"chair": body.chair, "plays": [play.number for play in plays]}


def plays_of(room: Room, number: int | None) -> list[Play]:
    """One copy, or all of them."""
    found = [one for one in room.plays if number in (None, one.number)]
    if not found:
        raise Refusal(f"This room has no copy {number}.", field="play")
    return found


def bring_about(play: Play, body: Injected) -> None:
    """In a thread. What the ward's rules do not take is refused here; in the course it stands as well."""
    player = play.player
    before = len(player.course)
    player.inject(body.chair, change_of(player, body), body.minutes if body.values else 0)
    player.play(player.clock.now())
    refused = next((one.words for one in player.course[before:] if one.kind == "refused"), None)
    if refused is not None:
        raise Refusal(f"The ward did not take it: {refused}")


def change_of(player: ScenarioPlayer, body: Injected) -> Change:
    if body.symptom is not None:
        return symptom_change(player, body.symptom)
    if body.values is not None:
        return value_change(player, body, body.values)
    assert body.entry is not None
    return entry_change(player, body.chair, body.entry)


def symptom_change(player: ScenarioPlayer, told: InjectedSymptom) -> Change:
    if told.symptom not in player.protocol.symptoms:
        raise Refusal(f"The protocol has no symptom “{told.symptom}”.", field="symptom")
    if told.severity is not None and told.severity not in player.protocol.severities:
        raise Refusal(f"A symptom is {', '.join(player.protocol.severities)}.", field="severity")
    return Change(symptoms=(Told(**told.model_dump()),))


def value_change(player: ScenarioPlayer, body: Injected, values: InjectedValues) -> Change:
    """What is not named keeps the line it would have had."""
    asked = [getattr(values, name) for name in MEASURED]
    if values == InjectedValues():
        raise Refusal("Say at least one value, or how awake the patient is.", field="values")
    last = max((place for place, one in enumerate(asked) if one is not None), default=-1)
    if last < 0:
        return Change(consciousness=values.consciousness)
    patient, minute = player.patients[body.chair], player.scenario.minute(player.clock.now()) + body.minutes
    names = MEASURED[: max(last + 1, NAMED_FIRST)]
    told = [patient.line(name, minute) if one is None else one for name, one in zip(names, asked, strict=False)]
    return Change(values=tuple(map(float, told)), consciousness=values.consciousness)


def entry_change(player: ScenarioPlayer, chair: str, entry: InjectedEntry) -> Change:
    offer: Offer | None = OFFERS.get(entry.offer)
    if offer is None:
        raise Refusal(f"A colleague can make one of these: {', '.join(OFFERS)}.", field="offer")
    colleague = next((one.name for one in player.store.staff() if one.id == entry.by), None)
    if colleague is None:
        raise Refusal(f"Nobody here is “{entry.by}”.", field="by")
    if offer.asks_text and not entry.text:
        raise Refusal("A note has words.", field="text")
    told = f"{colleague}: {OFFERED[entry.offer].lower()}" + (f", “{entry.text}”" if entry.text else "")
    return Change(happens=told, act=offer.act, by=entry.by, body=dict(offer.body(player, chair, entry.text)))
