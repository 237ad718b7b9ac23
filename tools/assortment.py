"""Every tool there is, in the order the model is told of them."""

from tools.acknowledge_alert import acknowledge_alert
from tools.audit_trail import audit_trail
from tools.compare_models import compare_models
from tools.contract import Tool
from tools.counterfactual import counterfactual
from tools.decision_report import decision_report
from tools.detect_anomalies import detect_anomalies
from tools.explain import explain
from tools.forecast import forecast
from tools.list_alerts import list_alerts
from tools.model_history import model_history
from tools.model_status import model_status
from tools.optimize_discount import optimize_discount
from tools.plan_inventory import plan_inventory
from tools.promote import promote
from tools.record_decision import record_decision
from tools.retrain import retrain
from tools.rollback import rollback
from tools.sales_history import sales_history
from tools.search_knowledge import search_knowledge
from tools.start_rollout import start_rollout
from tools.stop_rollout import stop_rollout
from tools.what_if import what_if


def assistant_tools() -> tuple[Tool, ...]:
    """Return the tools that the assistant may be offered."""
    return (
        forecast,
        sales_history,
        explain,
        detect_anomalies,
        list_alerts,
        acknowledge_alert,
        what_if,
        counterfactual,
        optimize_discount,
        plan_inventory,
        record_decision,
        decision_report,
        model_status,
        search_knowledge,
        model_history,
        compare_models,
        retrain,
        promote,
        rollback,
        start_rollout,
        stop_rollout,
        audit_trail,
    )


def operation_tools() -> tuple[Tool, ...]:
    """Return what only people do, at a command line."""
    # These load what ingestion and training need; only they wait for it.
    from tools.operations.add_knowledge import add_knowledge  # noqa: PLC0415
    from tools.operations.backtest import backtest  # noqa: PLC0415
    from tools.operations.forecast_catalogue import forecast_catalogue  # noqa: PLC0415
    from tools.operations.ingest import ingest  # noqa: PLC0415
    from tools.operations.list_knowledge import list_knowledge  # noqa: PLC0415
    from tools.operations.remove_knowledge import remove_knowledge  # noqa: PLC0415
    from tools.operations.train import train  # noqa: PLC0415

    documents = (add_knowledge, list_knowledge, remove_knowledge)
    return ingest, train, backtest, forecast_catalogue, *documents
