"""Names that were written or heard in two words: "river side" for the store Riverside.

Also those told in two goes: "butter, the salted one".
"""

import re
from functools import lru_cache

from agent.languages import Language
from tools.catalogue import Vocabulary
from tools.words import folded

_WORD = re.compile(r"[^\W\d_]+")
_PAIR = re.compile(r"\b([^\W\d_]{2,})[ -](?=([^\W\d_]{2,})\b)")
_LONG_ENOUGH = 7


def with_joined_names(text: str, language: Language, vocabulary: Vocabulary) -> str:
    """Return a question with the halves of a name's word put together again."""
    in_two_goes = language.patterns("shorthand")["in_two_goes"]
    text = in_two_goes.sub(lambda found: _in_one_go(found, vocabulary), text)
    products = tuple(one.name for one in vocabulary.products)
    words = _words_of(products + tuple(one.name for one in vocabulary.stores))

    def put_together(found: re.Match[str]) -> str:
        halves = (found[1].casefold(), found[2].casefold())
        is_one = "".join(halves) in words and not words.issuperset(halves)
        return found[1] if is_one else found[0]

    return _PAIR.sub(put_together, text)


@lru_cache(maxsize=16)
def _words_of(names: tuple[str, ...]) -> frozenset[str]:
    """Return the words of names that are long enough to be heard as two."""
    words = (word.casefold() for name in names for word in _WORD.findall(name))
    return frozenset(word for word in words if len(word) >= _LONG_ENOUGH)


def _in_one_go(found: re.Match[str], vocabulary: Vocabulary) -> str:
    """Write "butter, the salted one" as "salted butter" where one product is called so."""
    index = vocabulary.indexes["product"]
    nouns, kinds = index.exactly(folded(found["noun"])), index.exactly(folded(found["kind"]))
    is_one = len(nouns) > 1 and len(nouns & kinds) == 1
    return f"{found['kind']} {found['noun']}" if is_one else found[0]
