"""The evaluation of a suspected serious reaction: what is considered, ticked, called, graded, and a STOP taken back."""

from __future__ import annotations

from datetime import timedelta

from models.charting.act import Act, Recorded
from models.charting.recorder import Before, Recorder
from models.clinical.facts import (
    CallLogged,
    EnteredInError,
    EvaluationClosed,
    EvaluationStep,
    InfusionStopped,
    ReactionGraded,
    ReactionSuspected,
)
from models.clinical.infusion_day import TOUCHED_BY_MISTAKE
from models.clinical.refusal import Refusal
from models.store.rows import NewFact

ON_ITS_WAY = timedelta(seconds=3)
"""A tap within the seconds the screen gives may still need so long to get here."""


class Evaluating(Recorder):
    def suspect_reaction(self, act: Act, day_id: str, suspected: ReactionSuspected) -> Recorded:
        return self.record(act, day_id, "suspect-reaction", lambda before: [before.line(suspected)])

    def tick_step(self, act: Act, day_id: str, step: EvaluationStep) -> Recorded:
        return self.record(act, day_id, "evaluation-step", lambda before: [before.line(step)])

    def log_call(self, act: Act, day_id: str, call: CallLogged) -> Recorded:
        return self.record(act, day_id, "call", lambda before: [before.line(call)])

    def grade_reaction(self, act: Act, day_id: str, graded: ReactionGraded) -> Recorded:
        return self.record(act, day_id, "grade", lambda before: [before.line(graded)])

    def close_evaluation(self, act: Act, day_id: str, closed: EvaluationClosed) -> Recorded:
        return self.record(act, day_id, "close-evaluation", lambda before: [before.line(closed)])

    def take_back_stop(self, act: Act, day_id: str, stop: int) -> Recorded:
        """Within the seconds the screen gives; the STOP stays visible as entered in error."""
        strike = EnteredInError(position=stop, reason=TOUCHED_BY_MISTAKE)

        def decide(before: Before) -> list[NewFact]:
            self.refuse_slow_hand(before, stop)
            return [NewFact(strike, before.now)]

        return self.record(act, day_id, "touched-by-mistake", decide)

    def refuse_slow_hand(self, before: Before, stop: int) -> None:
        """The screen counts real seconds; a training clock may run faster."""
        offered = self.protocol.durations.stop_touched_by_mistake
        longest = (offered + ON_ITS_WAY) * max(self.clock.rate, 1.0)
        stops = [f for f in before.day.facts if f.position == stop and isinstance(f.details, InfusionStopped)]
        if stops and before.now - stops[0].recorded_at > longest:
            raise Refusal(
                f"A STOP is taken back within {offered.seconds} seconds. Close its evaluation with a doctor, or "
                "correct the entry.",
                field="stop",
            )
