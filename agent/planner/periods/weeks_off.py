"""Days that are told by counting weeks from one: "a week ago yesterday", "three Fridays ago"."""

from datetime import date

from agent.planner.periods.calendar import Found, Now, days_from
from agent.planner.periods.days import Rule
from agent.planner.periods.words import Match, count_of, meaning

_WEEK = 7


def _weeks_off(match: Match, now: Now) -> Found:
    """Return "a week ago yesterday", "a week ago last Friday" and "a week today"."""
    said = match.groupdict()
    is_behind = bool(said.get("ago"))
    if said.get("day"):
        day = days_from(now.today, int(meaning("relative", said["day"], now)))
    else:
        day = _nearest(int(meaning("weekday", said["weekday"], now)), now, ahead=not is_behind)
    weeks = count_of(match, now)
    off = days_from(day, _WEEK * (-weeks if is_behind else weeks))
    return Found(off, off)


def _weekdays_off(match: Match, now: Now) -> Found:
    """Return "three Fridays ago": the third Friday behind today; "two Mondays from now"."""
    is_behind = bool(match.groupdict().get("ago"))
    weekday = int(meaning("weekday", match["weekday"], now))
    further = _WEEK * (count_of(match, now) - 1)
    nearest = _nearest(weekday, now, ahead=not is_behind)
    day = days_from(nearest, -further if is_behind else further)
    return Found(day, day)


def _nearest(weekday: int, now: Now, *, ahead: bool) -> date:
    """Return the nearest such weekday, which is never today."""
    if ahead:
        return days_from(now.today, (weekday - now.today.weekday() - 1) % _WEEK + 1)
    return days_from(now.today, -((now.today.weekday() - weekday - 1) % _WEEK + 1))


RULES: tuple[Rule, ...] = (("weeks_off", _weeks_off), ("weekdays_off", _weekdays_off))
