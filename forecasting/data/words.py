"""Clean text: ids that compare, labels that can be shown, both free of hidden characters."""

import math
import re
import unicodedata
from datetime import datetime, time
from decimal import Decimal
from typing import Any

LONGEST = 80
_EXACT = 1e15  # beyond it floats no longer tell whole numbers apart

_WHOLE = re.compile(r"([+-]?[0-9]+)\.0+")
# Unassigned, private and control characters, and format characters such as bidi overrides,
# zero-width spaces and language tags: none shows, each can mislead a reader or a model.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean_id(value: Any) -> str | None:
    """Return the one spelling of an id: 1, 1.0, "1" and " 1 " are "1"; None when blank."""
    # Normalising may make blanks, and taking characters out may bring others together.
    once = _visible(unicodedata.normalize("NFKC", _plain(value)))
    text = unicodedata.normalize("NFKC", once).strip()
    whole = _WHOLE.fullmatch(text)
    return (whole[1] if whole else text) or None


def clean_label(value: Any) -> str | None:
    """Return a name as given, without hidden characters and at most 80 long; None when blank."""
    return _visible(_plain(value))[:LONGEST].rstrip() or None


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (float, Decimal)):
        return _number(value)
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    return str(value)


def _number(value: float | Decimal) -> str:
    if math.isnan(value):
        return ""
    whole = math.isfinite(value) and value == int(value) and abs(float(value)) < _EXACT
    return str(int(value)) if whole else str(value)


def _visible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return re.sub(" +", " ", text).strip()
    spaced = re.sub(r"\s", " ", text)
    shown = "".join(c for c in spaced if unicodedata.category(c) not in _HIDDEN)
    return re.sub(" +", " ", shown).strip()
