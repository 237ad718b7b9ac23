"""What tools say in sentences of their own: notes, reasons, refusals, in the language of a turn.

Tools speak English. Another language has a list of their words and sentences with its own for
each (`wording/notes.toml`); `{name}` stands for a figure, a day or a name. What is not in the
list stays as it is: English words are better than none.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from agent.languages import language
from agent.planner.wording.style import Style

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_PLACE = re.compile(r"\\\{(\w+)\\\}")
_DECIMAL = re.compile(r"(?P<sign>[+-]?)(?P<size>\d+\.(?P<places>\d+))")
_FIRST = re.compile(r"^(\(\?P<\w+>)\.\+\?\)")
_FILE = "wording/notes"


@dataclass(frozen=True)
class _Translations:
    """Words that are replaced as a whole, and sentences wherever they stand."""

    words: dict[str, str]
    sentences: tuple[tuple[re.Pattern[str], str], ...]


def noted(style: Style, text: str) -> str:
    """Return a tool's sentences in the language of the style, every ISO day written its way."""
    known = _translations(style.language)
    text = known.words.get(text, text)
    for said, ours in known.sentences:
        text = said.sub(_filled(ours, style), text)
    return _DAY.sub(lambda found: style.date(found.group()), text)


def _filled(ours: str, style: Style) -> Callable[[re.Match[str]], str]:
    def written(value: str) -> str:
        decimal = _DECIMAL.fullmatch(value)
        if decimal is None:
            return value
        return decimal["sign"] + style.number(float(decimal["size"]), len(decimal["places"]))

    return lambda found: ours.format(**{n: written(v) for n, v in found.groupdict().items()})


@cache
def _translations(code: str) -> _Translations:
    table = language(code).table(_FILE)
    return _Translations(table["words"], tuple(_pairs(table["notes"])))


def _pairs(notes: list[dict[str, str]]) -> Iterator[tuple[re.Pattern[str], str]]:
    for note in notes:
        pattern = _PLACE.sub(r"(?P<\1>.+?)", re.escape(note["said"]))
        # What a sentence begins with is one word: it does not reach into the sentence before.
        yield re.compile(_FIRST.sub(r"\1\\S+?)", pattern)), note["ours"]
