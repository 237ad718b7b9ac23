"""A forecast as somebody was told it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from forecasting.scope import Estimate, Scope


@dataclass(frozen=True, slots=True)
class Told:
    """One forecast of a total, by the plan on record.

    The data version names sales, prices and promotions alike, so that what was known and planned
    then can be laid out again.

    Attributes:
        scope: Which series it added up.
        start: First day.
        end: Last day.
        figure: The total with its range.
        unit: Of the figure.
        level: Percent of outcomes that the range shall cover.
        model: The model that made it.
        data_version: Names the data it saw.
        cutoff: Last day of those with sales.
        told_on: The tenant's date when it was first told.
    """

    scope: Scope
    start: date
    end: date
    figure: Estimate
    unit: str
    level: int
    model: str
    data_version: str
    cutoff: date
    told_on: date

    @property
    def about(self) -> str:
        """Return what tells its scope from others."""
        return about(self.scope)

    @property
    def fingerprint(self) -> str:
        """Return what is the same when it is told again."""
        days = [self.start.isoformat(), self.end.isoformat(), self.level]
        return _digest([self.about, *days, self.unit, self.model, self.data_version])


def about(scope: Scope) -> str:
    """Return what tells a scope from others, whatever the order of its names."""
    return _digest([_sorted(scope.products), _sorted(scope.stores)])


def _sorted(names: tuple[str, ...] | None) -> list[str] | None:
    return None if names is None else sorted(names)


def _digest(parts: list[object]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]
