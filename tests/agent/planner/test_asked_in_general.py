"""What is asked of words, of how things come about here, or of nothing that is sold."""

from dataclasses import replace

import pytest

from agent.languages import language
from agent.planner.drafts import Calls, Say
from tests.agent.conversing import HARBOR_CONTEXT, calls_of, steps_of

GERMAN = replace(
    HARBOR_CONTEXT, language=language("de"), style=HARBOR_CONTEXT.style.speaking("de", 0)
)

OF_WORDS_AND_RULES = [
    "what is drift?",
    "decay, what does that mean?",
    "sorry for asking, but what's a backtest?",
    "why do you quote MASE rather than MAPE?",
    "is lift the thing where a promotion sells more?",
    "how does the tool decide what an unusual day is?",
    "how do you come up with forecasts, in plain words?",
    "do the models know about public holidays?",
    "can the model see what competitors do?",
    "do you take zero sales for low demand?",
    "which changes need a second person?",
    "may the manager who asked for a rollback confirm it as well?",
    "when do you call a challenger better than production?",
]
OF_FIGURES = [
    ("what's the wape right now", "model_status"),
    ("is there any drift?", "model_status"),
    ("which model is better, the new one or the old one", "compare_models"),
    ("who approved the last promotion", "audit_trail"),
    ("what's the best discount for bagels next week", "optimize_discount"),
    ("how did you come up with the forecast for chips next week", "explain"),
]
OF_NOTHING_SOLD = [
    "What's the weather looking like at Hillcrest on Friday?",
    "how warm is it going to be in Downtown this weekend?",
    "is there a bus stop near Lakeside?",
    "how many visitors walk into Riverside on Saturday?",
    "what are our heating costs at Downtown",
    "turn the music down at Airport",
    "how much is 17% of 2,340?",
]


@pytest.mark.parametrize("said", OF_WORDS_AND_RULES)
def test_a_word_or_a_rule_is_looked_up_however_it_is_asked(said):
    assert [tool for tool, _ in calls_of(said)] == ["search_knowledge"]


@pytest.mark.parametrize(("said", "tool"), OF_FIGURES)
def test_the_figure_of_such_a_word_is_no_definition(said, tool):
    assert [called for called, _ in calls_of(said)] == [tool]


def test_a_word_is_looked_up_beside_another_wish():
    assert [tool for tool, _ in calls_of("what is WAPE and how good is our model")] == [
        "search_knowledge",
        "model_status",
    ]


@pytest.mark.parametrize("said", OF_NOTHING_SOLD)
def test_a_store_and_a_day_make_no_question_of_sales(said):
    (step,) = steps_of(said)
    assert isinstance(step, Say)
    assert step.reason == "out_of_scope"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Was ist eigentlich ein Backtest?", Calls),
        ("Kennt das Modell Feiertage?", Calls),
        ("Welche Schritte brauchen eine Freigabe?", Calls),
        ("Wie wird das Wetter am Samstag in Lakeside?", Say),
        ("Wie hoch ist die Miete in Downtown?", Say),
    ],
)
def test_german_questions_of_words_and_of_nothing_sold_are_told_apart(said, kind):
    (step,) = steps_of(said, context=GERMAN)
    assert isinstance(step, kind)
    if isinstance(step, Calls):
        assert [draft.tool for draft in step.drafts] == ["search_knowledge"]
    else:
        assert step.reason == "out_of_scope"
