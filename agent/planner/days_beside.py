"""Days told by those right before them in the same message: "last week and the week before"."""

from agent.planner.context import PlannerContext
from agent.planner.days_of_two import worded
from agent.planner.neighbours import beside_days
from agent.planner.periods import read_periods
from agent.planner.periods.calendar import Days

_FILE = "days_before"
_NEAR = 8


def with_days_beside(text: str, context: PlannerContext) -> str:
    """Return a message with dates in place of "the week before", where days stand before it.

    What is set against them stays as it is: "compare last week with the week before".

    Args:
        text: The message.
        context: The tenant.
    """
    cues = context.language.patterns(_FILE)
    said = cues["step_on"].search(text)
    if said is None or cues["weighs"].search(text):
        return text
    days = _told_before(text[: said.start()], context, earlier=bool(said["before"]))
    if days is None:
        return text
    moved = beside_days(days, said["unit"], context, earlier=bool(said["before"]))
    return f"{text[: said.start('days')]}{worded(moved, context)}{text[said.end('days') :]}"


def _told_before(text: str, context: PlannerContext, *, earlier: bool) -> Days | None:
    """Return the days that a text tells last, near its end."""
    tenses = context.language.patterns("direction")
    looks_back, looks_on = (tenses[name].search(text.lower()) for name in ("past", "ahead"))
    ahead = bool(looks_on) if bool(looks_on) != bool(looks_back) else not earlier
    periods = read_periods(text, context.now(ahead=ahead)).periods
    if not periods or len(text[periods[-1].at[1] :].split()) > _NEAR:
        return None
    return periods[-1].start, periods[-1].end
