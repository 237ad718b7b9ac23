"""Sums, differences and changes in percent of two figures that the answer states itself."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from agent.grounding.claims import Claim
from agent.grounding.facts import Fact
from agent.grounding.fields import COUNT, kinds_named
from agent.grounding.layout import Layout
from agent.grounding.ranges import Point

_NEAR = 2
_PAIR = 2
_SLACK = 1e-9
_COMPARED = frozenset({"units", "revenue", "profit", "demand", "order"})
_Stated = tuple[Claim, Fact]


def is_derived(claim: Claim, points: Sequence[Point], layout: Layout) -> bool:
    """Tell whether a figure follows from two that stand near it and come from results.

    A difference needs a word that calls it one, and the one that fits its sign; a sum needs a
    word such as "together". The two must be of one kind and unit.

    Args:
        claim: The figure that no result holds.
        points: The figures of the answer that results hold.
        layout: The answer.
    """
    figure = claim.figure
    if figure.partner or figure.unit == COUNT:
        return False
    near = [
        (one, fact)
        for one, facts in points
        if abs(one.sentence - claim.sentence) <= _NEAR and one.figure.start != figure.start
        for fact in facts[:1]
        if not fact.bound and _is_of_label(claim, fact)
    ]
    start, end = layout.sentence(figure.start)
    if layout.words["together"].search(layout.rest[start:end]) and not claim.direction:
        return _is_sum(claim, near)
    if not claim.direction and not claim.is_neutral:
        return False
    pairs = combinations(sorted(near, key=lambda one: one[0].figure.start), _PAIR)
    return any(_is_difference(claim, *pair) for pair in pairs if _are_alike(*pair))


def _is_of_label(claim: Claim, fact: Fact) -> bool:
    return fact.kind in _COMPARED and (
        claim.label in ("", "gain") or fact.kind in kinds_named(claim.label)
    )


def _are_alike(one: _Stated, other: _Stated) -> bool:
    """Tell whether two figures may be set against each other: of two things or two times."""
    first, second = one[1], other[1]
    same = (first.kind, first.unit, first.stance) == (second.kind, second.unit, second.stance)
    return same and (first.place != second.place or first.periods != second.periods)


def _is_sum(claim: Claim, near: Sequence[_Stated]) -> bool:
    figure = claim.figure
    for some in (*combinations(near, _PAIR), tuple(near)):
        if len(some) < _PAIR or any(not _are_alike(some[0], other) for other in some[1:]):
            continue
        shown = sum(one.figure.value for one, _fact in some)
        exact = sum(fact.number for _one, fact in some)
        if _is_unit(claim, some[0]) and _fits(figure.value, (shown, exact), figure.step):
            return True
    return False


def _is_difference(claim: Claim, first: _Stated, second: _Stated) -> bool:
    subject, object_ = _sides(claim, first, second)
    figure = claim.figure
    if figure.unit == "percent":
        found = list(_percents(subject, object_))
    elif _is_unit(claim, first):
        found = [
            subject[0].figure.value - object_[0].figure.value,
            subject[1].number - object_[1].number,
        ]
    else:
        return False
    sign = claim.direction or (-1 if figure.value < 0 else 0)
    values = [one for one in found if not sign or one * sign >= 0]
    return _fits(abs(figure.value), [abs(one) for one in values], figure.step)


def _sides(claim: Claim, first: _Stated, second: _Stated) -> tuple[_Stated, _Stated]:
    """Return which of two figures, the first of them told before the other, is compared with which.

    The one told before the difference is compared with the one after it; of two before it, the
    one whose product or store the difference names, or else the later.
    """
    at = claim.figure.start
    if first[0].figure.start < at < second[0].figure.start:
        return first, second
    for kind, keys in claim.places:
        theirs = [dict(one[1].place).get(kind) in keys for one in (first, second)]
        if theirs == [True, False]:
            return first, second
    return (second, first) if second[0].figure.start < at else (first, second)


def _percents(subject: _Stated, object_: _Stated) -> Iterator[float]:
    for mine, theirs in (
        (subject[0].figure.value, object_[0].figure.value),
        (subject[1].number, object_[1].number),
    ):
        if theirs:
            yield 100 * (mine / theirs - 1)


def _is_unit(claim: Claim, stated: _Stated) -> bool:
    return claim.figure.unit in ("", stated[0].figure.unit, stated[1].unit)


def _fits(value: float, found: Sequence[float], step: float) -> bool:
    return any(abs(one - value) <= step / 2 + _SLACK * max(1.0, abs(one)) for one in found)
