"""Resolve the names and ids people use against a tenant's catalogue."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tenants.errors import NeedsDetail, UnknownItem
from tools.mention import Mention, Status
from tools.mentions import mentions, strangers, without
from tools.ordinary_words import argument_words
from tools.vocabulary import Kind, NamedItem, NamedStore, NameIndex, Numbers, Vocabulary
from tools.words import digits_of, folded, words_of

__all__ = [
    "Kind", "Match", "Mention", "NamedItem", "NamedStore", "Status", "Vocabulary",
    "find", "mentions", "resolve", "strangers", "without",
]  # fmt: skip

_SHORTEST_PREFIX = 3
_MOST_CHOICES = 8
_PLURALS = {"product": "products", "store": "stores", "category": "categories"}


@dataclass(frozen=True, slots=True)
class Match:
    """What a name stands for.

    Attributes:
        status: One thing, several, or none.
        ids: The one id, those of the choices, or those of the nearest names.
        names: Their names, in the same order.
    """

    status: Status
    ids: tuple[str, ...]
    names: tuple[str, ...]


def find(text: str, kind: Kind, vocabulary: Vocabulary) -> Match:
    """Look one name up: exact id, exact name, then the words of the names.

    Every word must belong to the name, as a singular or plural, a beginning or a misspelling;
    a word that does not contradicts it.
    """
    number = _number_by_id(text, kind, vocabulary)
    if number is not None:
        return _match(Status.EXACT, kind, [number], vocabulary)
    index = vocabulary.indexes[kind]
    words = [word.text for word in words_of(text)]
    if found := index.named(words):
        return _match(_status(found), kind, sorted(found), vocabulary)
    said = [word for word in words if not _names_nothing(word)] or words
    groups = _groups(said, index)
    common = frozenset.intersection(*groups) if groups else frozenset()
    if common:
        common = index.named(said) or common
        return _match(_status(common), kind, sorted(common), vocabulary)
    near = dict.fromkeys(sorted({n for group in groups for n in group}, key=_by_hits(groups)))
    near |= dict.fromkeys(index.nearest(" ".join(said)))
    return _match(Status.UNKNOWN, kind, list(near)[:3], vocabulary)


def resolve(text: str | None, kind: Kind, vocabulary: Vocabulary) -> str | None:
    """Return the catalogue id that a tool's argument means, or None for all.

    Raises:
        NeedsDetail: The name fits several; the choices come with it.
        UnknownItem: The name fits none; the nearest come with it.
    """
    if text is None or (_means_all(text) and not _is_id(text, kind, vocabulary)):
        return None
    match = find(text, kind, vocabulary)
    if match.status is Status.EXACT:
        return match.ids[0]
    if match.status is Status.AMBIGUOUS:
        choices = match.names[:_MOST_CHOICES]
        raise NeedsDetail(
            f"{_shown(text)} fits {len(match.names)} {_PLURALS[kind]}; which one: "
            f"{_listed(choices)}{', …' if len(match.names) > len(choices) else ''}?",
            asks_for=[kind],
            choices=choices,
        )
    if kind == "store":
        _refuse_group_of_stores(text, vocabulary)
    hint = _hint(text, kind, vocabulary)
    nearest = f" The nearest: {_listed(match.names)}." if match.names else ""
    raise UnknownItem(
        f"There is no {kind} {_shown(text)} in the catalogue.{hint or nearest}",
        nearest=match.names,
    )


def _refuse_group_of_stores(text: str, vocabulary: Vocabulary) -> None:
    for kind in ("region", "format"):
        match = find(text, kind, vocabulary)
        if match.status is Status.EXACT:
            number = vocabulary.indexes[kind].names.index(match.names[0])
            members = vocabulary.members(kind, number)
            names = [store.name for store in vocabulary.stores if store.id in members]
            raise NeedsDetail(
                f"{match.names[0]} is a {kind} of {len(names)} stores; ask for each in a call of "
                f"its own: {_listed(names[:_MOST_CHOICES])}.",
                asks_for=["store"],
                choices=names[:_MOST_CHOICES],
            )


def _hint(text: str, kind: Kind, vocabulary: Vocabulary) -> str:
    """Say where the name belongs when it was given under another argument."""
    for other in ("category", "product", "store"):
        if other != kind and find(text, other, vocabulary).status is Status.EXACT:
            return f" It is a {other}: give it as `{other}`."
    return ""


def _number_by_id(text: str, kind: Kind, vocabulary: Vocabulary) -> int | None:
    ids = vocabulary.ids.get(kind, {})
    plain = text.strip().casefold()
    if plain in ids:
        return ids[plain]
    words = [word for word in plain.replace("#", " ").split() if not _says_a_kind(word.rstrip("."))]
    return ids.get(" ".join(words))


def _means_all(text: str) -> bool:
    """Tell whether an argument says that it is left out: "", "all", "alle"."""
    said = folded(text.strip())
    return not said or any(said in words.all_words for words in argument_words())


def _says_a_kind(word: str) -> bool:
    return any(folded(word) in words.kind_words for words in argument_words())


def _names_nothing(word: str) -> bool:
    """Tell whether a word only stands beside a name: "the", "store"."""
    return _says_a_kind(word) or any(word in words.fillers for words in argument_words())


def _is_id(text: str, kind: Kind, vocabulary: Vocabulary) -> bool:
    return text.strip().casefold() in vocabulary.ids.get(kind, {})


def _groups(words: Sequence[str], index: NameIndex) -> list[Numbers]:
    """Return for each word, or pair of words written apart, the names that have it."""
    groups: list[Numbers] = []
    place = 0
    while place < len(words):
        word = words[place]
        following = words[place + 1] if place + 1 < len(words) else ""
        exact = index.exactly(word)
        joined = index.exactly(digits_of(word) + following) if following else frozenset()
        if joined and (not exact or word.isdigit()):
            groups.append(joined)
            place += 2
            continue
        groups.append(exact or index.nearly(word, _SHORTEST_PREFIX))
        place += 1
    return groups


def _by_hits(groups: Sequence[Numbers]) -> Callable[[int], tuple[int, int]]:
    return lambda number: (-sum(number in group for group in groups), number)


def _status(numbers: Numbers) -> Status:
    return Status.EXACT if len(numbers) == 1 else Status.AMBIGUOUS


def _match(status: Status, kind: Kind, numbers: Sequence[int], vocabulary: Vocabulary) -> Match:
    ids = tuple(vocabulary.members(kind, number)[0] for number in numbers)
    return Match(status, ids, tuple(vocabulary.name(kind, number) for number in numbers))


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}…")  # noqa: PLR2004 - fits a line


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
