"""The lock files are complete, hashed, and say nothing about where packages come from."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.txt", "requirements-test.txt"]


def pinned(lock: str) -> dict[str, str]:
    """Each `name==version` line with its environment marker, and all of its hash lines."""
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text())
    return {entry.partition(" \\")[0]: entry for entry in entries}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_and_hashed(lock: str):
    for pin, entry in pinned(lock).items():
        assert re.fullmatch(r"[a-z0-9._-]+==\S+( ; .+)?", pin)
        assert "--hash=sha256:" in entry


@pytest.mark.parametrize("lock", [*LOCKS, "requirements.in", "requirements-test.in"])
def test_no_index_host_or_folder_is_named(lock: str):
    text = (ROOT / lock).read_text()
    assert not re.search(r"https?:|--index|--extra-index|--find-links|file:|@ |(^|\s)/", text)


def test_both_locks_agree_on_every_package_they_share():
    run, test = (set(pinned(lock)) for lock in LOCKS)
    names = {pin.partition("==")[0] for pin in run}
    shared = {pin.partition(" ;")[0] for pin in test if pin.partition("==")[0] in names}
    assert shared <= {pin.partition(" ;")[0] for pin in run}
