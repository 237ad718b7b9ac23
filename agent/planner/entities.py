"""Which products, stores and categories a sentence is about, by catalogue id.

Finding them is the catalogue's work (`tools.catalogue.mentions`); here its findings become
arguments. What fits no name is passed on as said, so that the refusal is the gateway's and is
recorded; what fits several is asked about.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from tools.catalogue import Mention, NamedItem, NamedStore, Status, Vocabulary, mentions, strangers

_EXCEPT = re.compile(
    r"\b(?:except(?: for)?|excluding|exclude|without|but not|other than|apart from|leaving out)\s+"
    r"(?:the\s+)?$"
)
_AT = re.compile(r"\b(?:at|in|from|for)\s+(?:the\s+|our\s+)?$")
_SHORTEST_NAME = 3
_STRICTLY_AT = re.compile(r"\bat\s+(?:the\s+|our\s+)?$")
_KIND_AFTER = re.compile(r"\s+(?:store|shop|branch|location|outlet)\b")
_GROUPS = ("region", "format")
_VERB = re.compile(r"(?:maxim|minim|optim|simul|retrain|promot|discount|forecast|predict)")
# Words that the catalogue would take for part of a name that follows.
_IDIOM = re.compile(
    r"\bhow come\b|\bsweet spot\b|\b(?:over|under)-?(?:forecast|predict|estimat)\w*|"
    r"\bforcast\w*|\bnxt\b",
    re.IGNORECASE,
)
# Chatter that names nothing, besides what the catalogue takes for ordinary words.
_CHATTER_WORDS = """
hm hmm mm eh uh um er oops pls plz bro dude lol btw asap fyi sorry sir madam mate hun wow haha hehe
omg nah yup cheers dear folks guys hi hey hello tillsight bot assistant ai gpt chatbot maximize
maximise minimize minimise optimize optimise maximizing optimizing maximal minimal simulate
simulating assume imagine suppose audit trail refused denied rollback retrain retraining retrained
roll rolled deploy anomaly anomalies unusual outlier outliers weird fishy wape rmse mape elasticity
turnover margin profitable glitch compared comparing versus breakdown drilldown dashboard
history histories actuals boss appreciate vibe broken gimme lemme wanna kindly whats
tmrw tmw tmr nxt yday worried spreadsheet figure kpi kpis
"""
_CHATTER = frozenset(_CHATTER_WORDS.split())
_MANNER = re.compile(r"(?:ed|ing|ly|ity|ness|able|ful|ive|ous)$", re.IGNORECASE)
_ITEM_BEFORE = re.compile(
    r"\b(?:of|for|many|much|sell|sold|discount|forecast|predict|the|our|and|or|vs|versus|with|about|"
    r"at|in|did|will|does|is|are|do|by|on|price|put|optimi[sz]e|compare|promote|explain|product|store|"
    r"item|more|to|some|any|all)\s+$|[,&]\s*$|^\W*$"
)


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


def read_names(sentence: str, vocabulary: Vocabulary, own_names: Sequence[str] = ()) -> Names:
    """Find what a sentence names; the tenant's own name ("at Harbor Market") names nothing."""
    known = _IDIOM.sub(lambda match: " " * len(match[0]), sentence)
    found = tuple(mentions(known, vocabulary))
    named = [match.span() for name in own_names if name for match in _whole(name, sentence)]
    own = {word for name in own_names for word in re.findall(r"\w+", name.casefold())}
    unknown: list[tuple[int, int]] = []
    position = 0
    for text in strangers(known, vocabulary):
        at = sentence.index(text, position)
        position = at + len(text)
        words = set(re.findall(r"\w+", text.casefold()))
        is_chat = all(word in own | _CHATTER or _VERB.match(word) for word in words)
        # Beside things that are known, "I would appreciate a forecast for milk" names no other;
        # where nothing is, an unknown word is never passed over.
        is_aside = (
            (bool(found) or _MANNER.search(text))
            and not _ITEM_BEFORE.search(sentence[:at].casefold())
            and not _is_nearly_an_item(words, vocabulary)
        )
        if is_chat or is_aside or len(text) < _SHORTEST_NAME:
            continue
        unknown.append((at, position))
    return Names(sentence, vocabulary, found, tuple(unknown), tuple(named))


def _is_nearly_an_item(words: set[str], vocabulary: Vocabulary) -> bool:
    """Tell whether a word is one letter from one of a product's: "brw" was not said in passing."""
    known = {word for name in vocabulary.indexes["product"].words for word in name}
    return any(
        len(word) >= _SHORTEST_NAME
        and word[0] == one[0]
        and Levenshtein.distance(word, one, score_cutoff=1) <= 1
        for word in words
        for one in known
    )


def _whole(name: str, sentence: str) -> list[re.Match[str]]:
    return list(re.finditer(rf"\b{re.escape(name)}\b", sentence, re.IGNORECASE))


def _items(names: Names, here: list[Mention], unknown: list[tuple[int, int]]) -> Items:
    excluded = [one for one in here if _EXCEPT.search(names.sentence[: one.start].casefold())]
    kept = [one for one in here if one not in excluded]
    doubts = [one for one in kept if one.status is Status.AMBIGUOUS]
    clear = [one for one in kept if one.status is not Status.AMBIGUOUS]
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
    if _KIND_AFTER.match(names.sentence[end:].casefold()):
        return True
    if any(kind == "store" for _, kind, _ in named) or not _AT.search(before):
        return False
    return bool(_STRICTLY_AT.search(before)) or any(kind != "store" for _, kind, _ in named)


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


def among(reply: str, doubt_kind: str, choices: Sequence[Choice]) -> list[str]:
    """Return the ids that a reply picks from choices that were offered; empty when none."""
    text = reply.casefold()
    if re.search(r"\b(?:all|both|each|every|any)\b", text):
        return [choice.id for choice in choices]
    order = re.search(r"\b(?:(first|1st)|(second|2nd)|(third|3rd)|(last))\b", text)
    if order:
        place = next(n for n, group in enumerate(order.groups()) if group)
        picked = choices[-1:] if order[4] else choices[place : place + 1]
        return [choice.id for choice in picked]
    narrowed = (
        Vocabulary(stores=tuple(NamedStore(c.id, c.name) for c in choices))
        if doubt_kind == "store"
        else Vocabulary(products=tuple(NamedItem(c.id, c.name) for c in choices))
    )
    found = [one for one in mentions(reply, narrowed) if one.status is Status.EXACT]
    ids = [one.ids[0] for one in found if one.kind in ("product", "store")]
    bare = reply.strip().casefold()
    return ids or [choice.id for choice in choices if choice.id.casefold() == bare]
