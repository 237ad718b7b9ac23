"""What the planner knows of each tool's arguments: which it takes, and their defaults.

The gateway checks arguments; this table only says where words of a question belong.
"""

from dataclasses import dataclass, field
from typing import Any

_SERIES = ("product", "store", "category")
_DAYS = ("start", "end")


@dataclass(frozen=True, slots=True)
class Spec:
    """How a question becomes a call of one tool.

    Attributes:
        takes: Arguments it has.
        ahead: Whether its period lies ahead; None when it has none.
        defaults: Values that are left out of a call.
        inherits: Whether a follow-up may take the items of the question before.
    """

    takes: tuple[str, ...] = ()
    ahead: bool | None = None
    defaults: dict[str, Any] = field(default_factory=dict)

    @property
    def about_items(self) -> bool:
        """Tell whether it is asked about products or stores."""
        return "store" in self.takes


SPECS: dict[str, Spec] = {
    "forecast": Spec(
        (*_SERIES, *_DAYS, "granularity", "measure", "discount_pct", "level"),
        ahead=True,
        defaults={"granularity": "total", "measure": "units", "level": 80},
    ),
    "sales_history": Spec(
        (*_SERIES, *_DAYS, "measure", "group_by", "top", "order", "compare_to"),
        ahead=False,
        defaults={"measure": "units", "order": "desc"},
    ),
    "detect_anomalies": Spec(
        (*_SERIES, *_DAYS, "sensitivity"), ahead=False, defaults={"sensitivity": "normal"}
    ),
    "explain": Spec(
        ("about", *_SERIES, *_DAYS, "compare_to"), ahead=True, defaults={"about": "forecast"}
    ),
    "what_if": Spec(("product", "store", *_DAYS, "discount_pct", "price", "promotion"), ahead=True),
    "optimize_discount": Spec(
        (*_SERIES, *_DAYS, "objective", "max_discount_pct", "min_margin_pct", "budget"),
        ahead=True,
        defaults={"objective": "profit", "max_discount_pct": 50},
    ),
    "counterfactual": Spec(
        ("product", "store", *_DAYS, "target_units", "min_margin_pct"), ahead=True
    ),
    "plan_inventory": Spec(
        ("product", "category", "store", "lead_time_days", "service_level_pct", "on_hand"),
        defaults={"lead_time_days": 7, "service_level_pct": 95},
    ),
    "list_alerts": Spec(("status", "product", "store"), defaults={"status": "open"}),
    "acknowledge_alert": Spec(("alert_id", "note")),
    "decision_report": Spec(_DAYS, ahead=False),
    "record_decision": Spec(("recommendation_id", "decision", "reason")),
    "search_knowledge": Spec(("question",)),
    "compare_models": Spec(("model_a", "model_b")),
    "start_rollout": Spec(
        ("kind", "model_id", "traffic_pct"), defaults={"kind": "canary", "traffic_pct": 10}
    ),
    "stop_rollout": Spec(("reason",)),
    "model_status": Spec(),
    "model_history": Spec(("limit",), defaults={"limit": 10}),
    "retrain": Spec(("reason", "auto_promote"), defaults={"auto_promote": False}),
    "promote": Spec(("model_id",)),
    "rollback": Spec(("model_id",)),
    "audit_trail": Spec(
        ("user", "tool", "outcome", *_DAYS, "limit"), ahead=False, defaults={"limit": 50}
    ),
}

NEEDS = {
    "what_if": ("product",),
    "counterfactual": ("product", "target_units"),
    "acknowledge_alert": ("alert_id",),
    "record_decision": ("recommendation_id", "decision"),
    "search_knowledge": ("question",),
}
"""Arguments that a tool cannot do without, in the order they are asked for."""

LIMITS = frozenset({"max_discount_pct", "min_margin_pct", "budget"})
"""Arguments that a discount to be found has to keep to."""

CHANGES_SOMETHING = frozenset(
    {
        "retrain",
        "promote",
        "rollback",
        "start_rollout",
        "stop_rollout",
        "acknowledge_alert",
        "record_decision",
    }
)
"""Tools that are never called on a guess."""

OF_MODELS = frozenset({"model_status", "model_history", "compare_models"}) | {
    *("retrain", "promote", "rollback", "start_rollout", "stop_rollout"),
}
"""Tools of the models themselves; what they change waits for another person."""

LOOKS_BACK = frozenset({"change", "miss"})
"""What `explain` explains after the fact; the rest lies ahead."""


def looks_ahead(tool: str, about: str | None = None) -> bool:
    """Tell whether a tool's bare "Friday" lies ahead."""
    return about not in LOOKS_BACK and SPECS[tool].ahead is not False


def without_defaults(tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments the tool takes, in its order, less those at their default."""
    spec = SPECS[tool]
    return {
        name: arguments[name]
        for name in spec.takes
        if arguments.get(name) is not None and arguments[name] != spec.defaults.get(name)
    }
