"""Text without the characters that people do not see and machines do."""

import re
import unicodedata
from dataclasses import dataclass

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,400}>")
_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
_TAG_CHARACTERS = (0xE0000, 0xE007F)
# Formatting marks, controls, surrogates, private use: nobody reads them.
_UNSEEN = frozenset({"Cf", "Cc", "Cs", "Co"})
_LAYOUT = frozenset("\n\t")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text, and what was taken out of it.

    Attributes:
        removed: How many characters that cannot be seen.
        tags: How many of them were tag characters, which serve only to hide words.
        comments: How many comments that a reader of the page would not see.
    """

    text: str
    removed: int = 0
    tags: int = 0
    comments: int = 0


def cleaned(text: str, *, markup: bool = False) -> Cleaned:
    """Return a text in its plain form.

    Args:
        text: As it was read.
        markup: Whether it may hold HTML; tags are then dropped, comments with what they say.
    """
    comments = 0
    if markup:
        text, comments = _COMMENT.subn(" ", text)
        text = _TAG.sub("", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    kept = [letter for letter in text if not _is_unseen(letter)]
    removed = len(text) - len(kept)
    tags = sum(_TAG_CHARACTERS[0] <= ord(letter) <= _TAG_CHARACTERS[1] for letter in text)
    return Cleaned(unicodedata.normalize("NFKC", "".join(kept)), removed, tags, comments)


def one_line(text: str, most: int) -> str:
    """Return a short text on one line, for titles and names."""
    return " ".join(cleaned(text).text.split())[:most].strip()


def _is_unseen(letter: str) -> bool:
    if letter in _LAYOUT:
        return False
    code = ord(letter)
    if any(first <= code <= last for first, last in _SELECTORS):
        return True
    return unicodedata.category(letter) in _UNSEEN
