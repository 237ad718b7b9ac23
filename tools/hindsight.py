"""Accounts that look back: why a forecast was revised, and why one was missed.

Where somebody was told a forecast of just what is asked about, it is held against that; else
against what a model of before says.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from forecasting import serving
from forecasting.explanation.miss import Known, explain_miss
from forecasting.explanation.revision import explain_revision, followed
from forecasting.explanation.then import Then
from forecasting.model import TrainedModel
from forecasting.panel import Panel
from forecasting.spans import Span
from forecasting.told.records import Told
from forecasting.units import Frequency
from tenants.errors import CannotAnswer, UnknownItem
from tools.account_fields import LEVEL, Fields, columns_of, common, moved, rows_of, subject_of
from tools.contract import ToolContext
from tools.naming import Subject
from tools.periods import joined, period_ahead, period_behind

if TYPE_CHECKING:
    from forecasting.engine import ForecastEngine
    from forecasting.lifecycle.records import ModelRecord
    from tools.explain import ExplainArgs

_MOST_RECORDS = 200
# What is looked back on beforehand: forecasts of so many periods, from data of so many figures.
_SOON = 28
_MOST_FIGURES = 2_000_000


@dataclass(frozen=True)
class _Earlier:
    """A forecast of before.

    Attributes:
        id: The model's name.
        model: The model.
        seen: The data it saw.
        told: What somebody was told of just these days, if anybody was.
        note: What it is, in words.
    """

    id: str
    model: TrainedModel
    seen: Panel
    told: Told | None
    note: str


def of_revision(args: "ExplainArgs", ctx: ToolContext) -> Fields:
    """Account for the difference between today's forecast and an earlier one."""
    engine = ctx.forecasting
    period = period_ahead(args.start, args.end, ctx)
    about, panel, served = subject_of(args, ctx), engine.panel, engine.production
    span, clipped = serving.span_of(panel, period.start, period.end, ctx.today)
    earlier = _told_otherwise(ctx, about, span) or _served_before(engine)
    rows, left_out = serving.answerable(panel, rows_of(panel, about), named=True)
    found = explain_revision(
        served.model,
        rows,
        span,
        Then(panel, earlier.model, earlier.seen),
        rows_then=_rows_then(earlier.seen, about),
        told=None if earlier.told is None else earlier.told.figure.mean,
        forecast=served.predict(panel, rows, int(span.columns[0]), int(span.columns[-1]) + 1).mean,
    )
    return common(args, ctx, about, span.start, span.end) | {
        "figure": found.after,
        "reference": found.before,
        "model": served.id,
        "earlier_model": earlier.id,
        "told_on": None if earlier.told is None else earlier.told.told_on,
        "evidence": "model behaviour",
        "notes": joined(period.notes, clipped, left_out, [earlier.note]),
        **moved(ctx, about, found.after, found.before, found),
    }


def of_miss(args: "ExplainArgs", ctx: ToolContext) -> Fields:
    """Account for the difference between what was sold and what was forecast."""
    period = period_behind(args.start, args.end, ctx)
    about, panel = subject_of(args, ctx), ctx.forecasting.panel
    columns = columns_of(panel, period)
    then = ctx.forecasting.earlier.until(panel, columns[0])
    rows, _ = serving.answerable(then, rows_of(panel, about), named=False)
    span = Span(period.start, period.end, np.arange(*columns), np.ones(columns[1] - columns[0]))
    earlier = _told_before(ctx, about, span)
    known = None
    if earlier is None:
        name, model, note = _before(ctx, columns[0])
    else:
        name, model, note = earlier.id, earlier.model, earlier.note
        back = Then(then, model, earlier.seen)
        path = followed(model, rows, span, back, rows_then=_rows_then(earlier.seen, about))
        known = Known(path.total, path.steps, None if earlier.told is None else earlier.told.figure)
    found = explain_miss(model, panel, rows, columns, then, level=LEVEL, known=known)
    told = None if earlier is None else earlier.told
    return common(args, ctx, about, period.start, period.end) | {
        "figure": found.actual,
        "reference": found.forecast.mean,
        "lower": found.forecast.lower,
        "upper": found.forecast.upper,
        "level": LEVEL if told is None else told.level,
        "inside": found.inside,
        "model": name,
        "told_on": None if told is None else told.told_on,
        "evidence": "account of sales",
        "notes": joined(period.notes, [note]),
        **moved(ctx, about, found.actual, found.forecast.mean, found),
    }


def look_back(engine: "ForecastEngine") -> None:
    """Work out what most questions that look back have in common."""
    panel, served = engine.panel, engine.production
    days = np.arange(panel.history, min(panel.history + _SOON, len(panel.periods)))
    if not len(days) or panel.sales.size > _MOST_FIGURES:
        return
    try:
        earlier = _served_before(engine)
    except CannotAnswer:
        return
    span = Span(engine.cutoff, engine.cutoff, days, np.ones(len(days)))
    every, then = np.arange(panel.n), Then(panel, earlier.model, earlier.seen)
    forecast = served.predict(panel, every, int(days[0]), int(days[-1]) + 1).mean
    followed(served.model, every, span, then, rows_then=every[:0], forecast=forecast)
    for back in _begins(panel):
        if (record := _blind(engine, panel.periods[back].date())) is not None:
            before = engine.earlier.until(panel, back)
            engine.earlier.model(record).predict(before, every, back, panel.history)


def _begins(panel: Panel) -> list[int]:
    """Return where the past that people mostly ask about begins: 28 days ago, and last week."""
    last = panel.history - 1
    monday = last - (panel.periods[last].day_of_week + 1) % 7 - 6
    return [at for at in (last - 27, monday) if at > 0 and panel.frequency is Frequency.DAY]


def _told_otherwise(ctx: ToolContext, about: Subject, span: Span) -> _Earlier | None:
    """Return the last forecast told by another model or from other data, if there is one."""
    now = ctx.forecasting.production.id, ctx.forecasting.panel.version
    told = ctx.forecasting.explanations.told.of(about.scope, span.start, span.end)
    others = (one for one in told if (one.model, one.data_version) != now)
    return next(_laid_out(ctx, others, span), None)


def _told_before(ctx: ToolContext, about: Subject, span: Span) -> _Earlier | None:
    """Return the last forecast told before a period began, if there is one."""
    told = ctx.forecasting.explanations.told.of(about.scope, span.start, span.end)
    return next(_laid_out(ctx, (one for one in told if one.cutoff < span.start), span), None)


def _laid_out(ctx: ToolContext, told: Iterator[Told], span: Span) -> Iterator[_Earlier]:
    """Yield what was told, of models and data that are still there."""
    engine = ctx.forecasting
    records = {one.id: one for one in engine.registry.history(limit=_MOST_RECORDS)}
    for one in told:
        record = records.get(one.model)
        if record is None or not record.servable or one.unit != engine.panel.unit:
            continue
        try:
            seen = engine.earlier.panel(one.data_version)
        except UnknownItem:
            continue
        model, exact = engine.earlier.model(record), (one.start, one.end) == (span.start, span.end)
        by = f"{one.model} from data through {one.cutoff}"
        note = (
            f"It is held against the forecast told on {one.told_on}, by {by}."
            if exact
            else f"It is held against its part of the forecast told on {one.told_on} for "
            f"{one.start} to {one.end}, by {by}."
        )
        yield _Earlier(one.model, model, seen, one if exact else None, note)


def _served_before(engine: "ForecastEngine") -> _Earlier:
    """Return the model that served before and the data it saw.

    Raises:
        CannotAnswer: There is no earlier forecast.
    """
    record = engine.registry.previous_production()
    if record is not None:
        model, name = engine.earlier.model(record), record.id
    else:
        model, name = engine.production.model, engine.production.id
    if record is None and model.data_version == engine.panel.version:
        raise CannotAnswer(
            "There is no earlier forecast to compare with: nobody was told one, no other model "
            "has served, and no data were loaded since this one was trained."
        )
    seen = engine.earlier.panel(model.data_version)
    note = f"The earlier forecast is that of {name} from data through {serving.last_day(seen)}."
    return _Earlier(name, model, seen, None, note)


def _rows_then(seen: Panel, about: Subject) -> np.ndarray:
    """Return the series of the earlier data that a forecast added up; none where it had none."""
    rows = seen.rows(about.scope.products, about.scope.stores)
    try:
        return serving.answerable(seen, rows, named=False)[0]
    except CannotAnswer:
        return np.empty(0, dtype=np.int64)


def _before(ctx: ToolContext, first: int) -> tuple[str, TrainedModel, str]:
    """Return a model that had not seen the periods from `first` on, and what it is.

    The newest one registered whose data end before them; otherwise one trained now on what was
    known then.
    """
    engine, panel = ctx.forecasting, ctx.forecasting.panel
    begins: date = panel.periods[first].date()
    record = _blind(engine, begins)
    if record is not None:
        note = f"The forecast is that of {record.id} from sales before {begins}."
        return record.id, engine.earlier.model(record), note
    model = engine.earlier.trained(panel, first, progress=ctx.progress)
    note = (
        f"No model on record had data only until then, so one was trained now on sales before "
        f"{begins}."
    )
    return f"{model.family} until {begins}", model, note


def _blind(engine: "ForecastEngine", begins: date) -> "ModelRecord | None":
    """Return the newest model that had not seen the days from one on, None where there is none."""
    for record in engine.registry.history(limit=_MOST_RECORDS):
        if record.cutoff is not None and record.cutoff < begins and record.servable:
            return record
    return None
