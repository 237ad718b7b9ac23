"""How figures, money and dates are written for one tenant, in the language of a turn."""

import zlib
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from agent.languages import Language, language
from agent.planner.wording.typesetting import Typesetting, typesetting

_THOUSAND = 1_000
_MILLION = 1_000_000
_HALF_DIGIT = 0.0005
_FRACTIONS_BELOW = 10
_MINUS = "\N{MINUS SIGN}"
_DASH = "\N{EN DASH}"

Day = date | str
"""A day, or its ISO form."""


@dataclass(frozen=True, slots=True)
class Style:
    """One tenant's way of writing; every figure in an answer passes through here.

    Attributes:
        currency: ISO code of the tenant's money.
        locale: How the tenant writes dates and numbers, where the language leaves a choice.
        language: Code of the language spoken.
        seed: Which of several phrasings to choose; 0 is always the first.
    """

    currency: str = "USD"
    locale: str = "en-US"
    language: str = "en"
    seed: int = 0

    def speaking(self, code: str, seed: int = 0) -> "Style":
        """Return the style in a language, with a seed for the choice of phrasings."""
        return replace(self, language=code, seed=seed)

    @property
    def words(self) -> Language:
        """Return the language's data."""
        return language(self.language)

    def number(self, value: float, digits: int = 0) -> str:
        """Write a plain number: 1,234 or 0.87; fractions only below ten unless asked."""
        size = abs(value)
        if digits == 0 and value != round(value) and size < _FRACTIONS_BELOW:
            digits = 1
        return f"{_MINUS if value < 0 else ''}{self._set.number(size, digits)}"

    def amount(self, value: float, unit: str) -> str:
        """Write a figure with its unit: `1,234 units`, `12.5%`, `$4.60 per unit`, or money."""
        units = self._figures["units"]
        if unit == "percent":
            return self.percent(value)
        if unit.endswith(_PER_UNIT):
            return f"{self.money(value, unit.removesuffix(_PER_UNIT))} {units['per']}"
        if unit != "units":
            return self.money(value, unit)
        text = self.number(value)
        return f"{text} {units['one' if text == '1' else 'many']}"

    def money(self, value: float, currency: str | None = None) -> str:
        """Write money: $5.49 below a thousand with cents, $1,234 above without."""
        size = abs(value)
        return self._money(value, self._set.number(size, 2 if size < _THOUSAND else 0), currency)

    def compact_money(self, value: float, currency: str | None = None) -> str:
        """Write money in few characters: $860, $2.3K, $1.1M."""
        size = abs(value)
        for scale, name in ((_MILLION, "million"), (_THOUSAND, "thousand")):
            # What would round up to the next scale is written with it.
            if size >= scale * (1 - _HALF_DIGIT):
                written = f"{self._set.number(size / scale, 1)}{self._figures['scales'][name]}"
                return self._money(value, written, currency)
        return self._money(value, self._set.number(size, 0), currency)

    def compact(self, value: float, unit: str) -> str:
        """Write money in few characters, and units in full."""
        return self.amount(value, unit) if unit == "units" else self.compact_money(value, unit)

    def percent(self, value: float, digits: int = 1) -> str:
        """Write a percentage: 12.5%, 15%."""
        is_nothing = not f"{abs(value):.{digits}f}".strip("0.")
        sign = _MINUS if value < 0 and not is_nothing else ""
        return f"{sign}{self._set.percent(abs(value), digits)}"

    def change(self, value: float) -> str:
        """Write a signed percentage: +4.2%, −3%."""
        text = self.percent(value)
        return text if text.startswith(_MINUS) else f"+{text}"

    def signed(self, value: float, unit: str) -> str:
        """Write a difference with its unit and sign: +12 units, −$4.50."""
        text = self.amount(value, unit)
        return f"+{text}" if value > 0 else text

    def span(self, low: float, high: float, unit: str) -> str:
        """Write a range: both ends with an en dash between, money with its sign."""
        is_units = unit == "units"
        ends = [self.number(end) if is_units else self.amount(end, unit) for end in (low, high)]
        return _DASH.join(ends)

    def ends(self, low: float, high: float, unit: str) -> str:
        """Write the range of a difference; a dash between minus signs could not be read."""
        if low >= 0:
            return self.span(low, high, unit)
        return f"{self.amount(low, unit)} {self._figures['to']} {self.amount(high, unit)}"

    def compact_ends(self, low: float, high: float, unit: str) -> str:
        """Write a range in few characters: $1.1K to $3.4K; units in full."""
        if unit == "units":
            return self.ends(low, high, unit)
        return f"{self.compact(low, unit)} {self._figures['to']} {self.compact(high, unit)}"

    def date(self, day: Day) -> str:
        """Write a day: Mon, Jul 6, 2026, or Mon 6 Jul 2026 where the day comes first."""
        return self._set.date(_day(day), self.locale)

    def period(self, start: Day, end: Day) -> str:
        """Write a period, both ends included; a year that both share is said once."""
        if start == end:
            return self.date(start)
        first, last = _day(start), _day(end)
        begin = self._set.date(first, self.locale, has_year=first.year != last.year)
        return f"{begin} {self._figures['to']} {self.date(last)}"

    def _money(self, value: float, size: str, currency: str | None) -> str:
        written = self._set.money(size, currency or self.currency)
        return f"{_MINUS}{written}" if value < 0 else written

    @property
    def _set(self) -> Typesetting:
        return _typesetting(self.language, self.locale)

    @property
    def _figures(self) -> dict[str, Any]:
        return self.words.table("wording/figures")


def _day(day: Day) -> date:
    return date.fromisoformat(day[:10]) if isinstance(day, str) else day


def seed_of(question: str, turn: int) -> int:
    """Return what chooses the phrasings of a turn: its question and its place in the talk."""
    return zlib.crc32(f"{turn}:{question}".encode())


ENGLISH = Style()
"""What is spoken where nobody has said otherwise."""

_PER_UNIT = " per unit"
_typesetting = lru_cache(maxsize=64)(typesetting)
