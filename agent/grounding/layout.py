"""An answer cut into sentences, clauses and their parts, and what stands beside each figure."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from agent.grounding.lexicon import Lexicon
from agent.grounding.reading import Figure

WINDOW = 60
"""How far a word may stand from the figure it speaks of."""


class Layout:
    """An answer cut into sentences and clauses."""

    def __init__(
        self, rest: str, figures: Sequence[Figure], words: Lexicon, *, is_of_many: bool = False
    ) -> None:
        """Cut a text up.

        Args:
            rest: The text, with all but words and figures blanked out.
            figures: The figures in it.
            words: Its language.
            is_of_many: Whether it tells several results, a paragraph or more for each.
        """
        self.is_of_many = is_of_many
        self.rest = rest
        self.words = words
        self.figures = figures
        self.sentences = _starts(words["sentence"], rest)
        self.clauses = _starts(words["clause"], rest, self.sentences)
        self.parts = _starts(words["joint"], rest, self.clauses)
        self._starts = [one.start for one in figures]

    def sentence(self, at: int) -> tuple[int, int]:
        """Return where the sentence at a place begins and ends."""
        return self._around(self.sentences, at)

    def clause(self, at: int) -> tuple[int, int]:
        """Return where the clause at a place begins and ends."""
        return self._around(self.clauses, at)

    def part(self, at: int) -> tuple[int, int]:
        """Return where the part of a clause at a place begins and ends."""
        return self._around(self.parts, at)

    def number(self, at: int) -> int:
        """Return the number of the sentence at a place."""
        return bisect_right(self.sentences, at) - 1

    def before(self, figure: Figure) -> str:
        """Return what stands before a figure in its clause, from the figure before on.

        What stands right behind the figure before speaks of that one and is left out.
        """
        start, _ = self.clause(figure.start)
        place = self._starts.index(figure.start)
        if place and self.figures[place - 1].end > start:
            start = self.figures[place - 1].end
            for name in ("labels", "stances"):
                found = getattr(self.words, name).match(self.rest, start + 1, figure.start)
                if found and not self.words["stance_ahead"].match(found[0]):
                    start = found.end()
        return self.rest[max(start, figure.start - WINDOW) : figure.start]

    def lead(self, figure: Figure) -> str:
        """Return what stands before a figure in its sentence, other figures left in."""
        start, _ = self.sentence(figure.start)
        return self.rest[max(start, figure.start - WINDOW) : figure.start]

    def after(self, figure: Figure) -> str:
        """Return what stands after a figure in its clause, up to the next figure."""
        _, end = self.clause(figure.start)
        place = self._starts.index(figure.start)
        if place + 1 < len(self._starts):
            end = min(end, self.figures[place + 1].start)
        return self.rest[figure.end : min(max(end, figure.end), figure.end + WINDOW)]

    def head(self, figure: Figure) -> str:
        """Return the words before the colon that a figure stands right behind: "Low: 12"."""
        start, _ = self.clause(figure.start)
        line = self.rest[self.rest.rfind("\n", 0, figure.start) + 1 : start].rstrip(" *_")
        between = self.rest[start : figure.start].strip(" +~*_")
        return line[:-1].lstrip(" -*•") if line.endswith(":") and not between else ""

    def column(self, figure: Figure) -> str:
        """Return what heads the column of a table that a figure stands in."""
        line = self.rest.rfind("\n", 0, figure.start) + 1
        if not self.rest.startswith("|", line):
            return ""
        place = self.rest.count("|", line, figure.start)
        top = line
        while top and self.rest.startswith("|", self.rest.rfind("\n", 0, top - 1) + 1):
            top = self.rest.rfind("\n", 0, top - 1) + 1
        heads = self.rest[top : self.rest.find("\n", top)].split("|") if top < line else []
        return heads[place].strip() if place < len(heads) else ""

    def _around(self, starts: Sequence[int], at: int) -> tuple[int, int]:
        place = bisect_right(starts, at) - 1
        end = starts[place + 1] if place + 1 < len(starts) else len(self.rest)
        return starts[place], end


def _starts(pattern: re.Pattern[str], text: str, also: Sequence[int] = (0,)) -> list[int]:
    return sorted({0, *also, *(match.end() for match in pattern.finditer(text))})
