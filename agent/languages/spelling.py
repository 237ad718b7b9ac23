"""Letters that not every keyboard has: "naechste" and "nachste" are "nächste".

A language says in `common.toml`, under `[letters]`, how such a letter is written otherwise. What
is put right are words of the language's own files and no others: "neue" stays "neue".
"""

import re
from functools import lru_cache

from agent.languages.language import Language
from tools.ordinary_words import words_listed

_WORD = re.compile(r"[^\W\d_]+")
_ESCAPE = re.compile(r"\\.")
_FILES = ("common", "periods", "details", "cues", "shorthand", "goods")
_SHORTEST = 3


def respelt(text: str, words: Language) -> str:
    """Return a text with its letters as the language writes them."""
    known = _otherwise(words)
    if not known:
        return text

    def put_right(found: re.Match[str]) -> str:
        right = known.get(found[0].lower())
        if right is None:
            return found[0]
        return right.capitalize() if found[0][0].isupper() else right

    return _WORD.sub(put_right, text)


def without_letters(word: str, words: Language) -> str:
    """Return a word as a keyboard without the language's own letters has it."""
    for letter, otherwise in _letters(words).items():
        word = word.replace(letter, otherwise[0])
    return word


def _letters(words: Language) -> dict[str, list[str]]:
    """Return the language's own letters, each with what is typed instead."""
    letters: dict[str, list[str]] = words.table("common").get("letters", {})
    return letters


@lru_cache(maxsize=16)
def _otherwise(words: Language) -> dict[str, str]:
    """Return the words that may be typed otherwise, by how they are typed."""
    letters = _letters(words)
    if not letters:
        return {}
    listed = _all_words(words)
    found: dict[str, str] = {}
    for word in sorted(listed):
        typed = {word}
        for letter, instead in letters.items():
            typed |= {one.replace(letter, other) for one in typed for other in instead}
        for one in typed - {word}:
            if len(one) < _SHORTEST:
                continue
            if one not in listed:
                found.setdefault(one, word)
            elif one == without_letters(word, words):
                found[one] = word  # listed so for those who type it so
    return found


def _all_words(words: Language) -> set[str]:
    texts = [_ESCAPE.sub(" ", words.text(f"{name}.toml")) for name in _FILES]
    phrases = words.folder.joinpath("intents").iterdir()
    texts += [one.read_text(encoding="utf-8") for one in phrases if one.name.endswith(".txt")]
    listed = {word.lower() for text in texts for word in _WORD.findall(text)}
    return listed | words_listed(words.code)
