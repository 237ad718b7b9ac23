"""How far a forecast was from what was sold, and what went into the difference."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.explanation.drivers import REST, STOCK, Driver, Mover, adding_up, movers
from forecasting.model import TrainedModel
from forecasting.panel import Panel
from forecasting.scope import Estimate

Floats = NDArray[np.float64]

MISSING = "days without records"
STORE_DAYS = "days on which a whole store was off"
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


def explain_miss(
    model: TrainedModel,
    panel: Panel,
    rows: NDArray[np.int64],
    columns: tuple[int, int],
    then: Panel,
    *,
    level: float = 80,
) -> Miss:
    """Hold a forecast made just before a past period against its sales.

    Args:
        model: One that has not seen the period.
        panel: The history, the period included.
        rows: The series to add up, all with a record before the period.
        columns: First column of the period, and the one after its last.
        then: The panel as it looked before the period, which is all that the forecast sees.
        level: Percent the interval covers.
    """
    first, last = columns
    made = model.predict(then, rows, first, last)
    mean, deviation = made.mean.astype(np.float64), made.sd.astype(np.float64)
    total = model.intervals.total(mean, deviation, level, panel.series.iloc[rows])
    sales = panel.sales[rows, first:last].astype(np.float64)
    known, out = np.isfinite(sales), panel.stocked_out[rows, first:last]
    gap = np.nan_to_num(sales) - mean
    off = _off(panel, rows, gap * known, deviation)
    effects = {
        MISSING: float(-mean[~known].sum()),
        STOCK: float(np.minimum(gap, 0.0)[known & out & ~off].sum()),
        STORE_DAYS: float(gap[known & off].sum()),
    }
    sold, series = np.nansum(sales, axis=1), panel.series.iloc[rows]
    actual = float(sold.sum())
    return Miss(
        forecast=total,
        actual=actual,
        inside=total.lower <= actual <= total.upper,
        drivers=adding_up(actual - total.mean, effects, REST),
        products=movers(series["product"], mean.sum(axis=1), sold),
        stores=movers(series["store"], mean.sum(axis=1), sold),
    )


def _off(
    panel: Panel, rows: NDArray[np.int64], gap: Floats, deviation: Floats
) -> NDArray[np.bool_]:
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
