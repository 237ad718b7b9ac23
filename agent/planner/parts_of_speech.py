"""What kinds of word a word can be, by the dictionary that `lemminflect` carries."""

from functools import lru_cache

_NOUNS = frozenset({"NOUN", "PROPN"})
_SPOKEN = frozenset({"en"})
"""The languages that the dictionary is of."""


@lru_cache(maxsize=4096)
def is_never_a_noun(word: str, code: str) -> bool:
    """Tell whether a dictionary knows a word, but never as a noun: it names no goods.

    Args:
        word: One word in lower case.
        code: The language of the sentence; of one without a dictionary no word is known.
    """
    if code not in _SPOKEN:
        return False
    import lemminflect  # noqa: PLC0415 - read only when an unknown word is left over

    known = lemminflect.getAllLemmas(word)
    return bool(known) and known.keys().isdisjoint(_NOUNS)
