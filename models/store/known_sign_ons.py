"""Who is signed on, remembered where this process alone writes the database: asked with every request."""

from __future__ import annotations

from threading import Lock

from models.store.rows import SignOn, StaffMember

MOST = 2000
SignedOn = tuple[SignOn, StaffMember]


class KnownSignOns:
    """Thread-safe. A sign-on that has ended is forgotten before its ending is acknowledged."""

    def __init__(self) -> None:
        self._known: dict[str, SignedOn] = {}
        self._lock = Lock()
        self.endings = 0

    def of(self, token_hash: str) -> SignedOn | None:
        return self._known.get(token_hash)

    def keep(self, token_hash: str, found: SignedOn, endings: int) -> None:
        """`endings` as it was before the database was asked: an answer older than an ending may be about that one."""
        with self._lock:
            if endings != self.endings:
                return
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[token_hash] = found

    def end(self, token_hash: str) -> None:
        with self._lock:
            self.endings += 1
            self._known.pop(token_hash, None)
