"""What a ward story starts from: a ward, a network that can fail, and tablets that must end clean."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromiums import Chromiums
from tests.browser.proxy import FaultProxy
from tests.browser.seeded import Seeded
from tests.browser.tablet import Tablet
from tests.browser.ward_server import WardServer

PASSED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    report = yield
    if report.when == "call":
        item.stash[PASSED] = report.passed
    return report


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Seeded:
    """The training ward as it is seeded at a moment, each moment once for all stories of all workers."""
    folder = tmp_path_factory.getbasetemp()
    return Seeded(folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder)


@pytest.fixture
def start_ward(tmp_path: Path, seeded: Seeded) -> Iterator[Callable[..., WardServer]]:
    """`start_ward(clock_start="2026-04-05T09:00:00+01:00", clock_rate=60)`: a ward with settings of its own."""

    def start(**settings: Any) -> WardServer:
        if "database_url" not in settings and not (tmp_path / "ward.db").exists():
            shutil.copy(seeded.at(settings.get("clock_start")), tmp_path / "ward.db")
        return wards.enter_context(WardServer(tmp_path, **settings))

    with ExitStack() as wards:
        yield start


@pytest.fixture
def ward(start_ward: Callable[..., WardServer], seeded: Seeded) -> WardServer:
    """The training ward as `make run` opens it, held at the moment it was seeded."""
    return start_ward(clock_start=seeded.begun)


@pytest.fixture(scope="module")
def shared_ward(tmp_path_factory: pytest.TempPathFactory, seeded: Seeded) -> Iterator[WardServer]:
    """One training ward, its clock running, for all stories of a file: each leaves the others' chairs alone."""
    folder = tmp_path_factory.mktemp("ward")
    shutil.copy(seeded.at(None), folder / "ward.db")
    with WardServer(folder) as ward:
        yield ward


@pytest.fixture
def proxy(ward: WardServer) -> Iterator[FaultProxy]:
    """The network between the ward and whatever is opened with `via=proxy`."""
    with FaultProxy(ward.port) as proxy:
        yield proxy


@pytest.fixture(scope="session")
def chromiums() -> Iterator[Chromiums]:
    with Chromiums() as kept:
        yield kept


@pytest.fixture
def new_tablet(tmp_path: Path, request: pytest.FixtureRequest, chromiums: Chromiums) -> Iterator[Callable[..., Tablet]]:
    """`new_tablet(ward.url, size=WALL, dark=True)`; after a passed story: no console errors, axe-core clean."""
    tablets: list[Tablet] = []

    def new(url: str, **kind: Any) -> Tablet:
        tablets.append(browsers.enter_context(Tablet(url, tmp_path, chromiums=chromiums, **kind)))
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
