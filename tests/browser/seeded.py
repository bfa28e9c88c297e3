"""Training wards seeded beforehand: seeding takes seconds, and most stories begin with the same ward."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dashboard.factory import build
from dashboard.settings import Settings
from models.clinical.clock import SystemClock


class Seeded:
    """Files in a folder that all workers of a run share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def begun(self) -> str:
        """When this run of the stories began, as an aware ISO time; the same for every worker."""
        said = self._folder / "begun"
        with self._alone():
            if not said.exists():
                said.write_text(SystemClock().now().isoformat())
        return said.read_text()

    def at(self, moment: str | None) -> Path:
        """The database of a ward seeded at `moment`; None: when this run began."""
        moment = moment or self.begun
        path = self._folder / f"seeded-{re.sub(r'[^0-9]+', '-', moment)}.db"
        with self._alone():
            if not path.exists():
                half = path.with_suffix(".half")
                build(Settings(database_url=f"sqlite:///{half}", clock_start=moment)).store.close()
                half.rename(path)
        return path

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self._folder / "seeded.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
