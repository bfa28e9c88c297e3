"""Answering alerts: one at a time, by whoever is signed on."""

from __future__ import annotations

from models.charting.act import Act, Recorded
from models.charting.recorder import Recorder
from models.clinical.facts import AlertAnswered


class Alerting(Recorder):
    def answer_alert(self, act: Act, day_id: str, answered: AlertAnswered) -> Recorded:
        return self.record(act, day_id, "answer-alert", lambda before: [before.line(answered)])
