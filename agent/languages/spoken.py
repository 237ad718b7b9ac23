"""Which language a message is in, as far as its words tell."""

from functools import lru_cache

from agent.languages.language import Language, codes, language
from tools.words import folded, words_of

_FEW = 4
_SURE = 2


def spoken(text: str, default: Language) -> Language:
    """Return the language of a message.

    Args:
        text: What the person said.
        default: The language so far, kept where the words do not clearly say another: a bare
            "Riverside?" is in the language of the conversation.
    """
    said = [word.text for word in words_of(text)]
    counts = {code: sum(word in typical(code) for word in said) for code in codes()}
    most = max(counts, key=lambda code: (counts[code], code == default.code))
    clear = counts[most] >= _SURE or len(said) <= _FEW
    if counts[most] > counts.get(default.code, 0) and clear:
        return language(most)
    return default


@lru_cache(maxsize=16)
def typical(code: str) -> frozenset[str]:
    """Return the words that tell a language from the others."""
    words = str(language(code).table("common")["language"]["typical"]).split()
    return frozenset(folded(word) for word in words)
