"""Signs that something is wrong, and the alerts they become."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

from forecasting.anomalies.findings import Kind as FindingKind

Kind = FindingKind | Literal["stale_data", "decay"]
Status = Literal["open", "acknowledged", "cleared"]

PREFIX = "AL"
# One odd day stays one finding when corrected figures turn a drop into none sold.
_ONE_DAY = frozenset({"spike", "drop", "zero", "unit_error"})


def family(kind: str) -> str:
    """Return what kinds of alert are told apart by: the same days of one family are one alert."""
    return "day" if kind in _ONE_DAY else kind


@dataclass(frozen=True, slots=True)
class Sign:
    """What is wrong now.

    Attributes:
        kind: A finding's kind; `stale_data`: no sales have come in; `decay`: the production
            model's error has grown.
        start: First day it concerns.
        end: Last day.
        store: The store's id; None where it concerns the data or the model as a whole.
        product: The product's id; None where it concerns a store's whole assortment, or all.
        actual: Sales on record, or the model's WAPE now in percent.
        expected: Sales expected, or its WAPE in the backtest in percent.
        score: Surprise in standard deviations; None where it is no finding in sales.
        factor: 100 or 1000 where figures look wrong by that factor.
        unit: Of actual and expected.
        series: How many series it concerns.
        model: The model it concerns, or an empty string.
    """

    kind: Kind
    start: date
    end: date
    store: str | None = None
    product: str | None = None
    actual: float | None = None
    expected: float | None = None
    score: float | None = None
    factor: int | None = None
    unit: str = ""
    series: int = 1
    model: str = ""


@dataclass(frozen=True, slots=True)
class AlertRecord:
    """One alert as it is kept.

    Attributes:
        sign: What is wrong.
        raised_on: The tenant's local date on which it was raised.
        acknowledged_by: Who looked at it first, or an empty string.
        note: What they wrote, or an empty string.
    """

    number: int
    sign: Sign
    status: Status
    raised_on: date
    raised_at: datetime
    acknowledged_by: str
    acknowledged_on: date | None
    acknowledged_at: datetime | None
    note: str

    @property
    def id(self) -> str:
        """Return the id that people name it by."""
        return f"{PREFIX}-{self.number}"

    def to_dict(self) -> dict[str, Any]:
        """Return the alert ready for JSON."""
        values = asdict(self) | {"id": self.id}
        values |= values.pop("sign")
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}
