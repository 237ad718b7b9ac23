"""Graders are worth what they tell apart: an oracle passes every case, agents that cheat do not."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from agent.evaluation.running import play_case
from agent.evaluation.suite import read_suite
from tests.agent.evaluation.theatre import (
    MislabellingOracle,
    Oracle,
    StaleOracle,
    Theatre,
    calls_everything,
    echoes,
    refuses_all,
)
from tests.honesty.effort import effort

SUITES = Path(__file__).parents[3] / "agent" / "evaluation" / "suites"
FILES = sorted(SUITES.rglob("*.yaml"))
_EVERY = 20  # of the cases one is enough to tell a cheat
_ORACLE_EVERY = effort(6, 1)  # the oracle plays all of them as evidence


@pytest.fixture(scope="module")
def theatres(tmp_path_factory):
    opened = {}

    def theatre(suite):
        key = (suite.workspace, suite.today)
        if key not in opened:
            opened[key] = Theatre(tmp_path_factory.mktemp("theatre") / "home", *key)
        return opened[key]

    yield theatre
    for one in opened.values():
        one.close()


@cache
def suite_of(path):
    return read_suite(path)


def played(theatres, cast, *, every=1, only=lambda _case: True):
    """Return the results of some of the cases of all shipped suites."""
    cases = [(suite, case) for suite in map(suite_of, FILES) for case in suite.cases]
    return [
        play_case(theatres(suite), suite, case, 1, cast)
        for suite, case in cases[::every]
        if only(case)
    ]


def share(results):
    return sum(one.passed for one in results) / len(results)


def states_figures(case):
    """Tell whether the last turn expects a reading tool to answer."""
    last = case.turns[-1].expect
    return case.kind == "answer" and bool(last.alternatives and last.alternatives[0])


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_oracle_passes_every_case_it_plays(path, theatres):
    suite = suite_of(path)
    cases = suite.cases[::_ORACLE_EVERY]
    results = [play_case(theatres(suite), suite, case, 1, Oracle) for case in cases]

    failures = {one.id: one.failures for one in results if not one.passed}
    assert failures == {}


@pytest.mark.parametrize(
    ("cast", "ceiling"), [(refuses_all, 0.10), (calls_everything, 0.10), (echoes, 0.10)]
)
def test_an_agent_without_understanding_stays_below_its_ceiling(cast, ceiling, theatres):
    results = played(theatres, cast, every=_EVERY)

    assert share(results) < ceiling, Counter(one.kind for one in results if one.passed)


@pytest.mark.parametrize("cast", [StaleOracle, MislabellingOracle])
def test_a_wrong_figure_fails_although_the_calls_were_right(cast, theatres):
    results = played(theatres, cast, every=_EVERY, only=states_figures)

    assert share(results) == 0
