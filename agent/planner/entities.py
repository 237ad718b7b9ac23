"""Which products, stores and categories a sentence is about, by catalogue id.

Finding them is the catalogue's work (`tools.catalogue.mentions`); here its findings become
arguments. What fits no name is passed on as said, so that the refusal is the gateway's and is
recorded; what fits several is asked about.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from agent.languages import Language, language
from agent.languages.language import Patterns
from agent.planner.goods import unlisted, with_goods
from agent.planner.one_of_many import with_one_of_many
from agent.planner.periods import places_of_time
from agent.planner.strange_words import (
    LONG_MESSAGE,
    Told,
    passing_words,
    without_words_of_passage,
)
from tools.catalogue import Mention, Status, Vocabulary, mentions

_GROUPS = ("region", "format")
_AGAIN = re.compile(r"\s*(?:\.{2,}|\u2026|[-\u2013\u2014(])\s*(?:\w+\s+){0,2}")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several items that a word fits."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that fits several items of a kind."""

    kind: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """What a sentence is about.

    Attributes:
        things: `("product", id)` or `("category", name)`, in the order of the sentence.
        stores: Store ids; several for a region or format.
        doubts: Words that fit several items each.
        excluded: Names that were to be left out, which no tool can do.
        spans: Where in the sentence things are named.
    """

    things: tuple[tuple[str, str], ...] = ()
    stores: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    excluded: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was named."""
        return not (self.things or self.stores or self.doubts or self.excluded)


@dataclass(frozen=True, slots=True)
class Names:
    """All mentions of a sentence, found once; parts of it ask for theirs."""

    sentence: str
    vocabulary: Vocabulary
    found: tuple[Mention, ...]
    unknown: tuple[tuple[int, int], ...]
    own: tuple[tuple[int, int], ...] = ()
    language: Language = field(default_factory=lambda: language("en"))

    @property
    def cues(self) -> Patterns:
        """The language's cues."""
        return self.language.patterns("cues")

    def muted(self, *spans: tuple[int, int]) -> "Names":
        """Return the sentence with stretches that are not to be read blanked by spaces."""
        sentence = self.sentence
        for start, end in spans:
            sentence = sentence[:start] + " " * (end - start) + sentence[end:]

        def is_heard(start: int) -> bool:
            return not any(first <= start < last for first, last in spans)

        return replace(
            self,
            sentence=sentence,
            found=tuple(one for one in self.found if is_heard(one.start)),
            unknown=tuple(one for one in self.unknown if is_heard(one[0])),
            own=tuple(one for one in self.own if is_heard(one[0])),
        )

    def blanked(self, *, strangers_too: bool = True) -> str:
        """Return the sentence in lower case with underscores where something is named."""
        spans = [(one.start, one.end) for one in self.found] + list(self.own)
        text = self.sentence
        for start, end in spans + (list(self.unknown) if strangers_too else []):
            text = text[:start] + "_" * (end - start) + text[end:]
        return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)

    def within(self, start: int, end: int, *, strangers_too: bool = True) -> Items:
        """Return what a stretch of the sentence is about."""
        here = [one for one in self.found if start <= one.start and one.end <= end]
        unknown = [span for span in self.unknown if start <= span[0] and span[1] <= end]
        return _items(self, here, unknown if strangers_too else [])


def read_names(
    sentence: str,
    vocabulary: Vocabulary,
    own_names: Sequence[str] = (),
    words: Language | None = None,
) -> Names:
    """Find what a sentence names; the tenant's own name ("at Harbor Market") names nothing."""
    words = words or language("en")
    cues = words.patterns("cues")
    known = without_words_of_passage(sentence, vocabulary, words)
    found = with_goods(mentions(known, vocabulary, words.code), sentence, vocabulary, words)
    found = tuple(
        one
        for one in found
        if not _is_of_another_thing(one, sentence, cues)
        and not _is_of_another_company(one, sentence, vocabulary, cues)
    )
    found = with_one_of_many(found, sentence, vocabulary, words)
    if not any(one.kind in ("product", "category") for one in found):
        found += _part_of_a_name(known, vocabulary, cues)
    named = tuple(m.span() for name in own_names if name for m in _whole(name, sentence))
    own = {word for name in own_names for word in re.findall(r"\w+", name.casefold())}
    told = Told(sentence, vocabulary, found, words, passing_words(words) | own)
    unknown = told.unknown(known)
    unknown += unlisted(sentence, words, [*((one.start, one.end) for one in found), *unknown])
    return Names(sentence, vocabulary, found, _less_times(unknown, sentence, words), named, words)


def _less_times(
    unknown: list[tuple[int, int]], sentence: str, words: Language
) -> tuple[tuple[int, int], ...]:
    """Leave out what only words about time are made of: "Boxing Day", "seit Jahresanfang"."""
    times = places_of_time(sentence, words) if unknown else []
    return tuple(one for one in unknown if not any(a <= one[0] and one[1] <= b for a, b in times))


def _is_of_another_thing(mention: Mention, sentence: str, cues: Patterns) -> bool:
    """Tell whether a good only says what a thing is for: "the coffee machine"."""
    is_sold = mention.kind in ("product", "category")
    return is_sold and cues["other_thing"].match(sentence.casefold(), mention.end) is not None


def _is_of_another_company(
    mention: Mention, sentence: str, vocabulary: Vocabulary, cues: Patterns
) -> bool:
    """Tell whether a store's word, spelt otherwise, is part of a company's name."""
    words = re.findall(r"\w+", mention.text.casefold())
    index = vocabulary.indexes.get(mention.kind)
    if mention.kind != "store" or index is None or any(index.exactly(word) for word in words):
        return False
    companies = cues["other_company"].finditer(sentence)
    return any(one.start() <= mention.start and mention.end < one.end() for one in companies)


def _part_of_a_name(sentence: str, vocabulary: Vocabulary, cues: Patterns) -> tuple[Mention, ...]:
    """Read "how much whole do we sell": a word too common to name anything, but asked about."""
    match = cues["part_of_name"].search(sentence.lower())
    if match is None:
        return ()
    numbers = sorted(vocabulary.indexes["product"].exactly(match["word"]))
    if not numbers:
        return ()
    start, end = match.span("word")
    ids = tuple(vocabulary.members("product", number)[0] for number in numbers)
    names = tuple(vocabulary.name("product", number) for number in numbers)
    status = Status.EXACT if len(ids) == 1 else Status.AMBIGUOUS
    return (Mention("product", sentence[start:end], start, end, status, ids, names),)


def _whole(name: str, sentence: str) -> list[re.Match[str]]:
    return list(re.finditer(rf"\b{re.escape(name)}\b", sentence, re.IGNORECASE))


def _items(names: Names, here: list[Mention], unknown: list[tuple[int, int]]) -> Items:
    excluded = [
        one
        for one in here
        if names.cues["leaves_out"].search(names.sentence[: one.start].casefold())
    ]
    kept = [one for one in here if one not in excluded]
    kept = [one for one in kept if not _is_in_passing(one, kept, names)]
    named_one = any(one.kind == "product" and _is_exact(one) for one in names.found)
    doubts = [
        one
        for one in kept
        if one.status is Status.AMBIGUOUS
        and not (named_one and names.cues["unit_noun"].search(one.text))
        and not _is_said_in_full(one, kept, names)
    ]
    meant = _meant_by_both(doubts)
    doubts = [one for one in doubts if not any(set(one.ids) & set(two.ids) for two in meant)]
    clear = [one for one in kept if one.status is not Status.AMBIGUOUS] + meant
    named = [(one.start, _kind(one), _value(one)) for one in clear if not _is_group(one)]
    for start, end in unknown:
        is_place = _is_a_place(names, start, end, named)
        named.append((start, "store" if is_place else "product", names.sentence[start:end]))
    named.sort()
    stores = [value for _, kind, value in named if kind == "store"]
    return Items(
        things=_distinct(names.vocabulary, [one for one in named if one[1] != "store"]),
        stores=tuple(dict.fromkeys(stores + _members([one for one in clear if _is_group(one)]))),
        doubts=tuple(_doubt(one) for one in doubts),
        excluded=tuple(one.names[0] if _is_exact(one) else one.text for one in excluded),
        spans=tuple((one.start, one.end) for one in here) + tuple(unknown),
    )


def _meant_by_both(doubts: list[Mention]) -> list[Mention]:
    """Return what two unclear words mean together: "butter, the salted one" fits one product."""
    found = []
    for place, one in enumerate(doubts):
        for other in doubts[place + 1 :]:
            shared = set(one.ids) & set(other.ids)
            if one.kind == other.kind and one.ids != other.ids and len(shared) == 1:
                at = one.ids.index(shared.pop())
                ids, called = (one.ids[at],), (one.names[at],)
                found.append(replace(one, status=Status.EXACT, ids=ids, names=called))
    return found


def _is_in_passing(mention: Mention, beside: list[Mention], names: Names) -> bool:
    """Tell whether a long message about known things only speaks of one that is not sold."""
    if mention.status is not Status.UNKNOWN or mention.kind not in ("product", "category"):
        return False
    has_known = any(one.kind == "product" and _is_exact(one) for one in beside)
    is_long = len(names.sentence.split()) > LONG_MESSAGE
    is_listed = names.cues["listed_before"].search(names.sentence[: mention.start].casefold())
    is_first = names.cues["listed_after"].match(names.sentence[mention.end :].casefold())
    return has_known and is_long and not (is_listed or is_first)


def _is_said_in_full(doubt: Mention, beside: list[Mention], names: Names) -> bool:
    """Tell whether "the butter... salted butter" says which of them is meant.

    So does a sentence after it: "Butter. What is the best discount for the salted butter?".
    """
    return any(
        _is_exact(one)
        and one.ids[0] in doubt.ids
        and doubt.text.casefold() in one.text.casefold()
        and _is_said_again(names.sentence[doubt.end : one.start], names)
        for one in beside
    )


def _is_said_again(between: str, names: Names) -> bool:
    is_at_once = _AGAIN.fullmatch(between) is not None
    return is_at_once or names.cues["cut_sentence"].search(between) is not None


def _kind(mention: Mention) -> str:
    return "store" if mention.kind in ("store", *_GROUPS) else mention.kind


def _value(mention: Mention) -> str:
    return mention.ids[0] if _is_exact(mention) else mention.text


def _is_exact(mention: Mention) -> bool:
    return mention.status is Status.EXACT


def _is_group(mention: Mention) -> bool:
    return mention.kind in _GROUPS and _is_exact(mention)


def _doubt(mention: Mention) -> Doubt:
    pairs = zip(mention.ids, mention.names, strict=True)
    return Doubt(mention.kind, mention.text, tuple(Choice(*pair) for pair in pairs))


def _is_a_place(names: Names, start: int, end: int, named: list[tuple[int, str, str]]) -> bool:
    """Tell whether an unknown name is a store's: "Midtown store", "at Midtown", "milk in it"."""
    before = names.sentence[:start].casefold()
    if names.cues["place_after"].match(names.sentence[end:].casefold()):
        return True
    if any(kind == "store" for _, kind, _ in named) or not names.cues["at_place"].search(before):
        return False
    return bool(names.cues["strictly_at_place"].search(before)) or any(
        kind != "store" for _, kind, _ in named
    )


def _members(groups: list[Mention]) -> list[str]:
    """Return the stores of regions or formats; of a region and a format those in both."""
    by_kind = {kind: [one for one in groups if one.kind == kind] for kind in _GROUPS}
    if not all(by_kind.values()):
        return [store for one in groups for store in one.ids]
    region, format_ = ({s for one in by_kind[kind] for s in one.ids} for kind in _GROUPS)
    both = [store for one in by_kind["region"] for store in one.ids if store in region & format_]
    # Where no store is in both, the gateway is to say that there is none.
    return both or [" ".join(one.text for one in groups)]


def _distinct(
    vocabulary: Vocabulary, things: list[tuple[int, str, str]]
) -> tuple[tuple[str, str], ...]:
    """Drop repetitions, and a category that only says what a named product belongs to."""
    category_of = {item.id: item.category for item in vocabulary.products}
    belongs = {category_of.get(value) for _, kind, value in things if kind == "product"}
    kept = [
        (kind, value) for _, kind, value in things if kind != "category" or value not in belongs
    ]
    return tuple(dict.fromkeys(kept))
