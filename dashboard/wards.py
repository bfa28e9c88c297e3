"""Which database this server serves: the ward's own, or a training ward, seeded anew when its day is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from dashboard.settings import Settings
from dashboard.sign_on import pin_hash
from models.clinical.clock import Clock, ScenarioClock, SystemClock
from models.clinical.protocol import Protocol
from models.store.database import address, file_of
from models.store.opening import create_store, is_older, migrate, open_store
from models.store.refusals import StoreRefused
from models.store.ward_store import WardStore
from seed import training_ward

TRAINING_PIN = "246810"
NO_WARD = "There is no ward yet at {place}. `make new-ward` makes one and prints its set-up code."


class NoWard(StoreRefused):
    """Nothing to serve at all."""


ClockFrom = Callable[[datetime | None], Clock]
"""A clock that shows no time before the newest recorded fact."""


def open_ward(settings: Settings, protocol: Protocol, clock: Clock | None) -> tuple[WardStore, Clock]:
    """The store and the clock of the ward; raises StoreRefused, and never makes an empty ward of a real one."""
    clock_from: ClockFrom = (lambda newest: clock) if clock else (lambda newest: clock_for(settings, newest))
    if not settings.is_training:
        return _opened(_ward_url(settings), settings, clock_from)
    if settings.database_url:
        return _training(settings.database_url, settings, protocol, clock_from)
    return _newest_training(settings, protocol, clock_from)


def clock_for(settings: Settings, newest: datetime | None) -> Clock:
    if not settings.is_training:
        return SystemClock(not_before=newest)
    start, rate = settings.held_clock or (None, 1.0)
    start = start or SystemClock().now()
    return ScenarioClock(start if newest is None else max(start, newest), rate)


def _ward_url(settings: Settings) -> str:
    url = settings.database_url or f"sqlite:///{settings.folder}/ward.db"
    path = file_of(address(url))
    if path is not None and not path.exists():
        raise NoWard(NO_WARD.format(place=path))
    return url


def _opened(url: str, settings: Settings, clock_from: ClockFrom) -> tuple[WardStore, Clock]:
    store = open_store(url, settings.mode)
    return store, clock_from(store.newest_recorded_at())


def _training(url: str, settings: Settings, protocol: Protocol, clock_from: ClockFrom) -> tuple[WardStore, Clock]:
    """A training ward at a place of somebody's choice: made and seeded once, then kept."""
    path = file_of(address(url))
    if path is None or path.exists():
        return _opened(url, settings, clock_from)
    return _seeded(url, protocol, clock_from)


def _newest_training(settings: Settings, protocol: Protocol, clock_from: ClockFrom) -> tuple[WardStore, Clock]:
    folder = Path(settings.folder)
    files = sorted(folder.glob("training-????????-??????.db"))
    if files:
        url = f"sqlite:///{files[-1]}"
        if is_older(url):
            migrate(url)
        store, clock = _opened(url, settings, clock_from)
        if not training_ward.is_over(store, clock.now()):
            return store, clock
        store.close()
    return _seeded(f"sqlite:///{folder}/training-{SystemClock().now():%Y%m%d-%H%M%S}.db", protocol, clock_from)


def _seeded(url: str, protocol: Protocol, clock_from: ClockFrom) -> tuple[WardStore, Clock]:
    clock = clock_from(None)
    path = file_of(address(url))
    if path is None:
        _seed(url, protocol, clock).close()
    else:
        _seed_file(path, protocol, clock)
    return open_store(url, "training"), clock


def _seed_file(path: Path, protocol: Protocol, clock: Clock) -> None:
    """Seeded beside its place and then moved there, so that a start that is broken off leaves no half of a ward."""
    beside = path.with_name(f"{path.name}.seeding")
    for left in path.parent.glob(f"{beside.name}*"):
        left.unlink()
    _seed(f"sqlite:///{beside}", protocol, clock).close()
    beside.rename(path)
    for left in path.parent.glob(f"{beside.name}*"):
        left.unlink()


def _seed(url: str, protocol: Protocol, clock: Clock) -> WardStore:
    store = create_store(url, "training")
    training_ward.seed(store, protocol, clock.now(), pin_hash(TRAINING_PIN))
    return store
