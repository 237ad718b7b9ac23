"""What a document is, and the passages it is cut into."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["document", "handbook", "model_card", "decision", "note"]
"""A company's own document, our handbook, or what the records say of models and decisions."""


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a document's text.

    Attributes:
        number: Its page, from 1; None where the document has no pages.
    """

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One text with a title.

    Attributes:
        name: What it is named by: its file name, or an id of the records.
        dated: The day it says it is of, or was brought; None where unknown.
        sha256: Of what it was read from; another hash, another version.
        removed: How many characters that cannot be seen were taken out of it.
        hidden: How many comments that readers do not see were taken out.
    """

    name: str
    kind: Kind
    title: str
    dated: date | None
    pages: tuple[Page, ...]
    sha256: str
    removed: int = 0
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a document that can be quoted by itself.

    Attributes:
        heading: The headings it stands under, from the outermost; empty where there is none.
        number: Its place in the document, from 1.
    """

    document: str
    kind: Kind
    title: str
    dated: date | None
    heading: str
    number: int
    page: int | None
    text: str

    @property
    def key(self) -> str:
        """Return what is the same only for the same passage with the same words."""
        told = "\x1f".join(
            (self.kind, self.document, self.title, self.heading, str(self.number), self.text)
        )
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def record(name: str, kind: Kind, title: str, dated: date | None, text: str) -> Document:
    """Return a short document made of what is on record, not of a file."""
    digest = hashlib.sha256(f"{title}\x1f{text}".encode()).hexdigest()
    return Document(name, kind, title, dated, (Page(text),), digest)
