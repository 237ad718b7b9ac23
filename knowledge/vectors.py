"""The vectors of passages, in Chroma, in one folder a tenant.

They follow from the passages and from nothing else, so they are brought up to date before each
search and made anew when their folder is damaged.
"""

import secrets
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import Passage
from knowledge.embedding import VERSION, embedded
from tenants.errors import Unavailable

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api import ClientAPI

_COLLECTION = "passages"
_BATCH = 1_000


class Vectors:
    """Finds the passages nearest to a question; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._client: ClientAPI | None = None
        self._collection: Collection | None = None
        self._held: frozenset[str] | None = None

    def nearest(self, passages: Sequence[Passage], question: str, most: int) -> list[str]:
        """Return the keys of the passages nearest to a question, the nearest first.

        Raises:
            Unavailable: The folder cannot be written to.
        """
        from chromadb.errors import ChromaError  # noqa: PLC0415 - loads a second and a half

        vector = embedded(question)
        if not passages or not vector.any():
            return []
        with self._lock:
            try:
                return self._nearest(passages, vector, most)
            except (ChromaError, OSError):
                # Damaged, or moved away underneath: all it holds can be made anew.
                self._drop()
            try:
                return self._nearest(passages, vector, most)
            except (ChromaError, OSError) as error:
                self.close()
                raise Unavailable(
                    "The index of documents cannot be written; check free disk space and "
                    "permissions, then ask again.",
                    audit_note=type(error).__name__,
                ) from error

    def close(self) -> None:
        """Let go of the folder."""
        with self._lock:
            if self._client is not None:
                self._client.close()  # type: ignore[attr-defined]  # the class behind has it
            self._client = self._collection = self._held = None

    def _nearest(
        self,
        passages: Sequence[Passage],
        vector: NDArray[np.float32],
        most: int,
    ) -> list[str]:
        collection = self._open()
        self._bring_up_to_date(collection, passages)
        found = collection.query(
            query_embeddings=vector[np.newaxis],
            n_results=min(most, len(passages)),
            include=["distances"],
        )
        return list(found["ids"][0])

    def _bring_up_to_date(self, collection: "Collection", passages: Sequence[Passage]) -> None:
        wanted = {passage.key: passage for passage in passages}
        if self._held == wanted.keys():
            return
        held = set(collection.get(include=[])["ids"])
        gone, new = sorted(held - wanted.keys()), sorted(wanted.keys() - held)
        for start in range(0, len(gone), _BATCH):
            collection.delete(ids=gone[start : start + _BATCH])
        for start in range(0, len(new), _BATCH):
            keys = new[start : start + _BATCH]
            vectors = np.stack([embedded(searched(wanted[key])) for key in keys])
            collection.upsert(ids=keys, embeddings=vectors)
        self._held = frozenset(wanted)

    def _open(self) -> "Collection":
        if self._collection is None:
            import chromadb  # noqa: PLC0415 - loads a second and a half
            from chromadb.config import Settings  # noqa: PLC0415 - with it

            place = self._place()
            place.mkdir(parents=True, exist_ok=True)
            self._client = chromadb.PersistentClient(
                str(place), settings=Settings(anonymized_telemetry=False)
            )
            self._collection = self._client.get_or_create_collection(
                _COLLECTION,
                embedding_function=None,  # the vectors are ours: nothing is downloaded
                configuration={"hnsw": {"space": "cosine"}},
            )
        return self._collection

    def _place(self) -> Path:
        """Return the folder in use; a new name each time, as Chroma remembers a broken one."""
        there = sorted(self._folder.glob(f"{VERSION}-*"))
        return there[0] if there else self._folder / f"{VERSION}-{secrets.token_hex(4)}"

    def _drop(self) -> None:
        self.close()
        for folder in self._folder.glob("*"):
            shutil.rmtree(folder, ignore_errors=True)


def searched(passage: Passage) -> str:
    """Return the words that a passage is found by."""
    return f"{passage.title}\n{passage.heading}\n{passage.text}"
