"""How a language writes numbers: 1,234.5 or 1.234,5, "fifteen", "two dozen", "2k".

`{{number}}` in a language's patterns matches what `number` reads: digits, and words of the tables
`[words.spelt]` and `[words.scale]` of `common.toml`.
"""

import re
from functools import lru_cache

from agent.languages.language import Language, any_of

_DIGITS = r"\d+(?:[.,]\d+)*"
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_TEN, _TWENTY, _HUNDRED = 10, 20, 100


def number(text: str, language: Language) -> float:
    """Return the number that digits or words stand for; a whole one as an integer.

    Raises:
        ValueError: It is no number.
    """
    scales = language.words("common", "scale")
    spelt = language.words("common", "article") | language.words("common", "spelt")
    said = [re.sub(r"\s+", " ", word) for word in _parts(language).findall(text.casefold())]
    if not said:
        raise ValueError(f"{text!r} is no number.")
    total, current = 0.0, 0.0
    for word in said:
        if word in scales:
            current = (current or 1) * scales[word]
            if scales[word] > _HUNDRED:
                total, current = total + current, 0.0
        elif word in spelt and spelt[word] >= _TEN and 0 < current < _TEN:
            current = current * _HUNDRED + spelt[word]  # "two fifty"
        else:
            current += spelt[word] if word in spelt else _written(word, language)
    return whole(round(total + current, 6))


def price(text: str, language: Language) -> float:
    """Return the price that a figure is: "two fifty" is 2.50, "two hundred" is 200.

    Raises:
        ValueError: It is no number.
    """
    said = _spelt_price(language).fullmatch(text.strip())
    return float(_in_figures(said, language)) if said else number(text, language)


def prices_in_figures(text: str, language: Language) -> str:
    """Write "two ninety nine" as 2.99: small, tens and ones, as no number is said."""

    def figures(found: re.Match[str]) -> str:
        return _in_figures(found, language) if found["ones"] else found[0]

    return _spelt_price(language).sub(figures, text)


def _in_figures(said: re.Match[str], language: Language) -> str:
    spelt = language.words("common", "spelt")
    cents = sum(spelt[said[name].lower()] for name in ("tens", "ones") if said[name])
    return f"{spelt[said['whole'].lower()]}.{int(cents):02}"


@lru_cache(maxsize=16)
def _spelt_price(language: Language) -> re.Pattern[str]:
    spelt = language.words("common", "spelt")
    small = any_of([word for word, value in spelt.items() if value in range(1, _TWENTY)])
    ones = any_of([word for word, value in spelt.items() if value in range(1, _TEN)])
    tens = any_of([word for word, value in spelt.items() if value in range(_TWENTY, _HUNDRED)])
    return re.compile(
        rf"(?<![\w-])(?P<whole>{small})\s+(?P<tens>{tens})(?:[\s-]+(?P<ones>{ones}))?(?![\w-])",
        re.IGNORECASE,
    )


def whole(value: float) -> float:
    """Return a whole number as an integer, any other as it is."""
    return int(value) if value == int(value) else value


def _written(digits: str, language: Language) -> float:
    """Return the number that digits write.

    A sign that parts groups of exactly three digits groups thousands, unless it is the
    language's decimal sign; anything else is a decimal sign, also that of another language.
    """
    decimal = str(language.table("common")["numbers"]["decimal"])
    grouping = "," if decimal == "." else "."
    if decimal in digits or _GROUPED.fullmatch(digits):
        digits = digits.replace(grouping, "")
    parts = re.split("[.,]", digits)
    return float("".join(parts) if len(parts) > 2 else ".".join(parts))  # noqa: PLR2004 - one sign


@lru_cache(maxsize=16)
def _parts(language: Language) -> re.Pattern[str]:
    kinds = ("spelt", "scale", "article")
    words = [word for kind in kinds for word in language.words("common", kind)]
    return re.compile(f"{_DIGITS}|{any_of(words)}")
