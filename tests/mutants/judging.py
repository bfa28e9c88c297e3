"""Judges the mutants: tests are collected once, then each mutant meets those of its function in a process of its own.

A fork for every mutant keeps what the core remembers (its caches) from one mutant to the next from deciding.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from mutmut.mutation import trampoline

from tests.mutants.making import Mutant

NOTICED, SURVIVED = 1, 0
PATIENCE = 3
"""Times the tests' own time, after which a mutant that never ends counts as noticed."""


class Judge:
    """A pytest plugin that runs mutants instead of tests."""

    def __init__(self, mutants: Sequence[Mutant], tell: Callable[[Mutant, str], None]) -> None:
        self.mutants, self.tell = mutants, tell

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = session.items
        told = _in_child(lambda: _look(items))
        if told is None:
            raise pytest.UsageError("The tests fail without any mutant.")
        times, tests_of = told
        for mutant in self.mutants:
            places = sorted(tests_of.get(mutant.place, ()), key=lambda place: times[place])
            self.tell(mutant, _verdict(mutant, [items[place] for place in places], sum(times[p] for p in places)))
        return True


def _look(items: Sequence[pytest.Item]) -> tuple[list[float], dict[str, list[int]]]:
    """How long each test takes without a mutant, and which tests come by each function."""
    reached: set[str] = set()
    trampoline.record_trampoline_hit = lambda name, caller=None: reached.add(name)
    trampoline.set_mutant_under_test("stats")
    times: list[float] = []
    tests_of: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        reached.clear()
        _forget()
        began = time.process_time()
        if not _passes(items, place):
            raise AssertionError(item.nodeid)
        times.append(time.process_time() - began)
        for name in reached:
            tests_of.setdefault(name, []).append(place)
    return times, tests_of


def _passes(items: Sequence[pytest.Item], place: int) -> bool:
    following = items[place + 1] if place + 1 < len(items) else None
    return not any(report.failed for report in runtestprotocol(items[place], nextitem=following, log=False))


def _verdict(mutant: Mutant, items: Sequence[pytest.Item], seconds: float) -> str:
    if not items:
        return "no test"

    def face() -> int:
        limit = int(seconds * PATIENCE) + 5
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        signal.alarm(limit * 10)
        _forget()
        trampoline.set_mutant_under_test(mutant.id)
        return NOTICED if any(not _passes(items, place) for place in range(len(items))) else SURVIVED

    return "survived" if _in_child(face) == SURVIVED else "noticed"


def _forget() -> None:
    """What the core remembers was worked out without the mutant, and hides who comes by a function."""
    for name, module in list(sys.modules.items()):
        if name.startswith("models."):
            for value in vars(module).values():
                getattr(value, "cache_clear", lambda: None)()


def _in_child(work: Callable[[], Any]) -> Any:
    """What `work` gives, from a process that is then gone; None when it did not come to its end."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1)
            os.dup2(silent, 2)
            with os.fdopen(writing, "w") as out:
                json.dump(work(), out)
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as told:
        text = told.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else None
