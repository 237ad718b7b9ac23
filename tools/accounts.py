"""The four accounts that `explain` gives, as the fields of its result."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from forecasting import serving
from forecasting.explanation.change import explain_change
from forecasting.explanation.drivers import Driver, Mover
from forecasting.explanation.miss import explain_miss
from forecasting.explanation.outlook import explain_forecast
from forecasting.explanation.revision import explain_revision
from forecasting.model import TrainedModel
from forecasting.origin import Rows
from forecasting.panel import Panel
from tenants.errors import CannotAnswer
from tools.contract import Item, ToolContext
from tools.naming import Subject, subject
from tools.periods import Period, compared_with, joined, period_ahead, period_behind

if TYPE_CHECKING:
    from tools.explain import ExplainArgs

Fields = dict[str, Any]

LEVEL = 80
_SAMPLED = "The drivers other than price are read from a sample of the series."


def of(about: str) -> Callable[["ExplainArgs", ToolContext], Fields]:
    """Return the account of one kind."""
    return {
        "forecast": _of_forecast,
        "change": _of_change,
        "revision": _of_revision,
        "miss": _of_miss,
    }[about]


def _of_forecast(args: "ExplainArgs", ctx: ToolContext) -> Fields:
    engine = ctx.forecasting
    period = period_ahead(args.start, args.end, ctx)
    about = _subject(args, ctx)
    panel, served = engine.panel, engine.production
    made = engine.forecast(about.scope, period.start, period.end, level=LEVEL)
    span, _ = serving.span_of(panel, made.start, made.end, ctx.today)
    rows, _ = serving.answerable(panel, _rows(panel, about), named=False)
    found = explain_forecast(served.model, panel, rows, span)
    return _common(args, ctx, about, made.start, made.end) | {
        "figure": found.mean,
        "reference": found.normal,
        "lower": made.total.lower,
        "upper": made.total.upper,
        "level": LEVEL,
        "model": served.id,
        "evidence": "model behaviour",
        "notes": joined(period.notes, made.notes, [_SAMPLED] if found.sampled else []),
        **_moved(ctx, about, found.mean, found.normal, found),
    }


def _of_change(args: "ExplainArgs", ctx: ToolContext) -> Fields:
    engine = ctx.forecasting
    period = period_behind(args.start, args.end, ctx)
    other = compared_with(period, args.compare_to or "previous_period")
    about, panel = _subject(args, ctx), engine.panel
    first_day = panel.periods[0].date()
    if other.start < first_day:
        raise CannotAnswer(
            f"The data begin on {first_day}, so there is nothing on {other.start} to {other.end} "
            "to compare with; ask about a later or shorter period."
        )
    rows = _rows(panel, about)
    model = None if engine.registry.production() is None else engine.production
    response = None if model is None else model.model.response
    found = explain_change(panel, rows, _columns(panel, period), _columns(panel, other), response)
    partly = (
        ["For some products the response to price is not known; that part is in everything else."]
        if found.price_known < 0.98  # noqa: PLR2004 - all but a trifle
        else []
    )
    return _common(args, ctx, about, period.start, period.end) | {
        "figure": found.after,
        "reference": found.before,
        "compare_start": other.start,
        "compare_end": other.end,
        "model": None if model is None else model.id,
        "evidence": "account of sales",
        "notes": joined(period.notes, partly),
        **_moved(ctx, about, found.after, found.before, found),
    }


def _of_revision(args: "ExplainArgs", ctx: ToolContext) -> Fields:
    engine = ctx.forecasting
    period = period_ahead(args.start, args.end, ctx)
    about, panel, served = _subject(args, ctx), engine.panel, engine.production
    span, clipped = serving.span_of(panel, period.start, period.end, ctx.today)
    earlier_id, earlier, seen = _earlier(ctx)
    rows, left_out = serving.answerable(panel, _rows(panel, about), named=True)
    found = explain_revision(
        served.model, panel, rows, span, earlier_model=earlier, earlier_panel=seen
    )
    against = (
        f"The earlier forecast is that of {earlier_id} from data through {serving.last_day(seen)}."
    )
    return _common(args, ctx, about, span.start, span.end) | {
        "figure": found.after,
        "reference": found.before,
        "model": served.id,
        "earlier_model": earlier_id,
        "evidence": "model behaviour",
        "notes": joined(period.notes, clipped, left_out, [against]),
        **_moved(ctx, about, found.after, found.before, found),
    }


def _of_miss(args: "ExplainArgs", ctx: ToolContext) -> Fields:
    period = period_behind(args.start, args.end, ctx)
    about, panel = _subject(args, ctx), ctx.forecasting.panel
    columns = _columns(panel, period)
    then = ctx.forecasting.earlier.until(panel, columns[0])
    rows, _ = serving.answerable(then, _rows(panel, about), named=False)
    name, model, note = _before(ctx, columns[0])
    found = explain_miss(model, panel, rows, columns, then, level=LEVEL)
    return _common(args, ctx, about, period.start, period.end) | {
        "figure": found.actual,
        "reference": found.forecast.mean,
        "lower": found.forecast.lower,
        "upper": found.forecast.upper,
        "level": LEVEL,
        "inside": found.inside,
        "model": name,
        "evidence": "account of sales",
        "notes": joined(period.notes, [note]),
        **_moved(ctx, about, found.actual, found.forecast.mean, found),
    }


def _earlier(ctx: ToolContext) -> tuple[str, TrainedModel, Panel]:
    """Return the model that served before and the data it saw.

    Raises:
        CannotAnswer: There is no earlier forecast.
    """
    engine = ctx.forecasting
    record = engine.registry.previous_production()
    if record is not None:
        model, name = engine.earlier.model(record), record.id
    else:
        model, name = engine.production.model, engine.production.id
    if record is None and model.data_version == engine.panel.version:
        raise CannotAnswer(
            "There is no earlier forecast to compare with: no other model has served, and no data "
            "were loaded since this one was trained."
        )
    return name, model, engine.earlier.panel(model.data_version)


def _before(ctx: ToolContext, first: int) -> tuple[str, TrainedModel, str]:
    """Return a model that had not seen the periods from `first` on, and what it is.

    The newest one registered whose data end before them; otherwise one trained now on what was
    known then.
    """
    from forecasting.training import train  # noqa: PLC0415 - loads LightGBM

    engine, panel = ctx.forecasting, ctx.forecasting.panel
    begins = panel.periods[first].date()
    for record in engine.registry.history(limit=100):
        if record.cutoff is not None and record.cutoff < begins and record.servable:
            note = f"The forecast is that of {record.id} from sales before {begins}."
            return record.id, engine.earlier.model(record), note
    ctx.progress(0.1, "training on what was known then")
    model = train(panel.until(first), budget="fast", progress=ctx.progress)
    note = (
        f"No model on record had data only until then, so one was trained now on sales before "
        f"{begins}."
    )
    return f"{model.family} until {begins}", model, note


def _subject(args: "ExplainArgs", ctx: ToolContext) -> Subject:
    return subject(ctx, product=args.product, store=args.store, category=args.category)


def _rows(panel: Panel, about: Subject) -> Rows:
    rows = panel.rows(about.scope.products, about.scope.stores)
    if not len(rows):
        raise CannotAnswer("That product was never sold in that store; there is nothing to say.")
    return rows


def _columns(panel: Panel, period: Period) -> tuple[int, int]:
    """Return the columns of the periods that begin in these days.

    Raises:
        CannotAnswer: None does, because the data are coarser.
    """
    days = [np.datetime64(period.start), np.datetime64(period.end) + 1]
    first, last = np.searchsorted(panel.periods[: panel.history].to_numpy(), days)
    if first == last:
        raise CannotAnswer(
            f"The data are recorded by the {panel.frequency.word}; ask about a period that holds "
            f"at least one {panel.frequency.word}."
        )
    return int(first), int(last)


def _common(
    args: "ExplainArgs", ctx: ToolContext, about: Subject, start: object, end: object
) -> Fields:
    return {
        "about": args.about,
        "product": about.product,
        "store": about.store,
        "category": about.category,
        "start": start,
        "end": end,
        "unit": ctx.forecasting.panel.unit,
        "cutoff": ctx.forecasting.cutoff,
    }


def _moved(ctx: ToolContext, about: Subject, figure: float, reference: float, found: Any) -> Fields:
    catalogue = ctx.forecasting.catalogue
    products = catalogue.products.set_index("product")["name"].to_dict()
    stores = catalogue.stores.set_index("store")["name"].to_dict()
    return {
        "change": figure - reference,
        "change_pct": _percent(figure - reference, reference),
        "drivers": [_driver(one, reference) for one in found.drivers],
        "products": _movers(found.products, products) if about.product is None else (),
        "stores": _movers(found.stores, stores) if about.store is None else (),
    }


def _driver(one: Driver, reference: float) -> Fields:
    share = _percent(one.effect, reference)
    return {"name": one.name, "effect": one.effect, "effect_pct": share}


def _movers(found: Sequence[Mover], names: Mapping[Any, Any]) -> list[Fields]:
    return [
        {
            "item": Item(id=one.id, name=str(names.get(one.id, one.id))),
            "reference": one.before,
            "figure": one.after,
            "change": one.change,
            "change_pct": _percent(one.change, one.before),
        }
        for one in found
    ]


def _percent(part: float, whole: float) -> float | None:
    return 100 * part / whole if whole > 0 else None
