"""What a ward story starts from: a ward, a network that can fail, and tablets that must end clean."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from dashboard.factory import build
from dashboard.settings import Settings
from models.clinical.clock import SystemClock
from tests.browser.proxy import FaultProxy
from tests.browser.tablet import Tablet
from tests.browser.ward_server import WardServer

PASSED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    if report.when == "call":
        item.stash[PASSED] = report.passed
    return report


@pytest.fixture
def start_ward(tmp_path: Path) -> Iterator[Callable[..., WardServer]]:
    """`start_ward(clock_start="2026-04-05T09:00:00+01:00", clock_rate=60)`: a ward with settings of its own."""
    with ExitStack() as wards:
        yield lambda **settings: wards.enter_context(WardServer(tmp_path, **settings))


@pytest.fixture(scope="session")
def seeded_ward(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A training ward seeded once for all stories, and the moment it shows."""
    path, now = tmp_path_factory.mktemp("seeded") / "ward.db", SystemClock().now().isoformat()
    build(Settings(database_url=f"sqlite:///{path}", clock_start=now)).store.close()
    return path, now


@pytest.fixture
def ward(start_ward: Callable[..., WardServer], seeded_ward: tuple[Path, str], tmp_path: Path) -> WardServer:
    """The training ward as `make run` opens it, at the moment it was seeded."""
    path, now = seeded_ward
    shutil.copy(path, tmp_path / "ward.db")
    return start_ward(clock_start=now)


@pytest.fixture
def proxy(ward: WardServer) -> Iterator[FaultProxy]:
    """The network between the ward and whatever is opened with `via=proxy`."""
    with FaultProxy(ward.port) as proxy:
        yield proxy


@pytest.fixture
def new_tablet(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[..., Tablet]]:
    """`new_tablet(ward.url, size=WALL, dark=True)`; after a passed story: no console errors, axe-core clean."""
    tablets: list[Tablet] = []

    def new(url: str, **kind: Any) -> Tablet:
        tablets.append(browsers.enter_context(Tablet(url, tmp_path, **kind)))
        return tablets[-1]

    with ExitStack() as browsers:
        yield new
        passed = request.node.stash.get(PASSED, False)
        for number, tablet in enumerate(tablets, 1):
            if passed:
                assert tablet.console() == []
                assert tablet.axe() == []
            else:
                tablet.shot(tmp_path / f"tablet-{number}.png")


@pytest.fixture
def open_as(ward: WardServer, new_tablet: Callable[..., Tablet]) -> Callable[..., Tablet]:
    """`open_as("okafor", "/chair/4", via=proxy, size=PHONE)`: a tablet, signed on, on a live page."""

    def opened(staff: str, path: str = "/", via: FaultProxy | WardServer | None = None, **kind: Any) -> Tablet:
        tablet = new_tablet((via or ward).url, **kind)
        tablet.open_as(staff, path)
        return tablet

    return opened
