"""The assistant: holds a conversation, and knows tools only by their description."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # loaded when first asked for
    from agent.agentic_ai import AgenticAI

__all__ = ["AgenticAI"]


def __getattr__(name: str) -> Any:
    """Load `AgenticAI` when it is first asked for: `import agent` alone stays quick."""
    if name == "AgenticAI":
        from agent.agentic_ai import AgenticAI  # noqa: PLC0415 - see above

        return AgenticAI
    raise AttributeError(f"module 'agent' has no attribute {name!r}")
