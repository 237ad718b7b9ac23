"""A recommendation as it was given, and the decisions on it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

from forecasting.scope import Estimate

Action = Literal["discount", "drop"]
Objective = Literal["profit", "revenue", "units"]
Verdict = Literal["accepted", "rejected"]

PREFIX = "RC"


@dataclass(frozen=True, slots=True)
class Advice:
    """One discount that is advised for one product.

    Attributes:
        product: Its id.
        store: The store it was asked for; None for all.
        stores: All stores it covers.
        start: First day.
        end: Last day.
        action: `discount`: ask `discount_pct` off; `drop`: drop the planned discount.
        discount_pct: Percent off that is advised.
        planned_discount_pct: Mean percent off of the plan.
        objective: What it makes large.
        unit: Of planned and gain: `units` or a currency code.
        planned: The objective forecast under the plan.
        gain: Expected beyond it under the advice.
        level: Percent of outcomes that both ranges shall cover.
        unit_cost: Cost of a unit when it was given; None where it was not known.
        arguments: What was asked for when it was first given.
        model: The model it rests on.
        data_version: Names the data it rests on.
        elsewhere: What of the gain is expected to come or go in neighbours and later weeks, where
            the gain counts it.
    """

    product: str
    store: str | None
    stores: tuple[str, ...]
    start: date
    end: date
    action: Action
    discount_pct: float
    planned_discount_pct: float
    objective: Objective
    unit: str
    planned: Estimate
    gain: Estimate
    level: int
    unit_cost: float | None
    arguments: dict[str, Any]
    model: str
    data_version: str
    elsewhere: Estimate | None = None

    @property
    def fingerprint(self) -> str:
        """Return what two pieces of advice have in common only when they are the same.

        The same discount for the same product, stores and days is the same advice, whether it
        was asked for alone or with the whole catalogue.
        """
        told = asdict(self)
        # What is expected follows from all else; told again it may differ in the last digit.
        for name in ("planned", "gain", "planned_discount_pct", "arguments", "elsewhere"):
            told.pop(name)
        told["discount_pct"] = round(self.discount_pct, 3)
        text = json.dumps(told, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """What one person decided on one recommendation.

    Attributes:
        reason: In their words, or an empty string.
        on: The tenant's local date.
        at: The moment.
    """

    verdict: Verdict
    reason: str
    by: str
    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class RecommendationRecord:
    """Advice under the id that people name it by.

    Attributes:
        advised_on: The tenant's local date on which it was first given.
        advised_by: Who asked for it.
        decisions: All that were made on it, oldest first; the last one is in force.
    """

    number: int
    advice: Advice
    advised_on: date
    advised_at: datetime
    advised_by: str
    decisions: tuple[DecisionRecord, ...] = ()

    @property
    def id(self) -> str:
        """Return the id that people name it by."""
        return f"{PREFIX}-{self.number}"

    @property
    def decided(self) -> DecisionRecord | None:
        """Return the decision in force, if there is one."""
        return self.decisions[-1] if self.decisions else None

    def to_dict(self) -> dict[str, Any]:
        """Return the recommendation ready for JSON."""
        values = asdict(self) | {"id": self.id}
        values |= values.pop("advice")
        plain: dict[str, Any] = json.loads(json.dumps(values, default=str))
        return plain
