"""The distribution of a sum agrees with the intervals that are shown of it."""

import numpy as np
import pytest

from forecasting.intervals.demanded import Sums
from forecasting.training import train
from tests.builders import make_panel


@pytest.fixture(scope="module")
def panel():
    return make_panel(history=420, seed=9)


@pytest.fixture(scope="module")
def model(panel):
    return train(panel, budget="fast", seed=1)


def sums(model, panel, groups, days):
    rows = np.concatenate(groups)
    made = model.predict(panel, rows, panel.history, panel.history + days)
    first = np.cumsum([0, *(len(group) for group in groups[:-1])])
    mean, sd = made.mean.astype(float), made.sd.astype(float)
    return Sums(model.intervals, panel.series.iloc[rows], mean, sd, first)


@pytest.mark.parametrize("level", [50, 80, 95])
@pytest.mark.parametrize(("rows", "days"), [([0], 14), ([0, 1, 4], 7), ([2], 1)])
def test_quantiles_are_the_ends_of_the_intervals(model, panel, rows, days, level):
    one = sums(model, panel, [rows], days)

    found = one.quantiles(np.array([0.5 - level / 200, 0.5 + level / 200]))

    whole = model.intervals.total(one.mean, one.deviation, level, one.series)
    assert found[0] == pytest.approx([whole.lower, whole.upper])


@pytest.mark.parametrize(("rows", "days"), [([0], 14), ([0, 1, 4], 7), ([2], 1)])
def test_a_higher_probability_never_has_a_lower_quantile(model, panel, rows, days):
    one = sums(model, panel, [rows], days)

    (found,) = one.quantiles(np.linspace(0.001, 0.999, 200))

    assert (np.diff(found) >= -1e-9).all()
    assert found[0] >= 0
    assert found.mean() == pytest.approx(one.total[0], rel=0.05)


@pytest.mark.parametrize("days", [1, 9])
def test_sums_worked_out_at_once_are_those_worked_out_one_by_one(model, panel, days):
    groups, probabilities = [[2], [0, 1], [4], [3, 5, 1]], np.array([0.05, 0.5, 0.8, 0.99])

    together = sums(model, panel, groups, days).quantiles(probabilities)

    apart = [sums(model, panel, [rows], days).quantiles(probabilities)[0] for rows in groups]
    assert together == pytest.approx(np.array(apart))
