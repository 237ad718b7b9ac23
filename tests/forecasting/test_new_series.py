"""Series with too little history are forecast from series like them."""

from dataclasses import replace

import numpy as np
import pytest

from forecasting.demand import Demand
from forecasting.forecasters import base
from forecasting.new_series import borrow, too_new, with_borrowed
from forecasting.on_sale import lenders
from forecasting.pricing.response import estimate_response
from forecasting.training import train
from tests.builders import make_panel
from tests.forecasting.worlds import TINY, panel_of, with_sales

AHEAD = 14


def without_history(panel, row, *, but=0):
    sales = panel.sales.copy()
    sales[row, : panel.history - but] = np.nan
    return with_sales(panel, sales)


def borrowed(panel, rows):
    """Borrow, with lenders that go on selling what they sold on average."""
    demand = Demand(panel, estimate_response(panel))
    columns = np.arange(panel.history, panel.history + AHEAD)

    def forecast(of):
        return np.repeat(np.nanmean(demand.adjusted[of, -91:], axis=1)[:, None], AHEAD, axis=1)

    return borrow(demand, np.asarray(rows), columns, forecast)


@pytest.fixture(scope="module")
def panel():
    """Four stores of very different size with six products each."""
    made = make_panel(stores=4, products=6, history=200, promotions=False)
    level = np.outer([10.0, 20, 40, 80], [0.5, 0.8, 1, 1.2, 1.5, 2]).reshape(-1, 1)
    weekly = np.resize([0.8, 0.9, 1, 1, 1.2, 1.3, 0.8], 200)
    return with_sales(made, np.random.default_rng(4).poisson(level * weekly))


def test_a_product_known_elsewhere_sells_as_there_times_the_size_of_the_store(panel):
    usual = panel.sales[20, -91:].mean()

    found = borrowed(without_history(panel, 20), [20])

    assert found.mean.mean() == pytest.approx(usual, rel=0.25)


def test_what_is_known_nowhere_sells_as_its_category_and_price_suggest():
    level = np.repeat([[40.0], [40.0], [40.0], [5.0], [5.0], [5.0]], 100, axis=1)
    made = panel_of(level)
    series = made.series.assign(product_category=["cheap"] * 3 + ["dear"] * 3)
    made = without_history(replace(made, series=series), 3)

    assert 3 < borrowed(made, [3]).mean[0, 0] < 20


def test_own_sales_take_over_as_they_come(panel):
    tripled = panel.sales.copy()
    tripled[20] *= 3
    wild = with_sales(panel, tripled)

    levels = [
        borrowed(without_history(wild, 20, but=days), [20]).mean.mean() for days in (0, 3, 13)
    ]
    spreads = [borrowed(without_history(wild, 20, but=days), [20]).spread[0] for days in (0, 3, 13)]

    assert levels == sorted(levels)
    assert levels[2] > 1.5 * levels[0]
    assert spreads == sorted(spreads, reverse=True)


def test_a_quiet_start_is_not_taken_for_silence(panel):
    sales = panel.sales.copy()
    sales[20, -3:] = 0
    found = borrowed(without_history(with_sales(panel, sales), 20, but=3), [20])

    assert 0 < found.mean.mean() < panel.sales[20, -91:].mean()


def test_where_nothing_is_alike_nothing_is_borrowed():
    alone = panel_of(np.full((1, 10), 4.0))

    assert np.isnan(borrowed(alone, [0]).mean).all()


def test_only_series_on_sale_with_history_lend(panel):
    sales = panel.sales.copy()
    sales[0, -60:] = np.nan
    sales[1, :-5] = np.nan
    sales[2] = 0

    assert lenders(with_sales(panel, sales)).tolist() == list(range(3, panel.n))


def test_series_with_history_keep_their_own_forecast(panel):
    young = without_history(panel, 20)
    demand = Demand(young, estimate_response(young))
    rows, columns = np.array([3, 20]), np.arange(young.history, young.history + 2)
    own = np.array([[1.0, 2.0], [0.0, 0.0]])

    mean, doubt = with_borrowed(demand, rows, columns, own, lambda of: np.ones((len(of), 2)))

    assert too_new(young, rows).tolist() == [False, True]
    assert mean[0].tolist() == [1.0, 2.0]
    assert (mean[1] > 0).all()
    assert doubt[0] == 0 < doubt[1]


def test_the_interval_of_a_new_series_is_wider_than_of_one_known(panel, monkeypatch):
    monkeypatch.setitem(base.BUDGETS, "fast", TINY)
    young = without_history(panel, 20)
    model = train(young, budget="fast")

    found = model.predict(young, np.array([20, 21]), young.history, young.history + AHEAD)

    wide, usual = (found.sd / found.mean).mean(axis=1)
    assert (found.mean > 0).all()
    assert wide > 1.3 * usual
