"""Rows of lists: what is told of one thing is that thing's own figure, not the whole's."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from agent.grounding.claims import Claim
from agent.grounding.facts import ALL, Fact
from agent.grounding.ranges import Point

_DEPTH = "depth"
_Row = tuple[str, str, str, str]


class Rows:
    """Which figures the things that results tell apart have of their own."""

    def __init__(self, figures: Sequence[Fact]) -> None:
        """Keep the figures of a turn's results."""
        self._figures = figures

    @cached_property
    def _own(self) -> frozenset[_Row]:
        return frozenset(
            (kind, key, fact.name, fact.stance)
            for fact in self._figures
            for kind, key in fact.own
            if key != ALL
        )

    def told_of(self, claim: Claim, facts: list[Fact]) -> list[Fact]:
        """Return those facts that may be told of the one thing that the words name.

        "Downtown: 21.8%" is no error of the whole model where Downtown has an error of its own.
        """
        things = [
            (kind, *keys) for kind, keys in claim.places if len(keys) == 1 and ALL not in keys
        ]
        return [one for one in facts if not any(self._hides(thing, one) for thing in things)]

    def _hides(self, thing: tuple[str, ...], fact: Fact) -> bool:
        kind, key = thing
        return (kind, key, fact.name, fact.stance) in self._own and kind not in dict(fact.place)


def only_listed(points: Sequence[Point], said: set[int]) -> Iterator[str]:
    """Yield discounts that a result merely lists among others, where nothing is told of them.

    The curve of what each discount would bring holds every depth that was looked at: it bears out
    "at 20% off the gain would be $157" and not "apply 20%".

    Args:
        points: The figures of an answer that are no bounds, with the facts they may be about.
        said: Where the figures begin that the person said.
    """
    told = {
        (claim.sentence, dict(fact.place).get(_DEPTH))
        for claim, facts in points
        for fact in facts
        if fact.kind != "discount"
    }
    for claim, facts in points:
        depths = {dict(fact.place).get(_DEPTH) for fact in facts if fact.kind == "discount"}
        is_one = depths and None not in depths and all(one.kind == "discount" for one in facts)
        is_told = claim.figure.start in said or any((claim.sentence, one) in told for one in depths)
        if is_one and not is_told:
            yield claim.figure.text
