"""Say that an earlier model serves again."""

from agent.planner.wording.phrases import Result, sentences
from agent.planner.wording.style import Style


def say(result: Result, style: Style) -> str:  # noqa: ARG001 - every wording takes both
    """Say which model came back in place of which, and under whose names."""
    by = result.get("approved_by")
    consent = f", approved by {by} ({result['approval']})" if by else ""
    return sentences(
        f"Back to {result['model']}: it serves again in place of {result['replaced']}, and its "
        "forecasts are those it gave before.",
        f"Asked for by {result['requested_by']}{consent}.",
        *result.get("notes", ()),
    )
