"""The day's list over HTTP: what an import would book, and the import; and who a hospital number belongs to."""

import base64
import binascii
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from fastapi.responses import JSONResponse
from pydantic import Field, model_validator

from dashboard.api.answers import Json, patient_json, plain
from dashboard.api.body import Body, Part
from dashboard.api.fields import Count, Day, HospitalNumber, Word
from dashboard.api.refusals import refusal_json
from dashboard.api.tap import DESCRIBED, Tap, tap_of
from models import day_list
from models.charting import Charting, ListRefused
from models.clinical.refusal import Refusal
from models.day_list import FIELDS, NEEDED, WORDS, Preview, Problem, Sheet, Unreadable

BASE64_LIMIT = day_list.LARGEST_FILE * 4 // 3 + 4


class DayList(Body):
    """The list as text (`csv`) or the file's own bytes (`base64`); `mapping` is field → heading, else as suggested."""

    csv: Annotated[str, Field(max_length=day_list.LARGEST_FILE)] | None = None
    base64: Annotated[str, Field(max_length=BASE64_LIMIT)] | None = None
    mapping: Annotated[dict[Word, str], Field(max_length=len(FIELDS))] | None = None

    @model_validator(mode="after")
    def one_of_both(self) -> "DayList":
        if (self.csv is None) == (self.base64 is None):
            raise ValueError("has either csv or base64")
        return self

    def sheet(self) -> Sheet:
        try:
            return day_list.read(self.raw())
        except Unreadable as reason:
            raise Refusal(str(reason), field="csv" if self.base64 is None else "base64") from reason

    def raw(self) -> bytes:
        if self.csv is not None:
            return self.csv.encode("utf-8", errors="replace")
        try:
            return base64.b64decode(self.base64 or "", validate=True)
        except (binascii.Error, ValueError):
            raise Refusal("The file did not arrive whole: it is not base64.", field="base64") from None

    def mapped(self, sheet: Sheet) -> dict[str, str]:
        if self.mapping is None:
            return day_list.suggest(sheet.headings)
        for field, heading in self.mapping.items():
            if field not in FIELDS:
                raise Refusal(f"A list has no field {field[:60]}.", field="mapping")
            if heading not in sheet.headings or not heading:
                raise Refusal(f"The list has no heading {heading[:60]} for {WORDS[field]}.", field="mapping")
        return self.mapping


class Find(Part):
    """A hospital number; with course, day and date also what a prescriber wants to know of that day."""

    patient_id: HospitalNumber
    course: Annotated[Count, Field(le=99)] | None = None
    day: Annotated[Count, Field(le=99)] | None = None
    date: Day | None = None


def add_day_list(router: APIRouter, charting: Charting) -> None:
    @router.post("/day-list/preview", tags=["day list"], summary="What importing this list would book")
    def preview(body: DayList) -> Json:
        sheet = body.sheet()
        return preview_json(charting, charting.preview_day_list(sheet, body.mapped(sheet)))

    @router.post(
        "/day-list",
        status_code=201,
        tags=["day list"],
        summary="Book every line of the list, or none",
        openapi_extra=DESCRIBED,
    )
    def import_list(body: DayList, tap: Annotated[Tap, Depends(tap_of)], response: Response) -> Any:
        sheet = body.sheet()
        try:
            imported = charting.import_day_list(tap.act(body), sheet, body.mapped(sheet))
        except ListRefused as refused:
            return JSONResponse(refusal_json(refused) | {"problems": problems_json(refused.problems)}, 422)
        if not imported.booked:
            response.status_code = 200
        return {
            "booked": len(imported.booked),
            "already": imported.already,
            "again": imported.again,
            "infusion_day_ids": [recorded.status.infusion_day_id for recorded in imported.booked],
        }


def add_find(router: APIRouter, charting: Charting) -> None:
    @router.post(
        "/patients/find", tags=["reads"], summary="Whose hospital number this is, and the days of that patient"
    )
    def find(body: Find) -> Json:
        patient = charting.store.find_patient(body.patient_id)
        days, following = charting.days_booked(body.patient_id), charting.next_day_of(body.patient_id)
        warnings: tuple[str, ...] = ()
        if body.course is not None and body.day is not None and body.date is not None:
            warnings = charting.course_warnings_of(body.patient_id, body.course, body.day, body.date)
        return {
            "patient": None if patient is None else patient_json(patient),
            "days": [{"course": day.course, "day": day.day, "date": plain(day.date)} for day in days],
            "next": None if following is None else {"course": following[0], "day": following[1]},
            "warnings": list(warnings),
        }


# ---- answers ---------------------------------------------------------------------------------------------------------


def preview_json(charting: Charting, preview: Preview) -> Json:
    """`fields` are in the order of a form; `needed` names the fields of which one must have a column."""
    return {
        "headings": [heading for heading in preview.sheet.headings if heading],
        "fields": [{"field": field, "words": words} for field, words in WORDS.items()],
        "needed": [list(fields) for fields in NEEDED],
        "mapping": dict(preview.mapping),
        "lines": [line_json(charting, one) for one in preview.listed],
        "problems": problems_json(preview.problems),
        "to_book": len(preview.to_book),
        "already": len(preview.listed) - len(preview.to_book),
    }


def line_json(charting: Charting, listed: day_list.Listed) -> Json:
    written = {name: getattr(listed, name) for name in LINE}
    notes = charting.course_warnings_of(listed.patient_id, listed.course, listed.day, listed.date)
    return {name: plain(value) for name, value in written.items()} | {
        "start": f"{listed.start:%H:%M}",
        "warnings": [] if listed.already else list(notes),
    }


LINE = (
    "line", "chair", "family_name", "given_name", "born", "patient_id", "course", "day", "date", "allergies", "note",
    "already",
)  # fmt: skip


def problems_json(problems: tuple[Problem, ...]) -> list[Json]:
    return [{"line": one.line, "field": one.field, "sentence": one.sentence} for one in problems]
