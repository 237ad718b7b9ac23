"""What is known in advance, as matrices: prices, promotions, events, planned covariates.

Prices and promotions are laid out day by day and then averaged over each period, so that a
promotion of half a week counts half in weekly data.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.panel import Mask, Matrix
from forecasting.periods import Columns, lengths
from forecasting.units import Frequency

# How far back the regular price is looked for when only prices paid are recorded, in days.
REGULAR_PRICE_DAYS = 91


@dataclass(frozen=True)
class Layout:
    """Rows and columns that every matrix of a panel shares.

    Attributes:
        series: Columns `store` and `product` as text; row i is row i of a matrix.
        periods: Start of each period, history and plan.
        frequency: How long a period is.
    """

    series: pd.DataFrame
    periods: pd.DatetimeIndex
    frequency: Frequency

    @property
    def shape(self) -> tuple[int, int]:
        """Return series and periods."""
        return len(self.series), len(self.periods)

    @property
    def day_count(self) -> int:
        """Return the days that the periods cover."""
        return int(lengths(self.periods, self.frequency).sum())

    def day(self, days: pd.Series) -> Columns:
        """Return each day's number counted from the first day of the first period."""
        index = pd.DatetimeIndex(days)
        return np.asarray((index.normalize() - self.periods[0]).days, dtype=np.int64)

    def per_period(self, daily: NDArray[np.float32]) -> Matrix:
        """Return the mean of a [n, days] matrix over the days of each period."""
        if self.frequency is Frequency.DAY:
            return daily
        days = lengths(self.periods, self.frequency)
        starts = np.concatenate([[0], np.cumsum(days)[:-1]])
        return (np.add.reduceat(daily, starts, axis=1) / days).astype(np.float32)


def regular_prices(prices: pd.DataFrame, products: pd.DataFrame, layout: Layout) -> Matrix:
    """Return [n, periods] the regular price in force; NaN where none is known.

    A price holds from its date on. A price of one store stands before the general one; before
    the first price the product's list price holds, if it has one.
    """
    n = len(layout.series)
    daily = np.full((n, layout.day_count), np.nan, dtype=np.float32)
    if "list_price" in products:
        listed = products.drop_duplicates("product").set_index("product")["list_price"]
        daily[:] = _of_series(listed, layout)[:, None]
    if len(prices):
        general = _everywhere(prices)
        for chosen, keys in (
            (prices[general], ["product"]),
            (prices[~general], ["store", "product"]),
        ):
            step = _in_force(chosen, keys, layout)
            daily = np.where(np.isnan(step), daily, step)
    return layout.per_period(daily)


def promotions(table: pd.DataFrame, layout: Layout) -> tuple[Matrix, Matrix]:
    """Return [n, periods] percent off and [n, periods] share of the period in promotion.

    Where promotions overlap the deepest counts; one without a store runs in every store.
    """
    off = np.zeros((len(layout.series), layout.day_count), dtype=np.float32)
    runs = np.zeros_like(off)
    if len(table):
        row, day, percent = _promoted_days(table, layout)
        np.maximum.at(off, (row, day), percent)
        runs[row, day] = 1.0
    return layout.per_period(off), layout.per_period(runs)


def prices_from_paid(paid: Matrix, frequency: Frequency) -> tuple[Matrix, Matrix]:
    """Return regular price and percent off, from the prices asked [n, periods] alone.

    The regular price is the highest asked in the last quarter of a year up to the period; what
    lies below it is a discount. Where no price is known the regular one goes on.
    """
    window = max(1, round(REGULAR_PRICE_DAYS / frequency.days))
    frame = pd.DataFrame(paid.T)
    high = frame.rolling(window, min_periods=1).max().ffill().to_numpy(np.float32).T
    with np.errstate(invalid="ignore", divide="ignore"):
        off = 100 * (1 - paid / high)
    return high, np.where(np.isnan(off), 0.0, np.clip(off, 0, 99)).astype(np.float32)


def events(table: pd.DataFrame, layout: Layout, columns: Columns) -> dict[str, Mask]:
    """Return a mask [n, periods] per event name; an event without a store holds everywhere.

    Args:
        table: Columns `date`, `name` and optionally `store`.
        layout: Rows and columns.
        columns: The period of each row of the table.
    """
    masks: dict[str, Mask] = {}
    inside = (columns >= 0) & (columns < len(layout.periods))
    stores = layout.series["store"].to_numpy()
    named = table[inside].assign(column=columns[inside], everywhere=_everywhere(table)[inside])
    for name, group in named.groupby("name", sort=True):
        mask = np.zeros(layout.shape, dtype=bool)
        mask[:, group.loc[group["everywhere"], "column"]] = True
        for store, local in group[~group["everywhere"]].groupby("store"):
            mask[np.ix_(stores == store, local["column"].to_numpy())] = True
        masks[str(name)] = mask
    return masks


def _everywhere(table: pd.DataFrame) -> NDArray[np.bool_]:
    """Tell the rows that hold for every store: those that name none."""
    if "store" not in table:
        return np.ones(len(table), dtype=bool)
    return table["store"].fillna("").astype(str).eq("").to_numpy(dtype=bool)


def _of_series(values: pd.Series, layout: Layout) -> NDArray[np.float32]:
    return layout.series["product"].map(values).to_numpy(dtype=np.float32, na_value=np.nan)


def _in_force(prices: pd.DataFrame, keys: list[str], layout: Layout) -> NDArray[np.float32]:
    n = len(layout.series)
    daily = np.full((n, layout.day_count), np.nan, dtype=np.float32)
    if prices.empty:
        return daily
    rows = layout.series[["store", "product"]].assign(row=np.arange(n))
    ordered = prices.sort_values("date", kind="stable")[["date", "price", *keys]]
    joined = rows.merge(ordered, on=keys, how="inner").sort_values("date", kind="stable")
    day = np.clip(layout.day(joined["date"]), 0, None)
    inside = day < layout.day_count
    # Later rows of one day overwrite earlier ones, so the last price before day 0 holds on it.
    daily[joined["row"].to_numpy()[inside], day[inside]] = joined["price"].to_numpy()[inside]
    return pd.DataFrame(daily.T).ffill().to_numpy(np.float32).T


def _promoted_days(
    table: pd.DataFrame, layout: Layout
) -> tuple[Columns, Columns, NDArray[np.float32]]:
    rows = layout.series[["store", "product"]].assign(row=np.arange(len(layout.series)))
    columns = ["start", "end", "product", "discount_pct"]
    general = _everywhere(table)
    joined = rows.merge(table.loc[general, columns], on="product")
    if not general.all():
        there = table.loc[~general, [*columns, "store"]]
        local = rows.merge(there, on=["product", "store"])
        joined = pd.concat([joined, local], ignore_index=True)
    first = np.clip(layout.day(joined["start"]), 0, layout.day_count)
    after = np.clip(layout.day(joined["end"]) + 1, 0, layout.day_count)
    count = np.clip(after - first, 0, None)
    which = np.repeat(np.arange(len(joined)), count)
    day = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + first[which]
    percent = joined["discount_pct"].fillna(0.0).to_numpy(np.float32)[which]
    return joined["row"].to_numpy()[which], day, percent
