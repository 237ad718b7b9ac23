"""Why a forecast is what it is, against the recent normal.

The model's own account (what its members say on the logarithm, turned into units without a rest)
is set beside the mean of the last four weeks. It describes how the model arrives at its figure,
not what causes sales.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from forecasting.explanation.drivers import (
    HOLIDAYS,
    LEVEL,
    OTHERS,
    PLANS,
    PRICE,
    SEASON,
    WEEKDAYS,
    Driver,
    Mover,
    adding_up,
    movers,
)
from forecasting.lately import Lately
from forecasting.model import OWN_PRICE, TrainedModel
from forecasting.panel import Panel
from forecasting.serving import Span
from forecasting.units import LEAST_PERIODS

Floats = NDArray[np.float64]

_RECENT_DAYS = 28
# So many series-periods are explained tree by tree; of more, an even sample.
_MOST_CELLS = 350
_LEAST_SERIES = 3
# The model's words for its drivers, as people say them; what is not here is level and trend.
_WORDS = {
    "offers of other products": OTHERS,
    "day of the week": WEEKDAYS,
    "time of year": SEASON,
    "calendar and holidays": HOLIDAYS,
    "opening days": HOLIDAYS,
    "known plans": PLANS,
    OWN_PRICE: PRICE,
}


@dataclass(frozen=True)
class Outlined:
    """A forecast beside the recent normal.

    Attributes:
        mean: The forecast.
        normal: Sales of as many days as the forecast covers, at the mean of the last 28.
        drivers: What the model adds to the normal, adding up to the difference.
        products: The products that differ most from their normal.
        stores: The stores that do.
        sampled: Whether the drivers besides price were read from a sample of the series.
    """

    mean: float
    normal: float
    drivers: tuple[Driver, ...]
    products: tuple[Mover, ...]
    stores: tuple[Mover, ...]
    sampled: bool


def explain_forecast(
    model: TrainedModel, panel: Panel, rows: NDArray[np.int64], span: Span
) -> Outlined:
    """Account for a forecast by the model's drivers.

    Args:
        model: The model that made it.
        panel: The data it saw.
        rows: The series it adds up.
        span: The days it covers.
    """
    first, last = int(span.columns[0]), int(span.columns[-1]) + 1
    cells = model.predict(panel, rows, first, last).mean.astype(np.float64) * span.share
    mean = cells.sum(axis=1)
    normal, recent_price = _recent(model, panel, rows, float(span.share.sum()))
    effects = _by_driver(model, panel, rows, span, mean)
    # What price and promotion add to the forecast, less what they added to the recent weeks.
    factor = model.offers_effect(panel, rows, first, last).astype(np.float64)
    added = float((cells * (1 - 1 / factor)).sum() - recent_price.sum())
    effects[PRICE] = effects.get(PRICE, 0.0) + added
    series = panel.series.iloc[rows]
    return Outlined(
        mean=float(mean.sum()),
        normal=float(normal.sum()),
        drivers=adding_up(float(mean.sum() - normal.sum()), effects, LEVEL),
        products=movers(series["product"], normal, mean),
        stores=movers(series["store"], normal, mean),
        sampled=len(rows) > len(_sample(rows, mean, len(span.columns))),
    )


def _by_driver(
    model: TrainedModel,
    panel: Panel,
    rows: NDArray[np.int64],
    span: Span,
    mean: Floats,
) -> dict[str, float]:
    """Return the model's drivers but price, in units; of many series from a sample of them."""
    first, last = int(span.columns[0]), int(span.columns[-1]) + 1
    chosen = _sample(rows, mean, len(span.columns))
    scale = mean.sum() / max(mean[chosen].sum(), 1e-9)
    effects: dict[str, float] = {}
    silent = ~_answers(model, panel)[rows[chosen], None]
    for name, values in model.contributions(panel, rows[chosen], first, last).items():
        told = values * silent if name == OWN_PRICE else values
        if word := _WORDS.get(name):
            value = float((told.astype(np.float64) * span.share).sum() * scale)
            effects[word] = effects.get(word, 0.0) + value
    return effects


def _answers(model: TrainedModel, panel: Panel) -> NDArray[np.bool_]:
    """Return [n] the series of which the effect of offers is told by `offers_effect`."""
    if model.sees_offers:
        return np.ones(panel.n, dtype=bool)
    return model.demand(panel).answers


def _sample(rows: NDArray[np.int64], mean: Floats, periods: int) -> NDArray[np.int64]:
    """Return positions of evenly spaced series by size: trees take 3 ms a cell to explain."""
    most = max(_LEAST_SERIES, _MOST_CELLS // max(periods, 1))
    by_size = np.argsort(-mean, kind="stable")
    if len(rows) <= most:
        return by_size
    places = (np.arange(most) + 0.5) * len(rows) / most
    return by_size[places.astype(np.int64)]


def _recent(
    model: TrainedModel, panel: Panel, rows: NDArray[np.int64], periods: float
) -> tuple[Floats, Floats]:
    """Return [n] recent sales over as many periods, and what price and promotion added to them."""
    count = max(1, round(_RECENT_DAYS / panel.frequency.days))
    window = slice(max(0, panel.history - count), panel.history)
    sales = panel.sales[rows, window].astype(np.float64)
    factor = _past_effect(model, panel, rows, window)
    known = np.isfinite(sales)
    if panel.open is not None:
        known |= panel.open[rows, window] == 0  # a closed day is a day on which nothing sold
    share = periods / np.maximum(known.sum(axis=1), 1)
    added = np.nan_to_num(sales * (1 - 1 / factor)).sum(axis=1)
    return np.nansum(sales, axis=1) * share, added * share


def _past_effect(
    model: TrainedModel, panel: Panel, rows: NDArray[np.int64], window: slice
) -> Floats:
    """Return [rows, periods] the multiplier that price and promotion were of past sales."""
    if not model.sees_offers:
        return model.demand(panel).factor[rows, window].astype(np.float64)
    if window.start < LEAST_PERIODS:
        return np.ones((len(rows), panel.history - window.start))
    # As if forecast before: a model of its own, so that the one served keeps its state.
    then = replace(model, _served=Lately())
    return then.offers_effect(panel.until(window.start), rows, window.start, panel.history).astype(
        np.float64
    )
