"""Finds the phrases about time in a sentence and joins them to periods."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from agent.languages import Language
from agent.planner.periods import calendar, days, edges, festivals, ranges, spans, weeks_off
from agent.planner.periods.around import as_put, end_after, is_all, is_dated, place_of
from agent.planner.periods.calendar import Found, NotADate, Now, Period, Unclear
from agent.planner.periods.days import Rule
from agent.planner.periods.doubtful import Doubtful
from agent.planner.periods.weekdays import of_one_week, over, with_weekdays

_RULES: tuple[Rule, ...] = (
    *ranges.RULES,
    *festivals.RULES,
    *spans.RULES,
    *edges.RULES,
    *days.RULES,
    *weeks_off.RULES,
)
_WORD = re.compile(r"(?<![\w'$€£])(?<!\d[.,])[\w']")
_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "’": "'", "‘": "'"})  # noqa: RUF001 - as typed
_ITEM = re.compile(r"(?:^|\s)-\s+$")
_FAR_APART = 300
_ANY_DAY = date(2001, 5, 16)
_A_FEW = 4


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
        found = of_one_week(text, with_weekdays(text, _scan(text, now), now), now)
        found = _joined(text, [as_put(text, one, now) for one in found], now)
    except Doubtful as trouble:
        return Reading((), trouble.unclear(now))
    except (OverflowError, ValueError):  # "9999 quarters" reach beyond all dates
        why = NotADate("which_days", words=text.strip()).worded(now.language)
        return Reading((), Unclear(why, (0, len(text))))
    return Reading(tuple(Period(one.start, one.end, one.grain, one.at) for one in found))


def places_of_time(text: str, words: Language) -> list[tuple[int, int]]:
    """Return where words about time stand, whatever day it is."""
    try:
        return [one.at for one in _scan(_plain(text), Now(_ANY_DAY, language=words))]
    except Doubtful:
        return []


def _plain(text: str) -> str:
    """Return the text in lower case and with plain dashes, each character in its place."""
    lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return re.sub(r"\s", " ", lowered.translate(_DASHES))


@lru_cache(maxsize=64)
def _scan(text: str, now: Now) -> tuple[Found, ...]:
    """Return the phrases about time in a text, which is read several times in a turn."""
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
        return tuple(found)
    # A bare length ("a 10 day forecast") counts from today when nothing else gives the days.
    return tuple(_alone(one, now) for one in found[:1])


def _alone(length: Found, now: Now) -> Found:
    count, unit = length.counted or (1, "day")
    there = calendar.spans_of(count, unit, now, ahead=now.ahead)
    return Found(*there, grain="days" if unit == "day" else unit).placed(*length.at)


def _longest(text: str, at: int, now: Now) -> Found | None:
    best: Found | NotADate | None = None
    end = at
    patterns = now.language.patterns("periods")
    for name, build in _RULES:
        for pattern in patterns.each(name):
            match = pattern.match(text, at)
            if match is None or match.end() <= end or _cuts_a_word(text, match.end()):
                continue
            try:
                one: Found | NotADate | None = build(match, now)
            except NotADate as trouble:
                one = trouble
            except (OverflowError, ValueError):  # "the next 9999 years" ends after all dates
                one = NotADate("which_days", words=match[0])
            if one is not None:
                best, end = one, match.end()
    if isinstance(best, NotADate):
        raise Doubtful(best, (at, end))
    return best.placed(at, end) if best else None


def _cuts_a_word(text: str, end: int) -> bool:
    return end < len(text) and text[end - 1].isalnum() and text[end].isalnum()


def _joined(text: str, found: list[Found], now: Now) -> list[Found]:
    kept: list[Found] = []
    waiting = list(found)
    while waiting:
        one = waiting.pop(0)
        before, start = text[: one.at[0]], one.at[0]
        if waiting and (pair := _pair(text, one, waiting[0], now)):
            waiting.pop(0)
            lead = place_of(before, "between", now) or place_of(before, "from", now)
            kept.append(pair.placed(lead.start() if lead else start, pair.at[1]))
        elif one.counted is not None:
            continue
        elif kept and (closed := _closed(text, kept[-1], one, now)):
            kept[-1] = closed
        elif days := _together(text, kept, one, now):
            kept = [*kept[: -days[1]], days[0]]
        else:
            kept.append(_with_lead(text, one, now))
    return kept


def _closed(text: str, first: Found, second: Found, now: Now) -> Found | None:
    """Return "weekly units since 1 May for Riverside, up to yesterday" as one range, or None."""
    is_open = first.grain == "days" and first.end == calendar.days_from(now.today, -1)
    closes = place_of(text[: second.at[0]], "closes", now)
    if not is_open or closes is None or not first.start <= second.end < now.today:
        return None
    return Found(first.start, second.end, grain="days").placed(first.at[0], second.at[1])


def _together(text: str, before: list[Found], last: Found, now: Now) -> tuple[Found, int] | None:
    """Return "Friday, Saturday and Sunday together" as one range, and how many days it adds to."""
    end = end_after(text, last, "together", now)
    first, count = last, 0
    for one in reversed(before) if end else ():
        is_next = first.start == calendar.days_from(one.end, 1)
        if not (is_next and is_all(text[one.at[1] : first.at[0]], "and", now)):
            break
        first, count = one, count + 1
    if not count or end is None:
        return None
    return Found(first.start, last.end, grain="days").placed(first.at[0], end), count


def _pair(text: str, first: Found, second: Found, now: Now) -> Found | None:
    """Return the range or the anchored length that two neighbours make, or None."""
    gap = text[first.at[1] : second.at[0]]
    at = (first.at[0], second.at[1])
    lead = place_of(gap, "starting", now) if first.counted else None
    if first.counted and lead and _is_close(gap[: lead.start()]):
        return _lasting(second.start, first.counted, at)
    ends = now.language.patterns("periods")["ending_on"].fullmatch(gap)
    if first.counted and is_dated(second) and ends:
        last = calendar.days_from(second.start, -1 if ends["before"] else 0)
        return _leading_to(last, first.counted, at)
    if second.counted:
        follows = is_all(gap, "lasting", now)
        return _lasting(first.start, second.counted, at) if follows else None
    between = place_of(text[: first.at[0]], "between", now)
    if not (is_all(gap, "range_to", now) or (between and is_all(gap, "range_and", now))):
        return None
    if _is_item(text, first):
        return None
    first = _shifted(first, second)
    end = second.onward(first.start)[1] if second.onward else second.end
    first, end = over(first, second, end, now)
    if first.start > end or (second.onward and (end - first.start).days > _FAR_APART):
        raise Doubtful(NotADate("reversed", **_parts(first.start)), at)
    grain = first.grain if first.grain == second.grain != "day" else "days"
    return Found(first.start, end, grain=grain).placed(*at)


def _is_item(text: str, one: Found) -> bool:
    """Tell whether a dash opens a list of weeks or months: "milk - next week - all of May"."""
    return one.grain != "day" and _ITEM.search(text, 0, one.at[0]) is not None


def _parts(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _is_close(gap: str) -> bool:
    """Tell whether only a word or two stand between: "ten days of bagels starting Friday"."""
    return len(gap.split()) <= _A_FEW and not set(gap) & set(".;:?!")


def _shifted(first: Found, second: Found) -> Found:
    """Return the start in the year or week that only the end of the range states."""
    if second.in_week and first.weekday is not None:
        day = calendar.days_from(second.in_week[0], first.weekday)
        return replace(first, start=day, end=day)
    if first.in_year is None or second.onward is not None or second.edge:
        return first
    year = second.start.year
    there = first.in_year(year)[0]
    before = first.in_year(year - 1)[0]
    is_one_season = (second.end - before).days <= _FAR_APART
    return replace(first, start=there if there <= second.end or not is_one_season else before)


def _lasting(start: date, length: tuple[int, str], at: tuple[int, int]) -> Found:
    count, unit = length
    return Found(start, calendar.length_from(start, count, unit), grain="days").placed(*at)


def _leading_to(end: date, length: tuple[int, str], at: tuple[int, int]) -> Found:
    """Return the days of a length that end on a day, that day included."""
    count, unit = length
    days = calendar.length_from(end, count, unit) - end
    return Found(end - days, end, grain="days").placed(*at)


def _with_lead(text: str, one: Found, now: Now) -> Found:
    """Apply "since", "until" and "starting", which give one end only."""
    before = text[: one.at[0]]
    yesterday = calendar.days_from(now.today, -1)
    since = place_of(before, "since", now)
    opens = place_of(before, "starting", now) or end_after(text, one, "onward", now)
    if since or (opens and not now.ahead and one.start < now.today):
        at = (since.start() if since else one.at[0], one.at[1])
        begins = _behind(one, now)
        if begins > yesterday:
            raise Doubtful(NotADate("after_data"), at)
        return Found(begins, yesterday, grain="days").placed(*at)
    if until := place_of(before, "until", now):
        at = (until.start(), one.at[1])
        last = calendar.days_from(one.start, -1) if until["before"] else one.end
        if last < now.today:
            raise Doubtful(NotADate("ends_before"), at)
        return Found(now.today, last, grain="days").placed(*at)
    if opens:
        raise Doubtful(NotADate("until_when"), one.at, ("end",), one.start)
    if one.edge:
        raise Doubtful(NotADate("which_days", words=text[slice(*one.at)]), one.at)
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
