"""Figures that must agree with the one beside them: what they stand for, a range's two ends."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from agent.grounding.claims import Claim
from agent.grounding.fields import later_than
from agent.grounding.layout import Layout
from agent.grounding.naming import Mention
from agent.grounding.ranges import ASIDE, Point

# "at Downtown, Airport, as planned at Riverside": between the names of one list.
_LISTED = re.compile(r"\s?[,/]\s?(?:[^\W\d_]+\s){0,3}")
_NEAR = 32


def unlike(points: Sequence[Point]) -> Iterator[str]:
    """Yield figures told "instead of" what comes after them: planned instead of expected."""
    for (one, facts), (other, others) in pairwise(points):
        if other.stance != "instead" or one.sentence != other.sentence:
            continue
        if one.figure.unit == other.figure.unit and not any(
            later_than(fact.stance, base.stance) for fact in facts for base in others
        ):
            yield one.figure.text


def unmatched(points: Sequence[Point]) -> Iterator[str]:
    """Yield figures set side by side of two models that do not measure the same.

    The error of one on the days both were tried on is not set against the other's own backtest.
    """
    for (one, facts), (other, others) in pairwise(points):
        ids = [dict(claim.places).get("id", frozenset()) for claim in (one, other)]
        is_pair = one.sentence == other.sentence and one.figure.unit == other.figure.unit
        if not is_pair or len(ids[0]) != 1 or len(ids[1]) != 1 or ids[0] == ids[1]:
            continue
        alike = [(a, b) for a in facts for b in others if a.kind == b.kind]
        if alike and not any(a.name == b.name or a.owners == b.owners for a, b in alike):
            yield other.figure.text


def said_twice(made: Sequence[Claim], layout: Layout) -> Iterator[str]:
    """Yield changes set in brackets behind the same change in the same unit: "6% (+2.3%)"."""
    for one, aside in pairwise(made):
        between = layout.rest[one.figure.end : aside.figure.start]
        closes = layout.rest.startswith(")", aside.figure.end)
        is_change = bool(one.direction) or one.figure.signed
        if not (is_change and closes and aside.figure.signed and ASIDE.fullmatch(between)):
            continue
        if one.figure.unit == aside.figure.unit and not aside.figure.partner:
            yield aside.figure.text


def descending(layout: Layout) -> Iterator[str]:
    """Yield what is called a range and begins with its higher end."""
    for low, high in pairwise(layout.figures):
        between = layout.rest[low.end : high.start]
        if low.partner or low.unit != high.unit or low.value <= high.value:
            continue
        before = layout.before(low)[-_NEAR:]
        is_range = any(one.lastgroup == "level" for one in layout.words.labels.finditer(before))
        if is_range and layout.words["joins"].fullmatch(between):
            yield low.text


def named_twice(answer: str, mentions: Sequence[Mention]) -> Iterator[str]:
    """Yield things that one list of names names twice: "Riverside, Hillcrest, Hillcrest"."""
    run: list[Mention] = []
    for one in mentions:
        if one.kind not in ("product", "store"):
            continue
        if run and not _LISTED.fullmatch(answer[run[-1].end : one.start]):
            run = []
        if any((one.kind, one.key) == (other.kind, other.key) for other in run):
            yield answer[one.start : one.end]
        run.append(one)
