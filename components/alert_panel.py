"""The alerts of a chair on its own page: each with its reason and answers; one answer per tap, never one for all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dash.development.base_component import Component

from components import html
from components.act_fields import Choices, Field
from components.act_form import ActForm, Lists, doctor, note
from components.alert_words import TONES, answer_line, badge, count_words, is_unanswered, state_words, unanswered
from components.attributes import attributes
from components.countdown import AGE, since
from components.icons import icon
from models.clinical.alert import Alert, AlertState, Priority
from models.clinical.evaluation_entries import ACTING, OUTCOME, SEEN
from models.clinical.findings import Level
from models.clinical.protocol import Protocol
from models.clinical.status import ChairStatus

OPEN_AT_ONCE = 2
"""So many unanswered ones show everything; a third waits in one line until one of them is answered."""
ACT = "answer-alert"
ACCEPTED_FOR: Choices = (("15", "15 min"), ("30", "30 min"), ("60", "1 hr"), ("120", "2 hr"))
REVIEWS = ("review due", "review ended")
"""What a doctor's review answers: the way on is its form."""
ONE_TAP = ((SEEN, "Seen", AlertState.SEEN), (ACTING, "Acting", AlertState.ACTING))


def alert_panel(status: ChairStatus, protocol: Protocol, staff: Mapping[str, str], zone: str) -> list[Component] | None:
    """Worst first. An open evaluation needs the room: beside it one line for the worst that waits, and the count."""
    if not status.alerts:
        return None
    drawing = _Drawing(status, protocol, staff, zone)
    waits = unanswered(status.alerts)
    words, lines = count_words(status.alerts), drawing.whole()
    if status.evaluation_open:
        words += f" · {len(waits) - 1} more to answer" if len(waits) > 1 else ""
        lines = [drawing.short(alert, words) for alert in waits[:1]]
    head = [] if waits and status.evaluation_open else [html.H2(words, className="alerts-count", key="count")]
    return [*head, *([html.Ul(lines, className="alert-list", key="list")] if lines else [])]


def panel_class(status: ChairStatus) -> str:
    return "box alerts live alerts-short" if status.evaluation_open else "box alerts live"


def accept_form(lists: Lists) -> ActForm:
    """*Known and accepted*: which alert it is comes with the tap that opens the form."""
    asked = (doctor(lists), Field("until", "For how long", "ahead", choices=ACCEPTED_FOR), note())
    return ActForm(ACT, "Known and accepted", "alerts/answer", "Record that it is known and accepted", asked)


class _Drawing:
    """What every line of one chair needs to know."""

    def __init__(self, status: ChairStatus, protocol: Protocol, staff: Mapping[str, str], zone: str) -> None:
        self.protocol = protocol
        self.staff = staff
        self.zone = zone
        self.alerts = status.alerts
        self.may_answer = ACT in status.allowed

    def whole(self) -> list[Component]:
        opened = {alert.id for alert in unanswered(self.alerts)[:OPEN_AT_ONCE]}
        return [self._line(alert, opened=alert.id in opened) for alert in self.alerts]

    def short(self, alert: Alert, count: str) -> Component:
        """One line below an evaluation: what it is, and how to silence it."""
        answers = self._one_tap(alert)
        aside = html.Span(count, className="alert-aside")
        words = [badge(alert.priority), html.B(alert.words, className="alert-words"), aside]
        line = [html.Div(words, className="alert-head"), *([html.Div(answers, className="chips")] if answers else [])]
        return html.Li(line, className=f"{_css(alert)} alert-short", key=alert.id, **_marks(alert))

    def _line(self, alert: Alert, *, opened: bool) -> Component:
        summary = html.Summary(
            [badge(alert.priority), html.B(alert.words, className="alert-words"), self._aside(alert)],
            className="alert-head",
        )
        details = html.Details([summary, html.Div(self._body(alert), className="alert-body")], open=opened or None)
        return html.Li(details, className=_css(alert), key=alert.id, **_marks(alert))

    def _aside(self, alert: Alert) -> Component:
        words = answer_line(alert, self.staff, self.zone)
        return html.Span(words or since(alert.raised_at, AGE), className="alert-aside")

    def _body(self, alert: Alert) -> list[Component]:
        lines: list[Component] = [_reading(alert)]
        if alert.action:
            lines.append(html.P(html.B(alert.action), className="alert-action"))
        if alert.needs_answer and self.may_answer:
            lines.append(html.Div(self._answers(alert), className="chips alert-answers"))
        why: list[Component | str] = [alert.why, html.Span(f" {alert.source}", className="alert-source")]
        if said := state_words(alert):
            why += [" ", html.B(said, className="alert-state")]
        lines.append(html.P(why, className="alert-why"))
        return lines

    def _answers(self, alert: Alert) -> list[Component]:
        if alert.state is AlertState.RESOLVED_UNSEEN:
            return self._one_tap(alert)[:1]
        buttons = self._one_tap(alert)
        if alert.what in REVIEWS:
            return [*buttons, _review(alert)]
        if alert.state is not AlertState.ACCEPTED and alert.level is not Level.RED:
            buttons.append(_accept(alert))
        if alert.priority is Priority.HIGH:
            buttons += [_button(alert, row.words, OUTCOME, row.id) for row in self.protocol.alert_outcomes.values()]
        return buttons

    def _one_tap(self, alert: Alert) -> list[Component]:
        if not self.may_answer:
            return []
        return [_button(alert, words, answer) for answer, words, state in ONE_TAP if alert.state is not state]


def _css(alert: Alert) -> str:
    """Only what waits for an answer flashes."""
    waits = "alert-waits" if is_unanswered(alert) else "alert-quiet"
    return f"alert-line alert-{TONES[alert.priority]} {waits}"


def _marks(alert: Alert) -> dict[str, Any]:
    return attributes(data_alert=alert.id, data_priority=alert.priority.word, data_alert_state=alert.state.value)


def _reading(alert: Alert) -> Component:
    """The value with its limit; a tap shows the reading in the record of the day."""
    if alert.position is None:
        return html.P(alert.limit, className="alert-limit")
    marks = attributes(data_open="record", data_reading=str(alert.position))
    return html.Button([html.Span(alert.limit), icon("chevron-right")], type="button", className="alert-limit", **marks)


def _button(alert: Alert, words: str, answer: str, outcome: str = "") -> Component:
    body = {"alert": alert.id, "answer": answer} | ({"outcome": outcome} if outcome else {})
    marks = attributes(
        data_send="",
        data_act=ACT,
        data_post="alerts/answer",
        data_says=f"{words}: {alert.words}",
        data_body=json.dumps(body, ensure_ascii=False),
        data_timeless="",
        aria_label=f"{words}: {alert.words}",
    )
    return html.Button(words, type="button", className="control alert-answer", key=outcome or answer, **marks)


def _accept(alert: Alert) -> Component:
    """Asks for the doctor's name and an end, in the right column."""
    marks = attributes(
        data_open=ACT,
        data_about=f"{alert.words}. {alert.limit}",
        data_body=json.dumps({"alert": alert.id, "answer": "known and accepted"}, ensure_ascii=False),
        aria_label=f"Known and accepted: {alert.words}",
    )
    return html.Button("Known and accepted …", type="button", className="control alert-answer", key="accept", **marks)


def _review(alert: Alert) -> Component:
    marks = attributes(data_open="review", aria_label=f"Record the review: {alert.words}")
    return html.Button("Record the review …", type="button", className="control alert-answer", key="review", **marks)
