"""How far a forecast was from what was sold, and what went into the difference.

A forecast that somebody was told is followed through what was learned after it: sales up to the
period, and prices and promotions other than planned then. What is left is the period's own:
stock-outs, days without records, days on which a whole store was off, and everything else.
"""

from dataclasses import dataclass

import numpy as np

from forecasting.explanation.drivers import (
    MISSING,
    REST,
    STOCK,
    STORE_DAYS,
    Driver,
    Floats,
    Mover,
    adding_up,
    movers,
)
from forecasting.model import TrainedModel
from forecasting.origin import Rows
from forecasting.panel import Mask, Panel
from forecasting.scope import Estimate

# A store's day is off when it sold this much more or less than forecast, in standard deviations.
_OFF = 4.0


@dataclass(frozen=True)
class Miss:
    """A past forecast against what was sold.

    Attributes:
        forecast: What was, or would have been, forecast, with its interval.
        actual: What was sold.
        inside: Whether that lies in the interval.
        drivers: Effects that add up to actual less forecast.
        products: The products that missed most.
        stores: The stores that missed most.
    """

    forecast: Estimate
    actual: float
    inside: bool
    drivers: tuple[Driver, ...]
    products: tuple[Mover, ...]
    stores: tuple[Mover, ...]


@dataclass(frozen=True)
class Known:
    """An earlier forecast of the period, followed to its beginning.

    Attributes:
        total: What it said.
        steps: What was learned between then and the period, as effects on the forecast.
        told: What somebody was told of just this period, with its range, if anybody was.
    """

    total: float
    steps: dict[str, float]
    told: Estimate | None


def explain_miss(
    model: TrainedModel,
    panel: Panel,
    rows: Rows,
    columns: tuple[int, int],
    then: Panel,
    *,
    level: float = 80,
    known: Known | None = None,
) -> Miss:
    """Hold a forecast made before a past period against its sales.

    Args:
        model: One that has not seen the period.
        panel: The history, the period included.
        rows: The series to add up, all with a record before the period.
        columns: First column of the period, and the one after its last.
        then: The panel as it looked just before the period: all that the model sees here.
        level: Percent the interval covers, where nobody was told one.
        known: An earlier forecast; otherwise what the model says of `then` counts.
    """
    first, last = columns
    made = model.predict(then, rows, first, last)
    mean, deviation = made.mean.astype(np.float64), made.sd.astype(np.float64)
    series = panel.series.iloc[rows]
    figure = model.intervals.total(mean, deviation, level, series)
    if known is not None:
        figure = known.told or _moved_to(known.total, figure)
    sales = panel.sales[rows, first:last].astype(np.float64)
    there, out = np.isfinite(sales), panel.stocked_out[rows, first:last]
    gap = np.nan_to_num(sales) - mean
    off = _off(panel, rows, gap * there, deviation)
    effects = ({} if known is None else known.steps) | {
        MISSING: float(-mean[~there].sum()),
        STOCK: float(np.minimum(gap, 0.0)[there & out & ~off].sum()),
        STORE_DAYS: float(gap[there & off].sum()),
    }
    sold = np.nansum(sales, axis=1)
    actual = float(sold.sum())
    return Miss(
        forecast=figure,
        actual=actual,
        inside=figure.lower <= actual <= figure.upper,
        drivers=adding_up(actual - figure.mean, effects, REST),
        products=movers(series["product"], mean.sum(axis=1), sold),
        stores=movers(series["store"], mean.sum(axis=1), sold),
    )


def _moved_to(mean: float, figure: Estimate) -> Estimate:
    """Return a range as wide in proportion to its figure, around another one."""
    scale = mean / figure.mean if figure.mean > 0 else 1.0
    return Estimate(mean, figure.lower * scale, figure.upper * scale)


def _off(panel: Panel, rows: Rows, gap: Floats, deviation: Floats) -> Mask:
    """Tell [n, h] the days on which a store's series together missed by far."""
    stores = panel.series["store"].iloc[rows].to_numpy(dtype=str)
    group = np.unique(stores, return_inverse=True)[1]
    total = np.zeros((int(group.max(initial=0)) + 1, gap.shape[1]))
    spread = np.zeros_like(total)
    np.add.at(total, group, gap)
    np.add.at(spread, group, deviation**2)
    several = np.bincount(group) > 1
    off = (np.abs(total) > _OFF * np.sqrt(np.maximum(spread, 1e-9))) & several[:, None]
    return np.asarray(off[group], dtype=bool)
