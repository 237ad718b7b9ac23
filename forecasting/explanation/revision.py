"""How a forecast moved since the model or data before: what newer data and a newer model did."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.explanation.drivers import DATA, MODEL, Driver, Mover, adding_up, movers
from forecasting.model import TrainedModel
from forecasting.panel import Panel
from forecasting.serving import Span

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Revision:
    """A forecast of the same days, then and now.

    Attributes:
        before: The earlier forecast.
        after: The forecast now.
        drivers: What newer data and the newer model did, adding up to the difference.
        products: The products whose forecast moved most.
        stores: The stores whose forecast did.
    """

    before: float
    after: float
    drivers: tuple[Driver, ...]
    products: tuple[Mover, ...]
    stores: tuple[Mover, ...]


def explain_revision(
    model: TrainedModel,
    panel: Panel,
    rows: NDArray[np.int64],
    span: Span,
    *,
    earlier_model: TrainedModel,
    earlier_panel: Panel,
) -> Revision:
    """Set today's forecast beside that of an earlier model or earlier data.

    Args:
        model: The production model.
        panel: The data as they stand.
        rows: The series of `panel` to add up; those the earlier data lack count as 0 there.
        span: The days, all after both cutoffs.
        earlier_model: The model that served before; the same where only data are newer.
        earlier_panel: The data it saw.
    """
    now = _totals(model, panel, rows, span)
    middle = _totals(earlier_model, panel, rows, span)
    then = _earlier(earlier_model, earlier_panel, panel, rows, span)
    effects = {MODEL: float((now - middle).sum())}
    series = panel.series.iloc[rows]
    return Revision(
        before=float(then.sum()),
        after=float(now.sum()),
        drivers=adding_up(float((now - then).sum()), effects, DATA),
        products=movers(series["product"], then, now),
        stores=movers(series["store"], then, now),
    )


def _totals(model: TrainedModel, panel: Panel, rows: NDArray[np.int64], span: Span) -> Floats:
    first, last = int(span.columns[0]), int(span.columns[-1]) + 1
    mean = model.predict(panel, rows, first, last).mean.astype(np.float64)
    return np.asarray((mean * span.share).sum(axis=1), dtype=np.float64)


def _earlier(
    model: TrainedModel, earlier: Panel, panel: Panel, rows: NDArray[np.int64], span: Span
) -> Floats:
    """Return [rows] the earlier forecasts of the same series and days."""
    keys = ["store", "product"]
    place = {tuple(pair): at for at, pair in enumerate(earlier.series[keys].astype(str).to_numpy())}
    pairs = panel.series[keys].astype(str).iloc[rows].to_numpy()
    at = np.array([place.get(tuple(pair), -1) for pair in pairs], dtype=np.int64)
    moved = int(np.flatnonzero(earlier.periods == panel.periods[int(span.columns[0])])[0])
    columns = span.columns - span.columns[0] + moved
    total = np.zeros(len(rows))
    there = at >= 0
    if there.any():
        shifted = Span(span.start, span.end, columns, span.share)
        total[there] = _totals(model, earlier, at[there], shifted)
    return total
