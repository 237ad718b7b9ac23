"""Answers made wrong in one place, to measure whether the check finds it.

Each mutant tells something else than the answer it was made from: a changed digit that still
rounds to a value in the same slot is none, and is left out by comparing with the results.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from agent.grounding.lexicon import Lexicon, lexicon, spoken_in
from agent.grounding.reading import Figure, Moment, written

_MINUS = "\N{MINUS SIGN}"
_DASH = "\N{EN DASH}"
_RANGE = re.compile(
    r" \((?:\d+(?:\.\d+)?\s?%[^()]*range|range|mit \d+[^()]*Wahrscheinlichkeit|Spanne)[^()]*\)"
)
_OPPOSITES = (
    ("more than", "less than"), ("more", "less"), ("up", "down"), ("smaller", "larger"),
    ("far above", "far below"), ("mehr", "weniger"), ("most", "least"), ("highest", "lowest"),
    ("inside its", "outside its"),
)  # fmt: skip
_LABELS = (
    ("revenue", "profit"), ("Revenue", "Profit"), ("(WAPE)", "(bias)"),
    ("safety stock", "reorder point"),
    ("accepted", "rejected"), ("bias", "RMSE"), ("as planned", "expected"), ("promised", "planned"),
    ("price", "margin"), ("units", "%"), ("in stock", "lost"), ("Umsatz", "Gewinn"),
)  # fmt: skip

# Words that tell something only behind a figure other than nothing.
_BEHIND = {
    "accepted": r"(?<!\d)[1-9]\d* $", "rejected": r"(?<!\d)[1-9]\d* $",
    "smaller": r"[1-9]\d*\s?% $", "larger": r"[1-9]\d*\s?% $",
    "planned": r"\d", "expected": r"\d units $", "as planned": r"\d units $",
}  # fmt: skip
_UNITS = {"en": "units", "de": "Stück"}
_UNIT = re.compile(r"\s*(?:units?|Stück)")
_DAYS = {"en": "EEE, MMM d, y", "de": "EE, d. MMM y"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """An answer made wrong.

    Attributes:
        kind: How: digit, unit, sign, label, entity, date, interval, direction, swap.
        text: The wrong answer.
        what: What was changed, for people.
    """

    kind: str
    text: str
    what: str


def mutants(
    answer: str,
    names: Sequence[tuple[str, str, str]],
    choice: random.Random,
) -> Iterator[Mutant]:
    """Yield mutants of an answer, each wrong in one place."""
    speech = lexicon(spoken_in(answer)[0])
    masked = _without_names(answer, names)
    stated = written(masked, speech)
    figures = [one for one in stated.figures if "\0" not in one.text]
    for one in figures:
        for mutant in _of_figure(answer, one, choice, _UNITS[speech.code]):
            if mutant.text != answer and not _says_the_same(one, mutant, speech):
                yield mutant
    yield from _swaps(answer, figures, choice)
    yield from _days(answer, stated.moments, choice, speech.code)
    yield from _words(answer)
    yield from _entities(answer, masked, names, choice)
    for match in _RANGE.finditer(answer):
        if _is_only(match, stated.figures):
            yield _cut(answer, match.start(), match.end(), "", "interval")


def _of_figure(answer: str, one: Figure, choice: random.Random, units: str) -> Iterator[Mutant]:
    if not any(map(str.isdigit, one.text)):
        return
    digits = [place for place in range(one.start, one.end) if answer[place].isdigit()]
    place = choice.choice(digits)
    others = [
        d for d in "0123456789" if d != answer[place] and not (d == "0" and place == digits[0])
    ]
    yield _cut(answer, place, place + 1, choice.choice(others), "digit")
    text = answer[one.start : one.end]
    if not one.value:
        return  # nothing is nothing in any unit
    if one.unit == "percent":
        yield _cut(answer, one.start, one.end, re.sub(r"\s*%", f" {units}", text), "unit")
    elif one.unit == "units" and _UNIT.search(text):
        yield _cut(answer, one.start, one.end, _UNIT.sub("%", text), "unit")
    elif one.unit == "USD":
        yield _cut(answer, one.start, one.end, text.replace("$", "€"), "unit")
    if one.signed and one.value:
        flipped = f"+{text[1:]}" if text[0] in f"{_MINUS}-" else f"{_MINUS}{text[1:]}"
        yield _cut(answer, one.start, one.end, flipped, "sign")


def _says_the_same(one: Figure, mutant: Mutant, speech: Lexicon) -> bool:
    """Tell whether a figure is only rounded more: "about 490" for about 491."""
    found = [other for other in written(mutant.text, speech).figures if other.start == one.start]
    return mutant.kind == "digit" and any(
        other.step > one.step and abs(other.value - one.value) <= other.step / 2 for other in found
    )


def _swaps(answer: str, figures: Sequence[Figure], choice: random.Random) -> Iterator[Mutant]:
    """Yield answers in which two figures of one unit have changed places."""
    for one in figures:
        others = [
            other
            for other in figures
            if other.start > one.start and other.unit == one.unit
            and other.partner == one.partner == 0
            and abs(abs(other.value) - abs(one.value)) > max(one.step, other.step)
            and other.signed == one.signed
        ]  # fmt: skip
        if others:
            other = choice.choice(others)
            first, second = answer[one.start : one.end], answer[other.start : other.end]
            text = answer[: one.start] + second + answer[one.end : other.start] + first
            yield Mutant(
                "swap",
                text + answer[other.end :],
                f"{first!r} <-> {second!r} in {answer[max(0, one.start - 60) : other.end + 40]!r}",
            )


def _days(
    answer: str, moments: Sequence[Moment], choice: random.Random, code: str
) -> Iterator[Mutant]:
    for one in moments:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", one.key):
            continue
        other = date.fromisoformat(one.key) + timedelta(
            days=choice.choice((-400, -9, -3, 3, 11, 40))
        )
        text = format_date(other, _DAYS[code], locale=code)
        yield _cut(answer, one.start, one.end, text, "date")


def _words(answer: str) -> Iterator[Mutant]:
    for kind, pairs in (("direction", _OPPOSITES), ("label", _LABELS)):
        for first, second in pairs:
            for old, new in ((first, second), (second, first)):
                for match in re.finditer(rf"(?<!\w){re.escape(old)}(?!\w)", answer):
                    if _tells(kind, old, answer, match):
                        yield _cut(answer, match.start(), match.end(), new, kind)


def _tells(  # noqa: C901, PLR0911 - a line for each kind of word
    kind: str, word: str, answer: str, match: re.Match[str]
) -> bool:
    """Tell whether a word speaks of a figure beside it, so that another is wrong there."""
    near = answer[max(0, match.start() - 24) : match.start()]
    after = answer[match.end() : match.end() + 24]
    if word in ("up", "down"):
        return bool(re.match(r" \d", after))
    if word in ("more", "less", "mehr", "weniger"):
        is_nothing = re.search(r"(?<![\d.,])0(?:[.,]0+)?(?: \w+)?\s*$", near)
        beside = re.search(r"(?:units?|Stück|\d|%\)|€)\s*$", near)
        return bool(beside) and not is_nothing and not after.startswith((" than", " unusual"))
    if word in ("more than", "less than"):
        return bool(re.search(r"(?:units?|\d|%\))\s*$", near))
    if kind == "label" and re.search(r"(?<![\d.,])0[.,]00", after):
        return False
    if word in _BEHIND:
        return bool(re.search(_BEHIND[word], near))
    if word == "price":
        return bool(re.search(r"\$\d", after))
    if word in ("most", "least"):
        return near.endswith("sold ") and after.startswith(":")
    if word in ("highest", "lowest"):
        return after.startswith((" day", " week", " month", " price"))
    if word in ("%", "units"):
        return False
    if word in ("safety stock", "reorder point"):
        return bool(re.match(r"[^.;]{0,12}\d", after) or re.search(r"\d[^.;]{0,12}$", near))
    return kind == "direction" or bool(re.search(r"\d", near + after))


def _entities(
    answer: str, masked: str, names: Sequence[tuple[str, str, str]], choice: random.Random
) -> Iterator[Mutant]:
    for kind, _key, name in names:
        others = [other for kind2, _k, other in names if kind2 == kind and other != name]
        if not others:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", answer):
            if re.match(r"[^.\n]*\d", masked[match.end() : match.end() + 60]):
                yield _cut(answer, match.start(), match.end(), choice.choice(others), "entity")


def _is_only(match: re.Match[str], figures: Sequence[Figure]) -> bool:
    """Tell whether a range is said nowhere else in the answer, in other digits perhaps."""
    ends = [one for one in figures if match.start() <= one.start < match.end() and one.partner]
    others = [
        one for one in figures if one.partner and not match.start() <= one.start < match.end()
    ]
    return bool(ends) and not all(
        any(abs(one.value - end.value) <= max(one.step, end.step) for one in others) for end in ends
    )


def _without_names(answer: str, names: Sequence[tuple[str, str, str]]) -> str:
    for _kind, _key, name in sorted(names, key=lambda one: len(one[2]), reverse=True):
        answer = answer.replace(name, "\0" * len(name))
    return answer


def _cut(answer: str, start: int, end: int, new: str, kind: str) -> Mutant:
    around = answer[max(0, start - 50) : end + 40]
    what = f"{answer[start:end]!r} -> {new!r} in {around!r}"
    return Mutant(kind, answer[:start] + new + answer[end:], what)
