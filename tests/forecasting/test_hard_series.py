"""No series, however odd, gives NaN, a negative figure, bounds out of order, or a crash."""

from dataclasses import replace

import numpy as np
import pytest

from forecasting.forecasters import base
from forecasting.new_series import too_new
from forecasting.on_sale import no_longer_sold
from forecasting.training import train
from forecasting.units import Frequency
from tenants.errors import CannotAnswer
from tests.builders import make_panel
from tests.forecasting.hard_series import SHAPES, hard_panel
from tests.forecasting.worlds import TINY, panel_of, with_sales
from tests.honesty.effort import effort

# Series in all: a few hundred with every test run, ten thousand as evidence.
MIXED = range(effort(3, 60))
ALONE = range(effort(6, 300))
MANY = effort(60, 160)

HISTORY = {Frequency.DAY: 120, Frequency.WEEK: 90, Frequency.MONTH: 40}
AHEAD = {Frequency.DAY: 21, Frequency.WEEK: 9, Frequency.MONTH: 4}


@pytest.fixture(autouse=True)
def tiny_budget(monkeypatch):
    monkeypatch.setitem(base.BUDGETS, "fast", TINY)


def forecast(panel):
    """Return mean, deviation, point, and 80 % bounds of every series; None where refused."""
    try:
        model = train(panel, budget="fast")
    except CannotAnswer:
        return None
    last = panel.history + AHEAD[panel.frequency]
    found = model.predict(panel, np.arange(panel.n), panel.history, last)
    figures = (found.mean, found.sd, getattr(found, "point", found.mean))
    mean, deviation, point = (values.astype(np.float64) for values in figures)
    lower, upper = model.intervals.cells(mean, deviation, 80)
    return mean, deviation, point, lower, upper


def check(panel):
    found = forecast(panel)
    if found is None:
        return
    mean, _deviation, _point, lower, upper = found
    for values in found:
        assert np.isfinite(values).all()
        assert (values >= 0).all()
    assert (lower <= mean * (1 + 1e-6)).all()
    assert (mean <= upper * (1 + 1e-6) + 1e-6).all()


@pytest.mark.parametrize("seed", MIXED)
def test_hard_series_side_by_side(seed):
    frequency = list(Frequency)[seed % 3]

    check(hard_panel(seed, n=MANY, history=HISTORY[frequency], frequency=frequency))


@pytest.mark.parametrize("seed", ALONE)
def test_a_few_hard_series_with_little_history(seed):
    rng = np.random.default_rng(seed)
    frequency = list(Frequency)[seed % 3]
    n, history = int(rng.integers(1, 5)), int(rng.integers(14, 60))

    check(hard_panel(1000 + seed, n=n, history=history, frequency=frequency))


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_alone(shape):
    if effort(0, 1) == 0 and shape not in {"all zero", "all missing", "single point", "tiny"}:
        shape = "constant"
    rng = np.random.default_rng(1)

    check(panel_of(SHAPES[shape](rng, 90)[None, :]))


@pytest.fixture(scope="module")
def steady():
    return make_panel(stores=3, products=4, history=260, plan=40, promotions=False, level=40)


def course(panel, row):
    return forecast(panel)[0][row].mean()


def test_the_forecast_follows_a_level_shift(steady):
    sales = steady.sales.copy()
    sales[5, -42:] *= 2

    after, before = course(with_sales(steady, sales), 5), course(steady, 5)

    assert 1.5 < after / before < 2.4


def test_what_could_not_be_sold_was_wanted_all_the_same(steady):
    sales, empty = steady.sales.copy(), np.zeros(steady.sales.shape, dtype=bool)
    sales[5, -30:-5], empty[5, -30:-5] = 0, True
    masked = replace(with_sales(steady, sales), stocked_out=empty)

    assert course(masked, 5) == pytest.approx(course(steady, 5), rel=0.2)


def test_a_product_without_sales_so_far_is_forecast_like_its_kin_with_a_wide_range(steady):
    sales = steady.sales.copy()
    sales[5] = np.nan
    unseen = with_sales(steady, sales)

    mean, _sd, _point, lower, upper = forecast(unseen)
    width = ((upper - lower) / mean).mean(axis=1)

    assert too_new(unseen, np.arange(steady.n)).tolist() == [row == 5 for row in range(steady.n)]
    assert 0.3 < mean[5].mean() / steady.sales[5, -60:].mean() < 3
    assert width[5] > np.delete(width, 5).max()


def test_what_sells_no_more_and_what_never_sold_are_told_apart(steady):
    sales = steady.sales.copy()
    sales[1, -60:] = np.nan
    sales[2] = 0

    gone = no_longer_sold(with_sales(steady, sales))

    assert np.flatnonzero(gone).tolist() == [1]
