"""What tools say in sentences of their own: notes, reasons, refusals, in the language of a turn.

Tools speak English. Another language has a list of their sentences, each with its own words for
it (`wording/notes.toml`); `{name}` stands for a figure, a day or a name. A sentence that is not
in the list stays as it is: English words are better than none.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

from agent.languages import language
from agent.planner.wording.style import Style

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_PLACE = re.compile(r"\\\{(\w+)\\\}")
_FILE = "wording/notes"


def noted(style: Style, text: str) -> str:
    """Return a tool's sentences in the language of the style, every ISO day written its way."""
    for said, ours in _translations(style.language):
        text = said.sub(_filled(ours), text)
    return _DAY.sub(lambda found: style.date(found.group()), text)


@cache
def _translations(code: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    words = language(code)
    if not words.folder.joinpath(f"{_FILE}.toml").is_file():
        return ()
    return tuple(_pairs(words.table(_FILE)["notes"]))


def _filled(ours: str) -> Callable[[re.Match[str]], str]:
    return lambda found: ours.format(**found.groupdict())


def _pairs(notes: list[dict[str, str]]) -> Iterator[tuple[re.Pattern[str], str]]:
    for note in notes:
        pattern = _PLACE.sub(r"(?P<\1>.+?)", re.escape(note["said"]))
        yield re.compile(pattern), note["ours"]
