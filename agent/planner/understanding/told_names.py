"""What is named in the sentences around a wish, and which of it may be what the wish is about.

A story speaks of "the paper mill" and of "my gran": where another sentence names a product
properly, a word that is only the beginning of a product's name, or describes it, names none.
"""

from dataclasses import replace

from agent.planner.understanding.part import Part
from agent.planner.understanding.sentence import Sentence
from tools.catalogue import Mention, Status
from tools.ordinary_words import ordinary_words
from tools.words import forms

THINGS = ("product", "category")
# A format ("a supermarket") is spoken of in passing too.
_PLACES = ("store", "region")
_A_TYPO = 5  # A misspelt word this short is more likely another word.

Stretch = tuple[int, int]


def named_in(stretch: Stretch, sentence: Sentence) -> list[Mention]:
    """Return what an aside names; what only sounds like goods counts where nothing else does."""
    found = [one for one in sentence.names.found if stretch[0] <= one.start < stretch[1]]
    if not any(is_named_properly(one, sentence) for one in sentence.names.found):
        return found
    return [one for one in found if one.kind != "product" or is_named_properly(one, sentence)]


def is_named_properly(mention: Mention, sentence: Sentence) -> bool:
    """Tell whether a product is named by the noun of its name, or by several of its words.

    "Towels" and "kitchen paper" are paper towels; "paper" alone may be anything.
    """
    if mention.kind != "product":
        return False
    if mention.status is not Status.EXACT:
        return sentence.cues["unit_noun"].search(mention.text) is None  # "18 packs"
    if len(mention.text.split()) > 1:
        return True
    index = sentence.context.vocabulary.indexes["product"]
    said = mention.text.casefold()
    numbers = index.exactly(said)
    if index.named([said]) or (not numbers and len(said) > _A_TYPO):
        return True
    return any(_is_noun_of(index.words[number], said, sentence) for number in numbers)


def _is_noun_of(name: tuple[str, ...], said: str, sentence: Sentence) -> bool:
    """Tell whether a word is the last of a name that is no pack: "towels" of "paper towels 6"."""
    packs = ordinary_words(sentence.context.language.code).packs
    words = [one for one in name if one.isalpha()]
    nouns = [one for one in words if not packs & set(forms(one))] or words
    return bool(set(forms(nouns[-1])) & set(forms(said)))


def told_of(part: Part, sentence: Sentence, kind: str) -> set[tuple[str, ...]]:
    """Return which things of a kind are told of before a wish, else after it.

    Of several none is surely meant.
    """
    kinds = _PLACES if kind == "store" else (kind,)
    for asides in _before_and_after(part):
        told = [one for aside in asides for one in named_in(aside, sentence)]
        exact = {one.ids for one in told if one.kind in kinds and one.status is Status.EXACT}
        if exact:
            return exact
    return set()


def compete(part: Part, sentence: Sentence) -> bool:
    """Tell whether several things are told of apart: "muffins were a mess, bagels were late"."""
    each = [told_of(replace(part, asides=(one,)), sentence, "product") for one in part.asides]
    return len({frozenset(one) for one in each if one}) > 1


def last_named(part: Part, sentence: Sentence, kinds: tuple[str, ...]) -> list[Stretch]:
    """Return where an aside names such things: the one that names most, the nearest of equals.

    Those before the wish come first.
    """
    before, after = _before_and_after(part)
    for asides in (before[::-1], after):
        named = {one: named_in(one, sentence) for one in asides}
        fitting = [one for one in asides if any(is_of(name, kinds) for name in named[one])]
        if fitting:
            richest = max(fitting, key=lambda one: len(named[one]))
            return [(one.start, one.end) for one in named[richest] if is_of(one, kinds)]
    return []


def is_of(mention: Mention, kinds: tuple[str, ...]) -> bool:
    """Tell whether a mention is of one of these kinds; a region or format is a place."""
    kind = mention.kind if mention.kind in THINGS else "store"
    return kind in kinds


def _before_and_after(part: Part) -> tuple[list[Stretch], list[Stretch]]:
    before = [one for one in part.asides if one[1] <= part.start]
    return before, [one for one in part.asides if one not in before]
