"""Say that another model serves."""

from agent.planner.wording.phrases import Result, sentences
from agent.planner.wording.style import Style


def say(result: Result, style: Style) -> str:  # noqa: ARG001 - every wording takes both
    """Say which model took the place of which, and under whose names."""
    replaced = result.get("replaced")
    instead = f" in place of {replaced}" if replaced else ""
    by = result.get("approved_by")
    consent = f", approved by {by} ({result['approval']})" if by else ""
    return sentences(
        f"{result['model']} is in production now{instead}.",
        f"Asked for by {result['requested_by']}{consent}.",
        *result.get("notes", ()),
    )
