"""Whether a question looks ahead or back, which its period and its verbs tell together."""

from dataclasses import replace
from datetime import date, timedelta

from agent.planner.comparing import (
    Compared,
    counterpart,
    later_of_two,
    named_comparison,
    read_compared,
    relation,
)
from agent.planner.context import PlannerContext
from agent.planner.periods import Period
from agent.planner.specs import SPECS, looks_ahead

_EITHER_WAY = ("", "forecast")
_DATED = ("day", "days", "week", "weekend", "month", "quarter")
_MUCH_NEARER = 2
_TWO = 2
_FAR = timedelta(days=60)


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
    past = context.language.patterns("direction")["past"]
    is_past = past.search(text) is not None
    if tool == "explain":
        return _explained(about or ("change" if is_past else ""), text, context)
    said = _read(tool, text, context, ahead=looks_ahead(tool, about))
    first = said.periods[0] if said.periods else None
    if said.compare_to:  # "is next month better than a year ago" looks back only to compare
        is_past = past.search(said.text) is not None
    if tool == "sales_history" and not is_past and (ahead := _turned_ahead(said, text, context)):
        return "forecast", about, _beside_its_like(ahead, text, context)
    if tool == "forecast":
        said = _with_the_past(_beside_its_like(said, text, context), text, context)
    is_over = first is not None and first.end < context.today
    foretold = context.language.patterns("direction")["foretold"]
    if tool == "forecast" and not is_over and _is_nearer_behind(said, text, context):
        is_over = True
    if tool == "forecast" and is_over and not foretold.search(text):
        return "sales_history", about, _read("sales_history", text, context, ahead=False)
    return tool, about, said


def _turned_ahead(said: Compared, text: str, context: PlannerContext) -> Compared | None:
    """Return the days of past sales as the days ahead that they are, or None where they are not."""
    first = said.periods[0] if said.periods else None
    if _lies_ahead(first, context):
        return _read("forecast", text, context, ahead=True)
    return _nearer_ahead(said, text, context)


def _beside_its_like(said: Compared, text: str, context: PlannerContext) -> Compared:
    """Read what a forecast is set beside where words name it: "than last", "vs a year ago".

    The tool compares nothing itself: what was sold then is asked besides.
    """
    compare_to, rest = named_comparison(text, context.now(ahead=True))
    alone = _read("forecast", rest, context, ahead=True)
    if compare_to is None or len(alone.periods) != 1:
        return said
    first = alone.periods[0]
    if first.end < context.today:
        return said
    return replace(alone, periods=(first, counterpart(first, compare_to)))


def _with_the_past(said: Compared, text: str, context: PlannerContext) -> Compared:
    """Read what a forecast is compared with behind: "for July, and how does it compare to June"."""
    if len(said.periods) < _TWO:
        return said
    cues = context.language.patterns("comparing")
    periods = [said.periods[0]]
    for one in said.periods[1:]:
        lead = cues["before"].search(text[: one.at[0]])
        compares = lead is not None and cues["over"].search(lead[0]) is None
        behind = _read("sales_history", text[one.at[0] :], context, ahead=False).periods
        is_past = bool(compares and behind) and behind[0].end < context.today
        is_later = one.start > periods[0].end
        periods.append(replace(behind[0], at=one.at) if is_past and is_later else one)
    return replace(said, periods=tuple(periods))


def _is_nearer_behind(said: Compared, text: str, context: PlannerContext) -> bool:
    """Tell whether "milk on 21 June" means the one just gone, and nothing says it lies ahead."""
    first = _first_named(said)
    if first is None or first <= context.today:
        return False
    if context.language.patterns("direction")["ahead"].search(text):
        return False
    behind = _read("sales_history", text, context, ahead=False)
    last = behind.periods[0].end if behind.periods else _last_named(behind)
    if last is None or last >= context.today:
        return False
    away, ago = first - context.today, context.today - last
    return away > max(_MUCH_NEARER * ago, _FAR)


def _nearer_ahead(said: Compared, text: str, context: PlannerContext) -> Compared | None:
    """Return the days ahead that "brings in from 6 to 12 July" means, days before the 6th.

    A Friday the 4th that is a Saturday is the one near by all the same, and is asked about.
    """
    behind = _last_named(said)
    if behind is None or behind >= context.today:
        return None
    ahead = _read("forecast", text, context, ahead=True)
    first = _first_named(ahead)
    if first is None or first < context.today or (ahead.periods and not _is_ahead(ahead, context)):
        return None
    away, ago = first - context.today, context.today - behind
    return ahead if ago > max(_MUCH_NEARER * away, _FAR) else None


def _last_named(said: Compared) -> date | None:
    """Return the last day that a date names, or that which one without such a day is near."""
    if said.unclear is not None:
        return said.unclear.near
    first = said.periods[0] if said.periods else None
    return first.end if first is not None and first.grain in _DATED else None


def _first_named(said: Compared) -> date | None:
    """Return the first day that a date names, or that which one without such a day is near."""
    if said.unclear is not None:
        return said.unclear.near
    return said.periods[0].start if said.periods else None


def _is_ahead(said: Compared, context: PlannerContext) -> bool:
    return _lies_ahead(said.periods[0], context)


def _explained(about: str, text: str, context: PlannerContext) -> tuple[str, str, Compared]:
    """Read what is to be explained: a forecast of days to come, or a change in days past."""
    is_told = context.language.patterns("direction")["forecast_told"].search(text)
    if about == "change" and is_told:
        about = "forecast"  # "why is the forecast above last month's sales"
    said = _read("explain", text, context, ahead=looks_ahead("explain", about))
    first = said.periods[0] if said.periods else None
    if about == "forecast" and is_told and len(said.periods) > 1:
        said = _set_against_the_past(said, text, context)
    if about == "change" and _lies_ahead(first, context):
        return "explain", "forecast", _read("explain", text, context, ahead=True)
    if about == "change" and len(said.periods) == 1 and not said.compare_to:
        return "explain", about, _from_one_to_the_other(said, text, context)
    foretold = context.language.patterns("direction")["foretold"]
    if about == "revision" and said.compare_to and not foretold.search(text):
        return _explained("change", text, context)  # days are set beside days, no forecasts
    if about == "revision":
        return "explain", about, _less_when_told(said, context)
    if about in _EITHER_WAY and first and (first.end < context.today or said.compare_to):
        behind = _read("explain", text, context, ahead=False)
        if behind.periods and behind.periods[0].end < context.today:
            return "explain", "change", behind
    return "explain", about, said


def _set_against_the_past(said: Compared, text: str, context: PlannerContext) -> Compared:
    """Read "the forecast for July is higher than June's sales" as July beside June."""
    first, second = said.periods[:2]
    before = context.language.patterns("comparing")["before"]
    if first.end < context.today or not before.search(text[: second.at[0]]):
        return said
    behind = _read("sales_history", text[second.at[0] :], context, ahead=False).periods
    compared = relation(first, behind[0]) if behind else None
    return replace(said, periods=(first,), compare_to=said.compare_to or compared)


def _from_one_to_the_other(said: Compared, text: str, context: PlannerContext) -> Compared:
    """Read a change "from May to June" as that of June, which is set against May."""
    two = later_of_two(text, said.periods[0], context.now(ahead=False))
    if two is None:
        return said
    later, compared = two
    is_usual = compared == "previous_period"
    return replace(said, periods=(later,), compare_to=None if is_usual else compared)


def _less_when_told(said: Compared, context: PlannerContext) -> Compared:
    """Leave out when another forecast was told: it is not what that was of."""
    told = context.language.patterns("cues")["told_on"]
    periods = tuple(
        one
        for one in said.periods
        if one.end >= context.today and not told.search(said.text[: one.at[0]])
    )
    return replace(said, periods=periods)


def _read(tool: str, text: str, context: PlannerContext, *, ahead: bool) -> Compared:
    """Read periods as a tool wants them."""
    can_compare = "compare_to" in SPECS[tool].takes
    return read_compared(text, context.now(ahead=ahead), can_compare=can_compare)


def _lies_ahead(period: Period | None, context: PlannerContext) -> bool:
    """Tell whether a period starts today or later, and is not today alone."""
    return period is not None and period.start >= context.today and period.end > context.today
