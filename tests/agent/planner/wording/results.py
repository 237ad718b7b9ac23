"""Results of every tool, made up at random from their types, as a truthful tool could give them."""

import itertools
import random
import types
from datetime import UTC, date, datetime, timedelta
from typing import Literal, Union, get_args, get_origin, get_type_hints

from tests.agent.planner.wording.truthful import truthful
from tools.assortment import assistant_tools
from tools.contract import Item, ToolResult

RESULTS = {tool.name: tool.result_type for tool in assistant_tools()}
TODAY = date(2026, 7, 1)

_PRODUCTS = (
    *("Cold Brew Coffee 1L", "Sparkling Water 6-pack", "Whole Wheat Bagels", "Hass Avocado"),
    *("Café “7 {{ up }}”", "Green Tea 500ml", "Whole Milk 2L", "Cheddar Block 400g"),
    *("Salted Butter 250g", "Sea Salt Chips", "Trash Bags 30-pack", "Bananas 1kg"),
)
_STORES = (
    *("Riverside", "Downtown", "St. Mary", "Hillcrest", "Lakeside", "Airport", "Old Town"),
    *("Harbour Gate", "North Park", "Station", "Mill Lane", "East Side"),
)
_DRIVERS = ("price and promotion", "season", "days of the week", "usual level")
_CATEGORIES = ("Dairy", "Bakery", "Snacks")
_PEOPLE = ("manager1", "analyst1")
_TEXTS = {
    "category": _CATEGORIES,
    "title": ("Pricing policy", "Store handbook"),
    "heading": ("Discounts", "", "Returns"),
    "question": ("what is our pricing policy",),
    "titles": ("Pricing policy", "Glossary"),
    "quote": ("At most 30 % may be given.", "A promotion lasts a week."),
    "text": ("At most 30 % may be given. Ask first.",),
    "one_says": ("At most 30 % may be given.",),
    "other_says": ("At most 20 % may be given.",),
    "production": ("GradientBoosting_v20260501",),
    "staging": ("GradientBoosting_v20260502",),
    "replaced": ("SeasonalNaive_v20260503",),
    "earlier_model": ("SeasonalNaive_v20260504",),
    "tool": ("forecast",),
    "family": ("SeasonalNaive",),
    "created_by": _PEOPLE,
    "by": _PEOPLE,
    "requested_by": _PEOPLE,
    "advised_by": _PEOPLE,
    "channel": ("web",),
    "kind": ("promote", "rollback"),
    "granularity": ("total",),
    "reasons": ("It is better beyond noise.",),
    "key": ("9", "Dairy"),
    "unit": ("units", "USD"),
    "currency": ("USD",),
    "model": ("GradientBoosting_v20260701",),
    "approval": ("AP-3",),
    "notes": ("Sales through 2026-06-30 are already recorded.", "Drift is not measured."),
    "likely_reason": ("", "a public holiday"),
    "detail": ("", "about 1000 times too high, as if in another unit"),
    "arguments": ('{"product": "1"}',),
    "user": ("analyst1",),
    "decided_by": ("manager1",),
    "acknowledged_by": ("analyst1", ""),
    "approved_by": ("manager2", ""),
    "reason": ("", "Not enough price changes."),
    "note": ("", "a delivery came late"),
    "stage": ("production", "staging", "archived"),
    "group_by": ("product", "store", "day", "week", "month"),
    "measure": ("units", "revenue", "price", "discount"),
    "period": ("day", "week"),
    "outcome": ("succeeded", "refused"),
    "recommendation": ("RC-41", ""),
    "role": ("viewer",),
}
_NAMED = {
    "Alert": "AL-{}",
    "Recommendation": "RC-{}",
    "ModelVersion": "GradientBoosting_v20260601.{}",
    "Contestant": "GradientBoosting_v20260601.{}",
}
_PERCENTS = ("_pct", "percent", "coverage")


class Invented:
    """Makes up one result after the other, always the same for the same seed."""

    def __init__(self, seed):
        self._random = random.Random(seed)  # noqa: S311 - nothing is guarded by it
        self._numbers = itertools.count(1)
        self._items = {"product": itertools.cycle(_PRODUCTS), "store": itertools.cycle(_STORES)}

    def result(self, tool):
        """Return a result of a tool, as JSON."""
        found = self._of(RESULTS[tool], "", "units")
        return RESULTS[tool].model_validate(found).model_dump(mode="json")

    def _of(self, kind, name, unit):
        origin = get_origin(kind)
        if origin in (Union, types.UnionType):
            inner = [one for one in get_args(kind) if one is not type(None)]
            return None if self._random.random() < 0.3 else self._of(inner[0], name, unit)
        if origin is Literal:
            return self._random.choice(get_args(kind))
        if origin is tuple:
            count = self._random.choice((0, 1, 2, 3, 11))
            return [self._of(get_args(kind)[0], name, unit) for _ in range(count)]
        if kind is Item:
            return self._item(name)
        is_result = isinstance(kind, type) and issubclass(kind, ToolResult)
        return self._fields(kind, unit, name) if is_result else self._plain(kind, name)

    def _item(self, name):
        kind = "store" if "store" in name else "product"
        return {"id": str(next(self._numbers)), "name": next(self._items[kind])}

    def _fields(self, kind, unit, within):
        hints = get_type_hints(kind)
        unit = self._of(str, "unit", unit) if "unit" in hints else unit
        found = {
            name: self._of(hint, within if name == "item" else name, unit)
            for name, hint in hints.items()
            if name in kind.model_fields
        }
        if "unit" in hints:
            found["unit"] = unit
        if kind.__name__ in _NAMED:
            number = next(self._numbers)
            found["id"] = _NAMED[kind.__name__].format(number)
        if kind.__name__ == "Driver":
            found["name"] = _DRIVERS[next(self._numbers) % len(_DRIVERS)]
        if "key" in found or kind.__name__ == "SegmentComparison":
            found["name" if "key" in found else "store"] = next(self._items["store"])
        return truthful(kind.__name__, found)

    def _plain(self, kind, name):
        made = {
            bool: lambda: self._random.random() < 0.5,
            datetime: lambda: datetime(2026, 6, self._random.randint(1, 30), 9, 5, tzinfo=UTC),
            date: lambda: TODAY - timedelta(days=self._random.randint(-60, 400)),
            int: lambda: 80 if name == "level" else self._random.choice((0, 1, 2, 17, 80, 1234)),
            float: lambda: self._number(name),
            dict[str, int]: lambda: {"succeeded": self._random.randint(1, 900), "refused": 2},
            str: lambda: self._random.choice(_TEXTS.get(name, _STORES)),
        }
        return made[kind]()

    def _number(self, name):
        if name.endswith(_PERCENTS):
            return round(self._random.uniform(0.5, 60), 2)
        return round(self._random.choice((0.4, 7.3, 1.0)) * self._random.uniform(1, 9000), 2)
