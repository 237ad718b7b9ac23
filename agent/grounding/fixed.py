"""The program's own fixed words: examples and questions that claim nothing.

Greetings, help and questions back are the same for everybody. A figure in such a line ("What if
we discount product 1 by 10%?") is an example, not a claim, as long as the line stands word for
word as the program has it.
"""

import re
from functools import lru_cache

from agent.grounding.reading import TAKEN, blank
from agent.languages import codes, language

_FILES = ("wording/manners.j2", "wording/questions.j2", "wording/outcomes.j2")
_SHORTEST = 12
_SEVERAL = 2
_NUMBERED = re.compile(r"^[ ]{0,3}(\d{1,2})[.)](?=\s)", re.MULTILINE)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_TAGS = re.compile(r"\{[%#{].*?[%#}]\}", re.DOTALL)


def without_fixed(answer: str) -> str:
    """Return an answer with the lines and sentences that are the program's own blanked out."""
    fixed = _fixed()
    lines = []
    for line in answer.split("\n"):
        if line.strip() in fixed:
            lines.append(TAKEN * len(line))
            continue
        parts = re.split(r"(?<=[.!?])(\s+)", line)
        lines.append("".join(TAKEN * len(part) if part in fixed else part for part in parts))
    return "\n".join(lines)


def without_numbers(answer: str) -> str:
    """Return an answer with the numbers of a numbered list blanked out: 1., 2., 3. in order."""
    found = list(_NUMBERED.finditer(answer))
    if len(found) < _SEVERAL or [int(one[1]) for one in found] != [*range(1, len(found) + 1)]:
        return answer
    for one in found:
        answer = blank(answer, one.start(1), one.end(1))
    return answer


@lru_cache(maxsize=1)
def _fixed() -> frozenset[str]:
    """Return every line of those texts that takes nothing from outside."""
    found: set[str] = set()
    for code in codes():
        folder = language(code).folder
        for name in _FILES:
            if folder.joinpath(name).is_file():
                found |= _lines(folder.joinpath(name).read_text(encoding="utf-8"))
    return frozenset(one for one in found if len(one) >= _SHORTEST)


def _lines(template: str) -> set[str]:
    plain = {line.strip() for line in _TAGS.sub("\n", template).splitlines()}
    held = {line for text in _QUOTED.findall(template) for line in (text, *_sentences(text))}
    return {*plain, *(one for line in plain for one in _sentences(line)), *held} - {""}


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)
