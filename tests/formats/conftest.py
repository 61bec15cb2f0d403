"""What tests of formats share."""

import pytest

from tests.formats.told import Told


@pytest.fixture
def told() -> Told:
    return Told()
