"""A library with documents in it, on a database of its own."""

from datetime import date

import pytest
from sqlalchemy import StaticPool, create_engine

from knowledge.library import Library
from knowledge.reading import read_text
from tenants.database import Database

TODAY = date(2026, 7, 1)
ALL = frozenset({"document", "handbook", "model_card", "decision", "note"})


class Shelf:
    """A library, and hands to use it with."""

    def __init__(self, folder):
        self.folder = folder
        self.database = Database(create_engine("sqlite://", poolclass=StaticPool))
        self.library = Library(self.database, folder)

    def add(self, name, text):
        return self.library.add(read_text(name, text), by="manager1", today=TODAY)

    def search(self, question, *, records=(), kinds=ALL):
        return self.library.search(question, records=records, kinds=kinds)

    def best(self, question, **options):
        hits = self.search(question, **options).hits
        return (hits[0].passage.title, hits[0].passage.heading) if hits else None


@pytest.fixture
def shelf(tmp_path):
    opened = Shelf(tmp_path / "knowledge")
    yield opened
    opened.library.close()
