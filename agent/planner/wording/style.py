"""How figures, money and dates are written for one tenant."""

from dataclasses import dataclass
from datetime import date

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
_DAY_FIRST = ("en-GB", "de", "fr", "es", "it", "nl", "pl", "pt", "sv", "da", "nb", "fi")
_THOUSAND = 1_000
_MILLION = 1_000_000
_HALF_DIGIT = 0.0005

Day = date | str
"""A day, or its ISO form."""


@dataclass(frozen=True, slots=True)
class Style:
    """One tenant's way of writing; every figure in an answer passes through here."""

    currency: str = "USD"
    locale: str = "en-US"

    def number(self, value: float, digits: int = 0) -> str:
        """Write a plain number: 1,234 or 0.87; fractions only below ten unless asked."""
        if digits == 0 and value != round(value) and abs(value) < 10:  # noqa: PLR2004 - reads best
            digits = 1
        return f"{value:,.{digits}f}".replace("-", "−") if value < 0 else f"{value:,.{digits}f}"

    def amount(self, value: float, unit: str) -> str:
        """Write a figure with its unit: `1,234 units` or money."""
        if unit != "units":
            return self.money(value, unit)
        text = self.number(value)
        return f"{text} unit" if text == "1" else f"{text} units"

    def money(self, value: float, currency: str | None = None) -> str:
        """Write money: $5.49 below a thousand with cents, $1,234 above without."""
        symbol = _SYMBOLS.get(currency or self.currency, f"{currency or self.currency} ")
        sign = "−" if value < 0 else ""
        size = abs(value)
        return f"{sign}{symbol}{size:,.2f}" if size < _THOUSAND else f"{sign}{symbol}{size:,.0f}"

    def compact_money(self, value: float, currency: str | None = None) -> str:
        """Write money in few characters: $860, $2.3K, $1.1M."""
        symbol = _SYMBOLS.get(currency or self.currency, f"{currency or self.currency} ")
        sign, size = "−" if value < 0 else "", abs(value)
        for scale, letter in ((_MILLION, "M"), (_THOUSAND, "K")):
            # What would round up to the next letter is written with it.
            if size >= scale * (1 - _HALF_DIGIT):
                return f"{sign}{symbol}{size / scale:,.1f}{letter}"
        return f"{sign}{symbol}{size:,.0f}"

    def percent(self, value: float, digits: int = 1) -> str:
        """Write a percentage: 12.5%, 15%."""
        text = f"{abs(value):.{digits}f}".removesuffix(".0")
        return f"{'−' if value < 0 and text.strip('0.') else ''}{text}%"

    def change(self, value: float) -> str:
        """Write a signed percentage: +4.2%, −3%."""
        text = self.percent(value)
        return text if text.startswith("−") else f"+{text}"

    def date(self, day: Day) -> str:
        """Write a day: Mon, Jul 6, 2026, or Mon 6 Jul 2026 where the day comes first."""
        day = date.fromisoformat(day) if isinstance(day, str) else day
        if self.locale.startswith(_DAY_FIRST):
            return f"{day:%a} {day.day} {day:%b} {day.year}"
        return f"{day:%a}, {day:%b} {day.day}, {day.year}"

    def period(self, start: Day, end: Day) -> str:
        """Write a period, both ends included."""
        return self.date(start) if start == end else f"{self.date(start)} to {self.date(end)}"
