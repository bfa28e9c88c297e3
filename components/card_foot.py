"""The foot of a card: when the chair comes free, what else is open there, who comes next, whose chair it is."""

from __future__ import annotations

from components import html
from components.card_alerts import alert_note
from components.card_phase import LONGEST_REASON
from components.card_prompt import to_do
from components.icons import icon
from components.spaced import spaced
from components.wording import clock_time, family, night_words
from models.clinical.findings import Level
from models.clinical.status import ChairStatus, InfusionState, Phase
from models.ward_status import ChairView

NOBODY = "nobody"
LONGEST_NOTE = 24
"""A longer note would push the nurse from the line; it stands on the chair's own page."""


def card_foot(view: ChairView, zone: str, nurse: str) -> html.Div:
    """The notes may fall away whole where a card is narrow; when it comes free and whose it is never do."""
    status = view.status
    left: list[html.Span | html.B] = []
    if status is not None and status.closed_at is None and status.phase is not Phase.DEFERRED:
        notes = [*_bag(status, zone), *(html.B(note) for note in _notes(status))]
        left = [*alert_note(status), *_pause_reason(status), _free(status, zone), *notes]
    left += [html.Span(["then ", html.B(clock_time(later.planned_start, zone)), f" {family(later.patient)}"],
                       className="then") for later in view.later[:1]]  # fmt: skip
    whose = [html.Span(html.B(NOBODY) if nurse == NOBODY else nurse, className="nurse")] if nurse else []
    return html.Div([html.Span(spaced(left), className="foot-left"), " ", *whose], className="foot")


def _pause_reason(status: ChairStatus) -> list[html.B]:
    """Where the phase line has no room for it."""
    if status.state is not InfusionState.PAUSED or not status.pause_reason:
        return []
    css = "" if len(status.pause_reason) > LONGEST_REASON else "narrow"
    return [html.B(status.pause_reason, className=css)]


def _free(status: ChairStatus, zone: str) -> html.Span:
    if status.ready:
        return html.Span(["free ", html.B("now")])
    if status.free_at is None or status.evaluation_open:
        return html.Span(["free: ", html.B("not known")])
    return html.Span(["free ", html.B(clock_time(status.free_at, zone))])


def _bag(status: ChairStatus, zone: str) -> list[html.B]:
    """The bag's expiry in amber, where the line above says something sooner."""
    bag = status.bag_expires_at
    if not status.bag_warning or bag is None or not _something_is_sooner(status):
        return []
    return [html.B([icon("triangle"), f" bag {clock_time(bag, zone)}"], className="tint-amber bag")]


def _notes(status: ChairStatus) -> list[str]:
    """Who takes over for the night, what hour one lacks, what was not asked, why observation is extended."""
    notes = [night] if (night := night_words(status)) else []
    if status.phase is Phase.PRE_MEDICATION and to_do(status):
        notes.append(f"{to_do(status)} to do")
    if status.level is Level.NOT_MEASURED and status.last_set is not None and status.last_set.symptoms is None:
        notes.append("symptoms not asked")
    if status.extended:
        notes += [reason for reason in status.extended_reasons[:1] if len(reason) <= LONGEST_NOTE]
    if status.handover_to:
        notes.append("handing over")
    return notes


def _something_is_sooner(status: ChairStatus) -> bool:
    due, bag = status.next_round_due_at, status.bag_expires_at
    return status.level >= Level.AMBER or (due is not None and bag is not None and due < bag)
