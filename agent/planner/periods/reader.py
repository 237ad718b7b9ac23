"""Finds the phrases about time in a sentence and joins them to periods."""

import re
from dataclasses import dataclass, replace
from datetime import date

from agent.planner.periods import calendar, days, festivals, ranges, spans
from agent.planner.periods.calendar import Found, NotADate, Now, Period, Unclear
from agent.planner.periods.days import Rule

_RULES: tuple[Rule, ...] = (*ranges.RULES, *festivals.RULES, *spans.RULES, *days.RULES)
_WORD = re.compile(r"(?<![\w'$€£])(?<!\d[.,])[\w']")
_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "’": "'", "‘": "'"})  # noqa: RUF001 - as typed
_TO = re.compile(
    r"\s*(?:-|\b(?:to|until|till|til|through|thru|up\s+to)\b)\s*(?:and\s+including\s+)?(?:the\s+)?$"
)
_AND = re.compile(r"\s*(?:\band\b|&)\s*(?:the\s+)?$")
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$")
_FROM = re.compile(r"\bfrom\s+(?:the\s+)?$")
_SINCE = re.compile(r"\b(?:ever\s+)?since\s+(?:the\s+)?$")
_UNTIL = re.compile(
    r"\b(?:(?:from\s+(?:now|today)\s+)?(?:until|till|til|through|thru|(?<!been )up\s+to)"
    r"|from\s+(?:now|today)\s+to"
    r"|by|before)\s+(?:the\s+)?$"
)
_STARTING = re.compile(r"\b(?:starting|beginning|commencing|from|as\s+of)\s+(?:on\s+)?(?:the\s+)?$")
_WEEK_LEAD = re.compile(
    r"(?:\bthe\s+)?\b(?P<width>week|weekend)\s+(?:of|(?P<edge>starting|beginning|commencing|from|ending)"
    r"(?:\s+on)?|with|containing)\s+(?:the\s+)?$"
)
_ONWARD = re.compile(r"\s+(?:onwards?\b|forward\b|on(?=\s*(?:[.,;?!]|$)))")
_FOR = re.compile(r"\s*(?:,\s*)?(?:for\s+(?:the\s+)?)?$")
_APART = re.compile(r"\s*,?\s*(?:the\s+)?\(?$")
_FAR_APART = 300


@dataclass(frozen=True, slots=True)
class Reading:
    """The periods of a sentence in their order, or what about them must be asked."""

    periods: tuple[Period, ...]
    unclear: Unclear | None = None

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Return where in the sentence time is spoken of."""
        places = [period.at for period in self.periods]
        return places + ([self.unclear.at] if self.unclear else [])


def read_periods(text: str, now: Now) -> Reading:
    """Read all periods of a sentence.

    A date that does not exist, a start after its end and a weekday that contradicts its date
    are never repaired: the reading is then `unclear` and says why.
    """
    text = _plain(text)
    try:
        found = _with_weekdays(text, _scan(text, now))
        found = _joined(text, [_week_around(text, one, now) for one in found], now)
    except _At as trouble:
        return Reading((), trouble.unclear)
    return Reading(tuple(Period(one.start, one.end, one.grain, one.at) for one in found))


class _At(Exception):
    """Something to ask about, and where it stands."""

    def __init__(
        self,
        message: str,
        at: tuple[int, int],
        asks_for: tuple[str, ...] = ("start", "end"),
        start: date | None = None,
    ) -> None:
        super().__init__(message)
        self.unclear = Unclear(message, at, asks_for, start)


def _plain(text: str) -> str:
    """Return the text in lower case and with plain dashes, each character in its place."""
    lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return re.sub(r"\s", " ", lowered.translate(_DASHES))


def _scan(text: str, now: Now) -> list[Found]:
    found: list[Found] = []
    position = 0
    while match := _WORD.search(text, position):
        best = _longest(text, match.start(), now)
        if best is None:
            position = match.end()
            continue
        found.append(best)
        position = max(best.at[1], match.end())
    if any(one.counted is None for one in found):
        return found
    # A bare length ("a 10 day forecast") counts from today when nothing else gives the days.
    return [_alone(one, now) for one in found[:1]]


def _alone(length: Found, now: Now) -> Found:
    count, unit = length.counted or (1, "day")
    there = calendar.spans_of(count, unit, now, ahead=now.ahead)
    return Found(*there, grain="days" if unit == "day" else unit).placed(*length.at)


def _longest(text: str, at: int, now: Now) -> Found | None:
    best: Found | NotADate | None = None
    end = at
    for pattern, build in _RULES:
        match = pattern.match(text, at)
        if match is None or match.end() <= end or _cuts_a_word(text, match.end()):
            continue
        try:
            one: Found | NotADate | None = build(match, now)
        except NotADate as trouble:
            one = trouble
        if one is not None:
            best, end = one, match.end()
    if isinstance(best, NotADate):
        raise _At(str(best), (at, end))
    return best.placed(at, end) if best else None


def _cuts_a_word(text: str, end: int) -> bool:
    return end < len(text) and text[end - 1].isalnum() and text[end].isalnum()


def _with_weekdays(text: str, found: list[Found]) -> list[Found]:
    """Join "Friday" with "3 July" beside it; they must agree."""
    kept: list[Found] = []
    for one in found:
        before = kept[-1] if kept else None
        if before is not None and _APART.fullmatch(text[before.at[1] : one.at[0]]):
            pair = (before, one) if before.weekday is not None else (one, before)
            weekday, day = pair[0].weekday, pair[1]
            if weekday is not None and day.weekday is None and _is_dated(day):
                kept[-1] = _agreed(weekday, day, (before.at[0], one.at[1]))
                continue
        kept.append(one)
    return kept


def _is_dated(day: Found) -> bool:
    return day.grain == "day" and not day.edge and day.counted is None


def _agreed(weekday: int, day: Found, at: tuple[int, int]) -> Found:
    if day.start.weekday() != weekday:
        said = calendar.days_from(date(2024, 1, 1), weekday)
        raise _At(f"{day.start.day} {day.start:%B %Y} is a {day.start:%A}, not a {said:%A}.", at)
    return day.placed(*at)


def _week_around(text: str, one: Found, now: Now) -> Found:
    """Return the week that holds, starts or ends with a day where the words say so."""
    lead = _WEEK_LEAD.search(text[: one.at[0]])
    if lead is None or one.start != one.end or one.edge:
        return one
    if lead["width"] == "weekend":
        days, grain = calendar.weekend_of(one.start), "weekend"
    elif lead["edge"] is None:
        days, grain = calendar.week_of(one.start, now.week_starts), "week"
    elif lead["edge"] == "ending":
        days, grain = (calendar.days_from(one.start, -6), one.start), "week"
    else:
        days, grain = (one.start, calendar.days_from(one.start, 6)), "week"
    return Found(*days, grain=grain).placed(lead.start(), one.at[1])


def _joined(text: str, found: list[Found], now: Now) -> list[Found]:
    kept: list[Found] = []
    waiting = list(found)
    while waiting:
        one = waiting.pop(0)
        before, start = text[: one.at[0]], one.at[0]
        if waiting and (pair := _pair(text, one, waiting[0])):
            waiting.pop(0)
            lead = _BETWEEN.search(before) or _FROM.search(before)
            kept.append(pair.placed(lead.start() if lead else start, pair.at[1]))
        elif one.counted is not None:
            continue
        else:
            kept.append(_with_lead(text, one, now))
    return kept


def _pair(text: str, first: Found, second: Found) -> Found | None:
    """Return the range or the anchored length that two neighbours make, or None."""
    gap = text[first.at[1] : second.at[0]]
    at = (first.at[0], second.at[1])
    if first.counted and (lead := _STARTING.search(gap)) and not gap[: lead.start()].strip(" ,"):
        return _lasting(second.start, first.counted, at)
    if second.counted:
        return _lasting(first.start, second.counted, at) if _FOR.fullmatch(gap) else None
    between = _BETWEEN.search(text[: first.at[0]])
    if not (_TO.fullmatch(gap) or (between and _AND.fullmatch(gap))):
        return None
    if first.in_year and second.onward is None and not second.edge:
        year = second.start.year
        there = first.in_year(year)
        first = replace(
            first, start=there[0] if there[0] <= second.end else first.in_year(year - 1)[0]
        )
    end = second.onward(first.start)[1] if second.onward else second.end
    if first.start > end or (second.onward and (end - first.start).days > _FAR_APART):
        raise _At("That period starts after it ends.", at)
    grain = first.grain if first.grain == second.grain != "day" else "days"
    return Found(first.start, end, grain=grain).placed(*at)


def _lasting(start: date, length: tuple[int, str], at: tuple[int, int]) -> Found:
    count, unit = length
    return Found(start, calendar.length_from(start, count, unit), grain="days").placed(*at)


def _with_lead(text: str, one: Found, now: Now) -> Found:
    """Apply "since", "until" and "starting", which give one end only."""
    before, after = text[: one.at[0]], text[one.at[1] :]
    yesterday = calendar.days_from(now.today, -1)
    since = _SINCE.search(before)
    opens = _STARTING.search(before) or _ONWARD.match(after)
    if since or (opens and not now.ahead and one.start < now.today):
        at = (since.start() if since else one.at[0], one.at[1])
        begins = _behind(one, now)
        if begins > yesterday:
            raise _At("That period starts after the last day with data.", at)
        return Found(begins, yesterday, grain="days").placed(*at)
    if until := _UNTIL.search(before):
        at = (until.start(), one.at[1])
        last = calendar.days_from(one.start, -1) if "before" in until[0] else one.end
        if last < now.today:
            raise _At("From which day to which? That period ends before today.", at)
        return Found(now.today, last, grain="days").placed(*at)
    if opens:
        message = "Until which day? Only the start of that period is clear."
        raise _At(message, one.at, ("end",), one.start)
    if one.edge:
        raise _At(f"Which days are meant by {text[slice(*one.at)]!r}?", one.at)
    return one


def _behind(one: Found, now: Now) -> date:
    """Return the start of the phrase, looked for behind today: "since Monday" never lies ahead."""
    if one.start < now.today:
        return one.start
    if one.in_year:
        return one.in_year(one.start.year - 1)[0]
    if one.weekday is not None:
        return calendar.days_from(one.start, -7)
    return one.start
