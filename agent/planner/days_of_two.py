"""Two spans of time that were spoken of one after the other, and words that stand for them.

"The same two days at Airport" after Friday and Saturday means both, and "the change between those
two weeks" is of the second, set against the first.
"""

import re
from datetime import date, timedelta
from itertools import pairwise

from agent.planner.comparing import relation
from agent.planner.context import PlannerContext
from agent.planner.dialogue import Drafts
from agent.planner.neighbours import own_unit
from agent.planner.periods import Period, places_of_time
from agent.planner.periods.calendar import Days

_FILE = "days_before"
_TWO = 2

Match = re.Match[str]


def with_two_put_in(text: str, earlier: tuple[Drafts, ...], context: PlannerContext) -> str:
    """Return a message with plainer words in place of those for two spans spoken of before.

    Args:
        text: The message.
        earlier: The calls of each turn before, newest first.
        context: The tenant.
    """
    return _with_both(_with_the_later_of_two(text, earlier, context), earlier, context)


def worded(days: Days, context: PlannerContext) -> str:
    """Return days as they are read: "2026-07-06 to 2026-07-12"."""
    put = context.language.words(_FILE, "put")
    start, end = (day.isoformat() for day in days)
    return str(put["day" if start == end else "days"]).format(start=start, end=end)


def put_in(text: str, said: Match, days: str) -> str:
    """Return a text with other words in place of a match."""
    return text[: said.start()] + days + text[said.end() :]


def says_other_days(text: str, said: Match, context: PlannerContext) -> bool:
    """Tell whether a message names days besides, which its words may point at, or compares."""
    cues = context.language.patterns("comparing")
    lead = cues["before"].search(text[: said.start()].lower())
    compares = lead is not None and cues["over"].search(lead[0]) is None
    places = places_of_time(text, context.language)
    beside = [one for one in places if one[1] <= said.start() or one[0] >= said.end()]
    return bool(beside) or compares


def days_of(arguments: dict[str, object]) -> Days | None:
    """Return the days of a call; None where it has none."""
    start, end = arguments.get("start"), arguments.get("end")
    if not start or not end:
        return None
    return date.fromisoformat(str(start)), date.fromisoformat(str(end))


def are_in_a_row(spans: list[Days]) -> bool:
    """Tell whether spans, the earliest first, follow one another without a gap."""
    return all(one[1] + timedelta(days=1) == other[0] for one, other in pairwise(spans))


def _with_both(text: str, earlier: tuple[Drafts, ...], context: PlannerContext) -> str:
    """Return a text that counts the last two spans as both: "the same two days" are no other two.

    Each of them is asked about by itself, as with all that "both" stands for.
    """
    said = context.language.patterns(_FILE)["same_two"].search(text)
    if said is None or says_other_days(text, said, context):
        return text
    word = said["unit"].lower()
    unit = context.language.words(_FILE, "unit")[word]
    spans = _last_two(earlier)
    if len(spans) < _TWO or any(own_unit(*one) != unit for one in spans):
        return text
    return put_in(text, said, str(context.language.words(_FILE, "put")["both"]).format(unit=word))


def _last_two(earlier: tuple[Drafts, ...]) -> list[Days]:
    """Return the last two spans that were spoken of, the earlier first."""
    told = [days_of(one.arguments) for turn in earlier[:_TWO] for one in turn]
    return sorted(list(dict.fromkeys(days for days in told if days))[:_TWO])


def _with_the_later_of_two(text: str, earlier: tuple[Drafts, ...], context: PlannerContext) -> str:
    """Return a text with the later of two periods where it asks between them.

    "Explain the change between those two weeks" is of the second, set against the first.
    """
    said = context.language.patterns(_FILE)["the_two"].search(text)
    if said is None or says_other_days(text[: said.start()], said, context):
        return text
    two = _set_side_by_side(earlier)
    if two is None:
        return text
    (first, compared), put = two, context.language.words(_FILE, "put")
    days = worded(first, context)
    is_yearly = compared == "last_year"
    return put_in(text, said, put["beside_last_year"].format(days=days) if is_yearly else days)


def _set_side_by_side(earlier: tuple[Drafts, ...]) -> tuple[Days, str] | None:
    """Return the later of two periods that were spoken of, and what comparison gives the other."""
    last = earlier[0] if earlier else ()
    for one in last:
        if (days := days_of(one.arguments)) and "compare_to" in one.arguments:
            return days, str(one.arguments["compare_to"])
    spans = _last_two(earlier)
    if len(spans) < _TWO:
        return None
    former, later = (Period(*days, own_unit(*days), (0, 0)) for days in spans)
    compared = relation(later, former)
    return ((later.start, later.end), compared) if compared else None
