"""When a retailer promotes: weeks that promise well, and stock that moves slowly; never at random.

So discounts go along with high demand for reasons other than the discount, and a plain regression
of units on discount gives the discount credit for the season.
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from forecasting.data.demo.axis import Axis, Bools, Floats
from forecasting.data.demo.blueprint import Blueprint
from forecasting.data.demo.demand import Demand

DEPTHS = np.array([5.0, 10.0, 15.0, 20.0, 25.0, 30.0])
SEASON_PARTS = ("yearly", "holidays", "events", "hidden")
SEASON_PULL = 0.9
SLOW_STOCK_PULL = 0.8
SPECIALS_A_WEEK = 0.02
WEEKENDS_A_WEEK = 0.03
FLYER_GAP_WEEKS = 2
SPECIAL_GAP_WEEKS = 4
FRIDAY = 4
LONG_AGO = -99


@dataclass
class _Planner:
    """Plans one week after the other, remembering when each product was last promoted.

    Attributes:
        season: [product, week] expected demand, standardised within the product.
        slow: [n, week] how slow the stock of a series moves, standardised within the series.
        rate: [product] chance of a flyer in a week of usual demand.
        product_of: [n] place of the series' product.
        open_to_specials: [n] whether its store may promote the product on its own.
        daily: Whether promotions shorter than a week are possible.
    """

    season: Floats
    slow: Floats
    rate: Floats
    product_of: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    open_to_specials: Bools
    daily: bool
    rng: np.random.Generator
    last_flyer: "np.ndarray[tuple[int], np.dtype[np.int64]]" = field(init=False)
    last_special: "np.ndarray[tuple[int], np.dtype[np.int64]]" = field(init=False)

    def __post_init__(self) -> None:
        self.last_flyer = np.full(len(self.rate), LONG_AGO)
        self.last_special = np.full(len(self.product_of), LONG_AGO)

    def chain(self, week: int, on_sale: Bools) -> tuple[Bools, Bools, Floats]:
        """Return which products get a week's flyer, which a weekend, and the depths."""
        sold = np.bincount(self.product_of, weights=on_sale, minlength=len(self.rate)) > 0
        free = sold & (week - self.last_flyer >= FLYER_GAP_WEEKS)
        draw = self.rng.random((2, len(self.rate)))
        flyer = free & (draw[0] < self.rate * np.exp(SEASON_PULL * self.season[:, week]))
        weekend = free & ~flyer & (self.rate > 0) & (draw[1] < WEEKENDS_A_WEEK * self.daily)
        self.last_flyer[flyer | weekend] = week
        return flyer, weekend, self._depths(self.season[:, week])

    def specials(self, week: int, on_sale: Bools) -> tuple[Bools, Floats]:
        """Return which series their own store promotes, and the depths."""
        calm = (week > self.last_flyer)[self.product_of]
        calm &= week - self.last_special >= SPECIAL_GAP_WEEKS
        chance = SPECIALS_A_WEEK * np.exp(SLOW_STOCK_PULL * self.slow[:, week])
        special = calm & on_sale & self.open_to_specials & (self.rng.random(len(calm)) < chance)
        self.last_special[special] = week
        return special, self._depths(self.slow[:, week])

    def _depths(self, eagerness: Floats) -> Floats:
        place = 2.2 + 0.8 * eagerness + self.rng.normal(0, 1.1, size=len(eagerness))
        depth: Floats = DEPTHS[np.clip(np.round(place), 0, len(DEPTHS) - 1).astype(int)]
        return depth


def draw_promotions(
    blueprint: Blueprint, axis: Axis, demand: Demand, rng: np.random.Generator
) -> pd.DataFrame:
    """Return start, end, product, store, discount_pct, kind, and first and last period."""
    products = blueprint.products["product"].to_numpy(str)
    stores = demand.series["store"].to_numpy(str)
    planner = _planner(blueprint, axis, demand, rng)
    friday = FRIDAY if axis.step == 1 else 0
    rows: list[tuple[int, int, str, str, float, str]] = []
    for week, first, last in _whole_weeks(axis):
        on_sale = demand.on_sale[:, first] & demand.on_sale[:, last]
        flyer, weekend, depth = planner.chain(week, on_sale)
        for kind, chosen, start in (("flyer", flyer, first), ("weekend", weekend, first + friday)):
            rows += [(start, last, products[p], "", depth[p], kind) for p in np.flatnonzero(chosen)]
        special, depth = planner.specials(week, on_sale)
        rows += [
            (first, last, products[planner.product_of[s]], stores[s], depth[s], "store special")
            for s in np.flatnonzero(special)
        ]
    table = pd.DataFrame(
        rows, columns=["first", "last", "product", "store", "discount_pct", "kind"]
    )
    table.insert(0, "start", axis.starts[table["first"].to_numpy()])
    end = axis.starts[table["last"].to_numpy()] + pd.Timedelta(days=axis.step - 1)
    table.insert(1, "end", end)
    return table


def _planner(
    blueprint: Blueprint, axis: Axis, demand: Demand, rng: np.random.Generator
) -> _Planner:
    products = blueprint.products["product"].to_numpy(str)
    mine = demand.series["product"].to_numpy(str)[None, :] == products[:, None]
    expected = np.add.reduce([demand.parts[part] for part in SEASON_PARTS])
    season = mine @ expected / mine.sum(axis=1, keepdims=True)
    flyers = blueprint.demand.loc[products, "flyers"].to_numpy(dtype=float)
    product_of = mine.argmax(axis=0)
    often = flyers > 1
    return _Planner(
        season=_standardised(_by_week(axis, season)),
        slow=-_standardised(_by_week(axis, demand.parts["trend"])),
        rate=flyers / (52 - flyers) / np.exp(SEASON_PULL**2 / 2),
        product_of=product_of,
        open_to_specials=demand.series["store"].ne("online").to_numpy() & often[product_of],
        daily=axis.step == 1,
        rng=rng,
    )


def _whole_weeks(axis: Axis) -> list[tuple[int, int, int]]:
    """Return week, first and last period of each whole week of the history and the plan."""
    known = axis.week[: axis.history + axis.plan]
    weeks, first, count = np.unique(known, return_index=True, return_counts=True)
    whole = count == 7 // axis.step
    return [
        (int(week), int(at), int(at + n - 1))
        for week, at, n in zip(weeks[whole], first[whole], count[whole], strict=True)
    ]


def _by_week(axis: Axis, values: Floats) -> Floats:
    """Return [rows, week] means."""
    starts = np.flatnonzero(np.diff(axis.week, prepend=-1))
    days = np.diff(np.append(starts, axis.size))
    return np.asarray(np.add.reduceat(values, starts, axis=1) / days, dtype=np.float64)


def _standardised(values: Floats) -> Floats:
    centred = values - values.mean(axis=1, keepdims=True)
    spread = np.maximum(values.std(axis=1, keepdims=True), 1e-9)
    return np.asarray(centred / spread, dtype=np.float64)
