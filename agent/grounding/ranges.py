"""Ranges beside their figures: a forecast is told with the range that is its own."""

import re
from collections.abc import Iterator, Mapping, Sequence

from agent.grounding.claims import Claim
from agent.grounding.facts import Fact
from agent.grounding.layout import Layout

Point = tuple[Claim, list[Fact]]
"""A figure of an answer with the facts it may be about."""

_LINK = 80
_ROUGH = 0.05
_COMPARED = frozenset({"planned", "previous", "reference"})
ASIDE = re.compile(r"[^.,;:()\n\d]{0,24}\(")
"""What may stand between a figure and what is told of it in brackets."""


def of_point(
    found: set[int],
    low: Claim,
    points: Sequence[Point],
    layout: Layout,
    owner_of: Mapping[int, int],
) -> set[int]:
    """Return those intervals that are of the figure right before them.

    Args:
        found: The intervals that two joined figures may be the ends of.
        low: The first of the two.
        points: The figures before.
        layout: The answer.
        owner_of: The object that holds each interval.
    """
    for claim, held in reversed(points):
        if claim.label == "level" and claim.figure.unit == "percent":
            continue
        facts = _likeliest(held)
        between = layout.rest[claim.figure.end : low.figure.start]
        near = len(between) <= _LINK and "(" in between and ")" not in between
        if (
            claim.sentence != low.sentence
            or not near
            or len({claim.figure.unit, low.figure.unit} - {""}) > 1
        ):
            break
        own = {fact.interval for fact in facts if fact.interval}
        owners = {fact.owners[-1] for fact in facts if fact.owners}
        if not own and owners:
            # "691 units (range of the difference 84 to 136)", but not "1,200, the target (...)".
            if not layout.words["neutral"].search(between):
                return set()
            return {one for one in found if owner_of.get(one) in owners}
        return found & own if own and all(fact.interval for fact in facts) else found
    return found


def beside_its_own(
    facts: list[Fact], claim: Claim, points: Sequence[Point], layout: Layout
) -> list[Fact]:
    """Return those facts that stand beside the figure whose aside a claim is: "12 units (+4%)"."""
    if not points or not facts or claim.label == "level":
        return facts
    before, owners = points[-1]
    if not ASIDE.fullmatch(layout.rest[before.figure.end : claim.figure.start]):
        return facts
    beside = {one.owners[-1] for one in owners if one.owners}
    return [one for one in facts if one.owners and one.owners[-1] in beside]


def bare(
    points: Sequence[Point], quoted: set[int], figures: Sequence[Fact], said: set[int]
) -> Iterator[str]:
    """Yield forecasts quoted without the range that the result gives with them.

    Args:
        points: The figures of an answer that are no bounds, with the facts they may be about.
        quoted: The intervals that the answer quotes.
        figures: All facts.
        said: Where the figures begin that the person said.
    """
    whole = {one.owners[-1] for one in figures if one.interval in quoted and one.owners}
    in_rows = _rows_with_range(points, quoted)
    for claim, held in points:
        facts = _likeliest(held)
        if not all(fact.interval and not fact.bound for fact in facts):
            continue
        if claim.figure.start in said:
            continue
        own = any(
            fact.interval in quoted
            or (fact.owners[-1] in whole and (fact.unit == "percent" or fact.stance == "promised"))
            for fact in facts
        )
        around = any(
            owner in whole
            for fact in facts
            for owner in fact.owners[:-1]
            if (fact.owners[:-1], fact.name) not in in_rows and fact.owners[-1] not in whole
        )
        if not own and not around:
            yield claim.figure.text


def _likeliest(facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts that a figure is most likely about.

    Among equal ones that is the forecast itself before what a plan is compared with, and what
    has a range before the same figure again in another field.
    """
    ranged = {(one.owners[-1], one.number) for one in facts if one.interval and one.owners}
    has_main = any(one.interval and not one.stance for one in facts)
    return [
        one
        for one in facts
        if one.interval
        or not (
            (has_main and one.stance in _COMPARED)
            or (one.owners and (one.owners[-1], one.number) in ranged)
        )
    ]


def _rows_with_range(points: Sequence[Point], quoted: set[int]) -> set[tuple[tuple[int, ...], str]]:
    """Return the lists of which some row is quoted with its range: then each row needs its own."""
    return {
        (fact.owners[:-1], fact.name)
        for _claim, facts in points
        for fact in facts
        if fact.interval in quoted
    }


def of_another_row(
    points: Sequence[Point], rows: Mapping[int, set[int]], figures: Sequence[Fact]
) -> Iterator[str]:
    """Yield figures of one row of a list told in the sentence of another, which has its range.

    Rows that name what they are about are told apart by their names; this is for the others.

    Args:
        points: The figures of an answer that are no bounds, with the facts they may be about.
        rows: The intervals that each sentence quotes.
        figures: All facts.
    """
    row_of = {
        one.interval: one.owners for one in figures if one.bound and not one.own and one.owners
    }
    for claim, facts in points:
        told = {row_of[one] for one in rows.get(claim.sentence, ()) if one in row_of}
        if len(told) != 1:
            continue
        (row,) = told
        if all(
            len(fact.owners) > 1
            and not fact.own
            and fact.owners[:-1] == row[:-1]
            and fact.owners[-1] != row[-1]
            and _has_such(row, fact, figures)
            for fact in facts
        ):
            yield claim.figure.text


def _has_such(row: tuple[int, ...], fact: Fact, figures: Sequence[Fact]) -> bool:
    """Tell whether a row has a figure of that name itself."""
    return any((one.owners, one.name, one.kind) == (row, fact.name, fact.kind) for one in figures)


def is_half(claim: Claim, quoted: set[int], figures: Sequence[Fact], layout: Layout) -> bool:
    """Tell whether a figure is how far a quoted range goes to either side: "plus or minus 12"."""
    if not layout.words["either_way"].search(layout.before(claim.figure)):
        return False
    ends: dict[int, list[float]] = {}
    for one in figures:
        if one.bound and one.interval in quoted:
            ends.setdefault(one.interval, []).append(one.number)
    halves = ((max(both) - min(both)) / 2 for both in ends.values())
    slack = max(claim.figure.step, claim.figure.value * _ROUGH)
    return any(abs(half - claim.figure.value) <= slack for half in halves)
