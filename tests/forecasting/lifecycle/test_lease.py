"""One retraining at a time, and no one waits for ever for a process that died."""

import time
from datetime import timedelta

import pytest

from forecasting.lifecycle.lease import Lease
from tenants.clock import Clock
from tenants.errors import Unavailable


def lease(workspace, seconds=60.0):
    return Lease(workspace.database, "retraining", Clock(), valid=timedelta(seconds=seconds))


def test_a_second_holder_waits_until_the_first_has_ended(either_workspace):
    with lease(either_workspace).held(), pytest.raises(Unavailable, match="is under way since"):
        lease(either_workspace).take()

    lease(either_workspace).take()


def test_a_holder_that_died_loses_it_after_a_while(either_workspace):
    dead = lease(either_workspace, seconds=0.01)
    dead.take()
    time.sleep(0.02)

    lease(either_workspace).take()

    with pytest.raises(Unavailable, match="its result was not kept"):
        dead.check()


def test_a_long_work_keeps_it(either_workspace):
    with lease(either_workspace, seconds=0.3).held() as held:
        time.sleep(0.6)

        with pytest.raises(Unavailable):
            lease(either_workspace).take()
        held.check()


def test_work_that_fails_gives_it_back(either_workspace):
    with pytest.raises(ValueError, match="no rows"), lease(either_workspace).held():
        raise ValueError("no rows")

    lease(either_workspace).take()
