"""A nurse's tablet that records over HTTP and, when no answer comes, sends the same form again until one does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, cycle
from threading import Event, Semaphore, Thread
from typing import Any

import httpx2

from tests.browser.ward_server import WardClient

CALM = {
    "heart_rate": 72, "systolic": 118, "diastolic": 74, "symptoms": [], "temperature": 36.8, "spo2": 98,
    "respiratory_rate": 14, "consciousness": "alert",
}  # fmt: skip
FORMS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("vital-signs", CALM),
    ("infusion/pause", {"reason": "toilet"}),
    ("notes", {"text": "well"}),
    ("infusion/resume", {}),
    ("symptoms", {"symptoms": ["rash"]}),
    ("infusion/rate", {"rate_ml_per_hour": 12.7, "reason": "settled"}),
    ("infusion/stop", {}),
    ("infusion/resume", {"doctor": "Dr Haddad", "reason": "settled"}),
)


@dataclass
class Writer:
    """`acknowledged` and `refused` hold what the server answered, by key; `answers` is released with each answer."""

    client: WardClient
    day_id: str
    name: str
    answers: Semaphore
    acknowledged: dict[str, list[int]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    repeated: int = 0
    """Answers that came only when the form was sent again: the act had been recorded, the reply was lost."""
    faults: list[str] = field(default_factory=list)
    ended: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.thread = Thread(target=self.write, daemon=True)

    def write(self) -> None:
        for key, (path, body) in zip(self.keys(), cycle(FORMS), strict=False):
            answer = self.answered(key, path, body)
            self.note(key, answer)
            self.answers.release()
            if self.ended.is_set() or self.faults:
                return

    def keys(self) -> Iterator[str]:
        return (f"{self.name}-{number}" for number in count())

    def answered(self, key: str, path: str, body: Mapping[str, Any]) -> httpx2.Response:
        """Sent with the same key until the server answers, however often it dies meanwhile."""
        while True:
            try:
                answer = self.client.post(f"/api/infusion-days/{self.day_id}/{path}", body, key)
                if answer.status_code != 503:
                    return answer
            except httpx2.TransportError:
                pass
            self.ended.wait(0.02)

    def note(self, key: str, answer: httpx2.Response) -> None:
        if answer.status_code == 201:
            told = answer.json()
            self.repeated += told["again"]
            self.acknowledged[key] = [fact["id"] for fact in told["facts"]]
        elif answer.status_code in (409, 422):
            self.refused.add(key)
        else:
            self.faults.append(f"{key}: {answer.status_code} {answer.text}")

    def end(self) -> None:
        """After the answer it waits for; a ward that is gone for good is not waited for."""
        self.ended.set()
        self.thread.join(30)
        self.client.http.close()
        assert not self.thread.is_alive()
