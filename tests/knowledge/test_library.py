"""A tenant's documents: kept, renewed, removed and found."""

import pytest
from sqlalchemy import StaticPool, create_engine

from knowledge.documents import record
from knowledge.library import Library
from tenants.database import Database
from tenants.errors import UnknownItem
from tests.knowledge.conftest import ALL, TODAY

RETURNS = "# Returns policy\n## Time limit\nGoods may be returned within 30 days.\n"


def test_the_same_document_again_changes_nothing(shelf):
    changes = [shelf.add("returns.md", RETURNS) for _ in range(2)]

    assert changes == ["new", "unchanged"]


def test_a_changed_document_is_found_with_its_new_words_only(shelf):
    shelf.add("returns.md", RETURNS)
    shelf.search("returns time limit")

    change = shelf.add("returns.md", RETURNS.replace("30 days", "45 days"))

    assert change == "changed"
    assert shelf.search("returns time limit").hits[0].quote.endswith("within 45 days.")


def test_a_removed_document_is_not_found_any_more(shelf):
    shelf.add("dress.md", "# Dress code\nEverybody wears the blue apron.\n")
    assert shelf.best("dress code for staff") == ("Dress code", "")

    shelf.library.remove("Dress code")

    assert shelf.best("dress code for staff") is None
    assert shelf.library.shelf() == []


def test_an_unknown_document_is_refused_with_the_nearest(shelf):
    shelf.add("returns.md", RETURNS)

    with pytest.raises(UnknownItem, match=r"did you mean returns\.md"):
        shelf.library.remove("return.md")


def test_who_brought_a_document_when_is_kept(shelf):
    shelf.add("returns.md", RETURNS)

    (kept,) = shelf.library.shelf()

    assert (kept.added_by, kept.added_on, kept.passages) == ("manager1", TODAY, 1)


def test_a_damaged_index_is_made_anew(shelf):
    shelf.add("returns.md", RETURNS)
    shelf.search("returns")
    shelf.library.close()
    for file in shelf.folder.rglob("chroma.sqlite3"):
        file.write_bytes(b"not a database" * 500)

    reopened = Library(shelf.database, shelf.folder)
    found = reopened.search("returns time limit", kinds=ALL)
    reopened.close()

    assert found.hits[0].passage.title == "Returns policy"


def test_records_are_found_as_they_are_now(shelf):
    before = record("RC-1", "decision", "Decision on RC-1", TODAY, "ann rejected it: too deep.")
    after = record("RC-1", "decision", "Decision on RC-1", TODAY, "ann accepted it: worth a try.")

    assert "too deep" in shelf.search("decision on RC-1", records=[before]).hits[0].quote
    assert "worth a try" in shelf.search("decision on RC-1", records=[after]).hits[0].quote


def test_kinds_that_are_not_for_the_asker_stay_unseen(shelf):
    told = record("RC-1", "decision", "Decision on RC-1", TODAY, "ann rejected it: too deep.")

    found = shelf.search("decision on RC-1", records=[told], kinds=frozenset({"document"}))

    assert found.hits == ()


def test_two_tenants_find_only_their_own(shelf, tmp_path):
    shelf.add("returns.md", RETURNS.replace("30", "77"))
    other = Library(Database(create_engine("sqlite://", poolclass=StaticPool)), tmp_path / "other")

    found = other.search("returns policy time limit", kinds=frozenset({"document"}))
    other.close()

    assert found.hits == ()
