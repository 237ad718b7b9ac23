"""What is understood stays understood when it is put otherwise."""

import pytest

from benchmarks.variation.kinds import CHANGES
from benchmarks.variation.measuring import PRACTICE, measured

SUITES = ("fifth/single_forecasts", "fifth/history")
SHARE = 0.2
LEAST = 0.95


@pytest.fixture(scope="module")
def found():
    paths = [PRACTICE / f"{name}.yaml" for name in SUITES]
    return list(measured(paths, list(CHANGES), SHARE))


def test_what_is_understood_stays_understood_put_otherwise(found):
    varied = [one for suite in found for one in suite.varied]
    right = sum(one.is_right for one in varied)

    assert right >= LEAST * len(varied), [
        (one.kind, turn.said, turn.wrong) for one in varied for turn in one.turns if turn.wrong
    ]


def test_most_kinds_of_change_fit_some_case(found):
    kinds = {one.kind for suite in found for one in suite.varied}

    assert len(kinds) > len(CHANGES) / 2
