"""Talk of models, their trials and what is kept of them; today is 2026-07-01."""

# ruff: noqa: E501 - a table reads best with one question a line

import pytest

from agent.planner.drafts import Ask
from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, calls_of, steps_of

GERMAN = in_turn(HARBOR_CONTEXT, ["Wie viele Brote haben wir letzte Woche verkauft?"])
MAY = {"start": "2026-05-01", "end": "2026-05-31"}
JUNE = {"start": "2026-06-01", "end": "2026-06-30"}


@pytest.mark.parametrize(
    ("words", "share"),
    [
        ("let one store in four use the candidate", {"traffic_pct": 25}),
        ("trial the new model on one forecast in five, on the quiet", {"traffic_pct": 20}),
        ("canary with a tenth of the traffic... sorry, 20 percent", {"traffic_pct": 20}),
        ("Run an A/B between staging and production, a third... no, make it 30 percent of the traffic", {"kind": "ab", "traffic_pct": 30}),
        ("set up a real a/b test of staging against the live model, a fifth of the stores on the new one", {"kind": "ab", "traffic_pct": 20}),
    ],
)  # fmt: skip
def test_a_trial_gets_the_share_of_the_traffic_that_is_told(words, share):
    assert calls_of(words) == [("start_rollout", share)]


@pytest.mark.parametrize(
    "words",
    [
        "half and half please, the old model on one side and the staged one on the other",
        "split the series evenly, half on the old model and half on the new",
        "Two equal groups: half of the shops stays, half goes to the staged model",
    ],
)
def test_two_halves_side_by_side_are_a_test_of_both_models(words):
    assert calls_of(words) == [("start_rollout", {"kind": "ab", "traffic_pct": 50})]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("no, scrap that trial, the buyers noticed", "the buyers noticed"),
        ("pull the plug on the experiment, forecasts look odd", "forecasts look odd"),
    ],
)
def test_a_trial_that_is_scrapped_is_stopped(words, reason):
    calls = calls_of("start a canary at 10%", words)

    assert calls == [("stop_rollout", {"reason": reason})]


@pytest.mark.parametrize(
    "words",
    [
        "is there a fresh version on the list now?",
        "did a new version come out of it?",
        "did that give us a new model?",
    ],
)
def test_what_came_of_a_training_is_looked_up_in_the_list_of_models(words):
    assert calls_of("retrain the model", words) == [("model_history", {})]


@pytest.mark.parametrize(
    "words",
    [
        "understood. how did the two stack up side by side?",
        "and what's the difference between the staged one and the live one",
    ],
)
def test_two_models_are_compared_also_after_a_deed(words):
    assert calls_of("promote the staging model", words) == [("compare_models", {})]


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        ("train again and have the better one replace the live model", {"auto_promote": True}),
        ("retrain, and should it beat the old one put it in its place", {"auto_promote": True}),
        ("retrain but it must not replace the current model", {}),
        ("retrain the model please. leave the promotion to us", {}),
        ("start a retraining now, the promotion stays with us", {}),
        ("retrain it, we'll do the promotion ourselves", {}),
    ],
)
def test_a_training_may_be_told_to_replace_the_model_in_use(words, tells):
    assert calls_of(words) == [("retrain", tells)]


@pytest.mark.parametrize("words", ["all retrainings of last month please", "every rollback"])
def test_deeds_that_are_only_counted_up_are_not_done(words):
    step = steps_of(words)[-1]

    assert isinstance(step, Ask) or [one.tool for one in step.drafts] == ["audit_trail"]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("is something still waiting for a second person to say yes", {"outcome": "awaiting"}),
        ("the auditor wants June: every rollback that failed", {"tool": "rollback", "outcome": "failed", **JUNE}),
        ("which calls in June could the system not make sense of", {"outcome": "invalid", **JUNE}),
        ("any garbled requests in the log from May?", {"outcome": "invalid", **MAY}),
        ("show me the last 300 audit entries from May", {"limit": 300, **MAY}),
    ],
)  # fmt: skip
def test_records_are_looked_up_by_what_became_of_them_and_when(words, asked):
    assert calls_of(words) == [("audit_trail", asked)]


@pytest.mark.parametrize(
    "words",
    [
        "were your tips any good in May",
        "did anything come of the advice you gave us in May",
        "the recommendations from May, were they any use in the end",
        "what did the advice add up to in May?",
    ],
)
def test_what_advice_was_worth_is_told_of_its_month(words):
    assert calls_of(words) == [("decision_report", MAY)]


@pytest.mark.parametrize(
    ("words", "calls"),
    [
        ("Mach einen echten A/B-Test mit dem neuen Modell gegen die Produktion, ein Viertel der Filialen", ("start_rollout", {"kind": "ab", "traffic_pct": 25})),
        ("Ist dabei eine neue Version herausgekommen?", ("model_history", {})),
        ("Trainiere neu, und das neue soll das alte Modell ersetzen, wenn es besser ist", ("retrain", {"auto_promote": True})),
        ("Trainiere das Modell neu. Die Promotion ist unsere Sache", ("retrain", {})),
        ("Waren deine Tipps im Mai zu etwas gut?", ("decision_report", MAY)),
    ],
)  # fmt: skip
def test_german_talk_of_models_is_read_likewise(words, calls):
    assert calls_of(words, context=GERMAN) == [calls]
