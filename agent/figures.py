"""The figures in a text: their value, unit, precision and sign, dates and ids set apart."""

import re
from dataclasses import dataclass
from datetime import date, datetime

_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
_SCALES = {"k": 1e3, "m": 1e6, "bn": 1e9, "b": 1e9}
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 - reads best
_MONTH = r"(?:" + "|".join(_MONTHS) + r")[a-z]*\.?"
_DAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+)?"

_ISO = re.compile(
    r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])"
    r"(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_MONTH_FIRST = re.compile(
    rf"{_DAY}\b({_MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(\d{{4}}))?(?![\d.,]*\d)"
)
_DAY_FIRST = re.compile(
    rf"{_DAY}\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})(?:,?\s+(\d{{4}}))?(?!\w)"
)
_MONTH_ALONE = re.compile(rf"\b({_MONTH})\s+(\d{{4}})(?!\d)")
_TIME = re.compile(r"\b(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?\b")
_ID = re.compile(r"\b(?:[A-Za-z]\w*_v\d{8}(?:\.\d+)?|(?:AP|AL|RC)-\d+)\b")
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MINUS = "\N{MINUS SIGN}"
_FIGURE = re.compile(
    rf"(?P<sign>(?<![\w)])[+{_MINUS}-]\s?)?"
    rf"(?:(?P<symbol>[$€£¥₹])\s?|(?P<code>\b[A-Z]{{3}})\s)?(?P<sign2>[+{_MINUS}-])?"
    rf"(?<![\d.,])(?P<number>{_NUMBER})(?!\d)"
    r"(?P<scale>(?:K|k|M|m|bn|B)(?![A-Za-z]))?"
    r"(?P<unit>\s?%|\s?percent\b|\s?per cent\b|\s(?:percentage\s)?points?\b|\s?ms\b|"
    r"\s(?:units?|pieces)\b|\s(?:dollars|USD|EUR|euros|GBP|pounds)\b)?"
)
_CODES = frozenset("USD EUR GBP JPY INR CHF CAD AUD SEK NOK DKK PLN".split())  # noqa: SIM905 - reads best
_JOINS = re.compile(r"\s?(?:[\N{EN DASH}\N{EM DASH}-]| to | and )\s?")
_ONES = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SPELT = re.compile(
    r"\b(?:twice|double[sd]?|tripled?|halved?|half of|"
    rf"(?:one|a|{_ONES}|{_TENS})[ -](?:hundred|thousand|million|dozen)|"
    r"dozens|hundreds|thousands|"
    rf"(?:{_ONES}|{_TENS})[ -](?:percent|units|dollars))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as written.

    Attributes:
        text: As it stands in the text.
        value: With sign and scale.
        unit: `percent`, a currency code, `units`, `ms`, or an empty string.
        step: The value of its last shown digit, e.g. 0.1 for 12.5, 100 for 2.3K.
        signed: Whether a plus or minus is written.
        partner: Its place's other end when it is one end of a range: 0 none, 1 low, 2 high.
        start: Where it begins.
        end: Where it ends.
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
class Written:
    """What a text states.

    Attributes:
        figures: Its figures in order.
        days: Its dates as ISO text; without a year as `--MM-DD`, a month as `YYYY-MM`.
        ids: Model and approval ids.
        times: Times of day.
        spelt: Amounts in words, such as "double" or "three hundred".
    """

    figures: tuple[Figure, ...]
    days: tuple[tuple[str, str], ...]
    ids: tuple[str, ...]
    times: tuple[str, ...]
    spelt: tuple[str, ...]


def written(text: str, names: tuple[str, ...] = ()) -> Written:
    """Return what a text states; figures inside the given names ("6-pack") are none."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "\0" * len(name))
    ids, text = _take(_ID, text)
    days, text = _days(text)
    times, text = _take(_TIME, text)
    spelt, text = _take(_SPELT, text)
    return Written(_figures(text), days, ids, times, spelt)


def _take(pattern: re.Pattern[str], text: str) -> tuple[tuple[str, ...], str]:
    return (
        tuple(match[0] for match in pattern.finditer(text)),
        pattern.sub(lambda match: "\0" * len(match[0]), text),
    )


def _days(text: str) -> tuple[tuple[tuple[str, str], ...], str]:
    found: list[tuple[str, str]] = []

    def note(match: re.Match[str], year: str | None, month: str, day: str | None) -> str:
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3].title()) + 1
        if not 1 <= number <= 12:  # noqa: PLR2004 - months
            return match[0]
        key = f"{number:02d}" + (f"-{int(day):02d}" if day else "")
        found.append((match[0], f"{year}-{key}" if year else f"--{key}"))
        return "\0" * len(match[0])

    text = _ISO.sub(lambda m: note(m, m[1], m[2], m[3]), text)
    text = _MONTH_FIRST.sub(lambda m: note(m, m[3], m[1], m[2]), text)
    text = _DAY_FIRST.sub(lambda m: note(m, m[3], m[2], m[1]), text)
    text = _MONTH_ALONE.sub(lambda m: note(m, m[2], m[1], None), text)
    return tuple(found), text


def _figures(text: str) -> tuple[Figure, ...]:
    found: list[Figure] = []
    for match in _FIGURE.finditer(text):
        one = _figure(match)
        before = found[-1] if found else None
        if before and before.partner == 0 and _JOINS.fullmatch(text[before.end : one.start]):
            found[-1] = _as_end(before, 1, one.unit)
            one = _as_end(one, 2, found[-1].unit)
        found.append(one)
    return tuple(found)


def _figure(match: re.Match[str]) -> Figure:
    digits = match["number"].replace(",", "")
    scale = _SCALES[match["scale"].lower()] if match["scale"] else 1.0
    sign = (match["sign"] or match["sign2"] or "").strip()
    places = len(digits.partition(".")[2])
    value = float(digits) * scale * (-1 if sign in (_MINUS, "-") else 1)
    start = match.start()
    if match["code"] and match["code"] not in _CODES:
        start = match.start("number")
    return Figure(
        text=match.string[start : match.end()].strip(),
        value=value,
        unit=_unit(match),
        step=10.0**-places * scale,
        signed=bool(sign),
        start=start,
        end=match.end(),
    )


def _unit(match: re.Match[str]) -> str:
    if match["symbol"]:
        return _CURRENCIES[match["symbol"]]
    if match["code"] in _CODES:
        return str(match["code"])
    word = (match["unit"] or "").strip().lower()
    if word in ("", "ms"):
        return word
    if word in ("unit", "units", "pieces"):
        return "units"
    if word.startswith(("%", "per", "point")):
        return "percent"
    return {"dollars": "USD", "usd": "USD", "eur": "EUR", "euros": "EUR"}.get(word, "GBP")


def _as_end(figure: Figure, partner: int, unit: str) -> Figure:
    return Figure(
        figure.text,
        figure.value,
        figure.unit or unit,
        figure.step,
        figure.signed,
        figure.start,
        figure.end,
        partner,
    )


def day_of(text: str) -> date | None:
    """Return the day of an ISO date or moment, or None when the text is neither."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None
