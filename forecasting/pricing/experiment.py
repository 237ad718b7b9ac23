"""Which test would tell how a product answers to its price: stores, depth, weeks, power.

Half of the stores ask less for some weeks, the others keep the plan; stores are dealt out by size
so that both halves are alike. What counts is how the ratio of the halves moves between the eight
weeks before and the weeks of the test. How far it moves by itself is read off the product's own
past, so the power is that of a two-sided test at 5 % against an answer as usual at this retailer.
With one store, weeks with and without the discount take turns.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from forecasting.panel import Panel
from forecasting.pricing.curvature import cut_of
from forecasting.pricing.exposure import reference_price
from forecasting.pricing.plan import Rows
from forecasting.pricing.response import PriceResponse
from forecasting.pricing.rules import Rules
from forecasting.units import Frequency

Floats = NDArray[np.float64]

ENOUGH = 0.8
_WEEKS = (2, 3, 4, 6, 8, 12)
_DEPTHS = (10.0, 15.0, 20.0)
_BEFORE = 8
_PAST_WEEKS = 104
# What an answer is taken to be where no product of the retailer has told one.
_ELASTICITY = -1.5
_TWO_SIDED = 1.96
_LEAST_SALES = 1.0
_LEAST_WEEKS = 26
# The width of a normal distribution's middle half, in standard deviations.
_MIDDLE_HALF = 1.349
_LEAST_SPREAD = 1e-3
_NO_RULES = Rules()


@dataclass(frozen=True)
class Experiment:
    """A test that would settle how a product answers to its price.

    Attributes:
        stores: Where the discount is asked.
        control: Where the plan is kept; empty: weeks take turns in the one store.
        discount_pct: Percent off.
        weeks: How long.
        power: The chance that an answer as usual here shows.
    """

    stores: tuple[str, ...]
    control: tuple[str, ...]
    discount_pct: float
    weeks: int
    power: float


def experiment(
    panel: Panel,
    rows: Rows,
    response: PriceResponse,
    *,
    unit_cost: float | None = None,
    most_pct: float = 90,
    ruled: Rules = _NO_RULES,
) -> Experiment | None:
    """Return the cheapest test with enough power, or the strongest; None where none can be made.

    Args:
        panel: The history.
        rows: The product's series that are on sale.
        response: What is known of other products.
        unit_cost: The discount must leave this much.
        most_pct: The deepest discount allowed.
        ruled: What the retailer has ruled about its price.
    """
    weekly = None if ruled.no_discount else _weekly(panel, rows)
    if weekly is None:
        return None
    order = np.argsort(-weekly.mean(axis=1), kind="stable")
    # Dealt out as 1-2-2-1: the halves are of one size.
    tested = np.isin(np.arange(len(order)) % 4, (0, 3))
    first, second = order[tested], order[~tested]
    stores, control = _stores(panel, rows[first]), _stores(panel, rows[second])
    effects = {one: _effect(response, one) for one in _allowed(panel, rows, unit_cost, most_pct)}
    tries = [
        Experiment(
            stores=stores,
            control=control,
            discount_pct=depth,
            weeks=weeks,
            power=float(ndtr(effect / error - _TWO_SIDED)),
        )
        for weeks, error in _errors(weekly[first], weekly[second])
        for depth, effect in effects.items()
    ]
    enough = [one for one in tries if one.power >= ENOUGH]
    if enough:
        return min(enough, key=lambda one: one.weeks * one.discount_pct)
    return max(tries, key=lambda one: one.power, default=None)


def _stores(panel: Panel, rows: Rows) -> tuple[str, ...]:
    return tuple(sorted(panel.series["store"].iloc[rows].astype(str)))


def _weekly(panel: Panel, rows: Rows) -> Floats | None:
    """Return [rows, weeks] sales of the last two years by week; None where too few are known."""
    step = {Frequency.DAY: 7, Frequency.WEEK: 1}.get(panel.frequency)
    if step is None or not len(rows):
        return None
    weeks = min(_PAST_WEEKS, panel.history // step)
    sales = panel.sales[rows, panel.history - weeks * step : panel.history].astype(np.float64)
    whole = np.nan_to_num(sales).reshape(len(rows), weeks, step).sum(axis=2)
    selling = whole.sum(axis=0) > 0
    if selling.sum() < _LEAST_WEEKS:
        return None
    return np.asarray(whole[:, int(selling.argmax()) :])


def _errors(first: Floats, second: Floats) -> Iterator[tuple[int, float]]:
    """Yield for each length the standard error of the test's estimate, in log points."""
    one = np.log(first.sum(axis=0) + _LEAST_SALES)
    if not len(second):
        turn = np.diff(one)
        for weeks in _WEEKS:
            yield weeks, _spread(turn) / float(np.sqrt(weeks / 2))
        return
    ratio = one - np.log(second.sum(axis=0) + _LEAST_SALES)
    total = np.concatenate([[0.0], np.cumsum(ratio)])
    for weeks in _WEEKS:
        if len(ratio) < 2 * (weeks + _BEFORE):
            return
        during = (total[_BEFORE + weeks :] - total[_BEFORE:-weeks]) / weeks
        before = (total[_BEFORE:-weeks] - total[: -_BEFORE - weeks]) / _BEFORE
        yield weeks, _spread(during - before)


def _spread(values: Floats) -> float:
    """Return the standard deviation that the middle half of the values shows.

    Faults of the data and weeks with an offer of their own are no noise of a test.
    """
    low, high = np.quantile(values, [0.25, 0.75])
    return max(float(high - low) / _MIDDLE_HALF, _LEAST_SPREAD)


def _effect(response: PriceResponse, depth: float) -> float:
    """Return log points that a promoted cut of this depth adds to a usual product here."""
    known = response.table[response.table["usable"].to_numpy(dtype=bool)]
    cut = cut_of(np.array([depth]))
    if not len(known):
        return float(_ELASTICITY * cut[0])
    (price,), (lift,) = response.bend.slopes(cut, cut, np.ones(1))
    return float((known["elasticity"] * price + known["promotion_lift"] * lift).median())


def _allowed(
    panel: Panel, rows: Rows, unit_cost: float | None, most_pct: float
) -> tuple[float, ...]:
    """Return the depths that may be tested; none where each would go below cost or a limit."""
    usual = reference_price(panel, rows)
    price = float(np.nanmedian(usual)) if np.isfinite(usual).any() else np.nan
    most = most_pct
    if unit_cost is not None and np.isfinite(price):
        most = min(most, 100 * (1 - unit_cost / price))
    return tuple(depth for depth in _DEPTHS if depth <= most)
