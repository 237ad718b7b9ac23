"""Other ends of the days spoken of, or all of them as one: "starting Monday", "both together"."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from agent.planner.context import PlannerContext
from agent.planner.drafts import Draft, distinct
from agent.planner.periods import read_periods
from agent.planner.specs import looks_ahead

_FILE = "answers"
_TWO = 2
_DAYS = ("start", "end")


def with_other_ends(
    text: str, frames: Sequence[Draft], context: PlannerContext
) -> tuple[Draft, ...] | None:
    """Return earlier calls with another last or first day, or None where a text says none.

    Args:
        text: The message in lower case: "up to and including Sunday", "starting Monday".
        frames: The calls before.
        context: The tenant.
    """
    cues = context.language.patterns(_FILE)
    told = re.split(cues["joins_ends"].pattern, text.strip())
    said = [(cues["until"].match(one), cues["starting"].match(one)) for one in told]
    if not all(until or starting for until, starting in said):
        return None
    changed = [frame for frame in frames if all(name in frame.arguments for name in _DAYS)]
    if not changed or len(changed) < len(frames):
        return None
    for until, starting in said:
        moved = [_with_end(one, until, starting, context) for one in changed]
        changed = [one for one in moved if one is not None]
    in_order = all(one.arguments["start"] <= one.arguments["end"] for one in changed)
    return tuple(changed) if len(changed) == len(frames) and in_order else None


def _with_end(
    frame: Draft,
    until: re.Match[str] | None,
    starting: re.Match[str] | None,
    context: PlannerContext,
) -> Draft | None:
    """Return a call with another last day, or another first one."""
    ahead = looks_ahead(frame.tool, str(frame.arguments.get("about", "forecast")))
    said = until or starting
    if said is None:
        return None
    # "Until the end of the month" is read as a whole, "up to and including Sunday" by its day.
    told = (said[0], said["days"]) if until else (said["days"],)
    readings = (read_periods(text, context.now(ahead=ahead)) for text in told)
    reading = next((one for one in readings if len(one.periods) == 1), None)
    if reading is None:
        return None
    period = reading.periods[0]
    if until:
        return frame.having(end=period.end.isoformat())
    return frame.having(start=period.start.isoformat())


def put_together(
    text: str, frames: Sequence[Draft], context: PlannerContext
) -> tuple[Draft, ...] | None:
    """Return two calls of days in a row as one of them all: "put both days together"."""
    says = context.language.patterns(_FILE)["together"].search(text)
    days = [tuple(str(one.arguments.get(name, "")) for name in _DAYS) for one in frames]
    bare = distinct(one.having(**dict.fromkeys(_DAYS)) for one in frames)
    if not says or len(frames) != _TWO or len(bare) > 1 or not all(map(all, days)):
        return None
    (start, until), (after, end) = sorted(days)
    is_in_a_row = date.fromisoformat(until) + timedelta(days=1) == date.fromisoformat(after)
    return (frames[0].having(start=start, end=end),) if is_in_a_row else None
