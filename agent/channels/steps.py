"""What the assistant is doing while a tool runs, in words."""

from __future__ import annotations

_TITLES = {
    "forecast": "Forecasting",
    "sales_history": "Looking up past sales",
    "explain": "Explaining",
    "detect_anomalies": "Looking for the unusual",
    "search_knowledge": "Searching the documents",
    "list_alerts": "Looking at the alerts",
    "acknowledge_alert": "Acknowledging an alert",
    "what_if": "Comparing what would happen",
    "counterfactual": "Searching what reaches the target",
    "optimize_discount": "Searching the best discount",
    "plan_inventory": "Planning the stock",
    "record_decision": "Writing the decision down",
    "decision_report": "Looking at what came of decisions",
    "model_status": "Checking the model",
    "model_history": "Reading the model history",
    "compare_models": "Comparing models",
    "retrain": "Training a model",
    "promote": "Promoting a model",
    "rollback": "Rolling back",
    "start_rollout": "Starting a rollout",
    "stop_rollout": "Ending the rollout",
    "audit_trail": "Reading the audit",
}


def step_title(tool: str) -> str:
    """Return what the assistant is doing while this tool runs."""
    return _TITLES.get(tool, tool.replace("_", " ").capitalize())
