"""Canonical tables become matrices: a row a series, a column a period."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from forecasting.catalogue import Tables
from forecasting.data.arrow import as_frame
from forecasting.data.contract import KNOWN_AT
from forecasting.data.profile import DatasetProfile
from forecasting.lateness import arrivals
from forecasting.panel import Mask, Matrix, Panel
from forecasting.periods import PeriodGrid
from forecasting.placed import Cells, place
from forecasting.planned import Layout, events, prices_from_paid, promotions, regular_prices
from forecasting.units import Target
from tenants.errors import CannotAnswer

# How far ahead a plan is laid out, in days.
PLAN_DAYS = 366

# Columns of the sales table that are not attributes or covariates of their own.
_IDS = ("store", "product", "name", "aliases")  # what says which one, not what it is like


class Source(Tables, Protocol):
    """The versioned sales store, or a fake of it."""

    def arrow(self, table: str) -> pa.Table:
        """Return the canonical table as Arrow, ids encoded where that saves room."""
        ...

    @property
    def version(self) -> str:
        """Return the name of the data as they stand."""
        ...

    @property
    def profile(self) -> DatasetProfile:
        """Return what the sales measure and which columns are known in advance."""
        ...


def build_panel(
    store: Source,
    *,
    plan: pd.DataFrame | None = None,
    country: str = "",
    horizon: int | None = None,
) -> Panel:
    """Lay out a tenant's data as a panel.

    Args:
        store: Canonical tables with their profile and version.
        plan: Covariates of future dates as `read_plan` gives them: `date`, `store`, `product`,
            and any of `price`, `discount_pct` and the known covariates.
        country: ISO 3166 code whose public holidays count, or an empty string.
        horizon: Periods of plan after the history; a year's worth by default.

    Returns:
        The panel. A week or month that has not ended is left out. A period without a record
        is NaN, or 0 from a series' first record on where the profile says it means zero.

    Raises:
        CannotAnswer: There are no sales.
    """
    profile = store.profile
    placed = _lay_out(store, plan, horizon)
    layout, cells, future = placed.layout, placed.cells, placed.future
    value = cells.total(str(profile.target))
    price, discount, promoted = _prices(store, layout, cells, future)
    known, categories = _covariates(profile.known, cells, future)
    closes = profile.missing == "closed"
    return Panel(
        series=_attributes(layout.series, store),
        periods=layout.periods,
        history=cells.shape[1],
        frequency=profile.frequency,
        target=profile.target,
        unit=profile.unit,
        sales=_filled(value) if profile.missing == "zero" else value,
        price=price,
        discount=discount,
        promoted=promoted,
        stocked_out=_stocked_out(store, placed),
        revenue=_revenue(profile.target, value, cells, price, discount),
        known=known,
        categories=categories,
        past=_past(profile.past, cells),
        events=_events(store, placed),
        open=_open(value, future) if closes else None,
        closed_when_missing=closes,
        version=store.version,
        aim=profile.aim,
        known_from=_known_from(placed),
        country=country,
    )


@dataclass(frozen=True)
class _Placed:
    """Sales and plan on one layout."""

    layout: Layout
    grid: PeriodGrid
    cells: Cells
    future: Cells


def _lay_out(store: Source, plan: pd.DataFrame | None, horizon: int | None) -> _Placed:
    profile = store.profile
    sales = as_frame(store.arrow("sales"), encoded=True)
    if sales.empty:
        raise CannotAnswer("There are no sales yet; load some with `tillsight ingest`.")
    days = pd.DatetimeIndex(sales["date"])
    grid = PeriodGrid.covering(days.min(), profile.frequency, profile.week_anchor)
    history = _complete_periods(grid, days)
    ahead = round(PLAN_DAYS / profile.frequency.days) if horizon is None else horizon
    series = _series(sales, plan, store)
    layout = Layout(series, grid.starts(history + ahead), profile.frequency)
    cells = place(sales, series, grid.columns(days), (len(series), history))
    return _Placed(layout, grid, cells, _planned_cells(plan, layout, grid, history))


def _complete_periods(grid: PeriodGrid, days: pd.DatetimeIndex) -> int:
    """Return the periods that have ended, judged by the last day where sales come by the day."""
    last = int(grid.columns(pd.DatetimeIndex([days.max()]))[0])
    starts = grid.starts(last + 2)
    by_the_day = bool((~days.unique().isin(starts)).any())
    ended = not by_the_day or days.max() >= starts[last + 1] - pd.Timedelta(days=1)
    return last + 1 if ended or last == 0 else last


def _series(sales: pd.DataFrame, plan: pd.DataFrame | None, store: Source) -> pd.DataFrame:
    """Return what was sold where, and what a plan puts on sale there; ids not on record are not."""
    pairs = sales[["store", "product"]].drop_duplicates().astype(str)
    if plan is not None:
        planned = plan[["store", "product"]].astype(str).drop_duplicates()
        for key in ("store", "product"):
            on_record = {*pairs[key], *store.read(f"{key}s")[key].astype(str)}
            planned = planned[planned[key].isin(on_record)]
        pairs = pd.concat([pairs, planned]).drop_duplicates()
    return pairs.sort_values(["store", "product"], ignore_index=True)


def _planned_cells(
    plan: pd.DataFrame | None, layout: Layout, grid: PeriodGrid, history: int
) -> Cells:
    if plan is None:
        plan = pd.DataFrame({"date": pd.to_datetime([]), "store": [], "product": []})
    columns = grid.columns(plan["date"]) - history
    return place(plan, layout.series, columns, (layout.shape[0], layout.shape[1] - history))


def _filled(value: Matrix) -> Matrix:
    """Return sales with 0 for periods without a record since the series' first one."""
    started = np.maximum.accumulate(~np.isnan(value), axis=1)
    return np.where(started & np.isnan(value), np.float32(0), value)


def _prices(
    store: Source, layout: Layout, cells: Cells, future: Cells
) -> tuple[Matrix, Matrix, Matrix]:
    """Return regular price, percent off and promoted share, history and plan."""
    prices, products = store.read("prices"), store.read("products")
    discount, promoted = promotions(store.read("promotions"), layout)
    asked = np.full(layout.shape, np.nan, dtype=np.float32)
    history = cells.shape[1]
    if "price" in future.table:
        asked[:, history:] = future.mean("price")
    if prices.empty and "price" in cells.table and cells.table["price"].notna().any():
        asked[:, :history] = cells.mean("price")
        price, below = prices_from_paid(asked, layout.frequency)
    else:
        price = regular_prices(prices, products, layout)
        with np.errstate(invalid="ignore", divide="ignore"):
            below = np.clip(100 * (1 - asked / price), 0, 99)
    discount = np.where(np.isnan(asked) | np.isnan(below), discount, below).astype(np.float32)
    if "discount_pct" in future.table:
        planned = future.mean("discount_pct")
        ahead = discount[:, history:]
        discount[:, history:] = np.where(np.isnan(planned), ahead, planned)
        promoted[:, history:] = np.where(np.isnan(planned), promoted[:, history:], planned > 0)
    return price, discount, promoted


def _covariates(
    names: tuple[str, ...], cells: Cells, future: Cells
) -> tuple[dict[str, Matrix], dict[str, tuple[str, ...]]]:
    """Return known covariates [n, history + plan], and the words behind those that were text.

    Codes follow the sorted words of the history; a word that only the plan uses comes after
    them, so that the codes a model has learned keep their meaning.
    """
    known: dict[str, Matrix] = {}
    categories: dict[str, tuple[str, ...]] = {}
    for name in names:
        if name not in cells.table or name in {"price", "discount_pct"}:
            continue
        past, ahead = cells, future
        if not pd.api.types.is_numeric_dtype(cells.table[name]):
            words = _words(cells.table[name])
            if name in future.table:
                words += tuple(word for word in _words(future.table[name]) if word not in words)
                ahead = _coded(ahead, name, words)
            past = _coded(past, name, words)
            categories[name] = words
        blank = np.full(future.shape, np.nan, dtype=np.float32)
        tail = ahead.mean(name) if name in future.table else blank
        known[name] = np.hstack([past.mean(name), tail])
    return known, categories


def _words(column: pd.Series) -> tuple[str, ...]:
    return tuple(sorted(column.dropna().astype(str).unique()))


def _coded(cells: Cells, name: str, words: tuple[str, ...]) -> Cells:
    text = cells.table[name]
    codes = pd.Index(words).get_indexer(pd.Index(text.astype(str))).astype(float)
    codes[text.isna().to_numpy()] = np.nan
    return Cells(cells.table.assign(**{name: codes}), cells.row, cells.column, cells.shape)


def _attributes(series: pd.DataFrame, store: Source) -> pd.DataFrame:
    """Return the series with what is known of their store and product."""
    result = series
    for key in ("store", "product"):
        items = store.read(f"{key}s").drop_duplicates(key, keep="last")
        extra = [c for c in items if c not in _IDS and c != "known_at" and items[c].notna().any()]
        if extra:
            renamed = items[[key, *extra]].rename(columns={c: f"{key}_{c}" for c in extra})
            result = result.merge(renamed.astype({key: str}), on=key, how="left")
    return result


def _past(names: tuple[str, ...], cells: Cells) -> dict[str, Matrix]:
    """Return covariates known only afterwards; those in words say nothing of amounts."""
    numbers = [name for name in names if name in cells.table]
    numbers = [name for name in numbers if pd.api.types.is_numeric_dtype(cells.table[name])]
    return {name: cells.mean(name) for name in numbers}


def _stocked_out(store: Source, placed: _Placed) -> Mask:
    stock = store.read("stock")
    empty = stock[stock["on_hand"] <= 0]
    columns = placed.grid.columns(empty["date"])
    return place(empty, placed.layout.series, columns, placed.cells.shape).present()


def _known_from(placed: _Placed) -> NDArray[np.int32] | None:
    cells = placed.cells
    if KNOWN_AT not in cells.table:
        return None
    known_at = pd.DatetimeIndex(cells.table[KNOWN_AT]).tz_convert(None)
    return arrivals(known_at.to_series(), cells.row, cells.column, cells.shape, placed.grid)


def _events(store: Source, placed: _Placed) -> dict[str, Mask]:
    table = store.read("events")
    columns = placed.grid.columns(table["date"]) if len(table) else np.array([], dtype=np.int64)
    return events(table, placed.layout, columns) if len(table) else {}


def _revenue(
    target: Target, value: Matrix, cells: Cells, price: Matrix, discount: Matrix
) -> Matrix | None:
    """Return money taken: as recorded, else units at the price in force."""
    if target is Target.REVENUE:
        return value
    history = cells.shape[1]
    worked_out = value * (price * (1 - discount / 100))[:, :history]
    if "revenue" in cells.table:
        recorded = cells.total("revenue")
        np.copyto(worked_out, recorded, where=~np.isnan(recorded))
    return None if np.isnan(worked_out).all() else worked_out.astype(np.float32)


def _open(value: Matrix, future: Cells) -> Matrix:
    """Return 1 open, 0 closed, NaN where no plan says; only where closing leaves no record."""
    past = (~np.isnan(value)).astype(np.float32)
    ahead = future.present()
    # After the last day of a plan nobody has said that everything closes.
    told = np.cumsum(np.any(ahead, axis=0, keepdims=True)[:, ::-1], axis=1)[:, ::-1] > 0
    planned = ahead.any(axis=1, keepdims=True) & told
    return np.hstack([past, np.where(planned, ahead, np.nan).astype(np.float32)])
