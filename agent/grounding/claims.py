"""What an answer claims: each figure with the words, names and days that say what it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.grounding.directions import direction_of, goes_on, last_direction
from agent.grounding.fields import COUNTED, may_be_in
from agent.grounding.labels import heading, label_of
from agent.grounding.layout import WINDOW, Layout
from agent.grounding.lexicon import Lexicon
from agent.grounding.naming import Mention
from agent.grounding.places import LISTED, mentioned_by, places_of
from agent.grounding.reading import Figure, Moment

_NEAR = 28
_FAR = 40
_OPENS = re.compile(r"[^.,;:()\d]{0,28}\(")
# "30 units from an expected 11": the word speaks of the figure after it.
_FIGURE = re.compile(r"\s*(?:[^\W\d_]+\s)?[$€£]?\d")


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
    found: list[Claim] = []
    before: Claim | None = None
    for figure in layout.figures:
        one = _claim(layout, figure, mentions, days)
        if before and not one.direction and one.sentence == before.sentence and not figure.signed:
            between = layout.rest[before.figure.end : figure.start]
            if before.direction and not figure.partner and goes_on(layout.words, between):
                one = replace(one, direction=before.direction)
            elif before.direction and _OPENS.fullmatch(between):
                # As in: 19% more (416 units).
                one = replace(one, is_neutral=True)
        found.append(one)
        before = one if not figure.partner else before
    return found


def _claim(
    layout: Layout, figure: Figure, mentions: Sequence[Mention], days: Sequence[DayMention]
) -> Claim:
    words = layout.words
    before, after = layout.before(figure), layout.after(figure)
    raw = layout.rest[figure.end : figure.end + WINDOW]
    column = layout.column(figure)
    stance = _stance(words, before, after, raw) or _named_by(words.stances, column)
    direction, is_neutral = direction_of(words, before, raw)
    if not direction and words["by"].match(before):
        direction = last_direction(words, layout.lead(figure))
    return Claim(
        figure=figure,
        label=label_of(words, figure, before, after, raw)
        or heading(layout, figure)
        or _column_label(words, figure, column),
        stance=stance,
        direction=direction,
        is_compared=_is_compared(layout, figure, after),
        is_neutral=is_neutral or bool(words["neutral"].search(column)),
        low=_is_end(layout, figure, before, after, "low"),
        high=_is_end(layout, figure, before, after, "high"),
        places=places_of(layout, figure, mentions, before),
        mentioned=mentioned_by(layout, figure, mentions),
        period=_period(layout, figure, days, stance),
        sentence=layout.number(figure.start),
    )


def _named_by(words: re.Pattern[str], column: str) -> str:
    """Return the kind that a table's column is headed by."""
    found = words.search(column)
    return (found.lastgroup or "") if found else ""


def _column_label(words: Lexicon, figure: Figure, column: str) -> str:
    label = _named_by(words.labels, column)
    is_kind = label and label not in COUNTED and may_be_in(label, figure.unit)
    return label if is_kind else ""


def _is_end(layout: Layout, figure: Figure, before: str, after: str, end: str) -> bool:
    """Tell whether words let a figure be the low or the high end of a range."""
    words = layout.words
    head = layout.head(figure) or layout.column(figure)
    return bool(
        words[end].search(before[-_NEAR:])
        or words[f"{end}_after"].search(after)
        or words[f"{end}_alone"].search(head)
        or words[f"{end}_case"].search(layout.lead(figure))
    )


def _is_compared(layout: Layout, figure: Figure, after: str) -> bool:
    words = layout.words
    behind = words.stances.match(after.lstrip())
    if behind and behind.lastgroup == "instead":
        return False
    lead = words["compared"].search(layout.lead(figure))
    return bool(lead or words["compared_after"].search(after))


def _stance(words: Lexicon, before: str, after: str, raw: str) -> str:
    behind = words.stances.search(after[:_FAR])
    if (
        behind
        and after[: behind.start()].strip(" \0\1").count(" ") <= 1
        and not words["joint"].search(after, 0, behind.start())
        and not words["stance_ahead"].match(behind[0])
        and not (after[: behind.start()].strip() and _FIGURE.match(raw[behind.end() :]))
    ):
        return behind.lastgroup or ""
    ahead = None
    for match in words.stances.finditer(before):
        ahead = match
    if ahead and words["connector"].fullmatch(before[ahead.end() :].replace("\1", " ")):
        return ahead.lastgroup or ""
    return ""


_OF_OTHER_DAYS = frozenset({"previous", "normal", "earlier", "predicted"})


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
    if not before or not only:
        return None
    between = layout.rest[before[-1].end : figure.start]
    is_list = layout.rest.startswith(LISTED, first)
    return before[-1] if is_list or not layout.words["joint"].search(between) else None


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
