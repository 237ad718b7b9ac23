"""Sums, differences and changes in percent of two figures that the answer states itself."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from agent.grounding.claims import Claim
from agent.grounding.facts import Fact, Period
from agent.grounding.fields import COUNT, kinds_named
from agent.grounding.layout import Layout
from agent.grounding.ranges import Point

_NEAR = 2
_BEHIND = 24
_PAIR = 2
_SLACK = 1e-9
_COMPARED = frozenset({"units", "revenue", "profit", "demand", "order"})
_CHANGES = frozenset({"difference", "improvement"})
# What is compared with, the first with those after it: sold with expected, expected with planned.
_BASES = {"": 1, "expected": 2, "promised": 2, "planned": 3, "previous": 3, "reference": 3}
_WEEK = 7
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
    if _is_part(claim, near, layout) or _is_a_day(claim, near, layout):
        return True
    if layout.words["together"].search(layout.rest[start:end]) and not claim.direction:
        return _is_sum(claim, near)
    if not claim.direction and not claim.is_neutral:
        return False
    pairs = combinations(sorted(near, key=lambda one: one[0].figure.start), _PAIR)
    return any(_is_difference(claim, *pair) for pair in pairs if _are_alike(*pair))


def _is_part(claim: Claim, near: Sequence[_Stated], layout: Layout) -> bool:
    """Tell whether a percentage is the share that one figure beside it is of another's."""
    figure = claim.figure
    if figure.unit != "percent" or claim.direction or figure.signed:
        return False
    start, end = layout.sentence(figure.start)
    if not layout.words["part"].search(layout.rest[start:end]):
        return False
    return any(
        _are_alike(one, other)
        and 0 < one[1].number < other[1].number
        and set(other[1].own) <= set(one[1].own)
        and _fits(figure.value, [100 * one[1].number / other[1].number], figure.step)
        for one in near
        for other in near
    )


def _is_a_day(claim: Claim, near: Sequence[_Stated], layout: Layout) -> bool:
    """Tell whether a figure is what one beside it comes to a day or a week, on average."""
    behind = layout.rest[claim.figure.end : claim.figure.end + _BEHIND]
    for name, days in (("a_day", 1), ("a_week", _WEEK)):
        if layout.words[name].match(behind):
            return any(
                _is_unit(claim, one)
                and _fits(claim.figure.value, [one[1].number / length * days], claim.figure.step)
                for one in near
                for length in map(_days, one[1].periods)
            )
    return False


def _days(period: Period) -> int:
    return (date.fromisoformat(period[1]) - date.fromisoformat(period[0])).days + 1


def _is_of_label(claim: Claim, fact: Fact) -> bool:
    return fact.kind in _COMPARED and (
        claim.label in ("", "gain") or fact.kind in kinds_named(claim.label)
    )


def _are_alike(one: _Stated, other: _Stated) -> bool:
    """Tell whether two figures may be set against each other: of two things or two times."""
    first, second = one[1], other[1]
    if (first.kind, first.unit) != (second.kind, second.unit):
        return False
    if first.stance == second.stance:
        return first.place != second.place or first.periods != second.periods
    # Of one thing: before and after, planned and changed, expected and sold.
    return first.place == second.place and not {first.stance, second.stance} & _CHANGES


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
        found += list(_percents(object_, subject)) if not claim.direction else []
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
    ranks = [_BASES.get(one[1].stance, 0) for one in (first, second)]
    if first[1].place == second[1].place and ranks[0] != ranks[1]:
        return (first, second) if ranks[0] < ranks[1] else (second, first)
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
