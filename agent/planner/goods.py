"""What people call goods in their language, found in a catalogue that calls them otherwise.

"Erdbeeren" are the one product of "Strawberries"; where several products fit, the word is left
open and asked about; where none does, it names nothing known.
"""

from collections.abc import Sequence

from agent.languages import Language, language
from tools.catalogue import Kind, Mention, Status, Vocabulary
from tools.words import folded, forms, words_of

_KINDS: tuple[Kind, ...] = ("category", "region", "format", "store", "product")
_ENGLISH = language("en")


def with_goods(
    found: Sequence[Mention], sentence: str, vocabulary: Vocabulary, words: Language
) -> tuple[Mention, ...]:
    """Return what a sentence names with the goods that go by another word in its language.

    Args:
        found: What the catalogue's own words name; kept where it is sure.
        sentence: What was said.
        vocabulary: The tenant's names.
        words: The language of the sentence.
    """
    kept = list(found)
    for match in words.patterns("goods")["goods"].finditer(sentence):
        phrases = words.words("goods", "goods")[" ".join(match[0].lower().split())]
        mention = _mention(match[0], match.start(), phrases, vocabulary)
        beside = [one for one in kept if one.start < match.end() and match.start() < one.end]
        if mention is not None and all(_is_meant_by(mention, one) for one in beside):
            kept = [one for one in kept if one not in beside] + [mention]
    return tuple(sorted(kept, key=lambda one: one.start))


def unlisted(
    sentence: str, words: Language, taken: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return where goods are named that are not among the catalogue's, outside what is taken."""
    found = words.patterns("goods")["goods"].finditer(sentence)
    spans = [match.span() for match in found]
    return [(a, b) for a, b in spans if not any(first < b and a < last for first, last in taken)]


def _is_meant_by(mention: Mention, other: Mention) -> bool:
    """Tell whether a good is what a name of fewer words or of contradicting ones means."""
    if mention.status is not Status.EXACT:
        return False
    is_part = mention.start <= other.start and other.end <= mention.end
    # The "camping" of "a camping cooker"; "hiking sticks", which no name is called.
    is_less = len(other.text) < len(mention.text) or other.status is Status.UNKNOWN
    return (is_part and is_less) or (other.status is Status.UNKNOWN and mention.ids[0] in other.ids)


def _mention(text: str, start: int, phrases: list[str], vocabulary: Vocabulary) -> Mention | None:
    for kind in _KINDS:
        numbers = _fitting(phrases, vocabulary.indexes[kind].words)
        if not numbers:
            continue
        groups = [vocabulary.members(kind, number) for number in numbers]
        names = tuple(vocabulary.name(kind, number) for number in numbers)
        is_one = len(numbers) == 1
        ids = groups[0] if is_one else tuple(group[0] for group in groups)
        status = Status.EXACT if is_one else Status.AMBIGUOUS
        return Mention(kind, text, start, start + len(text), status, ids, names)
    return None


def _fitting(phrases: list[str], names: Sequence[Sequence[str]]) -> list[int]:
    """Return the names that hold a phrase; rather those it ends: butter is no croissant."""
    held, ended = [], []
    for number, name in enumerate(names):
        spoken = [forms(word) for word in name]
        for phrase in phrases:
            wanted = [set(forms(folded(word.text))) for word in words_of(phrase)]
            if all(any(one & set(form) for form in spoken) for one in wanted):
                held.append(number)
                if wanted[-1] & set(forms(_head(name))):
                    ended.append(number)
                break
    return list(dict.fromkeys(ended or held))


def _head(name: Sequence[str]) -> str:
    """Return the last word of a name that is no size or packing."""
    packing = _ENGLISH.patterns("cues")["unit_noun"]
    heads = [word for word in name if word.isalpha() and not packing.match(word)]
    return heads[-1] if heads else ""
