"""Which wishes a conversation leads one to expect next."""

from agent.planner.dialogue import Dialogue
from agent.planner.understanding.leaning import Leaning

_CIRCLES = (
    frozenset({"forecast", "sales_history", "explain", "what_if", "optimize_discount"})
    | {"counterfactual", "plan_inventory", "detect_anomalies"},
    frozenset({"list_alerts", "acknowledge_alert"}),
    frozenset({"record_decision", "decision_report", "optimize_discount"}),
    frozenset({"model_status", "model_history", "compare_models", "retrain", "promote"})
    | {"rollback", "start_rollout", "stop_rollout"},
    frozenset({"audit_trail"}),
)
"""Wishes that people go on to from one another without saying what they speak of."""

_APART = (_CIRCLES[0], _CIRCLES[3])
"""Sales and models: "how does that compare?" is of the one that was spoken of."""

_ADDS = "more"
_LIKELIER = 4.0
_OUTSIDE = 0.4


def leaning_of(dialogue: Dialogue) -> Leaning:
    """Return how the last calls of a conversation lean what is said after them."""
    tools = {frame.tool for frame in dialogue.frames}
    if not tools:
        return Leaning()
    near = {name for circle in _CIRCLES if circle & tools for name in circle}
    far = {name for circle in _APART if not circle & tools for name in circle} - near
    likely = dict.fromkeys(far, _OUTSIDE) | dict.fromkeys({*near, _ADDS}, _LIKELIER)
    return Leaning(likely | {"out_of_scope": _OUTSIDE})
