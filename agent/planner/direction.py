"""Whether a question looks ahead or back, which its period and its verbs tell together."""

from agent.planner.comparing import Compared, read_compared
from agent.planner.context import PlannerContext
from agent.planner.specs import SPECS, looks_ahead

_EITHER_WAY = ("", "forecast")


def read_facing(
    tool: str, about: str, text: str, context: PlannerContext
) -> tuple[str, str, Compared]:
    """Read the periods of a text, and turn the tool to the side of today on which they lie.

    Args:
        tool: What the words ask for.
        about: What is to be explained, where it is said.
        text: The question in lower case, names blanked.
        context: The tenant and its day.

    Returns:
        The tool and what is explained, as the period wants them, and the periods.
    """
    if "start" not in SPECS[tool].takes:
        return tool, about, Compared((), None, None, text)  # its "10 days" is a figure, no period
    past = context.now(ahead=True).language.patterns("direction")["past"]
    is_past = past.search(text) is not None
    if tool == "explain" and not about:
        about = "change" if is_past else ""

    def read(*, ahead: bool) -> Compared:
        return read_compared(
            text, context.now(ahead=ahead), can_compare="compare_to" in SPECS[tool].takes
        )

    said = read(ahead=looks_ahead(tool, about))
    first = said.periods[0] if said.periods else None
    lies_ahead = first is not None and first.start >= context.today and first.end > context.today
    if tool == "sales_history" and lies_ahead and not is_past and not said.compare_to:
        return "forecast", about, read_compared(text, context.now(ahead=True), can_compare=False)
    if tool != "explain":
        return tool, about, said
    if about == "change" and lies_ahead:
        return tool, "forecast", read(ahead=True)
    if about in _EITHER_WAY and first and (first.end < context.today or said.compare_to):
        behind = read(ahead=False)
        if behind.periods and behind.periods[0].end < context.today:
            return tool, "change", behind
    return tool, about, said
