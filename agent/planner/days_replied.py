"""Days that a reply names to "which days do you mean?".

Such a reply leaves out what the question had: "the 28th" after the 30th of February is in that
month, "6 to 12" after "from 12 July to 6 July" is in July, and "Thursday" after a Friday the 31st
that is none is the one beside that day.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from agent.languages.numbers import number
from agent.planner.context import PlannerContext
from agent.planner.drafts import Draft
from agent.planner.periods import Period, read_periods
from agent.planner.specs import looks_ahead

_FILE = "periods"
_A_WEEK = 7
_HALF_A_WEEK = 3


def days_named(text: str, draft: Draft, context: PlannerContext) -> Sequence[Period]:
    """Return the periods that a reply names, near the day that the question was about.

    Args:
        text: The reply in lower case, names blanked.
        draft: The call that waits for its days.
        context: The tenant.
    """
    now = context.now(ahead=looks_ahead(draft.tool, draft.arguments.get("about")))
    near = draft.arguments.get("near")
    if near is None:
        return read_periods(text, now).periods
    around = date.fromisoformat(near)
    return read_periods(_dated(text, around, context), now).periods


def _dated(text: str, near: date, context: PlannerContext) -> str:
    """Write a reply's days of the month and bare weekday as the dates near a day."""
    patterns = context.language.patterns(_FILE)
    month = context.language.table(_FILE)["names"]["month"][near.month - 1]
    days = patterns["replied_days"].search(text)
    if days is not None:
        return f"{text[: days.end()]} {month} {near.year}{text[days.end() :]}"
    weekdays = list(patterns["replied_weekday"].finditer(text))
    if len(weekdays) != 1:
        return text
    weekday = weekdays[0]
    said = int(context.language.words(_FILE, "weekday")[weekday["weekday"].lower()])
    away = (said - near.weekday() + _HALF_A_WEEK) % _A_WEEK - _HALF_A_WEEK
    meant = near + timedelta(days=away)
    return f"{text[: weekday.start()]}{meant.isoformat()}{text[weekday.end() :]}"


def last_day(words: str, draft: Draft, context: PlannerContext) -> str | None:
    """Return the last day where a reply tells how long it lasts: "for two weeks"."""
    match = context.language.patterns("following")["length"].fullmatch(words.strip())
    if match is None or "start" not in draft.arguments:
        return None
    language = context.language
    unit = language.words("following", "days")[match["unit"].lower()]
    days = timedelta(days=number(match["count"], language) * unit - 1)
    return (date.fromisoformat(draft.arguments["start"]) + days).isoformat()
