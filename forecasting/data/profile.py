"""What one tenant's sales measure, how often, and what is known in advance."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from forecasting.units import Aim, Frequency, Target

Missing = Literal["unknown", "closed", "zero"]


@dataclass(frozen=True, slots=True)
class DatasetProfile:
    """The conventions of a tenant's sales table, set by its loads.

    Attributes:
        frequency: How often a series is recorded.
        target: What the series measure.
        unit: `units`, or the currency code of a revenue target.
        known: Sales columns known in advance, besides price.
        past: Sales columns known only afterwards.
        missing: What a period without a row means: nobody knows, closed, or nothing sold.
        week_anchor: The weekday weekly periods start on, 0 for Monday; 0 for other frequencies.
        aim: What forecasts of single periods are judged by.
        mapping: The TOML text of the last mapping, so that a plan file can be read alike.
    """

    frequency: Frequency = Frequency.DAY
    target: Target = Target.UNITS
    unit: str = "units"
    known: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    missing: Missing = "unknown"
    week_anchor: int = 0
    aim: Aim = Aim.EXPECTED
    mapping: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return asdict(self) | {"known": list(self.known), "past": list(self.past)}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "DatasetProfile":
        """Return the profile that `to_dict` wrote."""
        return cls(
            **values
            | {
                "frequency": Frequency(values["frequency"]),
                "target": Target(values["target"]),
                "aim": Aim(values.get("aim", Aim.EXPECTED)),
                "known": tuple(values["known"]),
                "past": tuple(values["past"]),
            }
        )
