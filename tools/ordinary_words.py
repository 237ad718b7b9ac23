"""Words that questions about sales are made of, and that name nothing of a catalogue.

A word before a product that is not among them ("oat milk") says which product is meant, and may
contradict every name in the catalogue. The words of each language are data, in `ordinary/`.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

_ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class OrdinaryWords:
    """The ordinary words of a language, folded; those of English are understood in all.

    Attributes:
        ordinary: What names nothing.
        product_nouns: What makes another product of the word before: "banana bread".
        weak: What describes much else than products: "the whole week".
        listing: What joins the items of a list.
        numbering: What may stand before a number that is an id.
        packs: What goods are counted in: "bottles of milk".
        units: What a number before counts, and so is no id.
        places: What stands before a store.
        not_before: What stands after a verb that is also a category: "produce a forecast".
        order_verbs: Categories that are verbs wherever such a word follows.
        time_leads: What opens a time, not what is ordered: "milk this week".
        noun_leads: What stands before a noun and no verb: "all of produce".
        drawings: What makes a drawing of the word before: "bar chart".
        after_verbs: What makes a verb of a category before it: "hiking the price".
        reaching: What stands between the ends of a range: "13 to 19".
        of_words: What joins what goods are counted in to their name: "bars of granola".
        cuts: What figures are cut by, and is part of no name: "day-by-day milk".
        manner_endings: What words that only describe end in.
        opposites: What makes of a word its opposite, and so no slip of it: "unsalted".
        again: What a word may begin with that is still the same word: "reorder".
        stem_endings: What the forms of an ordinary word end in.
        deed_endings: Those of them whose words describe nothing even with a hyphen.
        fillers: What may stand in an argument beside a name: "the milk".
        kind_words: What may say there of what kind the name is: "store Riverside".
        all_words: What means that an argument is left out.
        kinds: What says whether an id is a product's or a store's.
        numbers: Small numbers in words, as digits.
    """

    ordinary: frozenset[str]
    product_nouns: frozenset[str]
    weak: frozenset[str]
    listing: frozenset[str]
    numbering: frozenset[str]
    packs: frozenset[str]
    units: frozenset[str]
    places: frozenset[str]
    not_before: frozenset[str]
    order_verbs: frozenset[str]
    time_leads: frozenset[str]
    noun_leads: frozenset[str]
    drawings: frozenset[str]
    after_verbs: frozenset[str]
    reaching: frozenset[str]
    of_words: frozenset[str]
    cuts: frozenset[str]
    manner_endings: tuple[str, ...]
    deed_endings: tuple[str, ...]
    opposites: frozenset[str]
    again: tuple[str, ...]
    stem_endings: frozenset[str]
    fillers: frozenset[str]
    kind_words: frozenset[str]
    all_words: frozenset[str]
    kinds: dict[str, Literal["product", "store"]]
    numbers: dict[str, int]


@lru_cache(maxsize=16)
def ordinary_words(code: str = _ENGLISH) -> OrdinaryWords:
    """Return the ordinary words of a language by its two-letter code."""
    tables = [_table(one) for one in dict.fromkeys((_ENGLISH, code))]

    def words(name: str) -> frozenset[str]:
        return frozenset(_folded(word) for table in tables for word in table[name].split())

    kinds: dict[str, Literal["product", "store"]] = {}
    for table in tables:
        kinds |= {_folded(word): "product" for word in table["kinds"]["product"].split()}
        kinds |= {_folded(word): "store" for word in table["kinds"]["store"].split()}
    numbers = [table["small_numbers"] for table in tables]
    return OrdinaryWords(
        ordinary=words("ordinary"),
        product_nouns=words("product_nouns"),
        weak=words("weak"),
        listing=words("list_words"),
        numbering=words("number_words"),
        packs=words("pack_words"),
        units=words("unit_words"),
        places=words("at_words"),
        not_before=words("not_before"),
        order_verbs=words("order_verbs"),
        time_leads=words("time_leads"),
        noun_leads=words("noun_leads"),
        drawings=words("drawings"),
        after_verbs=words("after_verbs"),
        reaching=words("reaching"),
        of_words=words("of_words"),
        cuts=words("cuts"),
        manner_endings=tuple(words("manner_endings")),
        deed_endings=tuple(words("deed_endings")),
        opposites=words("opposites"),
        again=tuple(words("again")),
        stem_endings=words("stem_endings"),
        fillers=words("fillers"),
        kind_words=words("kind_words") | kinds.keys(),
        all_words=words("all_words"),
        kinds=kinds,
        numbers={_folded(word): int(n) for table in numbers for word, n in table.items()},
    )


@lru_cache(maxsize=1)
def argument_words() -> tuple[OrdinaryWords, ...]:
    """Return the ordinary words of every language, as what an argument is in is not known."""
    folder = files(__package__).joinpath("ordinary").iterdir()
    names = sorted(one.name for one in folder if one.name.endswith(".toml"))
    return tuple(ordinary_words(name.removesuffix(".toml")) for name in names)


def words_listed(code: str) -> frozenset[str]:
    """Return the ordinary words of one language as its file spells them."""
    return frozenset(str(_table(code)["ordinary"]).split())


def _table(code: str) -> dict[str, Any]:
    """Return the file of a language; of one there is none for, that of English."""
    folder = files(__package__).joinpath("ordinary")
    there = folder.joinpath(f"{code}.toml")
    chosen = there if there.is_file() else folder.joinpath(f"{_ENGLISH}.toml")
    return tomllib.loads(chosen.read_text(encoding="utf-8"))


def _folded(word: str) -> str:
    """Return a word of the files without accents, as words of a sentence are compared."""
    return word.translate(_UNACCENTED)


_UNACCENTED = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "é": "e", "à": "a"})
ORDINARY = ordinary_words().ordinary
