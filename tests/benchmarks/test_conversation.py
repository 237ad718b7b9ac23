"""The ledger's figures of the scripted conversations."""

import pytest

from benchmarks.evidence.conversation import wilson


def test_an_interval_of_a_share_is_wilsons():
    # 90 of 100, from the formula by hand.
    assert wilson(90, 100) == pytest.approx((82.56, 94.48), abs=0.01)


def test_an_interval_stays_within_all_and_none():
    assert wilson(20, 20)[1] == pytest.approx(100)
    assert wilson(0, 20)[0] == pytest.approx(0)
