"""A part of a sentence that names something of a catalogue."""

from dataclasses import dataclass
from enum import StrEnum

from tools.vocabulary import Kind


class Status(StrEnum):
    """How sure it is what a mention means."""

    EXACT = "exact"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Mention:
    """A part of a sentence that names something of the catalogue.

    Attributes:
        kind: What it names.
        text: The part, as written.
        start: Offset of its first character.
        end: Offset after its last character.
        status: One thing, several things, or a name that fits none.
        ids: Exact: the one id (category: its name; region or format: the ids of its stores).
            Ambiguous: an id for each choice. Unknown: those of the nearest names.
        names: Exact: the name; else the choices, or the nearest names.
    """

    kind: Kind
    text: str
    start: int
    end: int
    status: Status
    ids: tuple[str, ...]
    names: tuple[str, ...]
