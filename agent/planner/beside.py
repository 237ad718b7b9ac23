"""What is asked for to be set against the calls before, or to stand beside them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from agent.planner.comparing import relation
from agent.planner.context import PlannerContext
from agent.planner.drafts import Draft
from agent.planner.periods import Period, read_periods
from agent.planner.specs import SPECS, looks_ahead
from agent.planner.wishes import Wish


def set_against(wish: Wish, frames: Sequence[Draft], context: PlannerContext) -> Wish:
    """Read "what changed against April?" as a comparison with what was spoken of before."""
    whole = [one for one in wish.periods if one.grain == "year"]
    listed = context.language.patterns("cues")["joins"].search(wish.text)
    if len(whole) == 1 and len(wish.periods) > 1 and not listed:  # "June a year ago"
        wish = replace(wish, periods=tuple(one for one in wish.periods if one not in whole))
    if len(wish.periods) != 1 or "compare_to" not in SPECS[wish.tool].takes:
        return wish
    said = wish.periods[0]
    if context.language.patterns("following")["without_comparison"].search(wish.text):
        return wish  # "drop the comparison, and do it for May"
    year_ago = context.language.patterns("following")["year_ago"].search(wish.text)
    is_against = context.language.patterns("cues")["sets_against"].search(wish.text[: said.at[0]])
    if not is_against and not wish.shows("compares"):
        return wish
    for frame in frames:
        start, end = frame.arguments.get("start"), frame.arguments.get("end")
        # Days gone by are asked for beside what lies ahead: "compare with what it sold last week".
        is_beside = wish.tool == "sales_history" and looks_ahead(frame.tool, _about(frame))
        if not start or not end or is_beside:
            continue
        main = Period(date.fromisoformat(start), date.fromisoformat(end), said.grain, said.at)
        compared = relation(main, said) or _by_year(main, said)
        if not compared and (year_ago or whole) and main.start.month == said.start.month:
            compared = "last_year"  # "may of one year before"
        if compared:
            details = wish.details | {"compare_to": compared}
            return replace(wish, periods=(), details=details, is_set_against=True)
    return wish


def _about(frame: Draft) -> str:
    return str(frame.arguments.get("about", "forecast"))


def _by_year(main: Period, other: Period) -> str | None:
    """Tell whether the other is the whole year before."""
    return (
        "last_year" if other.grain == "year" and other.start.year == main.start.year - 1 else None
    )


def beside(wish: Wish, context: PlannerContext) -> Wish:
    """Return "compared to last week" after a forecast as those days alone, beside it."""
    said = read_periods(wish.text, context.now(ahead=False)).periods
    if wish.tool != "sales_history" or "compare_to" not in wish.details or len(said) != 1:
        return wish
    details = {name: value for name, value in wish.details.items() if name != "compare_to"}
    return replace(wish, periods=tuple(said), details=details)
