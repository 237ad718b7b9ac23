"""What drives a forecast: the model's own account, with drivers as people think of them.

The members of a model say on the logarithm what each driver adds to their base: trees by the
Shapley values of the driver's features, linear parts by coefficient times distance from usual.
Shares of the logarithm become units by the logarithmic mean (Ang, "The LMDI approach to
decomposition analysis", 2005), which leaves no rest. What own price and promotion do comes on top:
the forecast less that of the same model at the usual price without promotion.

A driver that was as much at work in the weeks that a forecast is compared with explains no
difference: so drivers are read for those weeks too, as if they had been forecast just before.
"""

from dataclasses import dataclass, replace

import numpy as np

from forecasting.explanation.drivers import (
    HOLIDAYS,
    OFFER,
    OTHERS,
    PLANS,
    PRICE,
    PROMOTION,
    RECENT,
    SEASON,
    TREND,
    WEEKDAYS,
    Floats,
)
from forecasting.features import contract
from forecasting.forecasters.ensemble import Ensemble
from forecasting.lately import Lately
from forecasting.model import TrainedModel
from forecasting.opening import opening
from forecasting.origin import Rows
from forecasting.panel import Matrix, Panel
from forecasting.pricing.exposure import price_ratio
from forecasting.units import LEAST_PERIODS

# The model's words for its drivers, as people say them; what is not here is part of what is usual.
_WORDS = {
    contract.RECENT: RECENT,
    contract.SEASON: SEASON,
    contract.WEEKDAY: WEEKDAYS,
    contract.CALENDAR: HOLIDAYS,
    contract.PLAN: PLANS,
    contract.OFFERS: OTHERS,
    contract.TREND: TREND,
    contract.AHEAD: TREND,
}
NAMES = (*dict.fromkeys(_WORDS.values()), PRICE)
PAST_NAMES = (*NAMES, OFFER)
RECENT_DAYS = 28
"""Days that forecasts are compared with."""

_NOTHING = 1e-9
_LEAST_OPEN = 1e-6


@dataclass(frozen=True)
class OffersEffect:
    """What own price and promotion do to forecasts, against the usual price without promotion.

    Attributes:
        usual: [rows, periods] the forecast without offers.
        parts: By driver, [rows, periods] what it adds to that.
    """

    usual: Floats
    parts: dict[str, Floats]


def reasons_of(model: TrainedModel, panel: Panel, rows: Rows, first: int, last: int) -> Matrix:
    """Return what drivers add to forecasts at the usual price, in the panel's unit.

    Returns:
        [drivers, rows, periods] in the order of `NAMES`; what they leave of a forecast at the
        usual price is usual for the series. `PRICE` is that of series whose answer to price is
        not known, of which trees see the offers themselves.
    """
    parts = np.zeros((len(NAMES), len(rows), last - first), dtype=np.float32)
    if not isinstance(model.forecaster, Ensemble):
        return parts
    demand, columns = model.demand(panel), np.arange(first, last)
    usual = offers_effect(model, panel, rows, first, last).usual
    start, found = model.forecaster.reasons(demand, rows, columns)
    slope = _slope(usual, start)
    opened = np.log(np.maximum(opening(demand, rows, columns), _LEAST_OPEN))
    parts[NAMES.index(HOLIDAYS)] += (opened * slope).astype(np.float32)
    for driver, part in found.items():
        if word := _WORDS.get(driver):
            parts[NAMES.index(word)] += (part * slope).astype(np.float32)
    if contract.OWN_PRICE in found:
        silent = ~_answers(model, panel)[rows, None]
        parts[NAMES.index(PRICE)] = found[contract.OWN_PRICE] * slope * silent
    return parts


def recent_window(panel: Panel) -> tuple[int, int]:
    """Return the first column of the weeks that forecasts are compared with, and their end."""
    count = max(1, round(RECENT_DAYS / panel.frequency.days))
    return max(0, panel.history - count), panel.history


def recent_reasons(model: TrainedModel, panel: Panel, rows: Rows) -> Floats:
    """Return what drivers added in the recent weeks, as if these had been forecast before.

    Returns:
        [drivers, rows] in the order of `PAST_NAMES`; the last, of models that see offers
        themselves, is what own offers added to what was sold. Nothing where the history is short.
    """
    found = np.zeros((len(PAST_NAMES), len(rows)))
    first, last = recent_window(panel)
    if first < LEAST_PERIODS:
        return found
    # A model of its own, so that the one served keeps its state.
    before, then = replace(model, _served=Lately()), panel.until(first)
    found[:-1] = reasons_of(before, then, rows, first, last).sum(axis=2)
    if model.sees_offers:
        factor = before.offers_effect(then, rows, first, last).astype(np.float64)
        sold = np.nan_to_num(panel.sales[rows, first:last].astype(np.float64))
        found[-1] = (sold * (1 - 1 / factor)).sum(axis=1)
    return found


def offers_effect(
    model: TrainedModel,
    panel: Panel,
    rows: Rows,
    first: int,
    last: int,
    *,
    forecast: Matrix | None = None,
) -> OffersEffect:
    """Return what own offers add to forecasts: the model asked again without them.

    Args:
        model: The model.
        panel: What it sees.
        rows: Series.
        first: First column.
        last: Column after the last.
        forecast: [rows, periods] what the model says, where it is at hand.
    """
    if forecast is None:
        forecast = model.predict(panel, rows, first, last).mean
    mean = forecast.astype(np.float64)
    factor = model.offers_effect(panel, rows, first, last).astype(np.float64)
    if model.sees_offers:
        usual = mean / factor
        return OffersEffect(usual, {OFFER: mean - usual})
    return OffersEffect(mean / factor, split_offers(model, panel, rows, (first, last), mean))


def split_offers(
    model: TrainedModel, panel: Panel, rows: Rows, columns: tuple[int, int], sales: Floats
) -> dict[str, Floats]:
    """Return what price, and being promoted beyond it, add to sales, forecast or past.

    Args:
        model: One that answers to offers by a price response.
        panel: Prices and promotions.
        rows: Series.
        columns: First column, and the one after its last.
        sales: [rows, columns] under the offers on record.
    """
    at = slice(*columns)
    factor = model.demand(panel).factor[rows, at].astype(np.float64)
    ratio, none = price_ratio(panel)[rows, at], np.zeros_like(panel.promoted[rows, at])
    series = panel.series.iloc[rows]
    price = model.response.factor(series, ratio, none, panel.discount[rows, at])
    usual, by_price = sales / factor, price.astype(np.float64)
    return {PRICE: usual * (by_price - 1), PROMOTION: usual * (factor - by_price)}


def _answers(model: TrainedModel, panel: Panel) -> np.ndarray:
    """Return [n] the series of which `offers_effect` tells what offers do."""
    if model.sees_offers:
        return np.ones(panel.n, dtype=bool)
    return model.demand(panel).answers


def _slope(mean: Floats, start: Floats) -> Floats:
    """Return units a log point between exp(start) and the mean, 0 where nothing is forecast."""
    base = np.exp(start)
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = np.log(mean) - start
        slope = np.where(np.abs(distance) > _NOTHING, (mean - base) / distance, base)
    return np.asarray(np.nan_to_num(slope, posinf=0.0, neginf=0.0))
