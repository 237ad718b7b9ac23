"""The guess from example phrases, where no rule fits."""

import subprocess
import sys

import pytest

from agent.planner import second_opinion
from agent.planner.intents import rule_for
from agent.planner.rules import Intent


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("anything fishy going on", "detect_anomalies"),
        ("how low should we go with it", "optimize_discount"),
        ("give me a look ahead", "forecast"),
        ("tell me who touched what", "audit_trail"),
        ("take the new one live please", "promote"),
        ("bring back the one before", "rollback"),
        ("do your numbers hold up", "model_status"),
        ("what did people buy the most of", "sales_history"),
    ],
)
def test_ordinary_wording_is_guessed(words, wanted):
    assert second_opinion.of(words) == Intent(wanted)


@pytest.mark.parametrize("words", ["", "asdf qwerty", "purple monkey dishwasher", "42", "the"])
def test_nonsense_is_not_guessed(words):
    assert second_opinion.of(words) is None


def test_every_packaged_phrase_is_recognised_as_what_it_wants():
    wrong = [
        (phrase, label)
        for label, phrase in second_opinion._lines()
        if (found := second_opinion.of(phrase)) is not None
        and f"{found.name}:{found.about}".rstrip(":") != label
    ]

    assert wrong == []


def test_rules_and_phrases_seldom_disagree():
    labelled = second_opinion._lines()
    against = [
        (phrase, label, rule.name)
        for label, phrase in labelled
        if (rule := rule_for(phrase)) and rule.name != label.partition(":")[0]
    ]

    assert len(against) <= len(labelled) // 10, against


def test_understanding_a_question_loads_no_learning_library():
    code = (
        "import sys; import agent.planner.plan, agent.planner.second_opinion as second; "
        "second.of('any hiccups'); heavy = ('sklearn', 'scipy', 'lightgbm', 'pandas', 'openai'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    told = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "[]"
