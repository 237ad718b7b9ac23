"""List what was found odd and waits for somebody to look at it."""

from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from tenants.roles import Role
from tools.contract import DataResult, Effect, Item, ToolArgs, ToolContext, ToolResult, tool
from tools.naming import Names, subject

if TYPE_CHECKING:
    from forecasting.alerts.records import AlertRecord

AlertKind = Literal[
    "spike", "drop", "zero", "missing", "unit_error", "level_shift", "stale_data", "decay"
]
_MOST = 50


class ListAlertsArgs(ToolArgs):
    """Which alerts."""

    status: Literal["open", "acknowledged", "all"] = Field(
        "open", description="`open`: nobody has acknowledged them; `all` also holds cleared ones."
    )
    product: str | None = Field(None, description="Product, by id or name; left out: all.")
    store: str | None = Field(None, description="Store, by id or name; left out: all.")


class Alert(ToolResult):
    """One alert.

    Attributes:
        id: As people name it: `AL-3`.
        kind: Those of `detect_anomalies`, or `stale_data` (no sales have come in since before
            `start`) or `decay` (the model's error has grown; `actual` and `expected` are WAPE).
        status: `cleared`: nobody acknowledged it, and newer data no longer show it.
        store: None where it concerns the data or the model as a whole.
        product: None where it concerns the store's whole assortment, or all.
        actual: Sales on record, or the error now; None where there is no figure.
        expected: Sales expected, or the error in the backtest; None where there is no figure.
        change_pct: Actual against expected; None where one of them is missing.
        score: Surprise in standard deviations; None where it is no finding in sales.
        factor: 100 or 1000 where figures look wrong by that factor, else None.
        unit: Of actual and expected: `units`, a currency code, or `percent`.
        series: How many product-store series it concerns.
        model: The model it concerns, or an empty string.
        raised_on: The day it was raised.
        acknowledged_by: Who acknowledged it, or an empty string.
        acknowledged_on: The day that was, or None.
        note: What they wrote, or an empty string.
    """

    id: str
    kind: AlertKind
    status: Literal["open", "acknowledged", "cleared"]
    start: date
    end: date
    store: Item | None
    product: Item | None
    actual: float | None
    expected: float | None
    change_pct: float | None
    score: float | None
    factor: int | None
    unit: str
    series: int
    model: str
    raised_on: date
    acknowledged_by: str
    acknowledged_on: date | None
    note: str


class ListAlertsResult(DataResult):
    """Alerts, those of the newest days first.

    Attributes:
        alerts: At most 50 of them.
        found: How many fit the question.
        open: How many are open in all, whatever was asked for.
        acknowledged: How many are acknowledged in all.
    """

    status: Literal["open", "acknowledged", "all"]
    product: Item | None
    store: Item | None
    alerts: tuple[Alert, ...]
    found: int
    open: int
    acknowledged: int


@tool(minimum_role=Role.VIEWER, effect=Effect.READS)
def list_alerts(args: ListAlertsArgs, ctx: ToolContext) -> ListAlertsResult:
    """List alerts: what was found odd in the newest sales and waits for somebody to look at it.

    Use it for "any alerts", "what needs my attention", "open warnings", "what has been
    acknowledged". To look for odd days in other periods use `detect_anomalies`; to say that
    somebody has looked use `acknowledge_alert`.

    Alerts are raised when data are loaded or a model is trained, of the last 28 days with data.
    With a product or store, alerts of a whole store or of the data count too where they concern
    it. `actual` and `expected` are in `unit`.

    Say how many there are, the ids, the cutoff, and every note.
    """
    from forecasting.spans import freshness_notes  # noqa: PLC0415 - loads pandas

    about = subject(ctx, product=args.product, store=args.store)
    engine, names = ctx.forecasting, Names(ctx)
    status = None if args.status == "all" else args.status
    fits = [one for one in engine.alerts.list(status) if _concerns(one, args)]
    notes = freshness_notes(engine.panel, ctx.today)
    if len(fits) > _MOST:
        notes.append(f"The {len(fits) - _MOST} oldest are left out.")
    return ListAlertsResult(
        status=args.status,
        product=about.product,
        store=about.store,
        alerts=tuple(alert_of(one, names) for one in fits[:_MOST]),
        found=len(fits),
        open=engine.alerts.count("open"),
        acknowledged=engine.alerts.count("acknowledged"),
        cutoff=engine.cutoff,
        notes=tuple(notes),
    )


def _concerns(one: "AlertRecord", args: ListAlertsArgs) -> bool:
    of_product = args.product is None or one.sign.product in {None, args.product}
    of_store = args.store is None or one.sign.store in {None, args.store}
    return of_product and of_store


def alert_of(one: "AlertRecord", names: Names) -> Alert:
    """Return an alert with the names people read."""
    sign = one.sign
    change = None
    if sign.actual is not None and sign.expected is not None and sign.expected > 0:
        change = 100 * (sign.actual / sign.expected - 1)
    return Alert(
        id=one.id,
        kind=sign.kind,
        status=one.status,
        start=sign.start,
        end=sign.end,
        store=None if sign.store is None else names.store(sign.store),
        product=None if sign.product is None else names.product(sign.product),
        actual=sign.actual,
        expected=sign.expected,
        change_pct=change,
        score=sign.score,
        factor=sign.factor,
        unit=sign.unit,
        series=sign.series,
        model=sign.model,
        raised_on=one.raised_on,
        acknowledged_by=one.acknowledged_by,
        acknowledged_on=one.acknowledged_on,
        note=one.note,
    )
