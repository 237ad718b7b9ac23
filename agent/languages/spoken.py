"""Which language a message is in, as far as its words tell."""

import re
from collections.abc import Collection
from functools import lru_cache

from agent.languages.language import Language, codes, language
from agent.languages.spelling import without_letters
from tools.ordinary_words import words_listed
from tools.words import folded, words_of

_FEW = 4
_SURE = 2
_CLEARLY = 2
_TABLES = ("goods", "periods")
_TELLING = 4
_WORD = re.compile(r"[^\W\d_]+")


def spoken(text: str, default: Language, names: Collection[str] = ()) -> Language:
    """Return the language of a message.

    Args:
        text: What the person said.
        default: The language so far, kept where the words do not clearly say another: a bare
            "Riverside?" is in the language of the conversation.
        names: Words of the tenant's names, folded, which tell nothing: "Whole Milk".
    """
    said = [word.text for word in words_of(text) if word.text not in names]
    counts = {code: sum(word in typical(code) for word in said) for code in codes()}
    most = max(counts, key=lambda code: (counts[code], code == default.code))
    clear = counts[most] >= _SURE or len(said) <= _FEW
    if counts[most] > counts.get(default.code, 0) and clear:
        return language(most)
    known = {code: sum(word in only_its_own(code) for word in said) for code in codes()}
    most = max(known, key=lambda code: (known[code], code == default.code))
    is_all = bool(known[most]) and all(_is_its_own(word, most) for word in said)
    is_clear = is_all or known[most] - known[default.code] >= _CLEARLY
    return language(most) if is_clear else default


@lru_cache(maxsize=16)
def typical(code: str) -> frozenset[str]:
    """Return the words that tell a language from the others."""
    tongue = language(code)
    words = str(tongue.table("common")["language"]["typical"]).split()
    return _as_typed(words, tongue)


@lru_cache(maxsize=16)
def only_its_own(code: str) -> frozenset[str]:
    """Return the words of a language's questions that those of no other have."""
    others = [_said(one) for one in codes() if one != code]
    return (_said(code) | typical(code)).difference(*others)


def _is_its_own(word: str, code: str) -> bool:
    """Tell whether a word is a language's alone, or made of one that is: "Augustwoche"."""
    own = only_its_own(code)
    places = range(_TELLING, len(word) - _TELLING + 1)
    return word in own or any(word[:n] in own or word[n:] in own for n in places)


@lru_cache(maxsize=16)
def _said(code: str) -> frozenset[str]:
    tongue = language(code)
    phrases = tongue.folder.joinpath("intents").iterdir()
    texts = [one.read_text(encoding="utf-8") for one in phrases if one.name.endswith(".txt")]
    words = {word for text in texts for word in _WORD.findall(text) if word.islower()}
    tables = (tongue.table(name)["words"].values() for name in _TABLES)
    listed = {word for some in tables for table in some for one in table for word in one.split()}
    words |= {word for word in listed if len(word) >= _TELLING}
    return _as_typed(words | words_listed(code), tongue)


def _as_typed(words: Collection[str], tongue: Language) -> frozenset[str]:
    """Return words folded, as they are and as typed without the language's own letters."""
    return frozenset(folded(one) for word in words for one in (word, without_letters(word, tongue)))
