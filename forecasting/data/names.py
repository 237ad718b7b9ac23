"""Column names: how a foreign header is compared, and what an attribute is called here."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[0-9])(?=[A-Z][a-z])")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_ATTRIBUTE = re.compile(r"[a-z][a-z0-9_]{0,63}")

# Names that mean something to the product itself and so can be no column of a file.
RESERVED = frozenset(
    {"known_at", "tenant", "tenant_id", "user", "user_id", "role", "principal", "version"}
)


def folded(header: str) -> str:
    """Return the form in which two headers are the same: NFKC, trimmed, without case."""
    return unicodedata.normalize("NFKC", header).strip().casefold()


def attribute_name(header: str) -> str:
    """Return our name for a foreign column: `CompetitionDistance` → `competition_distance`.

    Returns an empty string for a header that cannot be one (blank, no letter first, reserved).
    """
    plain = unicodedata.normalize("NFKC", header).strip()
    if plain.startswith("__"):
        return ""
    name = _NOT_WORD.sub("_", _HUMP.sub("_", plain).lower()).strip("_")
    if not _ATTRIBUTE.fullmatch(name) or name in RESERVED:
        return ""
    return name


def is_attribute(name: str) -> bool:
    """Tell whether a mapping may use this as one of our names."""
    return bool(_ATTRIBUTE.fullmatch(name)) and name not in RESERVED


def nearest(wanted: str, headers: Iterable[str], *, limit: int = 3) -> list[str]:
    """Return the headers most like the wanted name, best first."""
    found = process.extract(wanted, list(headers), scorer=fuzz.WRatio, limit=limit, score_cutoff=55)
    return [header for header, _score, _index in found]
