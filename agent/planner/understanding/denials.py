"""Names that a message only says it is not about, where it is about all: "not only Lakeside".

"And across all stores, not only Lakeside" asks for all of them. The denied name is blanked, letter
by letter, so that all else stays in its place.
"""

from agent.planner.understanding.sentence import Sentence

_FILE = "corrections"
_ALL = {"STORE": ("everywhere", "everything"), "PRODUCT": ("everything",)}
_ALL |= {"CATEGORY": _ALL["PRODUCT"]}
"""What says that every thing or place of a kind is meant."""


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
            said = said[: denied.start()] + " " * (until - denied.start()) + said[until:]
    return said


def _means_all(kind: str, sentence: Sentence) -> bool:
    return any(sentence.cues[cue].search(sentence.text) for cue in _ALL.get(kind, ()))
