"""What is on offer, to whom, with which effect."""

import pytest

from tenants.roles import Role
from tools.assortment import assistant_tools, operation_tools
from tools.contract import Effect

OFFERED = {
    "forecast": (Role.VIEWER, Effect.READS),
    "sales_history": (Role.VIEWER, Effect.READS),
    "detect_anomalies": (Role.VIEWER, Effect.READS),
    "list_alerts": (Role.VIEWER, Effect.READS),
    "model_status": (Role.VIEWER, Effect.READS),
    "search_knowledge": (Role.VIEWER, Effect.READS),
    "explain": (Role.ANALYST, Effect.READS),
    "what_if": (Role.ANALYST, Effect.READS),
    "optimize_discount": (Role.ANALYST, Effect.READS),
    "counterfactual": (Role.ANALYST, Effect.READS),
    "plan_inventory": (Role.ANALYST, Effect.READS),
    "model_history": (Role.ANALYST, Effect.READS),
    "compare_models": (Role.ANALYST, Effect.READS),
    "acknowledge_alert": (Role.ANALYST, Effect.WRITES),
    "decision_report": (Role.ANALYST, Effect.READS),
    "record_decision": (Role.ANALYST, Effect.WRITES),
    "retrain": (Role.MANAGER, Effect.APPROVAL),
    "promote": (Role.MANAGER, Effect.APPROVAL),
    "rollback": (Role.MANAGER, Effect.APPROVAL),
    "start_rollout": (Role.MANAGER, Effect.APPROVAL),
    "stop_rollout": (Role.MANAGER, Effect.APPROVAL),
    "audit_trail": (Role.ADMIN, Effect.READS),
}
OPERATIONS = {
    "ingest": (Role.MANAGER, Effect.WRITES),
    "train": (Role.MANAGER, Effect.WRITES),
    "backtest": (Role.ANALYST, Effect.READS),
    "add_knowledge": (Role.MANAGER, Effect.WRITES),
    "list_knowledge": (Role.VIEWER, Effect.READS),
    "remove_knowledge": (Role.MANAGER, Effect.WRITES),
    "forecast_catalogue": (Role.ANALYST, Effect.WRITES),
}
TOOLS = [*assistant_tools(), *operation_tools()]


def rules(tools):
    return {tool.name: (tool.minimum_role, tool.effect) for tool in tools}


def test_every_tool_has_the_role_and_effect_of_the_contract():
    assert rules(assistant_tools()) == OFFERED
    assert rules(operation_tools()) == OPERATIONS


@pytest.mark.parametrize("tool", assistant_tools(), ids=lambda tool: tool.name)
def test_the_model_reads_what_a_tool_does_when_to_use_it_what_figures_mean_and_what_to_say(tool):
    parts = tool.description.split("\n\n")

    assert len(parts) == 4
    assert "Use it" in parts[1]
    assert parts[3].startswith("Say")


@pytest.mark.parametrize("tool", assistant_tools(), ids=lambda tool: tool.name)
def test_no_schema_offers_a_tenant_a_role_a_path_or_room_for_more(tool):
    schema = tool.args_type.model_json_schema()

    assert schema["additionalProperties"] is False
    assert not {"tenant", "user_id", "role", "path", "file", "url", "sql"} & set(
        schema.get("properties", {})
    )


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        (
            "forecast",
            "product store category start end granularity measure discount_pct level",
        ),
        (
            "sales_history",
            "product store category start end measure group_by top order compare_to",
        ),
        ("detect_anomalies", "product store category start end sensitivity"),
        ("list_alerts", "status product store"),
        ("acknowledge_alert", "alert_id note"),
        ("decision_report", "start end"),
        ("record_decision", "recommendation_id decision reason"),
        ("explain", "about product store category start end compare_to"),
        ("what_if", "product store start end discount_pct price promotion"),
        (
            "optimize_discount",
            "product category store start end objective max_discount_pct min_margin_pct budget",
        ),
        ("counterfactual", "product store start end target_units min_margin_pct"),
        (
            "plan_inventory",
            "product category store lead_time_days service_level_pct on_hand goal",
        ),
        ("compare_models", "model_a model_b"),
        ("start_rollout", "kind model_id traffic_pct"),
        ("stop_rollout", "reason"),
        ("model_status", ""),
        ("search_knowledge", "question"),
        ("model_history", "limit"),
        ("retrain", "reason auto_promote"),
        ("promote", "model_id"),
        ("rollback", "model_id"),
        ("audit_trail", "user tool outcome start end limit"),
    ],
)
def test_the_arguments_are_those_of_the_contract(name, arguments):
    (tool,) = [tool for tool in assistant_tools() if tool.name == name]

    assert set(tool.args_type.model_fields) == set(arguments.split())
