"""The table of everything that can be recorded at a chair: its route, its body, and the method of charting it calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dashboard.api import bodies, evaluation_bodies, round_bodies, ward_bodies
from dashboard.api.answers import plain
from dashboard.api.body import Body
from models.charting import Act, Charting, Recorded
from models.clinical.facts import BagPrepared, Details, DoctorReviewed, VitalSignsRecorded
from models.clinical.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Route:
    """`POST /api/infusion-days/{id}/<path>` with this body; `words` head it in the API's description."""

    path: str
    words: str
    body: type[Body]
    record: Callable[[Charting, Act, str, Any], Recorded]


def arrive(charting: Charting, act: Act, day_id: str, body: ward_bodies.Arrive) -> Recorded:
    return charting.arrive(
        act,
        day_id,
        chair=body.chair,
        supervising_neurologist=body.supervising_neurologist,
        emergency_contact=body.emergency_contact,
    )


def prepare(charting: Charting, act: Act, day_id: str, body: bodies.Prepare) -> Recorded:
    volume_ml = charting.protocol.volume_ml if body.volume_ml is None else body.volume_ml
    product = charting.protocol.product if body.product is None else body.product
    return charting.prepare_bag(act, day_id, BagPrepared(product=product, batch=body.batch, volume_ml=volume_ml))


def correct(charting: Charting, act: Act, day_id: str, body: ward_bodies.Correction) -> Recorded:
    replacement = replacing(charting, day_id, body, body.replacement) if body.replacement is not None else None
    return charting.correct(
        act,
        day_id,
        body.fact,
        body.reason,
        body.note,
        None if replacement is None else replacement.details(),
        None if replacement is None else replacement.happened_at,
    )


def replacing(charting: Charting, day_id: str, body: ward_bodies.Correction, replacement: dict[str, Any]) -> Body:
    """The replacement, read as the kind of entry that it replaces; what it leaves out stays as it was."""
    struck = next((fact for fact in charting.day(day_id).facts if fact.position == body.fact), None)
    if struck is None:
        raise Refusal(f"This infusion day has no entry {body.fact}.", field="fact")
    kind = ward_bodies.REPLACEMENTS.get(struck.kind)
    if kind is None:
        raise Refusal("This entry can be struck, not replaced.", field="replacement")
    entered = as_entered(struck.details)
    if isinstance(struck.details, VitalSignsRecorded):
        entered["confirmed"] = body.confirmed
    return kind.model_validate(entered | replacement)


def as_entered(details: Details) -> dict[str, Any]:
    """The details as their body holds them."""
    entered: dict[str, Any] = plain(details)
    entered.pop("level_shown", None)
    if isinstance(details, DoctorReviewed):
        entered["accepted"] = dict(details.accepted)
    return entered


def with_details(method: Callable[[Charting, Act, str, Any], Recorded]) -> Callable[..., Recorded]:
    """For the acts whose body is the fact."""

    def record(charting: Charting, act: Act, day_id: str, body: Body) -> Recorded:
        details: Details = body.details()
        return method(charting, act, day_id, details)

    return record


ROUTES: tuple[Route, ...] = (
    # Routes are tried in this order: what is recorded most stands first.
    Route("vital-signs", "A set of vital signs", round_bodies.VitalSigns, with_details(Charting.record_vital_signs)),
    Route("arrive", "The patient is in the chair", ward_bodies.Arrive, arrive),
    Route("defer", "Not today", ward_bodies.Defer, lambda c, act, day, body: c.defer(act, day, body.reason)),
    Route(
        "checks",
        "Answers of hour one and of the way home",
        bodies.Checks,
        lambda c, act, day, body: c.answer_checks(act, day, body.answered()),
    ),
    Route("medications", "A medicine given or not", bodies.Medication, with_details(Charting.give_medication)),
    Route("infusion/prepare", "The bag is mixed", bodies.Prepare, prepare),
    Route(
        "infusion/start",
        "The drug runs",
        bodies.Start,
        lambda c, act, day, body: c.start_infusion(act, day, body.rate_ml_per_hour),
    ),
    Route(
        "infusion/rate",
        "Another rate",
        bodies.Rate,
        lambda c, act, day, body: c.change_rate(act, day, body.rate_ml_per_hour, body.reason),
    ),
    Route(
        "infusion/pause",
        "The drug pauses",
        bodies.Pause,
        lambda c, act, day, body: c.pause_infusion(act, day, body.reason, body.note),
    ),
    Route(
        "infusion/resume",
        "The drug runs again",
        bodies.Resume,
        lambda c, act, day, body: c.resume_infusion(act, day, body.rate_ml_per_hour, body.doctor, body.reason),
    ),
    Route(
        "infusion/stop",
        "STOP: provisional until its evaluation closes",
        bodies.Stop,
        lambda c, act, day, body: c.stop_infusion(act, day, body.reason),
    ),
    Route(
        "infusion/complete",
        "The drug is in",
        bodies.Complete,
        lambda c, act, day, body: c.complete_infusion(act, day),
    ),
    Route(
        "evaluation/close",
        "A doctor's outcome",
        evaluation_bodies.CloseEvaluation,
        with_details(Charting.close_evaluation),
    ),
    Route(
        "infusion/touched-by-mistake",
        "A STOP taken back within seconds",
        evaluation_bodies.TouchedByMistake,
        lambda c, act, day, body: c.take_back_stop(act, day, body.stop),
    ),
    Route(
        "evaluation/reaction",
        "A reaction to consider",
        evaluation_bodies.SuspectReaction,
        with_details(Charting.suspect_reaction),
    ),
    Route("evaluation/step", "A tick of a check list", evaluation_bodies.Step, with_details(Charting.tick_step)),
    Route("evaluation/call", "Who was called, who came", evaluation_bodies.Call, with_details(Charting.log_call)),
    Route("evaluation/grade", "How serious it is", evaluation_bodies.Grade, with_details(Charting.grade_reaction)),
    Route(
        "alerts/answer", "An answer to one alert", evaluation_bodies.AnswerAlert, with_details(Charting.answer_alert)
    ),
    Route("rounds/not-done", "A round not done, and why", round_bodies.NotDone, with_details(Charting.round_not_done)),
    Route(
        "rounds/interval", "Rounds closer together", round_bodies.Interval, with_details(Charting.set_round_interval)
    ),
    Route("symptoms", "Symptoms between rounds", round_bodies.SymptomReport, with_details(Charting.report_symptoms)),
    Route(
        "reference-values",
        "Baseline by a doctor or an earlier record",
        round_bodies.ReferenceValues,
        with_details(Charting.set_reference_values),
    ),
    Route("reviews", "A doctor's review", round_bodies.Review, with_details(Charting.review)),
    Route("samples", "A sample taken", bodies.Sample, with_details(Charting.take_sample)),
    Route("advice", "Advice explained", bodies.Advice, with_details(Charting.give_advice)),
    Route("notes", "A note", bodies.Note, lambda c, act, day, body: c.add_note(act, day, body.text)),
    Route("corrections", "Entered in error", ward_bodies.Correction, correct),
    Route(
        "assign",
        "The responsible nurse, or nobody",
        ward_bodies.Assign,
        lambda c, act, day, body: c.assign(act, day, body.nurse),
    ),
    Route(
        "move",
        "To another chair",
        ward_bodies.Move,
        lambda c, act, day, body: c.move(act, day, body.chair, body.reason),
    ),
    Route(
        "swap",
        "Two patients change chairs",
        ward_bodies.Swap,
        lambda c, act, day, body: c.swap(act, day, body.other_day, body.reason),
    ),
    Route(
        "patient-details",
        "Name, born date or allergies corrected",
        ward_bodies.PatientDetails,
        with_details(Charting.correct_patient_details),
    ),
    Route(
        "discharge/prepare",
        "Where to and who takes over, beforehand",
        bodies.PrepareDischarge,
        with_details(Charting.prepare_discharge),
    ),
    Route("transfer", "To another ward; never locked", bodies.Transfer, with_details(Charting.transfer)),
    Route("discharge", "Going home", bodies.Discharge, with_details(Charting.discharge)),
)
