"""Rows of old days that were loaded after the cutoff change no forecast made at it (Q2).

A forecast names the version of the data it saw, and that version never changes; a backtest that
pretends to stand at a day knows only what had been loaded by then.
"""

import hashlib

import numpy as np
import pandas as pd
import pytest

from forecasting.forecasters import base
from forecasting.panel_builder import build_panel
from forecasting.training import train
from tests.forecasting.data.loading import Desk
from tests.forecasting.worlds import TINY

DAYS = pd.date_range("2025-09-01", periods=200)
LATE = (40, 90, 150)  # days of product 1 that are missing at first
AT = 170


def rows(days, *, product, level, left_out=()):
    rng = np.random.default_rng(product)
    units = rng.poisson(level, len(DAYS))
    return "".join(
        f"{DAYS[day].date()},1,{product},{units[day]}\n" for day in days if day not in left_out
    )


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    everything = "".join(
        rows(range(200), product=product, level=12 * product, left_out=LATE if product == 1 else ())
        for product in (1, 2, 3)
    )
    desk.load(desk.put("sales.csv", "date,store,product,units\n" + everything).parent)
    return desk


def load_late_rows(desk):
    late = "".join(f"{DAYS[day].date()},1,1,500\n" for day in LATE)
    corrected = f"{DAYS[100].date()},1,2,900\n"
    desk.put("sales.csv", "date,store,product,units\n" + late + corrected)
    desk.load()


def forecast(panel):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(base.BUDGETS, "fast", TINY)
        model = train(panel, budget="fast")
    found = model.predict(panel, np.arange(panel.n), panel.history, panel.history + 14)
    return hashlib.sha256(found.mean.tobytes() + found.sd.tobytes()).hexdigest()


def test_the_version_that_a_forecast_was_made_from_stays_as_it_was(desk):
    version = desk.store.version
    before = forecast(build_panel(desk.store))
    load_late_rows(desk)

    again = forecast(build_panel(desk.store.at(version)))
    now = build_panel(desk.store)

    assert again == before
    assert now.sales[0, LATE[0]] == 500


def test_a_backtest_does_not_know_rows_that_came_later(desk):
    before = build_panel(desk.store).until(AT)
    load_late_rows(desk)
    after = build_panel(desk.store).until(AT)

    assert np.isnan(after.sales[0, list(LATE)]).all()
    np.testing.assert_array_equal(after.sales[[0, 2]], before.sales[[0, 2]])
    assert np.isnan(after.sales[1, 100])


def test_a_backtest_s_forecast_is_the_one_that_would_have_been_made(desk):
    before = forecast(build_panel(desk.store).until(AT))
    desk.put(
        "sales.csv",
        "date,store,product,units\n" + "".join(f"{DAYS[day].date()},1,1,500\n" for day in LATE),
    )
    desk.load()

    assert forecast(build_panel(desk.store).until(AT)) == before
