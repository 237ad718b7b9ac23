"""Where a message may be cut into clauses."""

import re
from functools import lru_cache

from agent.planner.understanding.sentence import Sentence

_LABEL = 2
_NEAR = 16
_FIGURES = frozenset({"NUMBER", "PERCENT", "MONEY"})
_KEPT = 32  # messages, each of which is cut in several places of its turn


@lru_cache(maxsize=_KEPT)
def cuts(sentence: Sentence) -> tuple[tuple[int, int], ...]:
    """Return the stretches between the places where a message may be cut."""
    text, cues = sentence.text, sentence.cues
    found: list[tuple[int, int]] = []
    for start, end in _between(sentence, 0, len(text), cues["cut_sentence"]):
        opening: int | None = None
        for first, last in _between(sentence, start, end, cues["cut_clause"]):
            begins = first if opening is None else opening
            # "If we cut it by 10%, what happens" is one wish.
            concludes = cues["concludes"].match(text[last:])
            is_condition = cues["opens_condition"].search(text[first:last]) and not concludes
            is_condition = is_condition and not cues["condition_asks"].search(text[first:last])
            if opening is None and last < end and is_condition:
                opening = first
                continue
            found.append((begins, last))
            opening = None
        if opening is not None:
            found.append((opening, end))
    return tuple((a, b) for a, b in found if text[a:b].strip(" .?!,;"))


def _between(
    sentence: Sentence, start: int, end: int, cut: re.Pattern[str]
) -> list[tuple[int, int]]:
    """Return the pieces of a stretch; no date is cut, nor a list: "Riverside, Downtown and"."""
    joined = sentence.cues["joined_number"]
    numbers = [match.span() for match in joined.finditer(sentence.text, start, end)]
    uncut = [*sentence.times, *numbers]
    # "What did the other company, Summit Outfitters, sell" has one wish.
    others = [(first, last) for first, last, kind in sentence.replaced if kind == "COMPANY"]
    pieces, place = [], start
    for match in cut.finditer(sentence.text, start, end):
        if any(first < match.start() and match.end() < last for first, last in uncut):
            continue
        if _stands_in_a_list(sentence, match.start(), match.end()):
            continue
        if any(match.end() == first or last == match.start() for first, last in others):
            continue
        before = sentence.text[place : match.start()]
        opens_a_list = bool(match[0].strip())  # "Monday list: - sales - alerts"
        if not opens_a_list and _is_label(before):
            continue
        if _joins_figures(sentence, match) or _joins_a_pair(before, match[0], sentence):
            continue
        pieces.append((place, match.start()))
        place = match.end()
    return [*pieces, (place, end)]


def _stands_in_a_list(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a place to cut stands between two names of a kind, and nothing else does."""
    named = sentence.names.found
    before = next((one for one in named if one.end == start), None)
    joins = sentence.cues["joins_names"].match(sentence.text, end)
    after = next((one for one in named if one.start == (joins.end() if joins else end)), None)
    if before is None or after is None or before.kind != after.kind:
        return False
    if sentence.text[end : after.end].strip() and before.text.lower() == after.text.lower():
        return False  # "revenue of Lakeside, then Lakeside's forecast" names it twice
    # "Look at Lakeside; Downtown gets its own plan" tells of the second.
    return ";" not in sentence.text[start:end] or not sentence.text[after.end :].strip(" .?!;,")


def _joins_figures(sentence: Sentence, cut: re.Match[str]) -> bool:
    """Tell whether a place to cut stands between two figures: "compare 10 and 20 off"."""
    before = sentence.normal(max(0, cut.start() - _NEAR), cut.start()).split()
    after = sentence.normal(cut.end(), min(len(sentence.text), cut.end() + _NEAR)).split()
    return bool(_FIGURES & set(before[-1:]) and _FIGURES & set(after[:1]))


def _joins_a_pair(before: str, between: str, sentence: Sentence) -> bool:
    """Tell whether a place to cut stands within "between staging and the live model"."""
    cues = sentence.cues
    opens = cues["opens_pair"].search(before) is not None
    return opens and cues["joins_pair"].fullmatch(between) is not None


def _is_label(text: str) -> bool:
    """Tell whether a word or two before a colon only say what follows: "target: 90 almonds"."""
    return text.rstrip().endswith(":") and len(text.split()) <= _LABEL and "__" not in text
