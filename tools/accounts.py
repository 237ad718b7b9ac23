"""The four accounts that `explain` gives, as the fields of its result."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from forecasting import serving
from forecasting.explanation.change import explain_change
from forecasting.explanation.money import explain_money
from forecasting.explanation.outlook import explain_forecast
from tenants.errors import CannotAnswer
from tools import hindsight
from tools.account_fields import (
    LEVEL,
    Fields,
    columns_of,
    common,
    drivers,
    moved,
    percent,
    rows_of,
    subject_of,
)
from tools.contract import ToolContext
from tools.periods import compared_with, joined, period_ahead, period_behind

if TYPE_CHECKING:
    from forecasting.explanation.money import MoneyChange
    from tools.explain import ExplainArgs

_ALL_PRICES_KNOWN = 0.98


def of(about: str) -> Callable[["ExplainArgs", ToolContext], Fields]:
    """Return the account of one kind."""
    return {
        "forecast": _of_forecast,
        "change": _of_change,
        "revision": hindsight.of_revision,
        "miss": hindsight.of_miss,
    }[about]


def _of_forecast(args: "ExplainArgs", ctx: ToolContext) -> Fields:
    engine = ctx.forecasting
    period = period_ahead(args.start, args.end, ctx)
    about = subject_of(args, ctx)
    panel, served = engine.panel, engine.production
    made = engine.forecast(about.scope, period.start, period.end, level=LEVEL)
    span, _ = serving.span_of(panel, made.start, made.end, ctx.today)
    rows, _ = serving.answerable(panel, rows_of(panel, about), named=False)
    account = engine.explanations.reasoned.account(served.id, served.model, panel)
    columns = int(span.columns[0]), int(span.columns[-1]) + 1
    found = explain_forecast(account, rows, span, served.predict(panel, rows, *columns).mean)
    sampled = (
        f"The drivers other than price are read from {found.sampled} of {len(rows)} series."
        if found.sampled
        else ""
    )
    return common(args, ctx, about, made.start, made.end) | {
        "figure": found.mean,
        "reference": found.normal,
        "lower": made.total.lower,
        "upper": made.total.upper,
        "level": LEVEL,
        "model": served.id,
        "evidence": "model behaviour",
        "notes": joined(period.notes, made.notes, [sampled] if sampled else []),
        **moved(ctx, about, found.mean, found.normal, found),
    }


def _of_change(args: "ExplainArgs", ctx: ToolContext) -> Fields:
    engine = ctx.forecasting
    period = period_behind(args.start, args.end, ctx)
    other = compared_with(period, args.compare_to or "previous_period")
    about, panel = subject_of(args, ctx), engine.panel
    first_day = panel.periods[0].date()
    if other.start < first_day:
        raise CannotAnswer(
            f"The data begin on {first_day}, so there is nothing on {other.start} to {other.end} "
            "to compare with; ask about a later or shorter period."
        )
    rows = rows_of(panel, about)
    model = None if engine.registry.production() is None else engine.production
    response = None if model is None else model.model.response
    columns = columns_of(panel, period), columns_of(panel, other)
    found = explain_change(panel, rows, *columns, response)
    partly = (
        ["For some products the response to price is not known; that part is in everything else."]
        if found.price_known < _ALL_PRICES_KNOWN
        else []
    )
    return common(args, ctx, about, period.start, period.end) | {
        "figure": found.after,
        "reference": found.before,
        "compare_start": other.start,
        "compare_end": other.end,
        "model": None if model is None else model.id,
        "evidence": "account of sales",
        "money": _money(explain_money(panel, rows, *columns), ctx),
        "notes": joined(period.notes, partly),
        **moved(ctx, about, found.after, found.before, found),
    }


def _money(found: "MoneyChange | None", ctx: ToolContext) -> Fields | None:
    if found is None:
        return None
    change = found.after - found.before
    return {
        "unit": ctx.tenant.currency,
        "figure": found.after,
        "reference": found.before,
        "change": change,
        "change_pct": percent(change, found.before),
        "drivers": drivers(found.drivers, found.before),
    }
