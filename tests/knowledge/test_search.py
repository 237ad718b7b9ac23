"""What is found, what is not, and what contradicts itself."""

import tomllib
from pathlib import Path

import pytest

from knowledge.demo import demo_documents
from knowledge.reading import files_at, read_file
from tests.knowledge.conftest import TODAY

QUESTIONS = Path(__file__).parents[2] / "benchmarks" / "evidence" / "questions.toml"
OWN = frozenset({"document"})


@pytest.fixture
def harbor(shelf):
    for path, name in files_at(demo_documents("harbor")):
        shelf.library.add(read_file(path, name), by="admin1", today=TODAY)
    return shelf


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("what dose wape meen", "WAPE"),
        ("How deep may a discount be without asking anyone?", "Discount limits and approval"),
        ("can customers bring back opened food", "Opened food"),
        ("retruns of opned food", "Opened food"),
        ("Wie lange ist die Rückgabe erlaubt?", "Returns policy"),
        ("what do we mean by like for like", "Like-for-like"),
    ],
)
def test_questions_in_other_words_and_with_slips_are_answered(harbor, question, place):
    hits = harbor.search(question).hits

    assert place in {one for hit in hits for one in (hit.passage.heading, hit.passage.title)}


@pytest.mark.parametrize(
    "question",
    [
        "What is our policy on dress code for astronauts?",
        "who won the world cup",
        "what is the wifi password",
        "and where does it say that?",
        "👋",
        "' OR 1=1 --",
    ],
)
def test_what_the_documents_do_not_say_is_not_found(harbor, question):
    assert harbor.search(question).hits == ()


def test_most_questions_of_the_measured_set_find_their_place(harbor):
    blocks = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))
    asked = [one for block in blocks["tune"] for one in block["questions"]]

    missed = [
        question
        for question, title, heading in asked
        if not any(
            one.passage.title == title and heading in {"", one.passage.heading}
            for one in harbor.search(question).hits
        )
    ]

    assert len(missed) <= len(asked) // 10


def test_documents_that_give_other_figures_are_set_side_by_side(harbor):
    (found,) = harbor.search("within how many days may customers return goods").disagreements

    assert found.what == "figures"
    assert {found.one.title, found.other.title} == {"Returns policy", "Store handbook 2023"}
    assert {"14 days" in found.one_says, "14 days" in found.other_says} == {True, False}


def test_what_a_newer_document_contradicts_does_not_come_first(harbor):
    titles = [
        one.passage.title
        for one in harbor.search("how long do customers have to return something").hits
    ]

    assert titles.index("Returns policy") < titles.index("Store handbook 2023")


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        ("Gift cards are valid for two years.", "Gift cards are valid for 24 months.", "figures"),
        ("Gift cards are valid for two weeks.", "Gift cards are valid for 14 days.", None),
        (
            "Gift cards can be exchanged for cash.",
            "Gift cards cannot be exchanged for cash.",
            "rule",
        ),
        ("Gift cards are sold at the till.", "Gift cards cannot be exchanged for cash.", None),
        ("Gift cards hold 50 dollars.", "Gift cards are valid for 14 days.", None),
    ],
)
def test_only_what_cannot_both_hold_is_a_contradiction(shelf, one, other, what):
    shelf.add("a.md", f"# Rules of the north\n{one}\n")
    shelf.add("b.md", f"# Rules of the south\n{other}\n")

    found = shelf.search("rules for gift cards", kinds=OWN).disagreements

    assert [one.what for one in found] == ([what] if what else [])


def test_one_document_cannot_fill_the_answer(shelf):
    stuffed = "\n".join(f"## Discount {n}\nDiscount discount discount revenue." for n in range(9))
    shelf.add("stuffed.md", f"# Discount\n{stuffed}\n")
    shelf.add("policy.md", "# Pricing policy\n## Limit\nA discount may be 20 % at most.\n")

    titles = [
        one.passage.title for one in shelf.search("what discount may we give", kinds=OWN).hits
    ]

    assert "Pricing policy" in titles
    assert titles.count("Discount") <= 2


def test_a_quote_is_word_by_word_from_its_passage(harbor):
    for one in harbor.search("how long do customers have to return something").hits:
        assert all(part in one.passage.text for part in one.quote.split(". "))
