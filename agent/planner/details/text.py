"""A text that readers take their figures from, by the patterns of its language."""

import re
from collections.abc import Iterable
from typing import Any

from agent.languages import Language
from agent.languages.numbers import number

Found = dict[str, Any]
"""Arguments by name, as far as words said them."""

_OPENING, _CLOSING = "\"'\u201c\u201e\u2018", "\"'\u201d\u201c\u2019"
# An apostrophe within words is no mark: "'it's broken'".
_WITHIN = rf"(?:[^{_OPENING}{_CLOSING}]|(?<=\w)['\u2019](?=\w))+"
_QUOTED = re.compile(rf"[{_OPENING}](?P<words>{_WITHIN})[{_CLOSING}]")


class Text:
    """A text in lower case; what one reader takes, the next does not see.

    Patterns are asked for by their names in the language's `details.toml`.
    """

    def __init__(self, text: str, language: Language) -> None:
        self.left = text
        self.language = language
        self._patterns = language.patterns("details")

    def find(self, name: str) -> re.Match[str] | None:
        """Return the first place where a pattern of this name fits."""
        found = (pattern.search(self.left) for pattern in self._patterns.each(name))
        return next((match for match in found if match), None)

    def take(self, name: str) -> re.Match[str] | None:
        """Return the first place where a pattern of this name fits, and blank it out."""
        match = self.find(name)
        if match is not None:
            blank = " " * len(match[0])
            self.left = self.left[: match.start()] + blank + self.left[match.end() :]
        return match

    def blank(self, start: int, end: int) -> str:
        """Blank a stretch out that says nothing more; return what is left."""
        self.left = self.left[:start] + " " * (end - start) + self.left[end:]
        return self.left

    def all(self, name: str) -> list[re.Match[str]]:
        """Return all places where patterns of this name fit, pattern by pattern."""
        patterns = self._patterns.each(name)
        return [match for pattern in patterns for match in pattern.finditer(self.left)]

    def has(self, name: str) -> bool:
        """Tell whether a pattern of this name fits anywhere."""
        return self.find(name) is not None

    def first_of(self, kind: str, values: Iterable[str]) -> str | None:
        """Return the first value whose pattern, named `kind_value`, fits."""
        return next((value for value in values if self.has(f"{kind}_{value}")), None)

    def number(self, said: str) -> float:
        """Return the number that digits or words stand for."""
        return number(said, self.language)

    def percent(self, name: str) -> float | None:
        """Take a figure in percent, or return None."""
        match = self.take(name)
        return None if match is None else self.number(match["percent"])

    def meaning(self, words: str, said: str) -> Any:
        """Return what a word of the language's table of words stands for."""
        return self.language.words("details", words)[re.sub(r"\s+", " ", said)]


def plain(digits: str) -> float:
    """Return the number that plain digits write, with the decimal sign of any language we have."""
    value = float(digits.replace(",", "."))
    return int(value) if value == int(value) else value


def unquoted(words: str) -> str:
    """Return words less the quotation marks around all of them."""
    quoted = _QUOTED.fullmatch(words)
    return quoted["words"].strip(" .,:;") if quoted else words
