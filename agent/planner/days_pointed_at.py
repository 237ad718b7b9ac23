"""Days that a message tells by those spoken of before, put into it as dates.

"What is the best discount for that Friday", "10% off all month", "and the two weeks after that?"
say days only beside the answer before. As dates they are read like any others, whatever else the
message says and whichever tool it asks. Days that a message names itself are left alone, and so
is the one step that `neighbours` takes with all the calls before ("and the week before?").
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from agent.languages.numbers import number
from agent.planner.context import PlannerContext
from agent.planner.days_of_two import (
    are_in_a_row,
    days_of,
    put_in,
    says_other_days,
    with_two_put_in,
    worded,
)
from agent.planner.dialogue import Dialogue, Drafts
from agent.planner.neighbours import (
    beside_days,
    only_a_step,
    own_unit,
    span_around,
    years_on,
)
from agent.planner.periods import calendar
from agent.planner.periods.calendar import Days
from agent.planner.periods.words import side_of

_FILE = "days_before"
_A_WEEK = 7
_TWO = 2
_FORTNIGHT = "fortnight"
_TURNS_BACK = 3
_YEARS_TOLD = 10
_WORD = re.compile(r"[^\W\d_]+")

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class _Before:
    """What was spoken of, for words that point at it."""

    days: Days
    context: PlannerContext
    several: bool = False

    def unit(self, said: Match) -> str:
        """Return the span of time that a match names."""
        units: dict[str, str] = self.context.language.words(_FILE, "unit")
        word = said["unit"].lower()
        return "week" if word == _FORTNIGHT else units[word]

    def count(self, said: Match) -> int:
        """Return how many of it are counted."""
        if said.groupdict().get("one"):
            return _TWO if said["unit"].lower() == _FORTNIGHT else 1
        return int(number(said["count"], self.context.language))

    def around(self, day: date, unit: str) -> Days:
        """Return the calendar span that holds a day."""
        return span_around(day, unit, self.context)


def with_days_put_in(text: str, dialogue: Dialogue, context: PlannerContext) -> str:
    """Return a message with dates in place of words that tell days by those of before.

    Args:
        text: The message: "why so high on that Saturday?".
        dialogue: The conversation before.
        context: The tenant.
    """
    spoken_of = _spoken_of(dialogue.earlier)
    if not spoken_of:
        return text
    text = with_two_put_in(text, dialogue.earlier, context)
    several = len(spoken_of) > 1
    if several and not are_in_a_row(spoken_of):
        return text
    before = _Before((spoken_of[0][0], spoken_of[-1][1]), context, several=several)
    text = _with_weekdays(text, before)
    cues = context.language.patterns(_FILE)
    for name, tell in _RULES:
        for pattern in cues.each(name):
            said = pattern.search(text)
            if said is None or says_other_days(text, said, context):
                continue
            days = tell(said, before)
            if days is not None and not _is_other_side(days, text, context):
                text = put_in(text, said, worded(days, context))
    return text


def _spoken_of(earlier: tuple[Drafts, ...]) -> list[Days]:
    """Return the days of the newest calls that had any, each once."""
    told = ([days_of(one.arguments) for one in turn] for turn in earlier[:_TURNS_BACK])
    found = ([days for days in turn if days] for turn in told)
    return sorted(set(next((days for days in found if days), [])))


def _is_other_side(days: Days, text: str, context: PlannerContext) -> bool:
    """Tell whether verbs speak of the other side of today: "forecast for the whole month"."""
    tenses = context.language.patterns("direction")
    is_over = days[1] < context.today
    other, same = ("ahead", "past") if is_over else ("past", "ahead")
    said = context.language.patterns(_FILE)["supposes"].sub(" ", text.lower())
    return bool(tenses[other].search(said) and not tenses[same].search(said))


def _with_weekdays(text: str, before: _Before) -> str:
    """Return a text with the weekdays that lie within the days spoken of as dates."""
    language = before.context.language
    said = language.patterns(_FILE)["weekdays_within"].search(text)
    if said is None or says_other_days(text, said, before.context):
        return text
    first, last = before.days
    if (last - first).days < _A_WEEK:  # "Friday of the same week" after its weekend
        first, last = calendar.week_of(first, before.context.week_starts)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    weekdays: dict[str, int] = language.words("periods", "weekday")

    def dated(word: Match) -> str:
        fitting = [one for one in days if one.weekday() == weekdays.get(word[0].lower())]
        return fitting[0].isoformat() if len(fitting) == 1 else word[0]

    told = said["days"] or said["alone"]
    meant = _WORD.sub(dated, told)
    return text if meant == told else put_in(text, said, meant)


def _weekday_beside(said: Match, before: _Before) -> Days | None:
    """Tell "the Friday before that": the nearest beside the days spoken of."""
    weekday = before.context.language.words("periods", "weekday")[said["weekday"].lower()]
    first, last = before.days
    if said["before"]:
        day = first - timedelta(days=(first.weekday() - weekday - 1) % _A_WEEK + 1)
    else:
        day = last + timedelta(days=(weekday - last.weekday() - 1) % _A_WEEK + 1)
    return day, day


def _whole(said: Match, before: _Before) -> Days | None:
    """Tell "all month": the span that the days spoken of lie in."""
    days = before.around(before.days[0], before.unit(said))
    return days if before.days[1] <= days[1] else None


def _around(said: Match, before: _Before) -> Days | None:
    """Tell "that week" after a day; the very days spoken of are taken over without words."""
    days = _whole(said, before)
    return None if days == before.days and not before.several else days


def _rest(said: Match, before: _Before) -> Days | None:
    """Tell "the rest of that week" after a day of it."""
    end = before.around(before.days[1], before.unit(said))[1]
    start = before.days[1] + timedelta(days=1)
    return (start, end) if start <= end else None


def _as_many(said: Match, before: _Before) -> Days | None:
    """Tell "over those two days" after a weekend: the very days, where they are as many."""
    unit, (first, last) = before.unit(said), before.days
    if unit == "weekend":
        return None
    count = before.count(said) if said["count"] else _TWO
    return before.days if calendar.length_from(first, count, unit) == last else None


def _nth(said: Match, before: _Before) -> Days | None:
    """Tell "the second week" of several that were spoken of."""
    unit, (first, last) = before.unit(said), before.days
    place = before.context.language.words(_FILE, "nth")[said["nth"].lower()]
    each = [before.around(first, unit) if unit != "week" else _week_from(first)]
    while each[-1][1] < last:
        after = each[-1][1] + timedelta(days=1)
        each.append(before.around(after, unit) if unit != "week" else _week_from(after))
    fits = len(each) > 1 and each[0][0] == first
    if not fits or place > len(each):
        return None
    start, end = each[place - 1 if place > 0 else place]
    return start, min(end, last)


def _year_alone(said: Match, before: _Before) -> Days | None:
    """Tell "ok, 2025 then": the same days in another year that figures are told of."""
    year, this = int(said["year"]), before.context.today.year
    if not this - _YEARS_TOLD <= year <= this + 1:
        return None
    return years_on(*before.days, year - before.days[0].year)


def _week_from(day: date) -> Days:
    return day, day + timedelta(days=_A_WEEK - 1)


def _stretch_beside(said: Match, before: _Before) -> Days | None:
    """Tell "the two weeks after that": as many, right beside the days spoken of."""
    unit, count = before.unit(said), before.count(said)
    first, last = before.days
    if not said["before"]:
        start = last + timedelta(days=1)
        return start, calendar.length_from(start, count, unit)
    if unit in ("day", "week"):
        length = timedelta(days=count * (_A_WEEK if unit == "week" else 1))
        return first - length, first - timedelta(days=1)
    earliest = first
    for _ in range(count):
        earliest = before.around(earliest - timedelta(days=1), unit)[0]
    return earliest, first - timedelta(days=1)


def _step(said: Match, before: _Before) -> Days | None:
    """Tell "bananas the week after": the span right beside the days spoken of."""
    text, cues = said.string.lower(), before.context.language.patterns
    comes_back = cues("following")["returns"].search(text)
    if comes_back or only_a_step(text, before.context) or cues(_FILE)["weighs"].search(text):
        return None  # that moves other calls, the calls themselves, or sets days beside them
    earlier = bool(said["before"])
    return beside_days(before.days, before.unit(said), before.context, earlier=earlier)


def _further_on(said: Match, before: _Before) -> Days | None:
    """Tell "a week later": the same days, moved on."""
    unit, count = before.unit(said), before.count(said)
    count = -count if said["before"] else count
    first, last = before.days
    if unit in ("day", "week", "weekend"):
        step = timedelta(days=count * (1 if unit == "day" else _A_WEEK))
        return first + step, last + step
    if before.around(first, unit) != before.days:
        return None
    of = {"month": calendar.month_of, "quarter": calendar.quarter_of}[unit]
    return of(first, later=count)


def _on_a_side(said: Match, before: _Before) -> Days | None:
    """Tell "and next?": the span of that kind beside today's, or beside the days if it is they."""
    now = before.context.now(ahead=True)
    side, unit = side_of(said["side"].lower(), now), own_unit(*before.days)
    days = calendar.span_of(unit, now, later=side)
    return calendar.span_of(unit, now, later=2 * side) if side and days == before.days else days


_RULES: tuple[tuple[str, Callable[[Match, _Before], Days | None]], ...] = (
    ("as_many", _as_many),
    ("weekday_beside", _weekday_beside),
    ("rest", _rest),
    ("nth", _nth),
    ("year_alone", _year_alone),
    ("whole", _whole),
    ("around", _around),
    ("stretch_beside", _stretch_beside),
    ("step", _step),
    ("further_on", _further_on),
    ("side_alone", _on_a_side),
)
