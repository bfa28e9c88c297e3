"""Copying a ward's database while it runs: whole, checked, and never over an older copy."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from models.store import sqlite
from models.store.refusals import StoreRefused


def copy(source: Path, to: Path) -> Path:
    """Through the online backup API; the copy takes its place only when its integrity check passed."""
    sqlite.present(source)
    if to.exists():
        raise StoreRefused(f"{to} exists already. A copy never replaces another.")
    to.parent.mkdir(parents=True, exist_ok=True)
    unfinished = to.with_name(to.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    try:
        fill(source, unfinished)
        unfinished.rename(to)
    except sqlite3.Error as damage:
        raise StoreRefused(f"No copy of {source} was made: {damage}.") from damage
    finally:
        unfinished.unlink(missing_ok=True)
    sqlite.keep(to.parent)
    return to


def fill(source: Path, target: Path) -> None:
    live, copied = sqlite.connect(source, sqlite.LOOKING), sqlite.connect(target, {})
    try:
        live.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE")  # one file: nothing of it waits in a log beside it
        found = copied.execute("PRAGMA integrity_check(1)").fetchone()[0]
    finally:
        live.close()
        copied.close()
    if found != "ok":
        raise StoreRefused(f"The copy of {source} is damaged ({found}) and was not kept.")
    written = os.open(target, os.O_RDONLY)
    os.fsync(written)
    os.close(written)
