"""Names that were written or heard in two words: "river side" for the store Riverside."""

import re
from functools import lru_cache

from tools.catalogue import Vocabulary

_WORD = re.compile(r"[^\W\d_]+")
_PAIR = re.compile(r"\b([^\W\d_]{2,})[ -](?=([^\W\d_]{2,})\b)")
_LONG_ENOUGH = 7


def with_joined_names(text: str, vocabulary: Vocabulary) -> str:
    """Return a question with the halves of a name's word put together again."""
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
