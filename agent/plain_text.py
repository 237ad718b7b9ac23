"""Text made harmless: nothing hidden, no links, no pictures, whatever a name or model says."""

import re
import unicodedata

_KEPT = frozenset("\n\t")
_PICTURE_OR_LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_REFERENCE = re.compile(r"^\s*\[[^\]]+\]:\s*\S+.*$", re.MULTILINE)
_ADDRESS = re.compile(r"<?\b(?:https?|ftp|javascript|data|file|mailto):[^\s>)]+>?", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")


def shown_text(text: str) -> str:
    """Return text as a person may see it: links and tags gone, their words kept."""
    text = _visible(text)
    text = _REFERENCE.sub("", _PICTURE_OR_LINK.sub(r"\1", text))
    return _TAG.sub("", _ADDRESS.sub("[address removed]", text)).strip()


def asked_text(text: str) -> str:
    """Return a question as the planner reads it: one spelling of each letter, nothing hidden."""
    return _visible(unicodedata.normalize("NFKC", text)).strip()


def _visible(text: str) -> str:
    """Drop control, format and unassigned characters, which hide or reorder what is read."""
    return "".join(
        letter for letter in text if letter in _KEPT or unicodedata.category(letter)[0] != "C"
    )
