"""Where an answer names products, stores, categories, by their names, parts of them, or ids."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agent.grounding.facts import ALL
from agent.grounding.lexicon import Lexicon
from agent.grounding.reading import NAMED, TAKEN, blank

Name = tuple[str, str, str]
"""A kind (product, store, category, item), an id, and a name."""

_WORD = re.compile(r"[^\W_]+(?:[-'\u2019&.][^\W_]+)*")
_SIZE = re.compile(r"\d[\w.,-]*$|^\d")
_SHORTEST = 4
_DRIVER = "driver"
_OWNERS = ("'s", "\u2019s")
_PAIR = 2
# Words of names that are said of other things too.
_PLAIN = frozenset({"whole", "green", "cold", "dark", "baby", "salt", "ganz", "grün"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where an answer names something.

    Attributes:
        kind: `product`, `store`, `category`, `item` (a product or a store) or `id`.
        key: Its id; `*` for all of a kind.
        start: Where the name begins.
        end: Where it ends.
    """

    kind: str
    key: str
    start: int
    end: int


class NameBook:
    """Finds names in a text by their first words."""

    def __init__(
        self, names: Sequence[Name], own: frozenset[tuple[str, str]], speech: Lexicon
    ) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, str, bool]]] = {}
        self.sizes = {
            word.casefold()
            for _kind, _key, name in names
            for word in _WORD.findall(name)
            if any(c.isdigit() for c in word) and any(c.isalpha() for c in word)
        }
        for words, kind, key, needs_capital in (*_aliases(names), *_short(names, own)):
            if not all(word.isdigit() for word in words) and not _says_a_way(words, kind, speech):
                is_own = (kind, key) in own and words[0] not in _PLAIN
                entry = (words, kind, key, needs_capital and not is_own)
                self._by_first.setdefault(words[0], []).append(entry)
        for found in self._by_first.values():
            found.sort(key=lambda one: len(one[0]), reverse=True)

    def mentions(self, text: str) -> list[Mention]:
        """Return where a text names something; of names within names only the longest."""
        found: list[Mention] = []
        words = list(_WORD.finditer(text))
        folded = [_folded(word[0]) for word in words]
        place = 0
        while place < len(words):
            taken = self._at(words, folded, place)
            for kind, key, count in taken:
                end = words[place + count - 1].end()
                found.append(Mention(kind, key, words[place].start(), end))
            place += max((count for _kind, _key, count in taken), default=1)
        return found

    def _at(
        self, words: Sequence[re.Match[str]], folded: Sequence[str], place: int
    ) -> list[tuple[str, str, int]]:
        longest = 0
        taken: list[tuple[str, str, int]] = []
        for alias, kind, key, needs_capital in self._by_first.get(folded[place], ()):
            count = len(alias)
            if count < longest or tuple(folded[place : place + count]) != alias:
                continue
            if needs_capital and not words[place][0][:1].isupper():
                continue
            longest = count
            if (kind, key, count) not in taken:
                taken.append((kind, key, count))
        return taken


def _folded(word: str) -> str:
    folded = word.casefold()
    for owned in _OWNERS:
        folded = folded.removesuffix(owned)
    return folded[:-1] if len(folded) >= _SHORTEST and folded.endswith("s") else folded


def _aliases(names: Sequence[Name]) -> Iterable[tuple[tuple[str, ...], str, str, bool]]:
    """Yield what each thing may be called: its name, without its size, and its own words."""
    split = [
        (kind, key, words)
        for kind, key, name in names
        if (words := tuple(map(_folded, _WORD.findall(name))))
    ]
    owners: dict[str, set[tuple[str, str]]] = {}
    for kind, key, words in split:
        for word in words:
            owners.setdefault(word, set()).add((kind, key))
    for kind, key, words in split:
        own = [word for word in words if len(word) >= _SHORTEST and len(owners[word]) == 1]
        yield words, kind, key, False
        if kind == _DRIVER:
            yield from (((word,), kind, key, False) for word in own)
            continue
        plain = tuple(word for word in words if not _SIZE.search(word))
        if plain and plain != words:
            yield plain, kind, key, len(plain) == 1
        for pair in {plain[:2], plain[-2:]} if len(plain) > _PAIR else ():
            if _is_own(pair, owners):
                yield pair, kind, key, False
        if len(plain) > 1:
            # The last word of a product says what it is: "milk".
            yield from (
                ((word,), kind, key, kind != "product" or word != plain[-1])
                for word in own
                if word in plain
            )


def _short(
    names: Sequence[Name], own: frozenset[tuple[str, str]]
) -> Iterable[tuple[tuple[str, ...], str, str, bool]]:
    """Yield the last words of products that tell those of the results apart: "butter".

    Another product may be called so too; where only one is spoken of, that one is meant.
    """
    last: dict[str, set[str]] = {}
    for kind, key, name in names:
        plain = [word for word in map(_folded, _WORD.findall(name)) if not _SIZE.search(word)]
        if kind == "product" and (kind, key) in own and len(plain) > 1:
            last.setdefault(plain[-1], set()).add(key)
    for word, keys in last.items():
        if len(keys) == 1 and len(word) >= _SHORTEST:
            yield (word,), "product", min(keys), False


def _is_own(words: tuple[str, ...], owners: dict[str, set[tuple[str, str]]]) -> bool:
    return len(set.intersection(*(owners[word] for word in words))) == 1


def _says_a_way(words: Sequence[str], kind: str, speech: Lexicon) -> bool:
    """Tell whether a part of a name is a word for up or down: "Down" of a down jacket."""
    if len(words) > 1 or kind == _DRIVER:
        return False
    return any(speech[name].fullmatch(words[0]) for name in ("up_beside", "down_beside"))


class AllNames:
    """What a tenant calls its things, of which a text speaks of few."""

    def __init__(self, names: tuple[Name, ...]) -> None:
        self._names = names
        self.ids = frozenset((kind, key) for kind, key, _name in names)
        self._places: dict[str, list[int]] = {}
        for place, (_kind, _key, name) in enumerate(names):
            for word in {_folded(word) for word in _WORD.findall(name)}:
                self._places.setdefault(word, []).append(place)

    def sharing_a_word(self, text: str) -> list[Name]:
        """Return the names that share a word with a text, in their order.

        Any other is neither named there, nor could it be confused with one that is.
        """
        words = {_folded(word) for word in _WORD.findall(text)}
        places = {place for word in words for place in self._places.get(word, ())}
        return [self._names[place] for place in sorted(places)]


@lru_cache(maxsize=8)
def all_names(names: tuple[Name, ...]) -> AllNames:
    """Return a tenant's names, looked through once."""
    return AllNames(names)


def named(
    text: str, book: NameBook, words: Lexicon, ids: Container[tuple[str, str]]
) -> tuple[list[Mention], str]:
    """Return where a text names things, and the text with names blanked out.

    Args:
        text: An answer, or a part of it.
        book: The names that may be in it; those results are about may be said in small letters.
        words: Of the answer's language.
        ids: Kind and id of everything that may be named by its id.
    """
    found = book.mentions(text)
    for kind in ("product", "store"):
        for match in words[f"{kind}_id"].finditer(text):
            if (kind, match[1]) in ids and (match[1].isdigit() or match[1].isupper()):
                found.append(Mention(kind, match[1], match.start(), match.end()))
    for one in found:
        # A driver's single words, "price" or "season", still say what a figure is.
        if one.kind != _DRIVER or " " in text[one.start : one.end]:
            text = blank(text, one.start, one.end, NAMED)
    for word in _WORD.finditer(text):
        if word[0].casefold() in book.sizes:
            text = blank(text, word.start(), word.end())
    for kind in ("product", "store"):
        found += [
            Mention(kind, ALL, match.start(), match.end())
            for match in words[f"all_{kind}s"].finditer(text)
        ]
    return sorted(found, key=lambda one: one.start), text


def hidden(text: str, parts: Iterable[str]) -> str:
    """Return a text with everything blanked out that is quoted word for word.

    The longest comes first: a heading may stand in its passage too.
    """
    for part in sorted(parts, key=len, reverse=True):
        if part in text:
            text = text.replace(part, TAKEN * len(part))
    return text
