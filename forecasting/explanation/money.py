"""Why money taken in one period differs from that in another: volume, mix, prices, discounts.

Money of a series is all units, times its share of them, times its regular price, times what
discounts left of that. Each factor's change is turned into money by the logarithmic mean (Ang,
"The LMDI approach to decomposition analysis", 2005), so that nothing is left over.
"""

from dataclasses import dataclass

import numpy as np

from forecasting.explanation.drivers import (
    DISCOUNTS,
    MIX,
    RANGE,
    REGULAR,
    REST,
    VOLUME,
    Driver,
    Floats,
    adding_up,
    log_mean,
)
from forecasting.origin import Rows
from forecasting.panel import Mask, Panel

Columns = tuple[int, int]
_LITTLE = 1e-9


@dataclass(frozen=True)
class MoneyChange:
    """Money taken in a period against that of another.

    Attributes:
        before: Money of the other period.
        after: Money of the period.
        drivers: Effects that add up to the difference.
    """

    before: float
    after: float
    drivers: tuple[Driver, ...]


def explain_money(panel: Panel, rows: Rows, period: Columns, other: Columns) -> MoneyChange | None:
    """Account for the difference in money between two periods of the history.

    Args:
        panel: The history.
        rows: The series to add up.
        period: First column of the period to explain, and the one after its last.
        other: The same of the period it is compared with.

    Returns:
        None where no money is recorded beside units.
    """
    if panel.revenue is None or panel.revenue is panel.sales:
        return None
    after, before = (_takings(panel, rows, columns) for columns in (period, other))
    both = (before.money > 0) & (after.money > 0) & (before.units > 0) & (after.units > 0)
    size = log_mean(after.money, before.money)
    now, then = _factors(after, both), _factors(before, both)
    effects = {name: float((size * np.log(now[name] / then[name]))[both].sum()) for name in now}
    effects[RANGE] = float((after.money - before.money)[~both].sum())
    change = float(after.money.sum() - before.money.sum())
    return MoneyChange(
        before=float(before.money.sum()),
        after=float(after.money.sum()),
        drivers=adding_up(change, effects, REST),
    )


@dataclass(frozen=True)
class _Takings:
    """What each series took in a period, [rows].

    Attributes:
        units: Units sold.
        money: Money taken.
        regular: Mean regular price of the units sold; what was paid where none is known.
    """

    units: Floats
    money: Floats
    regular: Floats


def _factors(one: _Takings, both: Mask) -> dict[str, Floats]:
    """Return by driver [rows] what multiplies to the money of series that sold in both periods."""
    units, money, regular = (
        np.where(both, part, 1.0) for part in (one.units, one.money, one.regular)
    )
    whole = max(float(units[both].sum()), _LITTLE)
    return {
        VOLUME: np.full(len(units), whole),
        MIX: units / whole,
        REGULAR: regular,
        DISCOUNTS: money / units / regular,
    }


def _takings(panel: Panel, rows: Rows, columns: Columns) -> _Takings:
    at = slice(*columns)
    units = np.nan_to_num(panel.sales[rows, at].astype(np.float64))
    recorded = np.zeros_like(units) if panel.revenue is None else panel.revenue[rows, at]
    money = np.nan_to_num(recorded.astype(np.float64))
    price = panel.price[rows, at].astype(np.float64)
    paid = np.divide(money, units, out=np.zeros_like(money), where=units > 0)
    listed = units * np.where(np.isnan(price), paid, price)
    whole = units.sum(axis=1)
    regular = np.divide(listed.sum(axis=1), whole, out=np.ones(len(rows)), where=whole > 0)
    return _Takings(whole, money.sum(axis=1), np.maximum(regular, _LITTLE))
