"""Find days on which sales were not as expected."""

from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic import Field

from tenants.errors import CannotAnswer
from tenants.roles import Role
from tools.contract import DataResult, Effect, Item, ToolArgs, ToolContext, ToolResult, tool
from tools.naming import Subject, subject
from tools.periods import Period, joined, period_behind

if TYPE_CHECKING:
    from forecasting.anomalies.findings import Finding
    from forecasting.pricing.response import PriceResponse

_MOST = 50


class DetectAnomaliesArgs(ToolArgs):
    """Where and when to look, and how closely."""

    product: str | None = Field(None, description="Product, by id or name; left out: all.")
    store: str | None = Field(None, description="Store, by id or name; left out: all.")
    category: str | None = Field(None, description="Product category; left out: all.")
    start: date | None = Field(None, description="First day; left out: the last 28 days.")
    end: date | None = Field(None, description="Last day, included, YYYY-MM-DD.")
    sensitivity: Literal["normal", "low", "high"] = Field(
        "normal", description="`high` finds more and errs more often, `low` the reverse."
    )


class Anomaly(ToolResult):
    """One thing that is not as expected.

    Attributes:
        kind: `spike`, `drop`, `zero` (none sold), `missing` (nothing on record), `unit_error`
            (figures that look wrong by a factor), `level_shift` (a week off, day after day).
        product: None where it concerns the store's whole assortment.
        actual: Sales on record; None where nothing is.
        expected: Sales expected from the days before.
        change_pct: Actual against expected; None where nothing is on record.
        score: Surprise in standard deviations.
        unit: Of actual and expected: `units` or a currency code.
        detail: Words for what looks wrong, or an empty string.
        likely_reason: What is known that explains it, or an empty string: an alarm.
        series: How many product-store series it concerns.
    """

    kind: Literal["spike", "drop", "zero", "missing", "unit_error", "level_shift"]
    start: date
    end: date
    store: Item
    product: Item | None
    actual: float | None
    expected: float
    change_pct: float | None
    score: float
    unit: str
    detail: str
    likely_reason: str
    series: int


class DetectAnomaliesResult(DataResult):
    """What was not as expected in a period.

    Attributes:
        anomalies: Nothing known explains these; newest first.
        explained: Unusual, but likely because of something known; newest first.
        alarms: How many anomalies there are; the list holds the 50 most surprising.
        known_reasons: How many explained ones there are.
        series: How many product-store series were looked at.
        false_alarms_per_1000: How many alarms are to be borne per 1,000 series and days in
            which nothing happened.
    """

    product: Item | None
    store: Item | None
    category: str | None
    start: date
    end: date
    sensitivity: Literal["normal", "low", "high"]
    anomalies: tuple[Anomaly, ...]
    explained: tuple[Anomaly, ...]
    alarms: int
    known_reasons: int
    series: int
    false_alarms_per_1000: float


@tool(minimum_role=Role.VIEWER, effect=Effect.READS)
def detect_anomalies(args: DetectAnomaliesArgs, ctx: ToolContext) -> DetectAnomaliesResult:
    """Find days on which sales were not as expected: spikes, drops, missing or wrong figures.

    Use it for "anything unusual", "outliers", "did something go wrong", "odd days". For why a
    whole period changed use `explain`; for plain figures use `sales_history`.

    Each day is judged by what was known by its end. `anomalies` have no known cause; `explained`
    ones fall on a holiday, event, promotion, price change or stock-out, which likely explains
    them. A store's whole day is one finding, with `product` left empty.

    Say the period, the cutoff, how many there are, the largest ones, and every note.
    """
    from forecasting.anomalies.detector import detect  # noqa: PLC0415 - loads SciPy

    period = period_behind(args.start, args.end, ctx)
    about = subject(ctx, product=args.product, store=args.store, category=args.category)
    panel = ctx.forecasting.panel
    rows = panel.rows(about.scope.products, about.scope.stores)
    if not len(rows):
        raise CannotAnswer("That product was never sold in that store; there is nothing to check.")
    first, last = np.searchsorted(
        panel.periods[: panel.history].to_numpy(),
        [np.datetime64(period.start), np.datetime64(period.end) + 1],
    )
    response = _response(ctx)
    found = detect(
        panel,
        response=response,
        rows=rows,
        first=int(first),
        last=int(last),
        sensitivity=args.sensitivity,
    )
    return _result(args, ctx, about, period, found)


def _response(ctx: ToolContext) -> "PriceResponse | None":
    """Return how demand answers to price, where a production model knows it."""
    if ctx.forecasting.registry.production() is None:
        return None
    return ctx.forecasting.production.model.response


def _result(
    args: DetectAnomaliesArgs,
    ctx: ToolContext,
    about: Subject,
    period: Period,
    found: list["Finding"],
) -> DetectAnomaliesResult:
    from forecasting.anomalies.findings import FALSE_ALARMS  # noqa: PLC0415 - beside the above

    panel = ctx.forecasting.panel
    shown = _Shown(ctx)
    alarms = [one for one in found if one.alarm]
    explained = [one for one in found if not one.alarm]
    left_out = len(alarms) - _MOST
    more = [f"{left_out} less surprising ones are left out."] if left_out > 0 else []
    return DetectAnomaliesResult(
        product=about.product,
        store=about.store,
        category=about.category,
        start=period.start,
        end=period.end,
        sensitivity=args.sensitivity,
        anomalies=shown.largest(alarms),
        explained=shown.largest(explained),
        alarms=len(alarms),
        known_reasons=len(explained),
        series=len(panel.rows(about.scope.products, about.scope.stores)),
        false_alarms_per_1000=FALSE_ALARMS[args.sensitivity],
        cutoff=ctx.forecasting.cutoff,
        notes=joined(period.notes, more),
    )


class _Shown:
    """Findings with the names people read."""

    def __init__(self, ctx: ToolContext) -> None:
        catalogue, self._unit = ctx.forecasting.catalogue, ctx.forecasting.panel.unit
        self._products = catalogue.products.set_index("product")["name"].to_dict()
        self._stores = catalogue.stores.set_index("store")["name"].to_dict()

    def largest(self, found: list["Finding"]) -> tuple[Anomaly, ...]:
        """Return the most surprising findings, newest first."""
        kept = sorted(found, key=lambda one: abs(one.score), reverse=True)[:_MOST]
        kept.sort(key=lambda one: (one.start, abs(one.score)), reverse=True)
        return tuple(self._anomaly(one) for one in kept)

    def _anomaly(self, one: "Finding") -> Anomaly:
        store = Item(id=one.store, name=str(self._stores.get(one.store, one.store)))
        product = None
        if one.product is not None:
            name = str(self._products.get(one.product, one.product))
            product = Item(id=one.product, name=name)
        change = None
        if one.actual is not None and one.expected > 0:
            change = 100 * (one.actual / one.expected - 1)
        return Anomaly(
            kind=one.kind,
            start=one.start,
            end=one.end,
            store=store,
            product=product,
            actual=one.actual,
            expected=one.expected,
            change_pct=change,
            score=one.score,
            unit=self._unit,
            detail=f"about {one.factor} times too high, as if in another unit"
            if one.factor
            else "",
            likely_reason=one.likely_reason,
            series=one.series,
        )
