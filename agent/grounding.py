"""Every figure in an answer must come from a tool result of this turn.

A figure is grounded when a result holds a value that rounds to it as shown, of the same unit and
in a fitting slot: the ends of a range come from one interval, a figure by itself does not, and
"12% WAPE" comes from a field of that name. The person's own words count too, and so do the
arguments of the calls. Anything else is ungrounded, and the answer does not reach a person.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agent.figures import Figure, day_of, written
from agent.plain_text import shown_text

_PERCENT_NAMES = re.compile(r"(?:_pct|_percent|percent)(?:_|$)|^level$")
_MONEY_NAMES = re.compile(r"(?:^|_)(?:price|cost|budget)(?:$|_)")
_MS_NAMES = re.compile(r"_ms$|^milliseconds$")
_LOW = re.compile(r"(?:^|_)(?:lower|low)(?:$|_)")
_HIGH = re.compile(r"(?:^|_)(?:upper|high)(?:$|_)")
_BOUND_WORDS = re.compile(
    r"\b(?:at least|at most|at best|at worst|lower|upper|low|high|up to|down to|between|from|range|"
    r"bound|as (?:much|little|many|few) as|no (?:more|less|fewer) than|worst|best case)\b",
    re.IGNORECASE,
)
# Words beside a figure that say which field it must come from.
_LABELS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"\bWAPE\b"), re.compile(r"wape|error|note|reason|metrics", re.IGNORECASE)),
    (re.compile(r"\bRMSE\b"), re.compile(r"rmse|note|reason|metrics", re.IGNORECASE)),
    (re.compile(r"\bR²|\bR2\b"), re.compile(r"r2|note|reason|metrics", re.IGNORECASE)),
    (re.compile(r"\bbias\b"), re.compile(r"bias|note|reason|metrics", re.IGNORECASE)),
    (re.compile(r"\belasticity\b"), re.compile(r"elasticity|note|reason", re.IGNORECASE)),
)
_NAMED = re.compile(r"(?:_|\bp)(\d{2})(?=_|$)")
_LABEL_REACH = 12
_WORDS_REACH = 24
_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Value:
    """One number of a result: where it stands, its unit, and which interval it bounds."""

    number: float
    unit: str
    path: str
    bound: str = ""
    interval: int = 0


@dataclass(frozen=True, slots=True)
class Grounding:
    """What came of checking an answer."""

    checked: int
    ungrounded: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        return {"checked": self.checked, "ungrounded": list(self.ungrounded)}


@dataclass(frozen=True, slots=True)
class _Sources:
    """Everything an answer may quote."""

    values: tuple[Value, ...]
    days: frozenset[str]
    ids: frozenset[str]
    times: frozenset[str]
    spelt: frozenset[str]
    names: tuple[str, ...]
    said: tuple[Figure, ...]


def check(
    answer: str, results: Sequence[Mapping[str, Any]], words: Iterable[str], today: str = ""
) -> Grounding:
    """Check an answer.

    Args:
        answer: The text that a person would get.
        results: The calls of this turn as `Answer.calls` lists them.
        words: What the person said in this conversation.
        today: ISO date; an answer may name it.
    """
    sources = _sources(results, list(words), today)
    stated = written(answer, sources.names)
    loose = [figure.text for figure in _loose_figures(answer, stated.figures, sources)]
    loose += [text for text, day in stated.days if not _is_known_day(day, sources.days)]
    loose += [one for one in stated.ids if one not in sources.ids]
    loose += [one for one in stated.times if one not in sources.times]
    loose += [one for one in stated.spelt if one.lower() not in sources.spelt]
    checked = sum(map(len, (stated.figures, stated.days, stated.ids, stated.times, stated.spelt)))
    return Grounding(checked, tuple(loose))


def _loose_figures(answer: str, figures: Sequence[Figure], sources: _Sources) -> list[Figure]:
    loose: list[Figure] = []
    place = 0
    while place < len(figures):
        one = figures[place]
        if one.partner == 1:
            pair = (one, figures[place + 1])
            if not _is_interval(pair, sources):
                loose += [each for each in pair if not _is_grounded(answer, each, sources)]
            place += 2
            continue
        if not _is_grounded(answer, one, sources):
            loose.append(one)
        place += 1
    return loose


def _is_interval(pair: tuple[Figure, Figure], sources: _Sources) -> bool:
    """Tell whether two joined figures are the two ends of one interval."""
    low, high = pair
    lows = {v.interval for v in sources.values if v.bound == "low" and _fits(low, v.number, v.unit)}
    return any(
        v.bound == "high" and v.interval in lows and _fits(high, v.number, v.unit)
        for v in sources.values
    )


def _is_grounded(answer: str, figure: Figure, sources: _Sources) -> bool:
    if any(_same(figure, said) for said in sources.said):
        return True
    around = answer[max(0, figure.start - _WORDS_REACH) : figure.end + _WORDS_REACH]
    may_be_bound = figure.partner > 0 or _BOUND_WORDS.search(around) is not None
    fields = _fields_for(answer, figure)
    return any(
        _fits(figure, value.number, value.unit)
        and (may_be_bound or not value.bound)
        and (fields is None or fields.search(value.path))
        for value in sources.values
    )


def _fields_for(answer: str, figure: Figure) -> re.Pattern[str] | None:
    """Return which fields a figure must come from by the word right beside it, if any says."""
    before = re.split(r"[,;.(]", answer[max(0, figure.start - _LABEL_REACH) : figure.start])[-1]
    after = re.split(r"[,;.(]", answer[figure.end : figure.end + _LABEL_REACH])[0]
    for word, fields in _LABELS:
        if word.search(before) or word.search(after):
            return fields
    return None


def _fits(figure: Figure, number: float, unit: str) -> bool:
    """Tell whether a value rounds to a figure as shown, with its unit and sign."""
    is_bare = figure.unit == "" and unit in ("units", "count", "plain")
    is_count = figure.unit == "units" and unit == "count"
    if figure.unit != unit and not is_bare and not is_count:
        return False
    slack = figure.step / 2 * (1 + _SLACK) + _SLACK * abs(number)
    if abs(number - figure.value) <= slack:
        return True
    # "fell by 3%" states a drop of -3 without its sign.
    return not figure.signed and abs(-number - figure.value) <= slack


def _same(figure: Figure, said: Figure) -> bool:
    units_agree = figure.unit == said.unit or "" in (figure.unit, said.unit)
    return units_agree and abs(figure.value - said.value) <= _SLACK * max(1.0, abs(said.value))


def _is_known_day(day: str, known: frozenset[str]) -> bool:
    if day.startswith("--"):
        return any(one.endswith(day[2:]) for one in known)
    return day in known or any(one.startswith(day) for one in known)


def _sources(results: Sequence[Mapping[str, Any]], words: Sequence[str], today: str) -> _Sources:
    values: list[Value] = []
    texts: list[str] = []
    names: list[str] = []
    days = {today} if today else set()
    times: set[str] = set()
    for number, call in enumerate(results):
        parts = {"arguments": call.get("arguments"), "result": call.get("result")}
        for path, key, value, unit, owner in _leaves(parts, "", "", f"{number}"):
            if isinstance(value, str):
                moment = day_of(value) if len(value) >= 10 else None  # noqa: PLR2004 - an ISO day
                if moment:
                    days.add(moment.isoformat())
                    times.add(value[11:16])
                if key not in _IDS or not value.isdigit():
                    texts.append(value)
                # A name that is a bare number must not hide that number wherever it stands.
                if key == "name" and not value.isdigit():
                    names += [value, shown_text(value)]
            elif isinstance(value, int | float) and not isinstance(value, bool):
                values.append(_value(path, key, float(value), unit, owner))
                # A field's own name may say a number: `coverage_80_pct`, `p95_ms`.
                for digits in _NAMED.findall(key):
                    values += [Value(float(digits), kind, path) for kind in ("percent", "count")]
    told = [written(text, tuple(names)) for text in texts]
    said = [written(text) for text in words]
    return _Sources(
        values=tuple(values),
        days=frozenset(days | {day for one in (*told, *said) for _, day in one.days}),
        ids=frozenset(one for each in (*told, *said) for one in each.ids),
        times=frozenset(times | {one for each in (*told, *said) for one in each.times}),
        spelt=frozenset(one.lower() for each in (*told, *said) for one in each.spelt),
        names=tuple(name for name in names if any(letter.isdigit() for letter in name)),
        said=tuple(figure for one in (*said, *told) for figure in one.figures),
    )


def _leaves(
    value: Any, path: str, unit: str, owner: str, key: str = "", money: str = ""
) -> Iterator[tuple[str, str, Any, str, str]]:
    """Yield every value with its path, its name, the unit beside it and the object it is in."""
    if isinstance(value, Mapping):
        own, money = value.get("unit"), str(value.get("currency") or money)
        # "USD per unit" is money too.
        unit = own.split(" ")[0] if isinstance(own, str) else unit
        for name, part in value.items():
            yield from _leaves(part, f"{path}.{name}", unit, f"{owner}.{path}", str(name), money)
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            yield from _leaves(part, f"{path}[{number}]", unit, owner, key, money)
    else:
        # Beside `currency`, `unit` is that of what is counted.
        yield path, key, value, money if money and key in _MONEY else unit, owner


def _value(path: str, key: str, number: float, unit: str, owner: str) -> Value:
    bound = "low" if _LOW.search(key) else "high" if _HIGH.search(key) else ""
    stem = re.sub(r"_?(?:lower|upper|low|high)_?", "", key)
    interval = hash((owner, stem)) if bound else 0
    return Value(number, _unit_of(key, unit, number), path, bound, interval)


def _unit_of(key: str, unit: str, number: float) -> str:
    if _PERCENT_NAMES.search(key):
        return "percent"
    if _MS_NAMES.search(key):
        return "ms"
    if _MONEY_NAMES.search(key):
        return _currency(unit)
    if key in _UNITLESS:
        return "plain"
    if key in _COUNTS or (number == int(number) and not unit):
        return "count"
    return unit or "plain"


# What identifies an item counts nothing: product 1 does not vouch for "1%".
_IDS = frozenset({"id", "key", "product", "store"})
_COUNTS = frozenset(
    {"series", "windows", "periods", "calls", "records", "limit", "top", "days", "rank", "factor"}
    | {"accepted", "rejected", "undecided", "given", "measured", "as_promised", "open"}
)
_MONEY = frozenset({"price", "revenue", "profit"})
_UNITLESS = frozenset({"r2", "mase"})


def _currency(unit: str) -> str:
    return unit if unit not in ("", "units") else "money"
