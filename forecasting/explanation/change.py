"""Why sales of one period differ from those of another: exact by item, estimated by driver.

Sales of a series in a period are its level times the length of the period and what weekday, season,
holidays, price and promotion usually do to it, less what stock-outs and days without records hid.
The change of each factor is turned into units by the logarithmic mean (Ang, "The LMDI approach to
decomposition analysis", 2005), so that drivers add up to the change without a remainder; what no
factor accounts for is `everything else`. It is an account of what went together with the change,
not proof of cause.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.explanation.drivers import (
    HOLIDAYS,
    LENGTH,
    MISSING,
    PRICE,
    PROMOTION,
    RANGE,
    REST,
    SEASON,
    STOCK,
    WEEKDAYS,
    Driver,
    Floats,
    Mover,
    adding_up,
    log_mean,
    movers,
)
from forecasting.explanation.seasons import Indices, indices
from forecasting.panel import Matrix, Panel
from forecasting.pricing.exposure import price_ratio
from forecasting.pricing.response import PriceResponse

Columns = tuple[int, int]
_LITTLE = 1e-9


@dataclass(frozen=True)
class Change:
    """Sales of a period against those of another.

    Attributes:
        before: Sales of the other period.
        after: Sales of the period.
        drivers: Effects that add up to the difference.
        products: The products that moved most.
        stores: The stores that moved most.
        price_known: Share of sales whose response to price is known, 0 to 1.
    """

    before: float
    after: float
    drivers: tuple[Driver, ...]
    products: tuple[Mover, ...]
    stores: tuple[Mover, ...]
    price_known: float


def explain_change(
    panel: Panel,
    rows: NDArray[np.int64],
    period: Columns,
    other: Columns,
    response: PriceResponse | None,
) -> Change:
    """Account for the difference between two periods of the history.

    Args:
        panel: The history.
        rows: The series to add up.
        period: First column of the period to explain, and the one after its last.
        other: The same of the period it is compared with.
        response: How demand answers to price; None leaves price to everything else.
    """
    offers, usual = usual_course(panel, response)
    parts = {
        WEEKDAYS: usual.weekday[rows],
        SEASON: usual.season[rows],
        HOLIDAYS: usual.special[rows],
        PRICE: offers.price[rows].astype(np.float64),
        PROMOTION: (offers.both[rows] / offers.price[rows]).astype(np.float64),
    }
    after = _course(panel, rows, period, parts)
    before = _course(panel, rows, other, parts)
    effects = _effects(before, after)
    change = float(after.sold.sum() - before.sold.sum())
    series = panel.series.iloc[rows]
    answers = np.ones(len(rows), dtype=bool) if response is None else _answers(response, series)
    return Change(
        before=float(before.sold.sum()),
        after=float(after.sold.sum()),
        drivers=adding_up(change, effects, REST),
        products=movers(series["product"], before.sold, after.sold),
        stores=movers(series["store"], before.sold, after.sold),
        price_known=float(before.sold @ answers / max(before.sold.sum(), 1e-9)),
    )


@dataclass(frozen=True)
class _Course:
    """What a period was made of, [n] by series.

    Attributes:
        sold: Sales.
        kept: By driver, the share of sales that it left, 0 to 1: stock-outs, and days of which
            nothing is on record.
        means: By driver, the period's multiplier in turn: each given those before it.
    """

    sold: Floats
    kept: dict[str, Floats]
    means: dict[str, Floats]


def _course(
    panel: Panel, rows: NDArray[np.int64], columns: Columns, parts: dict[str, Floats]
) -> _Course:
    window = slice(*columns)
    sales = panel.sales[rows, window].astype(np.float64)
    out = panel.stocked_out[rows, window]
    known = np.isfinite(sales)
    weight = np.ones_like(sales)
    total = weight.sum(axis=1)
    means = {LENGTH: total}
    for name, part in parts.items():
        weight = weight * part[:, window]
        means[name] = weight.sum(axis=1) / total
        total = weight.sum(axis=1)
    sold = np.nansum(sales, axis=1)
    clean = known & ~out
    due = np.where(clean, weight, 0.0).sum(axis=1)
    level = np.where(due > 0, np.where(clean, sales, 0.0).sum(axis=1) / np.maximum(due, 1e-9), 0.0)
    lost = np.where(known & out, np.maximum(level[:, None] * weight - np.nan_to_num(sales), 0), 0)
    hidden = lost.sum(axis=1)
    kept = {
        STOCK: sold / np.maximum(sold + hidden, _LITTLE),
        MISSING: np.where(known, weight, 0.0).sum(axis=1) / np.maximum(total, _LITTLE),
    }
    return _Course(sold, kept, means)


def _effects(before: _Course, after: _Course) -> dict[str, float]:
    both = (before.sold > 0) & (after.sold > 0)
    size = log_mean(after.sold, before.sold)
    effects = {
        name: float((size * np.log(after.means[name] / before.means[name]))[both].sum())
        for name in after.means
    }
    for name in after.kept:
        kept = np.maximum(after.kept[name], _LITTLE) / np.maximum(before.kept[name], _LITTLE)
        effects[name] = float((size * np.log(kept))[both].sum())
    effects[RANGE] = float((after.sold - before.sold)[~both].sum())
    return effects


@dataclass(frozen=True)
class PastOffers:
    """What offers multiplied past sales by.

    Attributes:
        price: [n, t] by the price alone.
        both: [n, t] by price and promotion.
    """

    price: Matrix
    both: Matrix


def usual_course(panel: Panel, response: PriceResponse | None) -> tuple[PastOffers, Indices]:
    """Return what price and promotion did to sales, and what else is usual for them."""
    return panel.once("usual course", lambda: _usual(panel, response), response)


def _usual(panel: Panel, response: PriceResponse | None) -> tuple[PastOffers, Indices]:
    offers = _offers(panel, response)
    adjusted = np.where(panel.stocked_out, np.nan, panel.sales / offers.both).astype(np.float64)
    return offers, indices(panel, adjusted)


def _offers(panel: Panel, response: PriceResponse | None) -> PastOffers:
    history = slice(panel.history)
    if response is None:
        ones = np.ones((panel.n, panel.history), dtype=np.float32)
        return PastOffers(ones, ones)
    ratio, promoted = price_ratio(panel)[:, history], panel.promoted[:, history]
    discount = panel.discount[:, history]
    return PastOffers(
        price=response.factor(panel.series, ratio, np.zeros_like(promoted), discount),
        both=response.factor(panel.series, ratio, promoted, discount),
    )


def _answers(response: PriceResponse, series: pd.DataFrame) -> NDArray[np.bool_]:
    usable = response.table.index[response.table["usable"].to_numpy(dtype=bool)]
    return series["product"].astype(str).isin(usable).to_numpy(dtype=bool)
