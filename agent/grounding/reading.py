"""What a text states: figures with value, unit, precision and sign; days, ids and times."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from agent.grounding.lexicon import Lexicon, sign_of

TAKEN = "\0"
"""Stands for every letter of what has been read already."""
NAMED = "\1"
"""Stands for every letter of a name."""

_MINUS = "\N{MINUS SIGN}"
_ISO = re.compile(
    r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])"
    r"(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_TIME = re.compile(r"\b(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?\b")
_ID = re.compile(r"\b(?:[A-Za-z]\w*_v\d{8}(?:\.\d+)?|(?:AP|AL|RC)-\d+)\b")
_QUARTER = re.compile(r"\bQ([1-4])(?:[ /-]?(\d{4}))?\b")
_YEAR = re.compile(r"(?<![\d.,$€£-])(?:19|20)\d\d(?![\d.,%]*\d|\s?%)")
_MONTHS = 12
_HEDGE = 24
_FAR = 120


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as written.

    Attributes:
        text: As it stands in the text.
        value: With sign and scale.
        unit: `percent`, a currency code, `units`, `ms`, or an empty string.
        step: The value of its last shown digit, e.g. 0.1 for 12.5, 100 for 2.3K.
        signed: Whether a plus or minus is written.
        start: Where it begins.
        end: Where it ends.
        partner: Its place's other end when it is one end of a range: 0 none, 1 low, 2 high.
    """

    text: str
    value: float
    unit: str
    step: float
    signed: bool
    start: int
    end: int
    partner: int = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """A day or month as written.

    Attributes:
        key: ISO text; without a year `--MM-DD`, a month `YYYY-MM` or `--MM`, a quarter
            `YYYY-Q3`, a year `YYYY`.
    """

    text: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Anything else found in a text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Written:
    """What a text states.

    Attributes:
        figures: Its figures in order.
        moments: Its days and months.
        ids: Model, approval, alert and recommendation ids.
        times: Times of day.
        ratios: Shares and multiples in words, each with its percentage.
        rest: The text with all of this blanked out but the figures.
    """

    figures: tuple[Figure, ...]
    moments: tuple[Moment, ...]
    ids: tuple[Spot, ...]
    times: tuple[Spot, ...]
    ratios: tuple[tuple[Spot, float], ...]
    rest: str


def written(text: str, words: Lexicon) -> Written:
    """Return what a text states."""
    ids, text = _take(_ID, text)
    moments, text = _moments(text, words)
    times, text = _take(_TIME, text)
    odds, text = _take(words["out_of"], text)
    multiples, text = _take(words["times"], text)
    ratios = [(spot, 100 * (_multiple(spot.text, words) - 1)) for spot in multiples]
    ratios += [(spot, _share(spot.text, words)) for spot in odds]
    for ratio in words.ratios:
        found, text = _take(ratio.pattern, text)
        ratios += [(spot, ratio.percent) for spot in found]
    return Written(_figures(text, words), moments, ids, times, tuple(ratios), text)


def _multiple(text: str, words: Lexicon) -> float:
    """Return how many times: 4 of "four times"."""
    first = text.split(maxsplit=1)[0].casefold()
    return float(first) if first.isdigit() else words.spelt.get(first, 1)


def _share(text: str, words: Lexicon) -> float:
    """Return which percentage it is: 80 of "four out of five"."""
    found = re.findall(r"[^\W_]+", text.casefold())
    numbers = [float(one) if one.isdigit() else words.spelt.get(one, 1) for one in found]
    return 100 * numbers[0] / numbers[-1]


def blank(text: str, start: int, end: int, by: str = TAKEN) -> str:
    """Return a text with a stretch of it blanked out."""
    return text[:start] + by * (end - start) + text[end:]


def day_of(text: str) -> date | None:
    """Return the day of an ISO date or moment, or None when the text is neither."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _take(pattern: re.Pattern[str], text: str) -> tuple[tuple[Spot, ...], str]:
    found = tuple(Spot(match[0], match.start(), match.end()) for match in pattern.finditer(text))
    for one in found:
        text = blank(text, one.start, one.end)
    return found, text


def _moments(text: str, words: Lexicon) -> tuple[tuple[Moment, ...], str]:
    found: list[Moment] = []

    def note(match: re.Match[str], year: str | None, month: str, day: str | None) -> str:
        number = int(month) if month.isdigit() else words.months.index(month[:3].casefold()) + 1
        if not 1 <= number <= _MONTHS:
            return match[0]
        key = f"{number:02d}" + (f"-{int(day):02d}" if day else "")
        key = f"{year}-{key}" if year else f"--{key}"
        found.append(Moment(match[0], key, match.start(), match.end()))
        return TAKEN * len(match[0])

    def mark(match: re.Match[str], key: str) -> str:
        found.append(Moment(match[0], key, match.start(), match.end()))
        return TAKEN * len(match[0])

    def both(match: re.Match[str], year: str | None, month: str, days: tuple[int, int]) -> str:
        """Note two days of one month: July 6-12."""
        first, last = days
        ends = (match.start(), match.end(first)), (match.start(last), match.end())
        for group, (start, end) in zip(days, ends, strict=True):
            note(match, year, month, match[group])
            found[-1] = Moment(match[0], found[-1].key, start, end)
        gap = match.string[match.end(first) : match.start(last)]
        return TAKEN * (ends[0][1] - ends[0][0]) + gap + TAKEN * (ends[1][1] - ends[1][0])

    text = _ISO.sub(lambda m: note(m, m[1], m[2], m[3]), text)
    text = _DOTTED.sub(lambda m: note(m, m[3], m[2], m[1]), text)
    if re.search(words.reading["month"], text, re.IGNORECASE):
        month_first, day_first, alone, spans, spans_behind = _named_days(words)
        text = spans.sub(lambda m: both(m, m[4], m[1], (2, 3)), text)
        text = spans_behind.sub(lambda m: both(m, m[4], m[3], (1, 2)), text)
        text = month_first.sub(lambda m: note(m, m[3], m[1], m[2]), text)
        text = day_first.sub(lambda m: note(m, m[3], m[2], m[1]), text)
        text = alone.sub(lambda m: note(m, m[2], m[1], None), text)
    text = _QUARTER.sub(lambda m: mark(m, f"{m[2] or '-'}-Q{m[1]}"), text)
    text = _YEAR.sub(lambda m: mark(m, m[0]), text)
    return tuple(sorted(found, key=lambda one: one.start)), text


_COMPILED: dict[str, tuple[re.Pattern[str], ...]] = {}


def _named_days(words: Lexicon) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of days with a month's name, month first, day first, and no day."""
    if words.code not in _COMPILED:
        month, weekday, ordinal = (words.reading[k] for k in ("month", "weekday", "ordinal"))
        texts = (
            rf"{weekday}\b({month})\s+(\d{{1,2}}){ordinal}?(?:,?\s+(\d{{4}}))?(?![\d.,]*\d|\s?(?:%|(?:{words.reading['units']})))",
            rf"{weekday}(?<![\d.,])\b(\d{{1,2}}){ordinal}?\s+(?:of\s+)?({month})(?:,?\s+(\d{{4}}))?(?!\w)",
            rf"\b({month})\s+(\d{{4}})(?!\d)",
            rf"\b({month})\s+(\d{{1,2}}){words['joins'].pattern}(\d{{1,2}})(?:,?\s+(\d{{4}}))?(?![\d.,]*\d|\s?(?:%|units))",
            rf"\b(\d{{1,2}})\.?(?:\s?[–-]\s?|{words['joins'].pattern})(\d{{1,2}})\.?\s+({month})(?:\s+(\d{{4}}))?",
        )
        _COMPILED[words.code] = tuple(re.compile(text, re.IGNORECASE) for text in texts)
    return _COMPILED[words.code]


def _figures(text: str, words: Lexicon) -> tuple[Figure, ...]:
    found = [_figure(match, words) for match in words.figure.finditer(text)]
    found += [_in_words(match, words) for match in words.number_word.finditer(text)]
    found.sort(key=lambda one: one.start)
    found = [_rounded(one, text, words) for one in found]
    for place in range(1, len(found)):
        before, one = found[place - 1], found[place]
        between = text[before.end : one.start]
        aside = words["signed_joins"].fullmatch(between)
        if aside and before.partner == 0:
            before, one = _with_sign(before, aside[1], words), _after_sign(one, text, words)
            between = between.replace(aside[1], "", 1).replace("  ", " ")
        joined = before.partner == 0 and words["joins"].fullmatch(between)
        if joined and words["hedged"].search(text[max(0, before.start - _FAR) : before.start]):
            before, one = _roughly(before), _roughly(one)
        if joined and _may_join(before, one, between):
            before = _scaled(before, one, words)
            found[place - 1] = replace(before, unit=before.unit or one.unit, partner=1)
            found[place] = replace(one, unit=one.unit or before.unit, partner=2)
    return tuple(found)


def _rounded(figure: Figure, text: str, words: Lexicon) -> Figure:
    """Return a figure as exact as it is meant: "about 1,400" may be 1,373."""
    near = text[max(0, figure.start - _HEDGE) : figure.start]
    return _roughly(figure) if words["hedge"].search(near) else figure


def _scaled(low: Figure, high: Figure, words: Lexicon) -> Figure:
    """Return the low end in the thousands or millions of the high one: "$10.3 to $11.6K"."""
    found = words.figure.match(high.text)
    scale = words.scale_of(found["scale"]) if found and found["scale"] else 1.0
    if abs(low.value) * scale > abs(high.value):
        return low  # "−$84 to $1.0K"
    return replace(low, value=low.value * scale, step=low.step * scale)


def _roughly(figure: Figure) -> Figure:
    """Return a round figure as exact as its digits before the zeros, at least two of them."""
    digits = f"{abs(figure.value):.0f}"
    zeros = len(digits) - max(len(digits.rstrip("0")), 2)
    is_round = zeros > 0 and figure.value == int(figure.value) and figure.unit != "percent"
    return replace(figure, step=max(figure.step, 10.0**zeros)) if is_round else figure


def _with_sign(figure: Figure, word: str, words: Lexicon) -> Figure:
    """Return a figure with the sign that the word behind it gives it."""
    if not words["down_beside"].fullmatch(word):
        return figure
    return replace(figure, value=-abs(figure.value), signed=True)


def _after_sign(figure: Figure, text: str, words: Lexicon) -> Figure:
    behind = re.match(r"\s([^\W\d_]+)", text[figure.end :])
    return _with_sign(figure, behind[1], words) if behind else figure


def _may_join(low: Figure, high: Figure, between: str) -> bool:
    """Tell whether two figures beside each other may be the ends of one range."""
    units_agree = low.unit == high.unit or "" in (low.unit, high.unit)
    return units_agree and (low.value <= high.value or not between.strip().isalpha())


def _figure(match: re.Match[str], words: Lexicon) -> Figure:
    grouping, decimal = words.reading["grouping"], words.reading["decimal"]
    digits = match["number"].replace(grouping, "").replace(decimal, ".")
    scale = words.scale_of(match["scale"]) if match["scale"] else 1.0
    sign = (match["sign"] or match["sign2"] or "").strip()
    places = len(digits.partition(".")[2])
    unit = words.unit_of(match["unit"] or "")
    if match["symbol"] or match["code"]:
        unit = sign_of(match["symbol"]) if match["symbol"] else match["code"].upper()
    return Figure(
        text=match[0].strip(" .\u00a0"),
        value=float(digits) * scale * (-1 if sign in (_MINUS, "-") else 1),
        unit=unit,
        step=10.0**-places * scale,
        signed=bool(sign),
        start=match.start(),
        end=match.end(),
    )


def _in_words(match: re.Match[str], words: Lexicon) -> Figure:
    value, current = 0.0, 0.0
    for word in re.findall(r"[^\W\d_]+", match["words"].casefold()):
        if word in words.powers:
            value, current = value + max(current, 1) * words.powers[word], 0.0
        else:
            current += words.spelt.get(word, 1 if len(word) > 1 and word != "and" else 0)
    unit = words.unit_of(match["unit"] or "")
    text = match[0].strip()
    return Figure(
        text, value + current, unit, 1.0, signed=False, start=match.start(), end=match.end()
    )
