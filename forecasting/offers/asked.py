"""The offers of every series and period: price, depth of discount, flags, and those of rivals.

All of it is planned, so known in advance; nothing here looks at sales.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from forecasting.offers.groups import filled, mean_by, others_lowest, others_mean, run_length
from forecasting.panel import Mask, Matrix, Panel

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

# Log points off the regular price from which a period counts as on offer.
CUT = 0.05
# A run is counted up to so many periods: what was longer ago says no more.
_LONGEST_RUN = 13
# So many rivals are told by name, those sold in most stores.
_NAMED_RIVALS = 12
# A flag is the series' own when it differs from others of its store in this share of periods.
_OWN_SHARE = 0.01
# No price is cut by more than this in logs: 98 %.
_DEEPEST = -4.0


@dataclass(frozen=True, eq=False)
class Offers:
    """Offers as matrices; n series, all periods of history and plan.

    Attributes:
        price: [n, t + f] log of the price asked, carried over gaps; 0 where never known.
        depth: [n, t + f] log of the price asked over the regular one: 0 or below.
        flags: [n, t + f] 1 where a flag of the series' own is on, or its share, by name.
        product: [n] codes of products.
        rivals: [n] codes of the groups that compete: store and category.
        planned: The offers by the plan, where these are by a change of it.
    """

    price: Floats
    depth: Floats
    flags: dict[str, Floats]
    product: Codes
    rivals: Codes
    planned: "Offers | None" = None
    _near: dict[tuple[bytes, bytes], "Near"] = field(default_factory=dict, init=False)

    @classmethod
    def of(cls, panel: Panel, known: dict[str, Matrix], rivals: Codes) -> "Offers":
        """Read the offers of a panel.

        Args:
            panel: Prices, discounts and promotions.
            known: Covariates known in advance, in numbers; those from 0 to 1 may be flags.
            rivals: [n] codes of the groups that compete.
        """
        price, depth = _in_logs(panel.price, panel.discount)
        own = {
            name: values.astype(np.float64)
            for name, values in known.items()
            if values.min(initial=0.0) >= 0 and 0 < values.max(initial=0.0) <= 1
        }
        if (promoted := np.nan_to_num(panel.promoted) > 0).any():
            own["promoted"] = promoted.astype(np.float64)
        store = np.unique(panel.series["store"].astype(str), return_inverse=True)[1]
        product = np.unique(panel.series["product"].astype(str), return_inverse=True)[1]
        kept = {name: flag for name, flag in own.items() if _is_own(flag, store)}
        return cls(price, depth, kept, product.astype(np.int64), rivals)

    def under(self, panel: Panel, rows: Codes) -> "Offers":
        """Return the offers where the plan of some series is another.

        Args:
            panel: The other plan.
            rows: The series it is for.
        """
        price, depth, flags = self.price.copy(), self.depth.copy(), dict(self.flags)
        price[rows], depth[rows] = _in_logs(panel.price[rows], panel.discount[rows])
        if "promoted" in flags:
            flags["promoted"] = flags["promoted"].copy()
            flags["promoted"][rows] = np.nan_to_num(panel.promoted[rows]) > 0
        return replace(self, price=price, depth=depth, flags=flags, planned=self.planned or self)

    def without(self, panel: Panel, rows: Codes, first: int, last: int) -> "Offers":
        """Return the offers where some series have none in some periods.

        Args:
            panel: The plan at the usual price, without promotion.
            rows: The series.
            first: First column.
            last: Column after the last.
        """
        bare, flags = self.under(panel, rows), {}
        for name, flag in self.flags.items():
            flags[name] = flag.copy()
            flags[name][rows, first:last] = 0.0
        return replace(bare, flags=flags)

    def near(self, rows: Codes, columns: Codes) -> "Near":
        """Return offers that hold all that bears on some cells, and where these are in them.

        Of a changed plan only the series' products and rivals are worked out, and only as far
        back as runs are counted: a question about one series is not about all.
        """
        if self.planned is None:
            return Near(self, rows, columns)
        key = rows.tobytes(), columns.tobytes()
        if key not in self._near:
            self._near[key] = self._nearby(rows, columns)
        return self._near[key]

    def _nearby(self, rows: Codes, columns: Codes) -> "Near":
        alike = np.isin(self.product, self.product[rows]) | np.isin(self.rivals, self.rivals[rows])
        mates = np.flatnonzero(alike)
        first = max(0, int(columns.min()) - _LONGEST_RUN - 1)
        cells = np.ix_(mates, np.arange(first, int(columns.max()) + 1))
        flags = {name: flag[cells] for name, flag in self.flags.items()}
        part = replace(
            self,
            price=self.price[cells],
            depth=self.depth[cells],
            flags=flags,
            product=self.product[mates],
            rivals=self.rivals[mates],
        )
        return Near(part, np.searchsorted(mates, rows), columns - first)

    @property
    def vary(self) -> bool:
        """Tell whether there is anything to learn: a price, a discount or a flag that changes."""
        return bool(self.flags) or any(
            bool((np.abs(np.diff(one, axis=1)) > CUT).any()) for one in (self.price, self.depth)
        )

    @cached_property
    def on(self) -> Mask:
        """Return [n, t + f] whether anything is on offer."""
        on = self.depth < -CUT
        for flag in self.flags.values():
            on = on | (flag > 0)
        return on

    @cached_property
    def own(self) -> dict[str, Floats]:
        """Return the series' own offers by feature name, [n, t + f] each."""
        values = {
            "own_cheapness": -self.price,
            "own_cut": -self.depth,
            "price_step": self.price - _before(self.price),
            "depth_before": _before(self.depth),
            "depth_before_2": _before(self.depth, 2),
            "offer_run": np.minimum(run_length(self.on), _LONGEST_RUN),
            "since_offer": np.minimum(run_length(~self.on), _LONGEST_RUN),
            "since_cut": np.minimum(run_length(self.depth >= -CUT), _LONGEST_RUN),
        }
        for name, flag in self.flags.items():
            values[f"own_{name}"] = flag
            values[f"{name}_before"] = _before(flag)
            values[f"since_{name}"] = np.minimum(run_length(flag == 0), _LONGEST_RUN)
        return values

    @cached_property
    def chain(self) -> dict[str, Floats]:
        """Return what other stores ask for the same product, by feature name."""
        values = {
            "chain_depth": mean_by(self.depth, self.product)[self.product],
            "dearer_than_chain": self.price - mean_by(self.price, self.product)[self.product],
        }
        for name, flag in self.flags.items():
            values[f"chain_{name}"] = mean_by(flag, self.product)[self.product]
        return values

    @cached_property
    def others(self) -> dict[str, Floats]:
        """Return the offers of rivals by feature name."""
        depth = others_mean(self.depth, self.rivals)
        values = {
            "rivals_depth": depth,
            "rivals_depth_before": _before(depth),
            "rivals_deepest": others_lowest(self.depth, self.rivals),
        }
        for name, flag in self.flags.items():
            share = others_mean(flag, self.rivals)
            values[f"rivals_{name}"] = share
            values[f"rivals_{name}_before"] = _before(share)
        return values | self._named

    @cached_property
    def _named(self) -> dict[str, Floats]:
        """Return the offers of single rivals: of the products sold in most stores."""
        values: dict[str, Floats] = {}
        for number, product in enumerate(self.leading):
            rows = np.flatnonzero(self.product == product)
            place = np.full(int(self.rivals.max(initial=0)) + 1, -1)
            place[self.rivals[rows]] = rows
            at = place[self.rivals]
            there = (at >= 0)[:, None]
            values[f"rival_{number}_depth"] = np.where(there, self.depth[at], np.nan)
            values[f"rival_{number}_gap"] = np.where(there, self.price - self.price[at], np.nan)
            for name, flag in self.flags.items():
                values[f"rival_{number}_{name}"] = np.where(there, flag[at], np.nan)
        return values

    @cached_property
    def leading(self) -> Codes:
        """Return the products sold in most stores."""
        if self.planned is not None:
            return self.planned.leading
        return np.argsort(-np.bincount(self.product), kind="stable")[:_NAMED_RIVALS]

    @cached_property
    def terms(self) -> Floats:
        """Return [k, n, t + f] regressors that sales answer to in a straight line, in logs."""
        ended = np.where(run_length(~self.on) == 1, 1.0, 0.0)
        terms = [self.price, self.depth, *self.flags.values()]
        terms += [flag * self.depth for flag in self.flags.values()]
        terms += [others_mean(one, self.rivals) for one in (self.depth, *self.flags.values())]
        return np.stack([*terms, ended])


@dataclass(frozen=True, eq=False)
class Near:
    """Offers, and where the cells asked about are in them.

    Attributes:
        offers: Of these cells and all that bears on them.
        rows: Places of the series.
        columns: Places of the periods.
    """

    offers: Offers
    rows: Codes
    columns: Codes

    @property
    def cells(self) -> tuple[Codes, ...]:
        """Return an index of [rows, columns]."""
        return np.ix_(self.rows, self.columns)


def _in_logs(price: Matrix, discount: Matrix) -> tuple[Floats, Floats]:
    """Return [n, t + f] logs of the price asked and of its share of the regular price."""
    off = np.clip(np.nan_to_num(discount).astype(np.float64) / 100, 0, 1)
    depth = np.log(np.maximum(1 - off, np.exp(_DEEPEST)))
    with np.errstate(invalid="ignore", divide="ignore"):
        regular = np.log(np.where(price > 0, price, np.nan)).astype(np.float64)
    return filled(regular + depth), depth


def _is_own(flag: Floats, store: Codes) -> bool:
    return float(np.abs(flag - mean_by(flag, store)[store]).mean()) > _OWN_SHARE


def _before(values: Floats, periods: int = 1) -> Floats:
    earlier = np.full_like(values, np.nan)
    earlier[:, periods:] = values[:, :-periods]
    return earlier
