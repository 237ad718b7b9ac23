"""One tenant's documents: added, listed, removed and searched."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from rapidfuzz import process
from sqlalchemy import RowMapping, delete, func, select

from knowledge.documents import Document, Kind, Page, Passage
from knowledge.handbook import handbook
from knowledge.passages import cut
from knowledge.search import Corpus, Found
from knowledge.tables import DOCUMENTS
from knowledge.vectors import Vectors
from tenants.clock import Clock
from tenants.database import Database
from tenants.errors import BadInput, UnknownItem

MOST_DOCUMENTS = 1_000
_MOST_NAMED = 3
_LOCK = "knowledge"

Change = Literal["new", "changed", "unchanged"]


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document as it is kept.

    Attributes:
        removed: How many characters that cannot be seen were taken out.
        hidden: How many comments that readers do not see were taken out.
        passages: Into how many parts it was cut.
    """

    name: str
    title: str
    dated: date | None
    passages: int
    removed: int
    hidden: int
    added_by: str
    added_on: date


class Library:
    """What one tenant has in writing; safe to share between threads."""

    def __init__(self, database: Database, folder: Path, clock: Clock | None = None) -> None:
        self._database = database
        self._clock = clock or Clock()
        self._vectors = Vectors(folder)
        self._lock = threading.RLock()
        self._read: tuple[frozenset[tuple[str, str]], list[Passage]] | None = None
        self._corpus: tuple[tuple[str, ...], Corpus] | None = None

    def add(self, document: Document, *, by: str, today: date) -> Change:
        """Keep a document; one of the same name takes the place of the earlier one.

        Args:
            document: As it was read.
            by: Who brings it.
            today: The tenant's local date.

        Raises:
            BadInput: There are too many documents.
        """
        with self._tables.transaction() as connection:
            self._database.lock(connection, _LOCK)
            same = DOCUMENTS.c.name == document.name
            before = connection.execute(select(DOCUMENTS.c.sha256).where(same)).scalar()
            if before == document.sha256:
                return "unchanged"
            held = connection.execute(select(func.count()).select_from(DOCUMENTS)).scalar() or 0
            if before is None and held >= MOST_DOCUMENTS:
                raise BadInput(
                    f"There are {held:,} documents already, which is the most; remove some."
                )
            connection.execute(delete(DOCUMENTS).where(same))
            values = _row(document) | {
                "added_by": by,
                "added_on": today,
                "added_at": self._clock.now(),
            }
            connection.execute(DOCUMENTS.insert().values(values))
        return "new" if before is None else "changed"

    def shelf(self) -> list[Shelved]:
        """Return the documents, by name."""
        columns = [DOCUMENTS.c[name] for name in Shelved.__dataclass_fields__]
        query = select(*columns).order_by(DOCUMENTS.c.name)
        with self._tables.reading() as connection:
            return [Shelved(**row) for row in connection.execute(query).mappings()]

    def remove(self, name: str) -> Shelved:
        """Forget a document, named by its file name or its title.

        Raises:
            UnknownItem: There is none of that name; the message names the nearest.
        """
        there = self.shelf()
        wanted = name.strip().casefold()
        found = [one for one in there if one.name.casefold() == wanted]
        found = found or [one for one in there if one.title.casefold() == wanted]
        if len(found) != 1:
            names = [one.name for one in found or there]
            near = [one[0] for one in process.extract(name, names, limit=_MOST_NAMED)]
            hint = f"did you mean {', '.join(near)}?" if near else "there is none at all."
            raise UnknownItem(f"There is no document {name[:80]!r}; {hint}", nearest=near)
        with self._tables.transaction() as connection:
            connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.name == found[0].name))
        return found[0]

    def search(
        self, question: str, *, records: Sequence[Document] = (), kinds: frozenset[Kind]
    ) -> Found:
        """Return what documents and records say on a question.

        Args:
            question: In a person's words.
            records: What is on record, as short documents; looked through like the others.
            kinds: Which kinds of document may be shown to who asks.
        """
        with self._lock:
            passages = self._passages() + [part for one in records for part in cut(one)]
            return self._corpus_of(passages, kinds).search(question, self._vectors, passages)

    def close(self) -> None:
        """Let go of the files."""
        self._vectors.close()

    @cached_property
    def _tables(self) -> Database:
        self._database.ensure(DOCUMENTS)
        return self._database

    def _passages(self) -> list[Passage]:
        """Return the passages of all documents, read anew when one of them changed."""
        names = select(DOCUMENTS.c.name, DOCUMENTS.c.sha256)
        with self._tables.reading() as connection:
            state = frozenset((row.name, row.sha256) for row in connection.execute(names))
            if self._read is None or self._read[0] != state:
                rows = connection.execute(select(DOCUMENTS).order_by(DOCUMENTS.c.name)).mappings()
                documents = [*(_document(row) for row in rows), *handbook()]
                self._read = (state, [part for one in documents for part in cut(one)])
        return self._read[1].copy()

    def _corpus_of(self, passages: Sequence[Passage], kinds: frozenset[Kind]) -> Corpus:
        shown = [one for one in passages if one.kind in kinds]
        keys = tuple(one.key for one in shown)
        if self._corpus is None or self._corpus[0] != keys:
            self._corpus = (keys, Corpus(shown))
        return self._corpus[1]


def _row(document: Document) -> dict[str, Any]:
    return {
        "name": document.name,
        "title": document.title,
        "dated": document.dated,
        "pages": [{"text": page.text, "number": page.number} for page in document.pages],
        "sha256": document.sha256,
        "removed": document.removed,
        "hidden": document.hidden,
        "passages": len(cut(document)),
    }


def _document(row: RowMapping) -> Document:
    return Document(
        name=row["name"],
        kind="document",
        title=row["title"],
        dated=row["dated"] or row["added_on"],
        pages=tuple(Page(one["text"], one["number"]) for one in row["pages"]),
        sha256=row["sha256"],
        removed=row["removed"],
        hidden=row["hidden"],
    )
