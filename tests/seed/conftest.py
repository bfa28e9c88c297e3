"""Where the plays of these tests keep their stores."""

import pytest

from tests.seed import plays


@pytest.fixture(scope="session", autouse=True)
def folder_of_plays(tmp_path_factory):
    plays.WHERE[0] = tmp_path_factory.mktemp("scenarios")
