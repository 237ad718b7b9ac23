"""What a tenant calls its things, indexed by the words of their names."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Literal

from rapidfuzz import fuzz, process

from tools.ordinary_words import ORDINARY, ordinary_words
from tools.words import forms, is_close, is_ordinary, words_of

Kind = Literal["product", "store", "category", "region", "format"]

_SHORTEST_PREFIX = 4
_SHORTEST_REST = 2
_NEAREST = 3
_SIMILAR = 55

Numbers = frozenset[int]
NOTHING: Numbers = frozenset()


@dataclass(frozen=True, slots=True)
class NamedItem:
    """A product as the catalogue lists it.

    Attributes:
        aliases: What else people call it.
    """

    id: str
    name: str
    category: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedStore:
    """A store as the catalogue lists it."""

    id: str
    name: str
    region: str = ""
    format: str = ""


class NameIndex:
    """Finds names by their words; a name is known by its number in the given order.

    What else a thing is called, its aliases, finds it too, but is never shown.
    """

    def __init__(self, names: Sequence[str], aliases: Sequence[tuple[str, ...]] = ()) -> None:
        self.names = tuple(names)
        self.words = tuple(_words(name) for name in names)
        by_word: dict[str, set[int]] = defaultdict(set)
        by_name: dict[str, set[int]] = defaultdict(set)
        also = [(n, _words(alias)) for n, those in enumerate(aliases) for alias in those]
        for number, words in [*enumerate(self.words), *also]:
            by_name[_singular(words)].add(number)
            for word in words:
                for form in forms(word):
                    by_word[form].add(number)
            for pair in pairwise(words):
                by_word["".join(pair)].add(number)
        self._by_word = {word: frozenset(found) for word, found in by_word.items()}
        self._by_name = {name: frozenset(found) for name, found in by_name.items()}
        self._sorted = sorted(word for word in by_word if word.isalpha())
        self._near: dict[tuple[str, int], Numbers] = {}

    def named(self, words: Iterable[str]) -> Numbers:
        """Return the names that consist of exactly these words, singular or plural."""
        return self._by_name.get(_singular(words), NOTHING)

    def exactly(self, word: str) -> Numbers:
        """Return the names with this word, singular or plural."""
        found = NOTHING
        for form in forms(word):
            found |= self._by_word.get(form, NOTHING)
        return found

    def nearly(self, word: str, shortest_prefix: int = _SHORTEST_PREFIX) -> Numbers:
        """Return the names with a word that this one begins or misspells."""
        key = (word, shortest_prefix)
        if key not in self._near:
            if len(self._near) > len(ORDINARY):
                self._near.clear()
            self._near[key] = self._begun_by(word, shortest_prefix) or self._misspelt(word)
        return self._near[key]

    def covers(
        self, number: int, words: Sequence[str], left_out: frozenset[str] | None = None
    ) -> bool:
        """Whether these words say the whole name.

        Args:
            number: The name's.
            words: What is said.
            left_out: Packs that need not be said, nor need sizes; None where all must be.
        """
        said = {form for word in words for form in forms(word)}
        named = self.words[number]
        if left_out is not None:
            named = tuple(w for w in named if w.isalpha() and not left_out & set(forms(w))) or named
        return all(said & set(forms(word)) for word in named)

    def nearest(self, text: str) -> list[int]:
        """Return the names most like the text, best first; at most three."""
        found = process.extract(
            " ".join(word.text for word in words_of(text)),
            [" ".join(words) for words in self.words],
            scorer=fuzz.WRatio,
            limit=_NEAREST,
            score_cutoff=_SIMILAR,
        )
        return [number for _, _, number in found]

    def _begun_by(self, word: str, shortest: int) -> Numbers:
        found = NOTHING
        for start in forms(word):
            if len(start) < shortest or not start.isalpha():
                continue
            place = bisect_left(self._sorted, start)
            while place < len(self._sorted) and self._sorted[place].startswith(start):
                if len(self._sorted[place]) >= len(start) + _SHORTEST_REST:
                    found |= self._by_word[self._sorted[place]]
                place += 1
        return found

    def _misspelt(self, word: str) -> Numbers:
        if not word.isalpha():
            return NOTHING
        start = bisect_left(self._sorted, word[:1])
        found = NOTHING
        for known in self._sorted[start:]:
            if known[0] != word[0]:
                break
            if abs(len(known) - len(word)) <= 2 and any(  # noqa: PLR2004 - no typo is longer
                is_close(form, known) for form in forms(word)
            ):
                found |= self._by_word[known]
        return found


def is_weak(word: str, code: str = "en") -> bool:
    """Whether a word alone is too common to name anything."""
    weak = ordinary_words(code).weak
    is_common = word.isdigit() or is_ordinary_here(word, code)
    return is_common or any(form in weak for form in forms(word))


def is_ordinary_here(word: str, code: str = "en") -> bool:
    """Whether questions use the word without naming anything; digits with a unit name things."""
    return word.isalpha() and is_ordinary(word, code)


@dataclass(frozen=True)
class Vocabulary:
    """A tenant's names for its products, stores and groups of them.

    Attributes:
        cutoff: The last day with data, or None while there are none.
        first: The first day with data, or None while there are none.
    """

    products: tuple[NamedItem, ...] = ()
    stores: tuple[NamedStore, ...] = ()
    categories: tuple[str, ...] = ()
    cutoff: date | None = None
    first: date | None = None

    @cached_property
    def regions(self) -> dict[str, tuple[str, ...]]:
        """Return the ids of the stores of each region."""
        return _grouped((store.region, store.id) for store in self.stores)

    @cached_property
    def formats(self) -> dict[str, tuple[str, ...]]:
        """Return the ids of the stores of each format."""
        return _grouped((store.format, store.id) for store in self.stores)

    @cached_property
    def ids(self) -> dict[Kind, dict[str, int]]:
        """Return the number of each product and store by its id in lower case."""
        return {
            "product": {item.id.casefold(): n for n, item in enumerate(self.products)},
            "store": {store.id.casefold(): n for n, store in enumerate(self.stores)},
        }

    @cached_property
    def indexes(self) -> dict[Kind, NameIndex]:
        """Return the index of the names of each kind."""
        return {
            "product": NameIndex(
                [_speakable("product", item) for item in self.products],
                [item.aliases for item in self.products],
            ),
            "store": NameIndex([_speakable("store", store) for store in self.stores]),
            "category": NameIndex(self.categories),
            "region": NameIndex(list(self.regions)),
            "format": NameIndex(list(self.formats)),
        }

    @cached_property
    def name_words(self) -> frozenset[str]:
        """Return every word of every name."""
        return frozenset(
            word for index in self.indexes.values() for name in index.words for word in name
        )

    def members(self, kind: Kind, number: int) -> tuple[str, ...]:
        """Return the ids behind a name: its own, or those of a group's stores."""
        if kind == "product":
            return (self.products[number].id,)
        if kind == "store":
            return (self.stores[number].id,)
        if kind == "category":
            return (self.categories[number],)
        groups = self.regions if kind == "region" else self.formats
        return groups[self.indexes[kind].names[number]]

    def name(self, kind: Kind, number: int) -> str:
        """Return a name as the catalogue writes it."""
        if kind == "product":
            return self.products[number].name
        return self.stores[number].name if kind == "store" else self.indexes[kind].names[number]


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for group, member in pairs:
        if group:
            groups[group].append(member)
    return {group: tuple(members) for group, members in groups.items()}


def _words(name: str) -> tuple[str, ...]:
    return tuple(word.text for word in words_of(name))


def _singular(words: Iterable[str]) -> str:
    return " ".join(min(forms(word), key=len) for word in words)


def _speakable(kind: Kind, item: NamedItem | NamedStore) -> str:
    # A dataset without products or stores calls the only one "all"; nobody means it by that. One
    # named by its id alone is found by its id; "store" must not become a word of every name.
    by_id = {"all", f"{kind} {item.id}".casefold()}
    return "" if item.name.casefold() in by_id else item.name
