"""What an answer claims: each figure with the words, names and days that say what it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.grounding.fields import is_measured, may_be_in
from agent.grounding.layout import WINDOW, Layout
from agent.grounding.lexicon import Lexicon
from agent.grounding.naming import Mention
from agent.grounding.reading import Figure, Moment

_NEAR = 28
_FAR = 40
_LISTED = ("- ", "• ", "* ", "| ")


@dataclass(frozen=True, slots=True)
class DayMention:
    """A day or period as an answer names it, its ends as ISO keys."""

    start_key: str
    end_key: str
    start: int
    end: int
    is_through: bool
    is_cutoff: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of an answer, with what the words around it say.

    Attributes:
        figure: The figure.
        label: The word for its kind, or empty.
        stance: The word for how it is meant, or empty.
        direction: 1 or -1 where a word beside it says up or down, else 0.
        is_compared: Whether words beside it set another figure against it.
        is_neutral: Whether a word beside it says a difference without its sign.
        low: Whether words let it be a lower bound.
        high: Whether words let it be an upper bound.
        places: For each kind of thing, the ids it may belong to.
        mentioned: Everything that its paragraph names before it, and its sentence.
        period: The days it belongs to, by the words in its clause; None for no such words.
        sentence: Number of its sentence.
    """

    figure: Figure
    label: str
    stance: str
    direction: int
    is_compared: bool
    is_neutral: bool
    low: bool
    high: bool
    places: tuple[tuple[str, frozenset[str]], ...]
    mentioned: frozenset[tuple[str, str]]
    period: DayMention | None
    sentence: int


def claims(layout: Layout, mentions: Sequence[Mention], days: Sequence[DayMention]) -> list[Claim]:
    """Return every figure of an answer with what is said of it."""
    return [_claim(layout, figure, mentions, days) for figure in layout.figures]


def _claim(
    layout: Layout, figure: Figure, mentions: Sequence[Mention], days: Sequence[DayMention]
) -> Claim:
    words = layout.words
    before, after = layout.before(figure), layout.after(figure)
    stance = _stance(words, before, after)
    raw = layout.rest[figure.end : figure.end + WINDOW]
    direction, is_neutral = _direction(words, before, raw)
    if not direction and words["by"].match(before):
        direction = _last_direction(words, layout.lead(figure))
    return Claim(
        figure=figure,
        label=_label(words, figure, before, after, raw) or _heading(layout, figure),
        stance=stance,
        direction=direction,
        is_compared=_is_compared(layout, figure, after),
        is_neutral=is_neutral,
        low=bool(words["low"].search(before[-_NEAR:]) or words["low_after"].search(after)),
        high=bool(words["high"].search(before[-_NEAR:]) or words["high_after"].search(after)),
        places=_places(layout, figure, mentions, before),
        mentioned=_mentioned(layout, figure, mentions),
        period=_period(layout, figure, days, stance),
        sentence=layout.number(figure.start),
    )


def _is_compared(layout: Layout, figure: Figure, after: str) -> bool:
    words = layout.words
    lead = words["compared"].search(layout.lead(figure))
    return bool(lead or words["compared_after"].search(after))


def _label(words: Lexicon, figure: Figure, before: str, after: str, raw: str) -> str:
    """Return the word for the kind of a figure: the one right behind it, else the last before."""
    aside = _NAMED_ASIDE.match(raw)
    within = aside and words.labels.fullmatch(aside[1])
    if within and within.lastgroup:
        return within.lastgroup
    right = _right_there(words, figure, before, after)
    if right:
        return right
    found = [
        match.lastgroup
        for match in words.labels.finditer(before)
        if match.lastgroup and may_be_in(match.lastgroup, figure.unit)
    ]
    if found:
        return found[-1]
    # "12.5% (WAPE)" and "12.5% against 18% for repeating last season": a few words behind it.
    later = words.labels.search(after[:_NEAR])
    if later and later.lastgroup == "error" and may_be_in("error", figure.unit):
        return "error"
    return ""


def _right_there(words: Lexicon, figure: Figure, before: str, after: str) -> str:
    """Return the word for a kind that stands right behind a figure or, as its name, before it."""
    lead = words["unit_words"].match(after)
    behind = words.labels.match(after, lead.end() if lead else 0)
    if behind and behind.lastgroup == "advice":
        return _recommended(words, after) or "advice"
    if behind and behind.lastgroup and may_be_in(behind.lastgroup, figure.unit):
        return behind.lastgroup
    for match in words.labels.finditer(before):
        # "a margin of $1.29" names its kind, although that is never in money.
        is_kind = figure.unit and is_measured(match.lastgroup or "")
        if is_kind and words["copula"].fullmatch(before[match.end() :]):
            return match.lastgroup or ""
    return ""


_SHORT = 40
_DECIDED = frozenset({"accepted", "rejected", "undecided"})


def _recommended(words: Lexicon, after: str) -> str:
    """Return which recommendations are counted: "2 recommendations were accepted"."""
    found = words.labels.finditer(after[:_SHORT])
    return next((one.lastgroup or "" for one in found if one.lastgroup in _DECIDED), "")


def _heading(layout: Layout, figure: Figure) -> str:
    """Return the word for a kind that stands before a colon: "Revenue: $331 more"."""
    start, _ = layout.clause(figure.start)
    head = layout.rest[max(0, start - _SHORT) : start]
    if layout.rest[start : figure.start].strip(" +~") or not head.rstrip().endswith(":"):
        return ""
    head = head.rstrip().removesuffix(":")
    for match in layout.words.labels.finditer(head):
        kind = match.lastgroup or ""
        if match.end() == len(head) and may_be_in(kind, figure.unit):
            return kind
    return ""


def _stance(words: Lexicon, before: str, after: str) -> str:
    behind = words.stances.search(after[:_FAR])
    if (
        behind
        and after[: behind.start()].strip(" \0\1").count(" ") <= 1
        and not words["joint"].search(after, 0, behind.start())
        and not words["stance_ahead"].match(behind[0])
    ):
        return behind.lastgroup or ""
    ahead = None
    for match in words.stances.finditer(before):
        ahead = match
    if ahead and words["connector"].fullmatch(before[ahead.end() :].replace("\1", " ")):
        return ahead.lastgroup or ""
    return ""


def _direction(words: Lexicon, before: str, behind: str) -> tuple[int, bool]:
    """Return whether words beside a figure say up or down, and whether they say a difference."""
    aside = _ASIDE.match(behind)
    rest = behind[aside.end() if aside else 0 :][:_NEAR].lstrip(" \0\1")
    # "$924 profit increase"
    named = words.labels.match(rest)
    rest = rest[named.end() :].lstrip() if named else rest
    for sign, name in _DIRECTIONS:
        if words[name].match(rest):
            return sign, False
    found: tuple[int, int] = (-1, 0)
    if not words["level_word"].search(before):
        for sign, name in _DIRECTIONS:
            for match in words[name].finditer(before):
                is_bound = words["not_ahead"].match(match[0])
                if not is_bound and words["connector"].fullmatch(before[match.end() :]):
                    found = max(found, (match.end(), sign))
    near = f"{before[-_NEAR:]} {behind[:_NEAR]}"
    return found[1], words["neutral"].search(near) is not None


def _last_direction(words: Lexicon, lead: str) -> int:
    """Return what a sentence said last of a direction: "grew most, by 20%"."""
    said = [(m.end(), sign) for sign, name in _DIRECTIONS for m in words[name].finditer(lead)]
    return max(said)[1] if said else 0


_OF_OTHER_DAYS = frozenset({"previous", "normal", "earlier", "predicted"})
_NAMED_ASIDE = re.compile(r"[^.,;:()\d]{0,20}\(([^()\d]{2,20})\)")
_ASIDE = re.compile(r"\s*\([^()]*\)")
_DIRECTIONS = ((1, "up_beside"), (-1, "down_beside"))


def _places(
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


def _mentioned(
    layout: Layout, figure: Figure, mentions: Sequence[Mention]
) -> frozenset[tuple[str, str]]:
    first, last = layout.sentence(figure.start)
    before, _ = layout.sentence(max(first - 1, 0))
    if not layout.rest.startswith(_LISTED, first):
        before = min(before, layout.rest.rfind("\n", 0, figure.start) + 1)
    if first == 0:
        # An answer that leads with the point tells right after it what that is about.
        _, last = layout.sentence(last)
    return frozenset((one.kind, one.key) for one in mentions if before <= one.start < last)


def _keys(
    near: Sequence[Mention], layout: Layout, figure: Figure, part: tuple[int, int]
) -> frozenset[str]:
    """Return the ids of one kind that a figure may belong to: of the mention nearest to it."""
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


def _period(
    layout: Layout, figure: Figure, days: Sequence[DayMention], stance: str
) -> DayMention | None:
    """Return the days that a figure's own clause, or its sentence before it, names."""
    start, end = layout.part(figure.start)
    told = [one for one in days if not one.is_through]
    inside = [one for one in told if start <= one.start < end]
    ahead = [one for one in inside if one.start < figure.start]
    behind = [one for one in inside if one.start >= figure.end]
    if inside:
        return behind[0] if behind and not ahead else ahead[-1]
    if stance in _OF_OTHER_DAYS:
        return None
    first, _ = layout.sentence(figure.start)
    before = [one for one in told if first <= one.start < figure.start]
    only = before and all(
        (one.start_key, one.end_key) == (before[0].start_key, before[0].end_key) for one in before
    )
    is_list = layout.rest.startswith(_LISTED, first)
    return before[-1] if before and (only and is_list) else None


def day_mentions(moments: Sequence[Moment], rest: str, words: Lexicon) -> list[DayMention]:
    """Return the days and periods that an answer names, two days joined by "to" as one."""
    found: list[DayMention] = []
    place = 0
    while place < len(moments):
        one = moments[place]
        last = one
        if place + 1 < len(moments):
            after = moments[place + 1]
            if words["joins"].fullmatch(rest[one.end : after.start]):
                last = after
                place += 1
        before = rest[max(0, one.start - _NEAR) : one.start]
        kinds = (bool(words[name].search(before)) for name in ("through", "data_through"))
        found.append(DayMention(one.key, last.key, one.start, last.end, *kinds))
        place += 1
    return found
