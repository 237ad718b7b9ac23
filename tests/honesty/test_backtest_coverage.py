"""Ranges hold in backtests what they promise, overall and by part; else it is said (Q10).

Sales here are whole numbers, often small: whether such ranges are right is seen from the
randomised probability integral transform (Czado, Gneiting and Held 2009), which is uniform when
they are. Plain coverage of small counts cannot meet a promise exactly.
"""

from dataclasses import replace

import numpy as np
import pytest

from forecasting.demand import Demand
from forecasting.intervals.calibrating import Window, calibrate
from forecasting.pricing.response import estimate_response
from forecasting.units import Frequency
from tests.builders import make_panel
from tests.honesty.effort import effort

LEVELS = (80, 90, 95)
OVERALL, BY_PART = 0.02, 0.05
WINDOWS, WIDTH, NEW = 12, 14, effort(6, 40)


class Chain:
    """A chain whose errors have what real ones have: shocks, sizes, promotions, horizons."""

    def __init__(self):
        self.rng = np.random.default_rng(3)
        self.panel = make_panel(stores=6, products=25, history=420, plan=30)
        n = self.panel.n
        self.size = self.rng.lognormal(1.5, 1.2, size=(n, 1))
        self.unsteady = self.rng.uniform(0.1, 0.4, size=(n, 1))

    def window(self, start):
        rng, n = self.rng, self.panel.n
        promoted = self.panel.promoted[:, start : start + WIDTH] > 0
        ahead = np.sqrt(np.arange(1, WIDTH + 1) / WIDTH)
        shock = rng.normal(0, 0.1, size=(1, WIDTH))
        own = rng.normal(0, 1, size=(n, WIDTH)) * self.unsteady * (0.5 + ahead) * (1 + promoted)
        spread = np.sqrt(0.1**2 + (self.unsteady * (0.5 + ahead) * (1 + promoted)) ** 2)
        rate = self.size * np.exp(shock + own - spread**2 / 2)
        mean = np.broadcast_to(self.size, rate.shape).copy()
        return Window(rng.poisson(rate).astype(float), mean, start)


@pytest.fixture(scope="module")
def judged():
    """Return [windows, n, h] transforms of new sales, and the chain."""
    chain = Chain()
    response = estimate_response(chain.panel)
    demand = Demand(chain.panel, response)
    starts = range(0, WINDOWS * WIDTH, WIDTH)
    past = [chain.window(start) for start in starts]
    found = calibrate(past, chain.panel.series, Frequency.DAY, independent=WINDOWS, demand=demand)
    rows, shares, promoted = np.arange(chain.panel.n), [], []
    for number in range(NEW):
        start = WINDOWS * WIDTH + number * WIDTH % 196
        new = chain.window(start)
        seen = Demand(chain.panel.until(start), response)
        spread = found.spread(seen, rows, np.arange(start, start + WIDTH), new.mean)
        # Whole numbers stand for all that rounds to them.
        below, upto = (found.chance(new.actual + half, new.mean, spread) for half in (-0.5, 0.5))
        shares.append(below + chain.rng.uniform(size=below.shape) * (upto - below))
        promoted.append(chain.panel.promoted[:, start : start + WIDTH] > 0)
    return np.stack(shares), np.stack(promoted), chain, found


def held(transforms, level):
    return float((np.abs(transforms - 0.5) <= level / 200).mean())


@pytest.mark.parametrize("level", LEVELS)
def test_the_promise_is_held_overall(judged, level):
    transforms, _, _, _ = judged

    assert held(transforms, level) == pytest.approx(level / 100, abs=OVERALL)


@pytest.mark.parametrize("level", LEVELS)
def test_the_promise_is_held_by_horizon(judged, level):
    transforms, _, _, _ = judged
    for part in np.array_split(np.arange(WIDTH), 3):
        assert held(transforms[:, :, part], level) == pytest.approx(level / 100, abs=BY_PART)


@pytest.mark.parametrize("level", LEVELS)
def test_the_promise_is_held_by_store(judged, level):
    transforms, _, chain, _ = judged
    stores = chain.panel.series["store"].to_numpy()
    for store in np.unique(stores):
        own = transforms[:, stores == store]
        assert held(own, level) == pytest.approx(level / 100, abs=BY_PART)


@pytest.mark.parametrize("level", LEVELS)
def test_the_promise_is_held_by_volume(judged, level):
    transforms, _, chain, _ = judged
    for part in np.array_split(np.argsort(chain.size[:, 0]), 10):
        assert held(transforms[:, part], level) == pytest.approx(level / 100, abs=BY_PART)


@pytest.mark.parametrize("level", LEVELS)
def test_the_promise_is_held_promoted_or_not(judged, level):
    transforms, promoted, _, _ = judged
    for part in (promoted, ~promoted):
        assert held(transforms[part], level) == pytest.approx(level / 100, abs=BY_PART)


def test_ranges_that_held_too_little_in_the_backtest_say_so(judged):
    _, _, _, found = judged
    short = replace(found, covered={"80": {"cells": 0.62, "sums": 0.8}})
    right = replace(found, covered={"80": {"cells": 0.79, "sums": 0.8}})

    assert "those of 80 % held 62 % of sales" in short.notices[-1]
    assert not any("not well calibrated" in one for one in right.notices)
