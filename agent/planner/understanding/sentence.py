"""A person's sentence as the ranking sees it: kinds in place of names, times and figures."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache

from agent.languages import Language
from agent.languages.language import Patterns
from agent.planner.context import PlannerContext
from agent.planner.entities import Names
from agent.planner.periods import Period, Reading, read_periods
from agent.planner.understanding.leaning import Leaning
from agent.planner.understanding.ranking import Ranked, Ranking

_KINDS = {"region": "STORE", "format": "STORE"}

_OUTSIDE = "out_of_scope"
_UNCLEAR_AT_MOST = 3

Replaced = tuple[int, int, str]


@dataclass(frozen=True, eq=False)
class Sentence:
    """A question whose parts can be ranked.

    It is equal to itself alone, so that what is worked out of it can be kept for the turn.

    Attributes:
        names: What it names.
        context: The tenant, its day and language.
        ranking: What the language's phrases taught.
        leaning: How much likelier some wishes are than others where the sentence is said.
    """

    names: Names
    context: PlannerContext
    ranking: Ranking
    leaning: Leaning = field(default_factory=Leaning)

    @cached_property
    def text(self) -> str:
        """The sentence in lower case, known names blanked."""
        return self.names.blanked(strangers_too=False)

    @property
    def cues(self) -> Patterns:
        """The language's cues."""
        return self.context.language.patterns("cues")

    def ranked(self, start: int, end: int) -> Sequence[Ranked]:
        """Return what a stretch may want, best first; of a wish in several kinds the likeliest."""
        return self._kept_ranked(start, end)

    def normal(self, start: int, end: int) -> str:
        """Return a stretch with kinds in capitals where something is named, dated or counted."""
        return self._kept_normal(start, end)

    @cached_property
    def replaced(self) -> list[Replaced]:
        """What is named or dated, and by which kind it is replaced."""
        found = [
            (one.start, one.end, _KINDS.get(one.kind, one.kind.upper())) for one in self.names.found
        ]
        known = [*found, *((start, end, "OWN") for start, end in self.names.own)]
        for start, end in self.names.unknown:
            if not self.ranking.knows(self.names.sentence[start:end]):
                found.append((start, end, "UNKNOWN"))
        for start, end in self._of_others(known):
            found = [one for one in found if one[1] <= start or end <= one[0]]
            found.append((start, end, "COMPANY"))
        for unclear, ahead, behind in self._readings:
            found += self._sides(ahead, behind)
            if unclear is not None:
                found.append((*unclear, "EITHER"))
        return sorted(set(found))

    def _of_others(self, known: Sequence[Replaced]) -> Iterator[tuple[int, int]]:
        """Yield where other companies are named, and what points back at one: "their stores"."""
        text, last = self.names.sentence, None
        for match in self.cues["other_company"].finditer(text):
            if not any(first < match.end() and match.start() < end for first, end, _ in known):
                last = match.end()
                yield match.span()
        if last is None:
            return
        for match in self.cues["of_other_company"].finditer(text, last):
            if not any(last <= first < match.end() for first, _, _ in known):
                yield match.span()

    def _sides(self, ahead: Reading, behind_too: Reading) -> list[Replaced]:
        found: list[Replaced] = []
        behind = {one.at: one for one in behind_too.periods}
        today = self.context.today
        for one in ahead.periods:
            other = behind.get(one.at, one)
            if one.end < today:
                side = "BEHIND"
            elif one.start >= today and other.start >= today:
                side = "AHEAD"
            else:
                side = "SPAN" if (one.start, one.end) == (other.start, other.end) else "EITHER"
            found.append((*one.at, side))
        return found

    @cached_property
    def _readings(self) -> list[tuple[tuple[int, int] | None, Reading, Reading]]:
        """The times read, and again without what was unclear, which hides all after it."""
        text, found = self.names.blanked(), []
        for _ in range(_UNCLEAR_AT_MOST):
            ahead = self._read(text, ahead=True)
            unclear = ahead.unclear.at if ahead.unclear is not None else None
            found.append((unclear, ahead, self._read(text, ahead=False)))
            if unclear is None:
                break
            text = text[: unclear[0]] + "_" * (unclear[1] - unclear[0]) + text[unclear[1] :]
        return found

    @cached_property
    def times(self) -> list[tuple[int, int]]:
        """Where time is spoken of."""
        spans = [span for _, ahead, _ in self._readings for span in ahead.spans]
        return sorted({*spans, *(one for one, _, _ in self._readings if one is not None)})

    @property
    def told(self) -> list[Period]:
        """The periods told, each as it lies ahead and behind."""
        readings = [one for _, *both in self._readings for one in both]
        return [period for one in readings for period in one.periods]

    @property
    def days(self) -> list[Period]:
        """The single days told, each as it lies ahead and behind."""
        return [day for day in self.told if day.start == day.end]

    def _read(self, blanked: str, *, ahead: bool) -> Reading:
        return read_periods(blanked, self.context.now(ahead=ahead))

    # The stretches of a message are looked at again and again in its turn.
    @cached_property
    def _kept_ranked(self) -> Callable[[int, int], tuple[Ranked, ...]]:
        return cache(self._ranked)

    @cached_property
    def _kept_normal(self) -> Callable[[int, int], str]:
        return cache(self._normal)

    def _ranked(self, start: int, end: int) -> tuple[Ranked, ...]:
        best: dict[str, Ranked] = {}
        normal = self.normal(start, end)
        is_all = not self.text[:start].strip() and not self.text[end:].strip()
        ranked = self.leaning.applied(self.ranking.of(normal), normal, is_all=is_all)
        for one in ranked:
            first = best.setdefault(one.intent.name, one)
            # What is surely none of our business may be so in several ways; a doubt is not.
            if first is not one and (first is ranked[0] or first.intent.name != _OUTSIDE):
                best[one.intent.name] = replace(first, share=first.share + one.share)
        return tuple(sorted(best.values(), key=lambda one: -one.share))

    def _normal(self, start: int, end: int) -> str:
        pieces, place = [], start
        for first, last, kind in self.replaced:
            if first < place or last > end:
                continue
            pieces += [_with_figures(self.text[place:first], self.context.language), f" {kind} "]
            place = last
        pieces.append(_with_figures(self.text[place:end], self.context.language))
        return " ".join("".join(pieces).split())


def _with_figures(text: str, language: Language) -> str:
    """Return a text with kinds in place of what is counted, priced or numbered."""
    for kind, pattern in _figures(language):
        text = pattern.sub(f" {kind} ", text)
    return text


@lru_cache(maxsize=8)
def _figures(language: Language) -> list[tuple[str, re.Pattern[str]]]:
    """Return the patterns of what is counted, priced or numbered, under its kind."""
    patterns = language.patterns("cues")
    names = [name for name in patterns.names() if name.startswith("figure_")]
    return [(name.removeprefix("figure_").upper(), patterns[name]) for name in names]
