"""How digits, money and days are set on paper: as English does it, or as a locale does.

Which digits a figure gets, and its sign, are decided in `style`; here they are only written.
"""

from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from agent.languages import Language, language

_ENGLISH = "en"


class Typesetting(Protocol):
    """A way of writing sizes (never below zero) and days."""

    def number(self, size: float, digits: int) -> str:
        """Write a number with so many decimals."""
        ...

    def percent(self, size: float, digits: int) -> str:
        """Write a percentage, less a decimal that says nothing."""
        ...

    def money(self, number: str, currency: str) -> str:
        """Write money, its number already written."""
        ...

    def date(self, day: date, locale: str, *, has_year: bool = True) -> str:
        """Write a day with its weekday, and with its year unless that is said elsewhere."""
        ...


def typesetting(code: str, locale: str) -> Typesetting:
    """Return how a language writes figures, in a tenant's locale where that speaks it."""
    if code == _ENGLISH:
        return English(language(code))
    own = locale.replace("-", "_")
    spoken: str = language(code).table("wording/figures")["locale"]
    return Local(own if own.split("_")[0] == code else spoken)


class English:
    """1,234.5, 12.5%, $4.50, and Mon, Jul 6, 2026 or Mon 6 Jul 2026 where the day comes first."""

    def __init__(self, words: Language) -> None:
        figures = words.table("wording/figures")
        self._symbols: dict[str, str] = figures["symbols"]
        self._weekdays: list[str] = figures["weekdays"]
        self._months: list[str] = figures["months"]
        self._day_first = tuple(figures["day_first"])

    def number(self, size: float, digits: int) -> str:
        """Write a number with so many decimals."""
        return f"{size:,.{digits}f}"

    def percent(self, size: float, digits: int) -> str:
        """Write a percentage, less a decimal that says nothing."""
        return f"{size:.{digits}f}".removesuffix(".0") + "%"

    def money(self, number: str, currency: str) -> str:
        """Write money, its number already written."""
        return f"{self._symbols.get(currency, f'{currency} ')}{number}"

    def date(self, day: date, locale: str, *, has_year: bool = True) -> str:
        """Write a day with its weekday, and with its year unless that is said elsewhere."""
        weekday, month = self._weekdays[day.weekday()], self._months[day.month - 1]
        if locale.startswith(self._day_first):
            return f"{weekday} {day.day} {month}" + (f" {day.year}" if has_year else "")
        return f"{weekday}, {month} {day.day}" + (f", {day.year}" if has_year else "")


class Local:
    """As a locale writes it, by the rules of Unicode's CLDR: 1.234,5 and 12,5 %."""

    def __init__(self, locale: str) -> None:
        self._locale = _known(locale)

    def number(self, size: float, digits: int) -> str:
        """Write a number with so many decimals."""
        from babel.numbers import format_decimal  # noqa: PLC0415 - English needs none of it

        decimals = f".{'0' * digits}" if digits else ""
        return format_decimal(size, f"#,##0{decimals}", locale=self._locale)

    def percent(self, size: float, digits: int) -> str:
        """Write a percentage, less a decimal that says nothing."""
        from babel.numbers import format_percent  # noqa: PLC0415 - English needs none of it

        pattern = self._locale.percent_formats[None].pattern
        optional = pattern.replace("#,##0", f"#,##0.{'#' * digits}") if digits else pattern
        return format_percent(size / 100, optional, locale=self._locale)

    def money(self, number: str, currency: str) -> str:
        """Write money, its number already written."""
        from babel.numbers import get_currency_symbol  # noqa: PLC0415 - English needs none of it

        symbol = get_currency_symbol(currency, locale=self._locale)
        pattern = self._locale.currency_formats["standard"].pattern
        before, _, after = pattern.partition("#,##0.00")
        return f"{before}{number}{after}".replace("¤", symbol)

    def date(
        self,
        day: date,
        locale: str,  # noqa: ARG002 - its own order holds
        *,
        has_year: bool = True,
    ) -> str:
        """Write a day with its weekday, and with its year unless that is said elsewhere."""
        from babel.dates import format_skeleton  # noqa: PLC0415 - English needs none of it

        return format_skeleton("yMMMEd" if has_year else "MMMEd", day, locale=self._locale)


@lru_cache(maxsize=16)
def _known(locale: str) -> Any:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - English needs none of it

    try:
        return Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(locale.split("_", maxsplit=1)[0])
