"""The training server and the room that stories of learners begin with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboard.training.room import Room
from tests.dashboard.training import TrainingServer, a_training_server


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrainingServer]:
    with a_training_server(tmp_path_factory.mktemp("training")) as ward:
        yield ward


@pytest.fixture
def room(ward: TrainingServer) -> Iterator[Room]:
    yield ward.room()
    ward.tidy()
