"""Whether each figure of an answer stands: held by a result, said before, or derived."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from agent.grounding.claims import Claim
from agent.grounding.derived import is_derived
from agent.grounding.facts import Fact, Facts
from agent.grounding.layout import Layout
from agent.grounding.matching import held, intervals
from agent.grounding.pairs import said_twice, unlike, unmatched
from agent.grounding.ranges import Point, bare, beside_its_own, is_half, of_another_row, of_point
from agent.grounding.rows import Rows, only_listed
from agent.grounding.saying import Said, beside_of, was_said


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything an answer may quote, besides figures in their slots."""

    facts: Facts
    said: tuple[Said, ...]
    days: frozenset[str]
    ids: frozenset[str]
    times: frozenset[str]
    words: str
    currencies: frozenset[str]
    said_days: frozenset[str]
    today: str


def loose_figures(made: Sequence[Claim], sources: Sources, layout: Layout) -> list[str]:
    """Return the figures without ground, and forecasts without the range they have."""
    figures = sources.facts.figures
    loose: list[str] = []
    rows = Rows(figures)
    seen = _Seen(set(), [], {})
    quoted, points = seen.quoted, seen.points
    maybe: list[Claim] = []
    place = 0
    while place < len(made):
        one = made[place]
        if one.figure.partner == 1:
            pair = (one, made[place + 1])
            loose += _loose_pair(pair, sources, layout, seen)
            place += 2
            continue
        facts = rows.told_of(one, list(held(one, figures)))
        facts = beside_its_own(facts, one, points, layout)
        quoted |= {fact.interval for fact in facts if fact.bound}
        if facts:
            points.append((one, facts))
        elif not _is_name(one, sources.facts) and not _is_said(
            one, sources, beside_of(layout.rest, one.figure)
        ):
            maybe.append(one)
        place += 1
    loose += [
        one.figure.text
        for one in maybe
        if not is_derived(one, points, layout) and not is_half(one, quoted, figures, layout)
    ]
    said = {one.figure.start for one, _ in points if _is_said(one, sources, ("", ""))}
    loose += of_another_row(points, seen.rows, figures)
    loose += [
        *only_listed(points, said),
        *unlike(points),
        *unmatched(points),
        *said_twice(made, layout),
    ]
    return loose + list(bare(points, quoted, figures, said))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was found in an answer so far.

    Attributes:
        quoted: The intervals it quotes.
        points: Its figures that are no ends of a range, with the facts they may be about.
        rows: The intervals that each sentence quotes.
    """

    quoted: set[int]
    points: list[Point]
    rows: dict[int, set[int]]


def _loose_pair(
    pair: tuple[Claim, Claim], sources: Sources, layout: Layout, seen: _Seen
) -> list[str]:
    """Return those of two joined figures that nothing holds, and note what they quote."""
    one, figures = pair[0], sources.facts.figures
    owner_of = {fact.interval: fact.owners[-1] for fact in figures if fact.bound}
    both = intervals(*pair, figures) or _fallen(pair, seen.points, figures)
    found = of_point(both, one, seen.points, layout, owner_of)
    seen.quoted.update(found)
    seen.rows.setdefault(one.sentence, set()).update(found)
    if found:
        return []
    ends = [each for each in pair if not _stands(each, sources, seen.quoted, layout.rest)]
    if not ends and (intervals(*pair, figures) or _is_half_a_range(pair, figures)):
        ends.append(one)
    seen.points.extend(_both_stated(pair, ends, figures))
    return [each.figure.text for each in ends]


def _fallen(
    pair: tuple[Claim, Claim], points: Sequence[Point], figures: Sequence[Fact]
) -> set[int]:
    """Return the intervals of a fall that are told without signs: "$32 less ($8 to $55)"."""
    low, high = pair
    if not points or points[-1][0].direction >= 0 or low.figure.signed or high.figure.signed:
        return set()
    least, most = (
        replace(one, figure=replace(one.figure, value=-one.figure.value, partner=partner))
        for one, partner in ((high, 1), (low, 2))
    )
    return intervals(least, most, figures)


def _both_stated(
    pair: tuple[Claim, Claim], loose: Sequence[Claim], figures: Sequence[Fact]
) -> Iterator[Point]:
    """Yield two joined figures that are no range: "from 1,575 to 1,890"."""
    for one in pair:
        facts = [fact for fact in held(one, figures) if not fact.bound]
        if facts and one not in loose:
            yield one, facts


def _is_half_a_range(pair: tuple[Claim, Claim], figures: Sequence[Fact]) -> bool:
    """Tell whether of two joined figures one ends a range and the other does not.

    Two of one kind that both stand by themselves are no range: "bias was +0.6% and +1%".
    """
    found = [list(held(one, figures)) for one in pair]
    ends = [any(fact.bound for fact in each) for each in found]
    kinds = [{(fact.kind, fact.stance) for fact in each if not fact.bound} for each in found]
    return any(ends) and not all(ends) and not kinds[0] & kinds[1]


def _is_said(claim: Claim, sources: Sources, beside: tuple[str, str]) -> bool:
    return was_said(claim, sources.said, beside, sources.currencies, sources.facts.asked)


def _is_name(claim: Claim, facts: Facts) -> bool:
    """Tell whether a bare number is what something is called."""
    text = claim.figure.text
    return not claim.label and any(name == text for _kind, _key, name in facts.names)


def _stands(claim: Claim, sources: Sources, quoted: set[int], rest: str) -> bool:
    facts = [
        one
        for one in held(claim, sources.facts.figures)
        if one.bound or claim.figure.partner == 0 or one.kind != ""
    ]
    quoted |= {fact.interval for fact in facts if fact.bound}
    return bool(facts) or _is_said(claim, sources, beside_of(rest, claim.figure))
