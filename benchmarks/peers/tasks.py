"""A window of public data as every peer is given it."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd

from benchmarks.held_out import HeldOutData
from benchmarks.peers.exchange import KEYS, Task

_SEED = 7
_SEASON = {1: 7, 7: 52}
_ALIAS = {1: "D", 7: "W"}


@dataclass(frozen=True)
class Round:
    """One window.

    Attributes:
        data: The dataset.
        last: The last day that is seen.
        horizon: Days that count.
        idle: Days between `last` and the first that counts.
    """

    data: HeldOutData
    last: date
    horizon: int
    idle: int

    @property
    def name(self) -> str:
        """Return what it is called in a table."""
        return f"{self.data.name}, {self.horizon} days from {self.first}"

    @property
    def first(self) -> date:
        """Return the first day that counts."""
        return self.last + timedelta(days=self.idle + 1)

    @property
    def end(self) -> date:
        """Return the last day that counts."""
        return self.last + timedelta(days=self.idle + self.horizon)

    def actual(self, series: list[str]) -> pd.DataFrame:
        """Return `unique_id`, `ds`, `y` of these series' periods that sold something."""
        sales = _sales(self.data)
        days = sales["ds"].between(pd.Timestamp(self.first), pd.Timestamp(self.end))
        rows = sales[days & sales["unique_id"].isin(series) & (sales["y"] > 0)]
        return rows[[*KEYS, "y"]].reset_index(drop=True)


def task_of(one: Round, most: int | None) -> Task:
    """Return a window as a task, of all series or a sample of them; small samples are nested."""
    sales = _sales(one.data)
    seen = sales[sales["ds"] <= pd.Timestamp(one.last)]
    ahead = sales[(sales["ds"] > pd.Timestamp(one.last)) & (sales["ds"] <= pd.Timestamp(one.end))]
    names = np.array(sorted(set(seen["unique_id"]) & set(ahead["unique_id"])))
    chosen = set(np.random.default_rng(_SEED).permutation(names)[:most])
    wanted = sales["unique_id"].isin(chosen) & (sales["ds"] <= pd.Timestamp(one.end))
    whole = _regular(sales[wanted], one.data.period)
    before = whole["ds"] <= pd.Timestamp(one.last)
    statics = _statics(one.data)
    return Task(
        history=whole[before].reset_index(drop=True),
        future=whole[~before].drop(columns="y").reset_index(drop=True),
        statics=statics[statics["unique_id"].isin(chosen)].reset_index(drop=True),
        frequency=_ALIAS[one.data.period],
        season=_SEASON[one.data.period],
    )


@cache
def _sales(data: HeldOutData) -> pd.DataFrame:
    """Return `unique_id`, `ds`, `y` and the covariates known in advance as numbers."""
    table = pd.read_parquet(data.source / data.sales)
    keys = [table[key].astype(str) for key in data.keys]
    named = {"unique_id": keys[0] if len(keys) == 1 else keys[0] + "/" + keys[1]}
    given = table.drop(columns=[*data.keys, *data.hidden, data.date])
    numbers = {name: _number(given[name]) for name in given if len(given[name].unique()) > 1}
    frame = pd.DataFrame(
        named | {"ds": pd.to_datetime(table[data.date]), "y": table[data.target].astype(float)}
    )
    return frame.assign(**numbers).sort_values(KEYS, ignore_index=True)


def _regular(sales: pd.DataFrame, period: int) -> pd.DataFrame:
    """Return a row for every period of every series, up to the last of any.

    A day without a record is closed: it sells 0 and `shut` is 1. A week without one is a gap, in
    which sales and covariates are as before.
    """
    step = pd.Timedelta(days=period)
    first, last = sales.groupby("unique_id")["ds"].min(), sales["ds"].max()
    grid = pd.concat(
        [
            pd.DataFrame({"unique_id": name, "ds": pd.date_range(start, last, freq=step)})
            for name, start in first.items()
        ],
        ignore_index=True,
    )
    whole = grid.merge(sales, on=KEYS, how="left")
    lacking = whole["y"].isna()
    known = [name for name in whole if name not in (*KEYS, "y")]
    whole[known] = whole.groupby("unique_id")[known].ffill().fillna(0.0)
    if period == 1:
        whole["y"] = whole["y"].fillna(0.0)
        return whole.assign(shut=lacking.astype(float))
    whole["y"] = whole.groupby("unique_id")["y"].ffill()
    return whole


def _statics(data: HeldOutData) -> pd.DataFrame:
    """Return what is known of each series' store, as numbers."""
    sales = _sales(data)
    names = pd.DataFrame({"unique_id": sales["unique_id"].unique()})
    names["store"] = names["unique_id"].str.split("/").str[0]
    for path in sorted(data.source.glob("store*.csv")):
        stores = pd.read_csv(path)
        key = stores.columns[0]
        numbers = {name: _number(stores[name]) for name in stores if name != key}
        extra = pd.DataFrame({"store": stores[key].astype(str), **numbers}).fillna(-1.0)
        names = names.merge(extra, on="store", how="left")
    if names["unique_id"].str.contains("/").any():
        names["product"] = _number(names["unique_id"].str.split("/").str[1])
    return names.drop(columns="store")


def _number(column: "pd.Series[float]") -> "pd.Series[float]":
    if pd.api.types.is_numeric_dtype(column):
        return column.astype(float)
    codes = column.astype(str).astype("category").cat.codes
    return codes.astype(float)
