"""What a change of price moves beyond a product's own sales, as results tell it."""

from typing import TYPE_CHECKING

from tools.contract import ToolResult

if TYPE_CHECKING:
    from forecasting.pricing.market import Elsewhere


class Moved(ToolResult):
    """What a change of price moves beyond the product's own sales of its days, in `unit`.

    Below zero where it is lost.

    Attributes:
        unit: `units`, or a currency code.
        neighbours: What the other products of the category bring more.
        neighbours_lower: Lower bound of its 80 % range.
        neighbours_upper: Upper bound.
        later: What the product itself brings more in the two weeks after.
        later_lower: Lower bound of its 80 % range.
        later_upper: Upper bound.
        neighbours_units: The same of neighbours in units.
        later_units: The same of later weeks in units.
    """

    unit: str
    neighbours: float
    neighbours_lower: float
    neighbours_upper: float
    later: float
    later_lower: float
    later_upper: float
    neighbours_units: float
    later_units: float


def moved_of(elsewhere: "Elsewhere | None", measure: str, unit: str) -> Moved | None:
    """Return what is moved in one measure; None where the neighbours were not looked at."""
    if elsewhere is None:
        return None
    beside = elsewhere.estimate(measure, "neighbours")
    later = elsewhere.estimate(measure, "after", "later")
    return Moved(
        unit=unit,
        neighbours=beside.mean,
        neighbours_lower=beside.lower,
        neighbours_upper=beside.upper,
        later=later.mean,
        later_lower=later.lower,
        later_upper=later.upper,
        neighbours_units=elsewhere.mean("units", "neighbours"),
        later_units=elsewhere.mean("units", "after", "later"),
    )
