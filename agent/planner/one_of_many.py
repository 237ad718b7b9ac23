"""A category that stands for one of its products: "one of the drinks", "the hiking thing"."""

from collections.abc import Sequence
from dataclasses import replace

from agent.languages import Language
from agent.languages.language import Patterns
from tools.catalogue import Mention, Status, Vocabulary

_TWO = 2


def with_one_of_many(
    found: Sequence[Mention], sentence: str, vocabulary: Vocabulary, words: Language
) -> tuple[Mention, ...]:
    """Return what a sentence names, a category that stands for one product as all it may be.

    Args:
        found: What the sentence names.
        sentence: What was said.
        vocabulary: The tenant's names.
        words: The language of the sentence.
    """
    text = sentence.lower()
    cues = words.patterns("cues")
    kept = []
    for one in (_of_a_size(one, vocabulary, words) for one in found):
        end = _end_of_one(one, text, cues) if _is_category(one) else 0
        kept.append(_one_of(one, sentence, end, vocabulary) if end else one)
    return tuple(kept)


def _of_a_size(mention: Mention, vocabulary: Vocabulary, words: Language) -> Mention:
    """Return "400g packs" as all products of that size: what holds it tells no two apart."""
    said = mention.text.casefold().split()
    if mention.kind != "product" or mention.status is not Status.UNKNOWN or len(said) != _TWO:
        return mention
    size, holder = said
    packing, goods = words.patterns("cues")["unit_noun"], words.words("goods", "goods")
    numbers = sorted(vocabulary.indexes["product"].exactly(size)) if size[0].isdigit() else []
    if not numbers or not (packing.match(holder) or holder in goods):
        return mention
    ids = tuple(vocabulary.members("product", number)[0] for number in numbers)
    names = tuple(vocabulary.name("product", number) for number in numbers)
    status = Status.AMBIGUOUS if len(ids) > 1 else Status.EXACT
    return replace(mention, status=status, ids=ids, names=names)


def _is_category(mention: Mention) -> bool:
    return mention.kind == "category" and mention.status is Status.EXACT


def _end_of_one(mention: Mention, text: str, cues: Patterns) -> int:
    """Return where the words end that mean one product of a category; 0 where none do."""
    before = text[: mention.start]
    thing = cues["one_thing_after"].match(text, mention.end)
    if thing and cues["one_thing_before"].search(before):
        return thing.end()
    return mention.end if cues["one_of"].search(before) else 0


def _one_of(category: Mention, sentence: str, end: int, vocabulary: Vocabulary) -> Mention:
    held = [one for one in vocabulary.products if one.category == category.ids[0]]
    ids, names = tuple(one.id for one in held), tuple(one.name for one in held)
    status = Status.AMBIGUOUS if len(held) > 1 else Status.EXACT
    said = sentence[category.start : end]
    return replace(
        category, kind="product", text=said, end=end, status=status, ids=ids, names=names
    )
