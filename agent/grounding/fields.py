"""What the fields of results hold: which kind of figure, how it is meant, in which unit.

Fields are named by the tool contract, so this is the same in every language.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

PERCENT, COUNT, PLAIN, MS, MONEY, OWN = "percent", "count", "plain", "ms", "money", ""


@dataclass(frozen=True, slots=True)
class Field:
    """What a field holds.

    Attributes:
        kind: The kind of figure; empty: what the result measures.
        stance: `planned`, `changed`, `difference`, `previous`, `actual` and the like, or empty.
        unit: Its unit; empty: that of the object it is in.
        bound: `low` or `high` when it is one end of an interval.
        stem: The figure it bounds, or its own name.
    """

    kind: str
    stance: str
    unit: str
    bound: str
    stem: str


# The first that matches decides.
_KINDS: tuple[tuple[str, str, str], ...] = (
    (r"wape", "error", PERCENT),
    (r"^rmse$", "rmse", OWN),
    (r"^mae$", "mae", OWN),
    (r"^mase$", "mase", PLAIN),
    (r"^r2$", "r2", PLAIN),
    (r"^bias", "bias", PERCENT),
    (r"^coverage", "coverage", PERCENT),
    (r"^elasticity$", "elasticity", PLAIN),
    (r"^level$", "level", PERCENT),
    (r"^service_level", "service", PERCENT),
    (r"^(?:chance|likely|power)_pct$", "chance", PERCENT),
    (r"^traffic_pct$", "traffic", PERCENT),
    (r"margin", "margin", PERCENT),
    (r"^tried_discount", "tried", PERCENT),
    (r"^max_discount", "limit", PERCENT),
    (r"discount_pct$|^discount$", "discount", PERCENT),
    (r"^price$", "price", MONEY),
    (r"^(?:budget|given_away)$", "budget", MONEY),
    (r"^safety_stock$", "safety", OWN),
    (r"^reorder_point$", "reorder", OWN),
    (r"^order_up_to$", "upto", OWN),
    (r"^on_hand$", "stock", OWN),
    (r"^order$", "order", OWN),
    (r"^on_order$", "coming", OWN),
    (r"^lost_", "lost", OWN),
    (r"^spoiled$", "spoiled", OWN),
    (r"^pack_size$", "pack", COUNT),
    (r"^days_of_cover$", "cover", COUNT),
    (r"^lead_time_days$", "lead", COUNT),
    (r"^demand", "demand", OWN),
    (r"^missing_units$", "missing", OWN),
    (r"^target_units$", "target", OWN),
    (r"^changes_on_record$", "records", COUNT),
    (r"^series", "series", COUNT),
    (r"^windows$", "windows", COUNT),
    (r"^(?:periods|window_days|data_age_days|review_days|keeps_days|days)$", "days", COUNT),
    (r"^p50_ms$", "median", MS),
    (r"^p95_ms$", "tail", MS),
    (r"_ms$", "latency", MS),
    (r"^seconds$", "seconds", COUNT),
    (r"^alarms$", "findings", COUNT),
    (r"^known_reasons$", "explained", COUNT),
    (r"^(?:found|open|acknowledged)$", "alerts", COUNT),
    (r"^products$", "products", COUNT),
    (r"^calls$", "calls", COUNT),
    (r"^(?:given|undecided|accepted|rejected|not_yet|not_carried_out)$", "advice", COUNT),
    (r"^(?:measured|as_promised|changes|to_order|groups|decisions)$", "counted", COUNT),
    (r"^(?:records|limit|top|rank|factor)$", "counted", COUNT),
    (r"^score$", "score", PLAIN),
    (r"^drift$", "drift", PLAIN),
    (r"^false_alarms", "false_alarms", COUNT),
    (r"_pct(?:_|$)|_percent$", "", PERCENT),
)  # fmt: skip
_STANCES: tuple[tuple[str, str], ...] = (
    (r"^naive_", "naive"),
    (r"^production_", "production"),
    (r"^(?:planned|expected_planned)|^planned_", "planned"),
    (r"^(?:change|gain|effect|worse|bias|neighbours|later)(?:_|$)|^changed_by", "difference"),
    (r"promised", "promised"),
    (r"^realised", "realised"),
    (r"^changed$", "changed"),
    (r"^expected$", "expected"),
    (r"^(?:previous)$", "previous"),
    (r"^reference$", "reference"),
    (r"^actual$", "actual"),
    (r"^lost_before", "before"),
    (r"^lost_with_", "ordered"),
    (r"^lost_without_", "not_ordered"),
)
_LOW = re.compile(r"(?:^|_)(?:lower|low)(?:$|_)")
_HIGH = re.compile(r"(?:^|_)(?:upper|high)(?:$|_)")
_END = re.compile(r"_?(?:lower|upper|low|high)_?")
_COMPILED_KINDS = tuple((re.compile(text), kind, unit) for text, kind, unit in _KINDS)
_COMPILED_STANCES = tuple((re.compile(text), stance) for text, stance in _STANCES)
_NAMED_NUMBER = re.compile(r"(?:_|\bp)(\d{2})(?=_|$)")


@lru_cache(maxsize=1024)
def field_of(name: str) -> Field:
    """Return what a field holds by its name."""
    bound = "low" if _LOW.search(name) else "high" if _HIGH.search(name) else ""
    stem = _END.sub("_" if re.search(r"_(?:lower|upper)_", name) else "", name) if bound else name
    kind, unit = next(
        ((kind, unit) for found, kind, unit in _COMPILED_KINDS if found.search(stem)), ("", OWN)
    )
    stance = next((stance for found, stance in _COMPILED_STANCES if found.search(stem)), "")
    return Field(kind, stance, unit, bound, stem.strip("_"))


@lru_cache(maxsize=1024)
def number_in(name: str) -> tuple[float, ...]:
    """Return the numbers that a field's own name says: `coverage_80_pct`, `p95_ms`."""
    return tuple(float(digits) for digits in _NAMED_NUMBER.findall(name))


# The kinds that a word for a figure may stand for; a kind not named here stands for itself.
_ALSO = {
    "revenue": {"revenue"},
    "profit": {"profit"},
    "sales": {"units", "revenue", "demand", "target", "missing", "lost"},
    "share": {"error"},
    "demand": {"units", "demand", "target", "missing"},
    "discount": {"discount", "tried"},
    "tried": {"tried"},
    "margin": {"margin"},
    "stock": {"stock", "total_stock"},
    "gain": {"units", "revenue", "profit", "error"},
    "target": {"target", "units", "chance", "demand"},
    "cover": {"cover"},
    "days": {"days", "lead", "cover", "period"},
    "weeks": {"days", "period", "lead"},
    "months": {"days", "period"},
    "stores": {"counted", "stores", "series"},
    "products": {"products", "counted", "findings"},
    "findings": {"findings"},
    "explained": {"explained"},
    "alerts": {"alerts", "counted"},
    "calls": {"calls", "counted", "outcomes"},
    "models": {"counted"},
    "forecasts": {"calls", "counted"},
    "accepted": {"advice", "counted", "outcomes", "alerts"},
    "rejected": {"advice", "counted", "outcomes", "alerts"},
    "undecided": {"advice", "counted", "outcomes", "alerts"},
    "advice": {"advice", "counted"},
    "chance": {"chance", "level"},
    "level": {"level"},
    "coverage": {"coverage"},
    "missing": {"missing", "counted"},
    "latency": {"latency", "median", "tail"},
    "limit": {"limit", "budget", "margin", "target", "discount"},
}
# Kinds named by exact fields: "3 accepted" is not the number of those rejected.
_EXACT = {
    "accepted": frozenset({"accepted", "not_yet", "not_carried_out"}),
    "rejected": frozenset({"rejected"}),
    "undecided": frozenset({"undecided"}),
    "advice": frozenset({"given", "recommendations", "decisions", "undecided"}),
}
_STANDS_FOR = {
    "planned": {"planned", "previous", "reference"},
    "previous": {"previous", "reference", "planned"},
    "expected": {"expected", "changed", "reference", ""},
    "actual": {"actual", "", "realised"},
    "normal": {"reference"},
    "earlier": {"reference"},
    "predicted": {"reference", "", "expected", "planned"},
    "instead": {"planned", "previous", "reference", "expected"},
    "naive": {"naive"},
    "promised": {"promised"},
    "now": {"now", "difference"},
    "before": {"before"},
    "ordered": {"ordered"},
    "not_ordered": {"not_ordered"},
    "inside": {"inside", ""},
}
# In which units a kind is ever stated; a word for it beside another unit speaks of something else.
_UNITS = {
    "error": {"percent"},
    "share": {"percent"},
    "bias": {"percent"},
    "coverage": {"percent"},
    "service": {"percent"},
    "level": {"percent"},
    "chance": {"percent"},
    "traffic": {"percent"},
    "margin": {"percent"},
    "discount": {"percent"},
    "limit": {"percent", "money", "units", "bare"},
    "tried": {"percent"},
    "price": {"money"},
    "budget": {"money"},
    "revenue": {"money", "percent"},
    "profit": {"money", "percent"},
    "latency": {"ms"},
    "median": {"ms"},
    "tail": {"ms"},
    "sales": {"units", "money", "bare"},
    "demand": {"units", "bare"},
    "gain": {"units", "money", "bare", "percent"},
    "target": {"units", "bare"},
    "missing": {"units", "bare"},
    "lost": {"units", "bare"},
    "spoiled": {"units", "bare"},
    "coming": {"units", "bare"},
    "order": {"units", "bare"},
    "upto": {"units", "bare"},
    "stock": {"units", "bare"},
    "safety": {"units", "bare"},
    "reorder": {"units", "bare"},
}
COUNTED = frozenset(
    {
        "days",
        "weeks",
        "months",
        "stores",
        "products",
        "series",
        "alerts",
        "findings",
        "calls",
        "models",
        "windows",
        "advice",
    }
)
"""The words for what is counted: three months vouch for no three units."""

# What comes instead of what: the first of what is set after it.
_TURNS = {"expected": 1, "promised": 1, "changed": 1, "planned": 2, "previous": 2, "reference": 2}
_ONLY_BARE = frozenset({"bare"})
_UNITLESS = {"rmse", "mae", "mase", "r2", "elasticity"}


def kinds_named(label: str) -> frozenset[str]:
    """Return the kinds of figures that a word may stand for."""
    return frozenset(_ALSO.get(label, {label}))


def stances_named(label: str) -> frozenset[str]:
    """Return the ways to mean a figure that a word may stand for."""
    return frozenset(_STANDS_FOR[label])


def later_than(stance: str, base: str) -> bool:
    """Tell whether a figure meant so may stand instead of another: sold instead of expected."""
    return _TURNS.get(stance, 0) < _TURNS.get(base, 0)


def is_measured(label: str) -> bool:
    """Tell whether a word names something measured in a unit of its own, and not a count."""
    return label in _UNITS or label in _UNITLESS


def may_be_in(label: str, unit: str) -> bool:
    """Tell whether what a word stands for may be stated in a unit."""
    if label in _UNITLESS:
        return True
    shape = unit if unit in ("percent", "units", "ms") else "money" if unit else "bare"
    return shape in _UNITS.get(label, _ONLY_BARE)


def fields_named(label: str) -> frozenset[str]:
    """Return the only fields that a word for a count may stand for; none when any may."""
    return _EXACT.get(label, frozenset())
