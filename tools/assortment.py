"""Every tool there is, in the order the model is told of them."""

from tools.audit_trail import audit_trail
from tools.contract import Tool
from tools.forecast import forecast
from tools.model_history import model_history
from tools.promote import promote
from tools.rollback import rollback


def assistant_tools() -> tuple[Tool, ...]:
    """Return the tools that the assistant may be offered."""
    return (
        forecast,
        model_history,
        promote,
        rollback,
        audit_trail,
    )


def operation_tools() -> tuple[Tool, ...]:
    """Return what only people do, at a command line."""
    return ()
