import pytest

from tests.forecasting.data.loading import Desk


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)
