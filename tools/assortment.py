"""Every tool there is, in the order the model is told of them."""

from tools.contract import Tool


def assistant_tools() -> tuple[Tool, ...]:
    """Return the tools that the assistant may be offered."""
    return ()


def operation_tools() -> tuple[Tool, ...]:
    """Return what only people do, at a command line."""
    return ()
