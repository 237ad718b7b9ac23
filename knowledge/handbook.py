"""Our own handbook: what the words mean and how things work here, the same for every company."""

from dataclasses import replace
from functools import cache
from importlib import resources

from knowledge.documents import Document
from knowledge.reading import read_text

_FOLDER = "handbook"


@cache
def handbook() -> tuple[Document, ...]:
    """Return the chapters of the handbook."""
    folder = resources.files(__package__).joinpath(_FOLDER)
    chapters = sorted(
        (one for one in folder.iterdir() if one.name.endswith(".md")), key=lambda file: file.name
    )
    return tuple(
        replace(read_text(f"handbook/{one.name}", one.read_text(encoding="utf-8")), kind="handbook")
        for one in chapters
    )
