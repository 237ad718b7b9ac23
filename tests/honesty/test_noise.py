"""Noise cannot be forecast: skill on it beyond chance would be a leak (Q6).

The yardstick is the best constant there is, the true mean: seasonal naive carries the noise of two
periods and is easily beaten on noise.
"""

from dataclasses import replace

import numpy as np
import pytest

from forecasting.forecasters import base
from forecasting.forecasters.naive import SeasonalNaive
from forecasting.training import train
from tests.builders import make_panel
from tests.forecasting.worlds import TINY, panel_of, with_sales
from tests.honesty.effort import effort

RUNS = effort(5, 200)
HISTORY, AHEAD, N = 140, 14, 10
# Fitting noise costs a little; more than this share of squared error would be a fault of its own.
MOST_LOST = 0.1


@pytest.fixture(autouse=True)
def tiny_budget(monkeypatch):
    monkeypatch.setitem(base.BUDGETS, "fast", TINY)


def noise(seed):
    """Return a panel of independent sales, what comes after it, and the true means."""
    rng = np.random.default_rng(seed)
    mean = rng.uniform(5, 60, (N, 1))
    sales = rng.poisson(mean, (N, HISTORY + AHEAD))
    return panel_of(sales[:, :HISTORY], plan=AHEAD), sales[:, HISTORY:], mean


def permuted(seed):
    """Return lifelike sales in random order, so that no calendar and no price explains them."""
    panel = make_panel(stores=2, products=5, history=HISTORY + AHEAD, plan=0, seed=seed)
    sales = np.random.default_rng(seed).permuted(panel.sales, axis=1)
    shown = replace(panel, history=HISTORY, sales=sales[:, :HISTORY], revenue=None)
    shown = replace(shown, stocked_out=panel.stocked_out[:, :HISTORY])
    return shown, sales[:, HISTORY:], sales.mean(axis=1, keepdims=True)


def skill(panel, actual, mean):
    """Return the share of the true mean's squared error that the model saves, and naive saves."""
    model = train(panel, budget="fast")
    rows, last = np.arange(panel.n), HISTORY + AHEAD
    naive = SeasonalNaive().predict(model.demand(panel), rows, HISTORY, last)
    least = ((actual - mean) ** 2).sum()
    found = model.predict(panel, rows, HISTORY, last).mean
    return [1 - ((actual - one) ** 2).sum() / least for one in (found, naive)]


@pytest.mark.parametrize("world", [noise, permuted])
def test_noise_is_forecast_no_better_than_by_its_mean(world):
    skills, naive = np.array([skill(*world(seed)) for seed in range(RUNS)]).T
    error = skills.std(ddof=1) / np.sqrt(RUNS)

    assert skills.mean() <= 2 * error
    assert skills.mean() >= -MOST_LOST - 2 * error
    assert naive.mean() < -0.5


def test_a_leak_would_show_as_skill():
    panel, actual, mean = noise(1)
    whole = np.hstack([panel.sales, actual])
    # Too coarse for the check of covariates, so that it does reach the model.
    leaking = replace(panel, known={"busy": (whole > mean).astype(np.float32)})

    assert skill(leaking, actual, mean)[0] > 0.2


def test_shuffled_days_leave_nothing_to_learn_of_weekdays():
    weekly = np.tile([5.0, 10, 20, 40, 80, 60, 30], (6, 30))
    panel = panel_of(weekly[:, :196], plan=14)
    shuffled = with_sales(panel, np.random.default_rng(2).permuted(panel.sales, axis=1))

    spread = [
        train(one, budget="fast").predict(one, np.arange(6), 196, 210).mean.std(axis=1).mean()
        for one in (panel, shuffled)
    ]

    assert spread[1] < 0.25 * spread[0]
