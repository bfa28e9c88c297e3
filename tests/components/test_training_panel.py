"""The trainer's panel in words: what waits to be done, and what is late."""

from datetime import UTC, datetime
from types import SimpleNamespace

from components.training.panel_course import fragments
from components.training.shown import ShownWait
from tests.components.reading import part, parts, read

CLOSES = datetime(2026, 11, 16, 10, 30, tzinfo=UTC)


def test_what_is_late_stays_with_its_hint_and_says_so_with_word_and_shape():
    wait = ShownWait(whose="", chair="1", words="STOP", hint="Stop first.", closes_at=CLOSES, late=True)
    room = SimpleNamespace(zone="Europe/London", hints=False)
    shown = fragments(SimpleNamespace(room=room, waits=(wait,), choices=(), course=()))["panel-waits"]["children"]
    assert read(part(shown, "wait-left")) == "late" and parts(shown, "icon-clock")
    assert read(part(shown, "wait-hint")) == "Stop first."
