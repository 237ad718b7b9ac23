"""What is found in a panel: spikes, drops, missing days, wrong units, level shifts."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["spike", "drop", "zero", "missing", "unit_error", "level_shift"]
Sensitivity = Literal["low", "normal", "high"]

FALSE_ALARMS: dict[str, float] = {"low": 0.2, "normal": 1.0, "high": 5.0}
"""Alarms per 1,000 series-periods in which nothing happened, by sensitivity."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as expected; store-wide ones are one finding.

    Attributes:
        kind: What it is.
        start: First day it concerns.
        end: Last day.
        seen: The day with whose sales it could first be told.
        store: The store's id.
        product: The product's id, or None where it concerns the store's whole assortment.
        actual: Sales as recorded; None where none were.
        expected: Sales expected.
        score: Surprise in standard deviations, positive when more was sold than expected.
        factor: 100 or 1000 where the figures look wrong by that factor, else None.
        likely_reason: What is known that explains it; an explained finding is no alarm.
        series: How many series it concerns.
    """

    kind: Kind
    start: date
    end: date
    seen: date
    store: str
    product: str | None
    actual: float | None
    expected: float
    score: float
    factor: int | None = None
    likely_reason: str = ""
    series: int = 1

    @property
    def alarm(self) -> bool:
        """Whether nothing known explains it."""
        return not self.likely_reason
