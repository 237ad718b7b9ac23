"""Words that claim something without a figure: rose, doubled, sold most, inside its range."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.grounding.facts import Fact, Facts
from agent.grounding.layout import Layout
from agent.grounding.naming import Mention
from agent.grounding.reading import Written

_DIRECTIONS = ((1, "up_alone"), (-1, "down_alone"))
_TOLERANCES = {100.0: 10.0, 200.0: 15.0, 50.0: 2.5}
_TOLERANCE = 2.0
_DOUBLE = 100
_ABOUT = 0.12
_NEXT = 24
_ODD = frozenset({"spike", "drop"})
_DIFFERENCES = frozenset({"difference", "promised", "realised"})


@dataclass(frozen=True, slots=True)
class Trends:
    """What results say of changes, and the person's own words."""

    facts: Facts
    words: str


def loose_words(
    layout: Layout, stated: Written, mentions: Sequence[Mention], trends: Trends
) -> Iterator[str]:
    """Yield the words that no result bears out."""
    for spot, percent in stated.ratios:
        if spot.text.casefold() in trends.words or _is_ratio(percent, trends.facts):
            continue
        if not _is_seen_ratio(percent, spot.start, layout):
            yield spot.text
    yield from _directions(layout, stated, mentions, trends)
    yield from _ranges(layout, trends.facts)
    yield from _aims(layout, trends.facts)
    yield from _promises(layout, trends)
    yield from _roles(layout, stated, trends.facts)
    yield from _superlatives(layout, mentions, trends.facts)


def _is_ratio(percent: float, facts: Facts) -> bool:
    slack = _TOLERANCES.get(percent, _TOLERANCE)
    is_multiple = percent >= _DOUBLE
    return any(
        one.unit == "percent"
        and (one.stance in _DIFFERENCES or not is_multiple)
        and abs(abs(one.number) - percent) <= slack
        for one in facts.figures
    )


def _is_seen_ratio(percent: float, at: int, layout: Layout) -> bool:
    """Tell whether two figures beside a multiple or share are so many times one another."""
    first, last = layout.sentence(at)
    near = [one for one in layout.figures if first <= one.start < last]
    wanted = 1 + percent / 100 if percent >= _DOUBLE else 100 / percent if percent else 0
    return any(
        other.value
        and {one.unit, other.unit} - {""} <= {one.unit or other.unit}
        and abs(one.value / other.value - wanted) <= wanted * _ABOUT
        for one in near
        for other in near
    )


def _is_true(match: re.Match[str], sign: int, layout: Layout) -> bool:
    """Tell whether a figure is as far above or below the next one as words say: "above your 5"."""
    start, end = layout.sentence(match.start())
    before = [one for one in layout.figures if start <= one.start < match.start()]
    after = [one for one in layout.figures if match.end() <= one.start < end]
    if not before or not after or after[0].start - match.end() > _NEXT:
        return False
    points = [one for one in before if not one.partner and one.unit != "percent"] or before
    return (points[-1].value - after[0].value) * sign > 0


def _directions(
    layout: Layout, stated: Written, mentions: Sequence[Mention], trends: Trends
) -> Iterator[str]:
    changes = [
        one
        for one in trends.facts.figures
        if one.stance in _DIFFERENCES and not one.bound and one.kind != "bias"
    ]
    for sign, name in _DIRECTIONS:
        for match in layout.words[name].finditer(layout.rest):
            start, end = layout.sentence(match.start())
            near = _beside(match.start(), mentions, layout)
            days = [one.key for one in stated.moments if start <= one.start < end]
            if layout.words["beyond"].search(match[0]) and _is_true(match, sign, layout):
                continue
            about = [one for one in changes if _may_be_of(one, near, days)] or changes
            if about:
                if not any(one.number * sign >= 0 for one in about):
                    yield match[0]
            elif not _said(match[0], sign, trends, layout) and not _is_seen(trends.facts):
                yield match[0]


def _beside(at: int, mentions: Sequence[Mention], layout: Layout) -> list[Mention]:
    """Return what the clause at a place names, or else its sentence."""
    for start, end in (layout.clause(at), layout.sentence(at)):
        near = [one for one in mentions if start <= one.start < end]
        if near:
            return near
    return []


def _said(word: str, sign: int, trends: Trends, layout: Layout) -> bool:
    """Tell whether the person said the same direction."""
    names = ("up_alone", "up_beside") if sign > 0 else ("down_alone", "down_beside")
    return word.casefold() in trends.words or any(
        layout.words[name].search(trends.words) for name in names
    )


def _is_seen(facts: Facts) -> bool:
    """Tell whether results hold several figures of one kind, or say themselves what is odd."""
    if _ODD & set(facts.texts):
        return True
    kinds = [(one.kind, one.unit, one.name) for one in facts.figures if not one.bound]
    main = [one for one in kinds if one[2] in ("value", "mean", "demand", "actual", "expected")]
    return len(main) > 1 or {"actual", "expected"} <= {one[2] for one in main}


def _may_be_of(fact: Fact, near: Sequence[Mention], days: Sequence[str]) -> bool:
    """Tell whether a change is one of the things and days that a sentence names."""
    own = dict(fact.place)
    if near and not any(one.kind in own for one in near):
        return False
    for kind in {one.kind for one in near}:
        keys = {one.key for one in near if one.kind == kind}
        if kind in own and own[kind] not in keys:
            return False
    return not days or not fact.periods or any(day in one for one in fact.periods for day in days)


def _ranges(layout: Layout, facts: Facts) -> Iterator[str]:
    if not facts.inside:
        return
    for name, is_inside in (("inside", True), ("outside", False)):
        for match in layout.words[name].finditer(layout.rest):
            if is_inside not in facts.inside:
                yield match[0]


def _aims(layout: Layout, facts: Facts) -> Iterator[str]:
    """Yield what advice is said to be for and is not."""
    for match in layout.words["aims"].finditer(layout.rest):
        if facts.aims and match.lastgroup not in facts.aims:
            yield match[0]


def _promises(layout: Layout, trends: Trends) -> Iterator[str]:
    """Yield words that set a figure against a promise where nothing was promised."""
    if any(one.stance in ("promised", "realised") for one in trends.facts.figures):
        return
    for match in layout.words["promises"].finditer(layout.rest):
        if match[0].casefold() not in trends.words:
            yield match[0]


def _roles(layout: Layout, stated: Written, facts: Facts) -> Iterator[str]:
    """Yield models that are said to be in production or staging and are not."""
    for one in stated.ids:
        roles = facts.roles.get(one.text)
        if roles is None:
            continue
        start, end = layout.clause(one.start)
        others = [o for o in stated.ids if start <= o.start < end and o is not one]
        after = layout.rest[one.end : min([end, *(o.start for o in others if o.start > one.end)])]
        aside = layout.rest[one.end : one.end + 14]
        for said in ("production", "staging"):
            found = layout.words[said].search(aside if "(" in aside[:2] else after)
            if found and said not in roles:
                yield one.text


def _superlatives(layout: Layout, mentions: Sequence[Mention], facts: Facts) -> Iterator[str]:
    """Yield things said to be the most or least of a list that are not."""
    lists = [
        (rows, order)
        for rows, order in zip(facts.ranked, facts.orders, strict=True)
        if rows and order and rows[0].own
    ]
    for one in mentions:
        about = [pair for pair in lists if _is_listed(one, pair[0])]
        _, end = layout.part(one.start)
        said = _superlative(layout, layout.rest[one.end : end])
        if not about or not said:
            continue
        if not any(
            (said == order) == (dict(rows[0].own).get(one.kind) == one.key) for rows, order in about
        ):
            yield layout.rest[one.end : end].strip("\0\1 ")


def _is_listed(mention: Mention, rows: Sequence[Fact]) -> bool:
    return any((mention.kind, mention.key) in row.own for row in rows)


def _superlative(layout: Layout, text: str) -> str:
    """Return the order in which something said to be the most or least would come first."""
    for name, order in (("most", "desc"), ("least", "asc")):
        if layout.words[name].match(text.lstrip()):
            return order
    return ""
