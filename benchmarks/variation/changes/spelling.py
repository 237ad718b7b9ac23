"""Types the same words otherwise: case, punctuation, shorthand, slips of the finger."""

import re
from collections.abc import Callable
from random import Random

from agent.evaluation.suite import Case
from benchmarks.variation.words import Told, said_otherwise
from tools.catalogue import mentions, strangers
from tools.words import is_ordinary

_WORD = re.compile(r"[^\W\d_]{5,}")
_A_LONG_WORD = 5
_QUOTED = re.compile(r"[\"'`“”].*?[\"'`“”]")


def in_lower_case(told: Told) -> Case | None:
    """Type all in lower case."""
    return _each(told, str.lower)


def in_capitals(told: Told) -> Case | None:
    """Type all in capitals."""
    return _each(told, str.upper)


def without_marks(told: Told) -> Case | None:
    """Leave out question marks, full stops at the end and commas."""
    return _each(told, lambda say: re.sub(r"[?!,]|\.(?=\s*$)", "", say))


def without_apostrophes(told: Told) -> Case | None:
    """Leave out apostrophes."""
    return _each(told, lambda say: re.sub(r"(?<=\w)['\u2019](?=\w)", "", say))


def with_curly_signs(told: Told) -> Case | None:
    """Type as a telephone sets it: curly quotes, long dashes, three dots."""
    signs = {"'": "\u2019", "...": "\u2026", " - ": " \u2014 "}

    def curly(say: str) -> str:
        for plain, set_ in signs.items():
            say = say.replace(plain, set_)
        return say + " \U0001f64f"

    return _each(told, curly)


def loosely_spaced(told: Told) -> Case | None:
    """Type with double spaces, a line break and several question marks."""
    return _each(told, lambda say: re.sub(r", ", ",\n", say).replace(" ", "  ").replace("?", "??"))


def shortened(told: Told) -> Case | None:
    """Write words as people shorten them."""
    return _each(told, lambda say: _by_table(say, told.words["shortened"]))


def contracted(told: Told) -> Case | None:
    """Write "what is" for "what's", and the other way."""
    return _each(told, lambda say: _by_table(say, told.words["contracted"]))


def with_a_slip(told: Told) -> Case | None:
    """Mistype one longer word that is no name."""
    return _slipping(told, 1)


def with_two_slips(told: Told) -> Case | None:
    """Mistype two longer words that are no names."""
    return _slipping(told, 2)


def slipped(word: str, draw: Random) -> str | None:
    """Return a word with one slip: letters swapped, one left out, one doubled, a neighbour hit."""
    if len(word) < _A_LONG_WORD:
        return None
    place = draw.randrange(1, len(word) - 2)
    a, b = word[place], word[place + 1]
    if not (a.isalpha() and b.isalpha()):
        return None
    ways = [
        word[:place] + b + a + word[place + 2 :],
        word[:place] + word[place + 1 :],
        word[:place] + a + word[place:],
        word[:place] + _BESIDE.get(a.lower(), a) + word[place + 1 :],
    ]
    left = [one for one in ways if one != word and not is_ordinary(one.lower())]
    return draw.choice(left) if left else None


_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {a: b for row in _ROWS for a, b in zip(row, row[1:] + row[-2], strict=True)}


def _slipping(told: Told, count: int) -> Case | None:
    said = {}
    for place, turn in enumerate(told.case.turns):
        say = turn.say or ""
        taken = _untouchable(say, told)
        words = [
            one
            for one in _WORD.finditer(say)
            if not any(a < one.end() and one.start() < b for a, b in taken)
        ]
        chosen = told.draw.sample(words, min(count, len(words)))
        for one in sorted(chosen, key=lambda one: -one.start()):
            if (other := slipped(one[0], told.draw)) is not None:
                say = say[: one.start()] + other + say[one.end() :]
        if turn.say is not None:
            said[place] = say
    return said_otherwise(told.case, said)


def _untouchable(say: str, told: Told) -> list[tuple[int, int]]:
    """Return where names, unknown words and quotations stand."""
    known = told.setting.vocabulary
    named = [(one.start, one.end) for one in mentions(say, known, told.code)]
    return [
        *named,
        *strangers(say, known, told.code),
        *(one.span() for one in _QUOTED.finditer(say)),
        *(one.span() for one in re.finditer(r"\w*[\d_]\w*", say)),
    ]


def _by_table(say: str, table: dict[str, str]) -> str:
    for old, new in table.items():
        say, count = re.subn(rf"(?<![\w']){re.escape(old)}(?![\w'])", new, say, flags=re.IGNORECASE)
        if count and {old, new} <= table.keys():
            break  # "what's" is not to be turned back
    return say


def _each(told: Told, change: Callable[[str], str]) -> Case | None:
    said = {n: change(turn.say) for n, turn in enumerate(told.case.turns) if turn.say is not None}
    return said_otherwise(told.case, said)
