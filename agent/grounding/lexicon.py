"""What a language's words say of figures: its file `grounding.toml`, compiled."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from agent.languages import codes, language

_FILE = "grounding"
_FIRST = "en"
_CLOSE = 0.4
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
_CODES = "USD EUR GBP JPY INR CHF CAD AUD SEK NOK DKK PLN"
_MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share or a multiple in a word: "doubled" is 100 percent more."""

    percent: float
    pattern: re.Pattern[str]


class Lexicon:
    """One language's words about figures."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._table: dict[str, Any] = language(code).table(_FILE)
        self.reading: dict[str, Any] = self._table["reading"]
        self.known_by = frozenset(self._table["known_by"])
        self.scales: dict[str, float] = self._table["scales"]
        self.spelt: dict[str, float] = self._table["spelt"]
        self.powers: dict[str, float] = self._table["powers"]
        self.months: list[str] = self.reading["months"]

    def __getitem__(self, name: str) -> re.Pattern[str]:
        """Return a pattern by its name.

        Raises:
            KeyError: The language has none of that name.
        """
        return self._patterns[name]

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {name: _compiled(text) for name, text in self._table["patterns"].items()}

    @cached_property
    def labels(self) -> re.Pattern[str]:
        """Return what finds a word for a kind of figure; the group's name is the kind."""
        return _any_group(self._table["labels"])

    @property
    def drivers(self) -> Mapping[str, list[str]]:
        """Return what else people call a thing that moves sales, by its name in results."""
        found: Mapping[str, list[str]] = self._table["drivers"]
        return found

    @cached_property
    def stances(self) -> re.Pattern[str]:
        """Return what finds a word for how a figure is meant: planned, actual, expected."""
        return _any_group(self._table["stances"])

    @cached_property
    def ratios(self) -> tuple[Ratio, ...]:
        """Return the shares and multiples that words stand for."""
        return tuple(
            Ratio(value, _compiled(text)) for value, text in self._table["ratios"].values()
        )

    @cached_property
    def figure(self) -> re.Pattern[str]:
        """Return what finds a figure in digits, with its sign, scale and unit."""
        group, point = (re.escape(self.reading[name]) for name in ("grouping", "decimal"))
        number = rf"\d{{1,3}}(?:{group}\d{{3}})+(?:{point}\d+)?|\d+(?:{point}\d+)?"
        scales = "|".join(map(re.escape, sorted(self.scales, key=len, reverse=True)))
        return re.compile(
            rf"(?P<sign>(?<![\w)])[+{_MINUS}-]\s?)?"
            rf"(?:(?P<symbol>[$€£¥₹])\s?|(?P<code>\b(?:{_CODES.replace(' ', '|')}))\s)?"
            rf"(?P<sign2>[+{_MINUS}-])?(?<![\d.,\w])(?P<number>{number})(?!\d)"
            rf"(?P<scale>[\s-]?(?:{scales})\b\.?)?(?P<unit>[\s\u00a0-]?(?:{self._units}|[$€£¥₹]))?",
            re.IGNORECASE,
        )

    @cached_property
    def number_word(self) -> re.Pattern[str]:
        """Return what finds a number in words, with its unit."""
        ones = "|".join(self.spelt)
        powers = "|".join(self.powers)
        plain = rf"(?:{ones})(?:[\s-]?(?:{ones}))?"
        return re.compile(
            rf"\b(?P<words>(?:{plain}|an?|one)[\s-](?:{powers})(?:[\s-](?:and\s)?(?:{plain}))?"
            rf"|{plain}|one(?=\s?(?:{self._units})))\b"
            rf"(?P<unit>[\s-]?(?:{self._units}))?",
            re.IGNORECASE,
        )

    @cached_property
    def currencies(self) -> Mapping[str, re.Pattern[str]]:
        """Return what finds each currency by its word."""
        return {code: _compiled(text) for code, text in self._table["currencies"].items()}

    @cached_property
    def percent(self) -> re.Pattern[str]:
        """Return what finds the word or sign of a percentage."""
        return _compiled(self.reading["percent"])

    @cached_property
    def milliseconds(self) -> re.Pattern[str]:
        """Return what finds milliseconds."""
        return _compiled(self.reading["milliseconds"])

    def compile_all(self) -> None:
        """Compile every pattern, which the first answer in a language would have to wait for."""
        for name, member in vars(Lexicon).items():
            if isinstance(member, cached_property):
                getattr(self, name)

    @property
    def _units(self) -> str:
        words = [self.reading[name] for name in ("percent", "units", "milliseconds")]
        return "|".join([*words, *self._table["currencies"].values()])

    def unit_of(self, text: str) -> str:
        """Return the unit that a sign or word beside a figure names."""
        text = text.strip(" \u00a0-")
        if not text:
            return ""
        if text in _SIGNS:
            return _SIGNS[text]
        if self.percent.match(text):
            return "percent"
        if self.milliseconds.match(text):
            return "ms"
        return next((code for code, word in self.currencies.items() if word.match(text)), "units")

    def scale_of(self, text: str) -> float:
        """Return what a word or letter after a figure multiplies it by."""
        return float(self.scales.get(text.strip(" -.").casefold(), 1))


def sign_of(symbol: str) -> str:
    """Return the currency of a sign."""
    return _SIGNS[symbol]


@lru_cache(maxsize=16)
def lexicon(code: str) -> Lexicon:
    """Return a language's words about figures.

    Raises:
        KeyError: There is no such language.
    """
    return Lexicon(code)


def spoken_in(answer: str) -> tuple[str, ...]:
    """Return the languages an answer may be in, the likeliest first, by its small words.

    Tools may note something in English in an answer that is in another language.
    """
    words = re.findall(r"[^\W\d_]+", answer.casefold())
    counts = {code: sum(word in _own_words(code) for word in words) for code in _known()}
    order = sorted(counts, key=lambda code: (-counts[code], code != _FIRST))
    least = counts[order[0]] * _CLOSE
    return (order[0], *(code for code in order[1:] if counts[code] > least))


@lru_cache(maxsize=16)
def _own_words(code: str) -> frozenset[str]:
    """Return the small words that no other language has."""
    others = [lexicon(other).known_by for other in _known() if other != code]
    return lexicon(code).known_by.difference(*others)


@lru_cache(maxsize=1)
def _known() -> tuple[str, ...]:
    return tuple(
        code for code in codes() if language(code).folder.joinpath(f"{_FILE}.toml").is_file()
    )


def _any_group(table: Mapping[str, str]) -> re.Pattern[str]:
    return _compiled("|".join(f"(?P<{name}>{text})" for name, text in table.items()))


def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)
