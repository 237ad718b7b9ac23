"""The worlds that several files look at, made once."""

from datetime import date

import pytest

from forecasting.data.demo import make_world

UNTIL = date(2026, 6, 28)


@pytest.fixture(scope="session")
def harbor():
    return make_world("harbor", until=UNTIL)


@pytest.fixture(scope="session")
def summit():
    return make_world("summit", until=UNTIL)


@pytest.fixture(scope="session", params=["harbor", "summit"])
def world(request):
    """Each of the two, in turn."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session", params=[7, 8, 9])
def seeded(request, harbor):
    """Harbor as three seeds draw it."""
    return harbor if request.param == 7 else make_world("harbor", until=UNTIL, seed=request.param)


@pytest.fixture(scope="session")
def confounded():
    """Harbor with the hidden driver."""
    return make_world("harbor", until=UNTIL, hidden_confounder=True)
