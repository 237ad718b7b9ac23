"""Which products, stores and other things a figure of an answer may belong to."""

from collections.abc import Sequence

from agent.grounding.layout import Layout
from agent.grounding.naming import Mention
from agent.grounding.reading import Figure

LISTED = ("- ", "• ", "* ", "| ")
"""What the lines of a list begin with."""


def places_of(
    layout: Layout, figure: Figure, mentions: Sequence[Mention], before: str
) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return which products, stores and other things a figure may belong to."""
    if not mentions or layout.words["of_all"].search(before):
        return ()
    first, last = layout.sentence(figure.start)
    clause = layout.clause(figure.start)
    if layout.words["together"].search(layout.rest[clause[0] : clause[1]]):
        return ()
    part = layout.part(figure.start)
    near = [one for one in mentions if first <= one.start < last]
    # What is called like a thing of another kind may be either, and says nothing.
    kinds: dict[int, set[str]] = {}
    for one in near:
        kinds.setdefault(one.start, set()).add(one.kind)
    near = [one for one in near if len(kinds[one.start]) == 1]
    found: dict[str, frozenset[str]] = {}
    for kind in {one.kind for one in near}:
        keys = _keys([one for one in near if one.kind == kind], layout, figure, part)
        if keys:
            found[kind] = keys
    if layout.is_of_many and not {"product", "store"} & {one.kind for one in near}:
        found |= _of_paragraph(layout, figure, mentions)
    return tuple(found.items())


def _of_paragraph(
    layout: Layout, figure: Figure, mentions: Sequence[Mention]
) -> dict[str, frozenset[str]]:
    """Return what a figure's paragraph named last before it."""
    start = layout.rest.rfind("\n\n", 0, figure.start)
    before = [one for one in mentions if start < one.start < figure.start]
    return {one.kind: frozenset({one.key}) for one in before if one.kind in ("product", "store")}


def mentioned_by(
    layout: Layout, figure: Figure, mentions: Sequence[Mention]
) -> frozenset[tuple[str, str]]:
    """Return everything that a figure's paragraph names before it, and its sentence."""
    first, last = layout.sentence(figure.start)
    before, _ = layout.sentence(max(first - 1, 0))
    if not layout.rest.startswith(LISTED, first):
        before = min(before, layout.rest.rfind("\n", 0, figure.start) + 1)
    if first == 0:
        # An answer that leads with the point tells right after it what that is about.
        _, last = layout.sentence(last)
    return frozenset((one.kind, one.key) for one in mentions if before <= one.start < last)


def _keys(
    near: Sequence[Mention], layout: Layout, figure: Figure, part: tuple[int, int]
) -> frozenset[str]:
    """Return the ids of one kind that a figure may belong to: of the mention nearest to it."""
    beyond = layout.words["at_behind"].match(layout.rest, figure.end)
    right = [one for one in near if beyond and one.start == beyond.end()]
    if right:
        return frozenset(one.key for one in right)
    ahead = [one for one in near if one.start < figure.start]
    inside = [one for one in ahead if one.start >= part[0]]
    behind = [one for one in near if figure.end <= one.start < part[1]]
    if not inside and behind:
        return frozenset(one.key for one in behind if one.start == behind[0].start)
    if not ahead:
        return frozenset()
    last = ahead[-1]
    run = _run(ahead, layout.figures)
    if len({one.start for one in run}) == 1:
        return frozenset(one.key for one in run)
    following = [
        one
        for one in layout.figures
        if one.start > last.end and one.unit != "percent" and one.partner == 0
    ]
    later = [one for one in near if one.start > last.start]
    if later:
        following = [one for one in following if one.start < later[0].start]
    places = list(dict.fromkeys(one.key for one in run))
    if len(following) == len(places) and figure in following:
        return frozenset({places[following.index(figure)]})
    return frozenset(places)


def _run(ahead: Sequence[Mention], figures: Sequence[Figure]) -> list[Mention]:
    """Return the last mentions that no figure parts."""
    run = [ahead[-1]]
    for one in reversed(ahead[:-1]):
        if any(one.start < figure.start < run[-1].start for figure in figures):
            break
        run.append(one)
    return run[::-1]
