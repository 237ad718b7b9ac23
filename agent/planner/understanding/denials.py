"""Names that a message only says it is not about: "not only Lakeside", "cheddar, not milk".

"And across all stores, not only Lakeside" asks for all of them, and "no, cheddar, not milk" for the
cheddar. The denied name is blanked, letter by letter, so that all else stays in its place.
"""

import re

from agent.planner.understanding.sentence import Sentence

_FILE = "corrections"
_ALL = {"STORE": ("everywhere", "everything"), "PRODUCT": ("everything",)}
_ALL |= {"CATEGORY": _ALL["PRODUCT"]}
"""What says that every thing or place of a kind is meant."""

_GROUPS = {"STORE": "place", "PRODUCT": "thing", "CATEGORY": "thing"}

Stretch = tuple[int, int]


def less_what_is_denied(sentence: Sentence, *, goes_on: bool) -> str:
    """Return the sentence less the things and places that it denies beside all of their kind.

    Args:
        sentence: What was said.
        goes_on: Whether it follows an answer, which "all stores, not Lakeside" takes further; else
            that leaves a store out.
    """
    said = sentence.names.sentence
    cues = sentence.context.language.patterns(_FILE)
    denials = ("denies_only", "denies") if goes_on else ("denies_only",)
    for start, end, kind in sentence.replaced:
        found = (cues[one].search(said[:start]) for one in denials)
        denied = next((one for one in found if one), None)
        if denied is not None and _means_all(kind, sentence):
            last = cues["denied"].match(said, end)
            until = last.end() if last else end
            said = _blanked(said, (denied.start(), until))
    for stretch in _with_another_in_its_place(sentence):
        said = _blanked(said, stretch)
    return said


def _with_another_in_its_place(sentence: Sentence) -> list[Stretch]:
    """Return where names are denied beside another of their kind that holds instead."""
    denied: list[tuple[Stretch, str]] = []
    kept: set[str] = set()
    for start, end, kind in sentence.replaced:
        group = _GROUPS.get(kind)
        if group is None:
            continue
        if (stretch := _denial(start, end, sentence)) is not None:
            denied.append((stretch, group))
        else:
            kept.add(group)
    return [stretch for stretch, group in denied if group in kept]


def _denial(start: int, end: int, sentence: Sentence) -> Stretch | None:
    """Return where words deny a name: "not milk", "instead of milk", "swap milk for"."""
    said = sentence.names.sentence
    cues = sentence.context.language.patterns(_FILE)
    swaps = cues["swaps"].search(said[:start])
    swapped: re.Match[str] | None = cues["swapped_for"].match(said, end) if swaps else None
    names = {one[0] for one in sentence.replaced if one[2] in _GROUPS}
    if swaps and swapped and swapped.end() in names:  # "change milk to 2.99" denies nothing
        return swaps.start(), swapped.end()
    denied = cues["denies_beside"].search(said[:start])
    if denied is None:
        return None
    last = cues["denied"].match(said, end)
    return denied.start(), last.end() if last else end


def _blanked(said: str, stretch: Stretch) -> str:
    start, end = stretch
    return said[:start] + " " * (end - start) + said[end:]


def _means_all(kind: str, sentence: Sentence) -> bool:
    return any(sentence.cues[cue].search(sentence.text) for cue in _ALL.get(kind, ()))
