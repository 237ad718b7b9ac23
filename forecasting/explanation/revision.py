"""Why a forecast differs from an earlier one: sales, plans, corrections and models in turn.

The earlier forecast becomes today's in steps, each a forecast of its own: the earlier model with
past records as they read now, then with the plan as it stands now, then with the sales since, then
the model of now. What a step moves is what it is told by; the steps add up to the difference. They
are taken in this order, and in another the shares would differ.
"""

from dataclasses import dataclass

import numpy as np

from forecasting.explanation.drivers import (
    CORRECTED,
    MODEL,
    NEWER,
    PLANNED,
    RANGE,
    REST,
    Driver,
    Floats,
    Mover,
    adding_up,
    movers,
)
from forecasting.explanation.then import Then, seen_then
from forecasting.model import TrainedModel
from forecasting.origin import Rows
from forecasting.panel import Matrix, Panel
from forecasting.serving import Span

# Periods of all series that are forecast at once and kept, where these are few enough.
_BLOCK = 28
_MOST_KEPT = 15_000


@dataclass(frozen=True)
class Revision:
    """A forecast of the same days, then and now.

    Attributes:
        before: The earlier forecast.
        after: The forecast now.
        drivers: What moved it, adding up to the difference.
        products: The products whose forecast moved most.
        stores: The stores whose forecast did.
    """

    before: float
    after: float
    drivers: tuple[Driver, ...]
    products: tuple[Mover, ...]
    stores: tuple[Mover, ...]


@dataclass(frozen=True)
class Followed:
    """An earlier forecast followed to a later one.

    Attributes:
        before: [rows] the earlier one; 0 of series that it did not have.
        after: [rows] the later one.
        gone: The earlier forecast of series that the later one does not have.
        steps: What each step moved, in all.
    """

    before: Floats
    after: Floats
    gone: float
    steps: dict[str, float]

    @property
    def total(self) -> float:
        """Return the earlier forecast of all its series."""
        return float(self.before.sum()) + self.gone


def explain_revision(
    model: TrainedModel,
    rows: Rows,
    span: Span,
    then: Then,
    *,
    rows_then: Rows,
    told: float | None = None,
    forecast: Matrix | None = None,
) -> Revision:
    """Set today's forecast beside an earlier one.

    Args:
        model: The production model.
        rows: The series of today's panel to add up.
        span: The days, all after both cutoffs.
        then: The earlier model and the data it saw, beside today's.
        rows_then: The series of the earlier panel that were added up then.
        told: The figure that somebody was told; what the earlier model says, by default.
        forecast: [rows, columns] what the production model says, where it is at hand.
    """
    found = followed(model, rows, span, then, rows_then=rows_then, forecast=forecast)
    before, after = found.total if told is None else told, float(found.after.sum())
    series = then.panel.series.iloc[rows]
    return Revision(
        before=before,
        after=after,
        drivers=adding_up(after - before, found.steps, REST),
        products=movers(series["product"], found.before, found.after),
        stores=movers(series["store"], found.before, found.after),
    )


def followed(
    model: TrainedModel,
    rows: Rows,
    span: Span,
    then: Then,
    *,
    rows_then: Rows,
    forecast: Matrix | None = None,
) -> Followed:
    """Follow an earlier forecast, step by step, to that of a model from the panel as it is."""
    if forecast is None:
        forecast = _means(model, then.panel, rows, span)
    after = forecast.astype(np.float64) @ span.share
    common = then.places[rows] >= 0
    before = np.zeros(len(rows))
    before[common], gone = _before(then, rows[common], rows_then, span)
    moved = _steps(model, rows[common], span, then, (before[common], after[common]))
    steps = {name: float(effect.sum()) for name, effect in moved.items()}
    steps[RANGE] = float(after[~common].sum()) - gone
    return Followed(before, after, gone, steps)


def _steps(
    model: TrainedModel, rows: Rows, span: Span, then: Then, ends: tuple[Floats, Floats]
) -> dict[str, Floats]:
    """Return [rows] what each step moves; a step that changes nothing is not worked out."""
    before, after = ends
    seen = seen_then(then)
    at = {CORRECTED: seen.corrected, PLANNED: seen.planned, NEWER: then.panel, MODEL: None}
    moved, last = {}, before
    for name, panel in at.items():
        if name == MODEL:
            figure = after
        elif panel is None or (name == NEWER and then.model is model):
            figure = last if panel is None else after
        else:
            figure = _totals(then.model, panel, rows, span)
        moved[name], last = figure - last, figure
    return moved


def _before(then: Then, rows: Rows, rows_then: Rows, span: Span) -> tuple[Floats, float]:
    """Return [rows] the earlier forecasts, and the sum of those of series no longer forecast."""
    moved = then.column_then(int(span.columns[0])) - int(span.columns[0])
    shifted = Span(span.start, span.end, span.columns + moved, span.share)
    total = _totals(then.model, then.earlier, then.places[rows], shifted)
    dropped = np.setdiff1d(rows_then, then.places[rows])
    gone = _totals(then.model, then.earlier, dropped, shifted).sum() if len(dropped) else 0.0
    return total, float(gone)


def _totals(model: TrainedModel, panel: Panel, rows: Rows, span: Span) -> Floats:
    if not len(rows):
        return np.zeros(0)
    return np.asarray(_means(model, panel, rows, span).astype(np.float64) @ span.share)


def _means(model: TrainedModel, panel: Panel, rows: Rows, span: Span) -> Matrix:
    """Return [rows, columns] forecasts; of few series those of all, kept for the next question."""
    first, last = int(span.columns[0]), int(span.columns[-1]) + 1
    if panel.n * _BLOCK > _MOST_KEPT:
        return model.predict(panel, rows, first, last).mean
    kept: dict[int, Matrix] = panel.once("forecasts looked back on", dict, model)
    history, end = panel.history, len(panel.periods)
    blocks = range((first - history) // _BLOCK, (last - 1 - history) // _BLOCK + 1)
    for block in blocks:
        if block not in kept:
            begin = history + block * _BLOCK
            every = np.arange(panel.n)
            kept[block] = model.predict(panel, every, begin, min(begin + _BLOCK, end)).mean
    found = np.hstack([kept[block][rows] for block in blocks])
    start = history + blocks[0] * _BLOCK
    return found[:, first - start : last - start]
