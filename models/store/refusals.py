"""Why the store does not open, or does not record."""

from __future__ import annotations

from models.clinical.facts import Fact


class StoreRefused(Exception):
    """The database cannot be served: missing, damaged, half migrated, in use or of the other kind."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class StoreUnavailable(Exception):
    """The database did not answer or did not take the entry (disk full, locked, gone); nothing was acknowledged."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class PositionTaken(Exception):
    """Somebody recorded first: the day's newest fact stands at `position`, not where the writer thought."""

    def __init__(self, infusion_day_id: str, position: int) -> None:
        super().__init__(f"infusion day {infusion_day_id} stands at {position}")
        self.infusion_day_id = infusion_day_id
        self.position = position


class KeyUsed(Exception):
    """This idempotency key has been recorded: `facts` are what it brought, `digest` names the request."""

    def __init__(self, facts: tuple[Fact, ...], digest: str) -> None:
        super().__init__("the key has been recorded")
        self.facts = facts
        self.digest = digest
