"""What stock must be held and ordered, from the forecast's own distribution of demand.

One orders today and again in a week; what is ordered today arrives after the lead time. Stock
must therefore last over the lead time and one more week: that is what is ordered up to. Below
the reorder point, which covers the lead time alone, even an order of today may come too late.
Days on which stock ran out are no sign of low demand: the model leaves them out of what it learns
from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from forecasting.intervals.calibration import Floats
from forecasting.inventory.ahead import Ahead
from forecasting.inventory.goods import Goods
from forecasting.inventory.orders import LEVELS, REVIEW_DAYS, best_level, cases
from forecasting.inventory.records import Group, Need, Needs, Shelf, Supply
from forecasting.inventory.windows import Windows
from forecasting.panel import Panel
from forecasting.scope import Estimate
from forecasting.served import Served
from forecasting.spans import span_of

# So many shelves are laid out in cases at once, not to fill memory.
_AT_ONCE = 1000
_ENDS = np.array([0.1, 0.9])
# Stock that runs out before a delivery less often than this is taken to last.
_HARDLY_EVER = 0.005
# A hair of a unit or pack too much is no reason for one more.
_HAIR = 1e-6


def needs(
    served: Served,
    panel: Panel,
    groups: Sequence[Sequence[Shelf]],
    supply: Supply,
    *,
    today: date,
) -> Needs:
    """Return what shelves need.

    Args:
        served: The production model.
        panel: The data.
        groups: Shelves that are told of together.
        supply: How they are replenished.
        today: The tenant's local date; orders go out today.

    Raises:
        OutOfRange: The period cannot be forecast.
        CannotAnswer: The data end too long ago, or too few past errors are known for the
            service level.
    """
    days = supply.lead_days + REVIEW_DAYS
    span, clipped = span_of(panel, today, today + timedelta(days=days - 1), today)
    served.model.intervals.require(2 * supply.service_pct - 100)
    shelves = [shelf for group in groups for shelf in group]
    rows = np.concatenate([rows for rows, _stock in shelves])
    first = np.cumsum([0, *(len(rows) for rows, _stock in shelves[:-1])])
    goods = Goods.on_record(panel, rows[first], span.columns)
    days = max(days, supply.lead_days + int(np.nanmax(goods.spoils, initial=0.0)))
    ahead = Ahead.from_today(served, panel, rows, first, today=today, days=days)
    stock = np.array([np.nan if stock is None else stock for _rows, stock in shelves])
    windows = Windows(ahead, today + timedelta(days=supply.lead_days), span, goods.spoils)
    found = _Orders(windows, goods, supply, stock).needs()
    told, begun = [], 0
    for group in groups:
        own = tuple(found[begun : begun + len(group)])
        told.append(Group(windows.demand(begun, len(group)), own))
        begun += len(group)
    return Needs(tuple(told), span, tuple(clipped))


@dataclass(frozen=True)
class _Orders:
    """What to order for n shelves.

    Attributes:
        windows: What they may sell.
        goods: What they hold.
        supply: How they are replenished.
        stock: [n] units; NaN where not known.
    """

    windows: Windows
    goods: Goods
    supply: Supply
    stock: Floats

    def needs(self) -> list[Need]:
        """Return what each shelf needs."""
        windows, known, keeps = self.windows, np.isfinite(self.stock), self.goods.keeps
        stock = np.where(known, self.stock, 0.0)
        chosen = np.arange(len(stock)), self._choice
        up_to, reorder = self._whole(self._up_to[chosen]), self._whole(self._reorder[chosen])
        order, lost, spoiled = self._ordered
        before = windows.before_spread.beyond(stock)
        each = {
            "service_pct": self._levels[self._choice],
            "reorder_point": reorder,
            "order_up_to": up_to,
            "safety_stock": np.maximum(up_to - windows.covered.total, 0.0),
            "pack": self.goods.pack,
        }
        of_stock = {
            "on_hand": stock,
            "order": order,
            "days_of_cover": windows.ahead.days_of_cover(windows.span, stock),
            "lost_before_delivery": before,
            "lost_without_order": windows.period_spread.beyond(stock),
            "lost_with_order": before + lost,
        }
        told = []
        for n, demand in enumerate(self._demands()):
            figures = each | (of_stock if known[n] else {})
            if np.isfinite(keeps[n]):
                figures |= {"keeps_days": keeps} | ({"spoiled": spoiled} if known[n] else {})
            told.append(Need(demand, **{name: float(own[n]) for name, own in figures.items()}))
        return told

    def _demands(self) -> list[Estimate]:
        """Return what each shelf is expected to sell, with its interval."""
        period = self.windows.period
        low, high = period.quantiles(_ENDS).T
        mean = period.total
        ends = np.stack([mean, np.minimum(low, mean), np.maximum(high, mean)], axis=1)
        return [Estimate(*three) for three in ends.tolist()]

    @cached_property
    def _levels(self) -> Floats:
        """Return [k] service levels to choose from, in percent; the last is the one asked for."""
        others = LEVELS if self.supply.goal == "profit" else LEVELS[:0]
        return np.append(others, self.supply.service_pct)

    @cached_property
    def _up_to(self) -> Floats:
        return self.windows.covered.quantiles(self._levels / 100)

    @cached_property
    def _reorder(self) -> Floats:
        return self.windows.before.quantiles(self._levels / 100)

    @property
    def _choice(self) -> NDArray[np.int64]:
        """Return [n] which service level each shelf is planned at."""
        return self._found[0]

    @property
    def _ordered(self) -> tuple[Floats, Floats, Floats]:
        """Return [n] what to order, what is lost after it arrives, and what spoils."""
        return self._found[1:]

    @cached_property
    def _found(self) -> tuple[NDArray[np.int64], Floats, Floats, Floats]:
        windows, known = self.windows, np.isfinite(self.stock)
        stock = np.where(known, self.stock, 0.0)
        choice = np.full(len(stock), len(self._levels) - 1)
        order = self._rounded(self._whole(self._up_to[:, -1]) - stock, self.goods.pack)
        lost, spoiled = windows.covered_spread.beyond(stock + order), np.zeros(len(stock))
        # The rest needs no cases: nothing spoils, and nothing runs out before the delivery.
        runs_out = windows.before_spread.chance_beyond(stock) > _HARDLY_EVER
        weighed = self.goods.weighed & (self.supply.goal == "profit")
        laid_out = np.flatnonzero(known & (runs_out | np.isfinite(windows.spoils) | weighed))
        outlook = windows.outlook(stock)
        for begun in range(0, len(laid_out), _AT_ONCE):
            at = laid_out[begun : begun + _AT_ONCE]
            may = cases(outlook.only(at))
            orders = may.order(self._levels)
            if self.supply.goal == "profit":
                best = best_level(may, orders[:, :-1], self.goods.cost[at], self.goods.earns[at])
                choice[at] = np.where(weighed[at], best, choice[at])
            wanted = orders[np.arange(len(at)), choice[at]]
            order[at] = self._rounded(wanted, self.goods.pack[at])
            lost[at], spoiled[at] = may.lost(order[at]), may.spoil(order[at])
        return choice, order, lost + windows.uncovered, spoiled

    def _whole(self, units: Floats) -> Floats:
        """Return [n] whole units where sales are counted in whole ones."""
        whole = self.windows.ahead.intervals.whole
        return np.ceil(units - _HAIR) if whole else units

    def _rounded(self, units: Floats, pack: Floats) -> Floats:
        """Return [n] units to order, in whole packs of [n] units."""
        wanted = self._whole(np.maximum(units, 0.0))
        packed = np.ceil(wanted / pack - _HAIR) * pack
        return np.where(pack > 1, packed, wanted)
