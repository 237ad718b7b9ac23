"""A column that knows the sales it should help to forecast is found, always; a plan never is."""

from dataclasses import replace

import numpy as np
import pytest

from forecasting.forecasters import base
from forecasting.training import train
from forecasting.units import Frequency
from forecasting.vetting.leak_check import leaks, without
from forecasting.vetting.repeats import repeats
from forecasting.vetting.vet import vet
from tests.builders import make_panel
from tests.forecasting.worlds import TINY, panel_of, with_sales
from tests.honesty.effort import effort

WORLDS = range(effort(5, 100))


def world(seed):
    return make_panel(
        stores=2 + seed % 3, products=2 + seed % 4, history=150, plan=20, level=15, seed=seed
    )


def planned(panel, history):
    """Return a covariate with this history; its plan is not known."""
    plan = np.full((panel.n, len(panel.periods) - panel.history), np.nan)
    return np.hstack([history, plan]).astype(np.float32)


def shifted(sales, periods):
    return np.roll(sales, -periods, axis=1).astype(np.float32)


def store_totals(panel):
    store = panel.series["store"].to_numpy()
    return np.vstack([panel.sales[store == one].sum(axis=0) for one in store])


def chain_totals(panel):
    return np.broadcast_to(panel.sales.sum(axis=0), panel.sales.shape)


def rough_copy(panel):
    noise = np.random.default_rng(9).normal(0, 0.03, panel.sales.shape)
    return panel.sales * np.exp(noise)


LEAKS = {
    "units_tomorrow": lambda panel: shifted(panel.sales, 1),
    "units_today": lambda panel: panel.sales,
    "units_yesterday": lambda panel: shifted(panel.sales, -1),
    "units_in_a_week": lambda panel: shifted(panel.sales, 7),
    "money": lambda panel: panel.revenue,
    "log_units": lambda panel: np.log1p(panel.sales),
    "store_total": store_totals,
    "chain_total": chain_totals,
    "rough_copy": rough_copy,
}


@pytest.mark.parametrize("seed", WORLDS)
@pytest.mark.parametrize("name", LEAKS)
def test_every_planted_leak_is_found(name, seed):
    panel = world(seed)
    leaking = replace(panel, known={name: planned(panel, LEAKS[name](panel))})

    assert [leak.name for leak in leaks(leaking)] == [name]


def plans(panel):
    """Return covariates that were truly planned, some of them strong."""
    rng = np.random.default_rng(3)
    shape = panel.discount.shape
    season = 15 + 10 * np.sin(np.arange(shape[1]) / 58)
    return {
        "discount": panel.discount,
        "paid": panel.price * (1 - panel.discount / 100),
        "promoted": panel.promoted,
        "temperature": np.broadcast_to(season, shape) + rng.normal(0, 2, shape),
        "leaflets": rng.poisson(200, shape) * (1 + panel.promoted),
        "staff": np.tile(rng.uniform(5, 9, 7), shape[1] // 7 + 1)[None, : shape[1]]
        * np.ones(shape),
        "budget_last_year": rng.permuted(np.hstack([panel.sales, panel.sales[:, :20]]), axis=1),
    }


@pytest.mark.parametrize("seed", WORLDS)
def test_no_plan_is_taken_for_a_leak(seed):
    panel = world(seed)
    known = {name: values.astype(np.float32) for name, values in plans(panel).items()}

    assert leaks(replace(panel, known=known)) == ()


@pytest.mark.parametrize("frequency", [Frequency.WEEK, Frequency.MONTH])
def test_leaks_are_found_in_weeks_and_months_too(frequency):
    sales = np.random.default_rng(1).poisson(30, size=(6, 60))
    panel = panel_of(sales, frequency=frequency, plan=5)
    known = {"leak": planned(panel, shifted(panel.sales, 1)), "plan": planned(panel, sales[::-1])}

    assert [leak.name for leak in leaks(replace(panel, known=known))] == ["leak"]


def test_the_report_says_what_the_column_holds_and_what_to_do():
    panel = world(1)
    known = {"units_tomorrow": planned(panel, shifted(panel.sales, 1))}

    (sentence,) = vet(replace(panel, known=known)).notes

    assert "'units_tomorrow' is declared known in advance" in sentence
    assert "the sales of the day after" in sentence
    assert "Declare it under 'past'" in sentence


def test_a_leak_is_left_out_and_the_rest_stays():
    panel = world(1)
    known = {"leak": planned(panel, panel.sales), "promo": panel.promoted}

    vetted = vet(replace(panel, known=known))

    assert set(vetted.panel.known) == {"promo"}
    assert vetted.left_out == ("leak",)
    assert without(panel, ["leak"]) is panel


@pytest.mark.parametrize("seed", WORLDS)
def test_rows_that_stand_twice_are_found_wherever_they_were_copied_to(seed):
    panel = world(seed)
    rng = np.random.default_rng(seed)
    source, target = rng.choice(panel.n, 2, replace=False)
    start, to = rng.integers(0, 50), rng.integers(55, 110)
    sales = panel.sales.copy()
    sales[target, to : to + 40] = sales[source, start : start + 40]

    found = repeats(with_sales(panel, sales))

    assert found is not None
    assert set(found.rows) == {source, target}
    assert abs(abs(found.columns[0] - found.columns[1]) - (to - start)) == 0


def test_a_stretch_repeated_within_its_own_series_is_found():
    panel = world(2)
    sales = panel.sales.copy()
    sales[1, 100:145] = sales[1, 20:65]

    assert repeats(with_sales(panel, sales)).rows == (1, 1)


@pytest.mark.parametrize("seed", WORLDS)
def test_sales_that_are_nobody_s_copy_are_not_called_one(seed):
    assert repeats(world(seed)) is None


def test_regular_small_and_constant_sales_are_nobody_s_copy():
    rng = np.random.default_rng(1)
    weekly = np.tile([20.0, 10, 11, 12, 15, 30, 25], (1, 30))
    rare, constant = rng.poisson(0.3, (40, 210)), np.full((3, 210), 50.0)

    assert repeats(panel_of(np.vstack([weekly, rare, constant]))) is None


def test_training_leaves_a_leak_out_and_says_so(monkeypatch):
    monkeypatch.setitem(base.BUDGETS, "fast", TINY)
    panel = world(4)
    known = {"units_tomorrow": planned(panel, shifted(panel.sales, 1))}

    model = train(replace(panel, known=known), budget="fast")

    assert model.metrics["left_out"] == ["units_tomorrow"]
    assert "units_tomorrow" in model.metrics["notes"][0]
    assert not any("units_tomorrow" in str(one["name"]) for one in model.schema)
