"""How far a forecast was from what was sold."""

from dataclasses import replace

import numpy as np
import pytest

from forecasting.explanation.miss import Known, explain_miss
from forecasting.scope import Estimate
from tests.tools.small_engine import small_model, small_panel

FIRST, LAST = 406, 413


@pytest.fixture(scope="module")
def panel():
    return small_panel()


@pytest.fixture(scope="module")
def model(panel):
    return small_model(panel.until(FIRST))


def missed(model, panel, **more):
    rows = np.arange(panel.n)
    found = explain_miss(model, panel, rows, (FIRST, LAST), panel.until(FIRST), **more)
    named = {one.name: one.effect for one in found.drivers}
    assert sum(named.values()) == pytest.approx(found.actual - found.forecast.mean, abs=1e-6)
    return found, named


def test_an_ordinary_week_lies_in_the_range(model, panel):
    found, _ = missed(model, panel, level=95)

    assert found.inside


def test_what_stock_outs_kept_from_being_sold_is_told(model, panel):
    sales, out = panel.sales.copy(), np.zeros_like(panel.stocked_out)
    sales[0, FIRST:LAST] *= 0.7
    out[0, FIRST:LAST] = True

    _, named = missed(model, replace(panel, sales=sales, stocked_out=out))

    mean = model.predict(panel.until(FIRST), np.array([0]), FIRST, LAST).mean
    gap = sales[0, FIRST:LAST] - mean[0]
    assert named["stock-outs"] == pytest.approx(float(np.minimum(gap, 0).sum()), rel=1e-5)


def test_days_without_records_are_told(model, panel):
    sales = panel.sales.copy()
    sales[0, FIRST:LAST] = np.nan

    _, named = missed(model, replace(panel, sales=sales))

    mean = model.predict(panel.until(FIRST), np.array([0]), FIRST, LAST).mean.sum()
    assert named["days without records"] == pytest.approx(-float(mean), rel=1e-5)


def test_a_day_on_which_a_whole_store_was_off_is_told(model, panel):
    sales = panel.sales.copy()
    rows = panel.rows(stores=("1",))
    sales[rows, FIRST + 2] = 0

    _, named = missed(model, replace(panel, sales=sales))

    assert named["days on which a whole store was off"] < 0


def test_a_forecast_that_was_told_is_held_to_its_own_range_and_steps(model, panel):
    known = Known(900.0, {"sales since then": 40.0}, Estimate(905.0, 1.0, 2.0))

    found, named = missed(model, panel, known=known)

    assert (found.forecast, found.inside) == (known.told, False)
    assert named["sales since then"] == 40.0


def test_a_part_of_what_was_told_has_a_range_as_wide_for_its_size(model, panel):
    plain, _ = missed(model, panel)
    known = Known(2 * plain.forecast.mean, {}, None)

    found, _ = missed(model, panel, known=known)

    assert found.forecast.mean == known.total
    assert found.forecast.upper == pytest.approx(2 * plain.forecast.upper)
