"""List what was found odd and waits for somebody to look at it."""

from datetime import date
from typing import Literal

from pydantic import Field

from tools.contract import DataResult, Item, ToolArgs, ToolResult

AlertKind = Literal[
    "spike", "drop", "zero", "missing", "unit_error", "level_shift", "stale_data", "decay"
]


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
