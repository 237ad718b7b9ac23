"""How often a question to the documents finds the passage that answers it."""

import tempfile
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import StaticPool, create_engine

from benchmarks.evidence.ledger import Evidence
from knowledge.demo import demo_documents
from knowledge.documents import Kind
from knowledge.library import Library
from knowledge.reading import files_at, read_file
from tenants.database import Database

_QUESTIONS = Path(__file__).with_name("questions.toml")
_PARTS = ("tune", "held", "fresh")
_KINDS: frozenset[Kind] = frozenset({"document", "handbook"})
_DAY = date(2026, 3, 1)


def proofs() -> Iterator[Evidence]:
    """Measure what the demo's documents are asked."""
    yield retrieval_recall_at_3()
    yield absent_answered_pct()


def retrieval_recall_at_3() -> Evidence:
    """Return the share of questions whose answer is among the three passages shown."""
    found = {part: _found(part) for part in _PARTS}
    together = [one for part in _PARTS for one in found[part]]
    by_part = ", ".join(
        f"{part} {sum(ones) / len(ones):.2f} of {len(ones)}" for part, ones in found.items()
    )
    return Evidence(
        "retrieval_recall_at_3",
        sum(together) / len(together),
        "",
        len(together),
        goal="0.9",
        note=f"our own questions to the demo's documents and the handbook; {by_part}",
    )


def absent_answered_pct() -> Evidence:
    """Return how many percent of questions without an answer get one all the same."""
    answered = [bool(hits) for part in _PARTS for hits in _absent(part)]
    return Evidence(
        "retrieval_absent_answered_pct",
        100 * sum(answered) / len(answered),
        "%",
        len(answered),
        goal="below 10",
        note="questions on what is in no document",
    )


def _found(part: str) -> list[bool]:
    """Tell of each question whether its place is shown."""
    found = []
    for block in _questions()[part]:
        with tempfile.TemporaryDirectory() as folder:
            library = _library(block["tenant"], Path(folder))
            for question, title, heading in block["questions"]:
                hits = library.search(question, kinds=_KINDS).hits
                shown = [one.passage for one in hits]
                found.append(
                    any(one.title == title and heading in {"", one.heading} for one in shown)
                )
            library.close()
    return found


def _absent(part: str) -> list[int]:
    """Return how many passages are shown for each question that none answers."""
    shown = []
    for block in _questions()["absent"]:
        with tempfile.TemporaryDirectory() as folder:
            library = _library(block["tenant"], Path(folder))
            shown += [len(library.search(one, kinds=_KINDS).hits) for one in block[part]]
            library.close()
    return shown


def _library(tenant: str, folder: Path) -> Library:
    database = Database(create_engine("sqlite://", poolclass=StaticPool))
    library = Library(database, folder)
    for path, name in files_at(demo_documents(tenant)):
        library.add(read_file(path, name), by="benchmark", today=_DAY)
    return library


def _questions() -> dict[str, Any]:
    return tomllib.loads(_QUESTIONS.read_text(encoding="utf-8"))
