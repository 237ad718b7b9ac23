"""Talk of models, their trials and what is kept of them; today is 2026-07-01."""

# ruff: noqa: E501 - a table reads best with one question a line

import pytest

from agent.planner.drafts import Ask, Calls
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


@pytest.mark.parametrize(
    ("words", "call"),
    [
        ("get the newest model out to everyone", "promote"),
        ("roll the staging model out to everybody", "promote"),
        ("activate the challenger", "promote"),
        ("I hereby request that the newest version be activated", "promote"),
        ("return to the version we had before this one", "rollback"),
        ("we need to go back, the new forecasts are garbage", "rollback"),
        ("Roll back. Sales were odd at Airport.", "rollback"),
    ],
)
def test_a_change_of_model_is_ordered_in_many_words(words, call):
    assert calls_of(words) == [(call, {})]


def test_an_older_model_is_put_back_by_its_id():
    asked = ("rollback", {"model_id": "harbor_v20260501"})

    assert calls_of("reinstate harbor_v20260501") == [asked]


@pytest.mark.parametrize(
    "words",
    [
        "Retrain, but leave the promotion to me",
        "retrain the model, I want to decide on promotion myself",
        "retrain the model; promotion is my call",
        "Please retrain, the assortment changed. Don't promote anything by itself.",
    ],
)
def test_who_keeps_the_promotion_to_himself_gets_a_training_alone(words):
    ((tool, arguments),) = calls_of(words)

    assert tool == "retrain"
    assert not arguments.get("auto_promote")


def test_a_training_that_is_called_off_is_no_training():
    (step,) = steps_of("Don't retrain the model yet.")

    assert not isinstance(step, Calls)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("We need fresh training. Reason for the record: new Easter pricing.", "new Easter pricing"),
        ("retrain the model. The reason is a new supplier", "a new supplier"),
        ("Retrain the model. Background: all prices changed.", None),
    ],
)  # fmt: skip
def test_a_reason_told_as_one_is_no_decision_to_be_recorded(words, reason):
    assert calls_of(words) == [("retrain", {"reason": reason} if reason else {})]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("audit trail for May, only promotions of models", {**MAY, "tool": "promote"}),
        ("the audit trail for May, restricted to retrainings", {**MAY, "tool": "retrain"}),
        ("which requests still need a second pair of eyes", {}),
    ],
)
def test_records_are_narrowed_down_by_what_is_said_after_them(words, asked):
    ((tool, arguments),) = calls_of(words)

    assert (tool, arguments.get("user")) == ("audit_trail", None)
    assert asked.items() <= arguments.items()


def test_models_beside_records_are_asked_for_too():
    calls = calls_of("Show me the audit trail for May, and then list the last 5 models.")

    assert [tool for tool, _ in calls] == ["audit_trail", "model_history"]


@pytest.mark.parametrize(
    ("words", "trial"),
    [
        ("Canary, staging model, 15%", {"traffic_pct": 15}),
        ("A/B. 40 percent. Staged model.", {"kind": "ab", "traffic_pct": 40}),
    ],
)
def test_a_model_named_beside_a_trial_is_the_one_tried(words, trial):
    assert calls_of(words) == [("start_rollout", trial)]


def test_a_promotion_after_a_trial_is_still_one():
    calls = calls_of("Start a canary with 10%, then promote the staging model")

    assert [tool for tool, _ in calls] == ["start_rollout", "promote"]


def test_an_order_to_end_a_trial_is_no_reason_for_it():
    assert calls_of("That's enough of the canary, finish it.") == [("stop_rollout", {})]


def test_a_promotion_is_undone_though_said_twice():
    calls = calls_of("push staging live", "oh no. undo that, back to the former model")

    assert calls == [("rollback", {})]


@pytest.mark.parametrize(
    ("words", "decision"),
    [
        ("RC-1: we'll pass, margins too thin", "rejected"),
        ("RC-1 will not be carried out because the flyer is printed already", "rejected"),
        ("RC-1 was carried out, we agreed", "accepted"),
    ],
)
def test_advice_is_passed_on_or_not_carried_out(words, decision):
    ((tool, arguments),) = calls_of(words)

    assert (tool, arguments["decision"]) == ("record_decision", decision)


def test_german_records_are_narrowed_down_likewise():
    calls = calls_of("Protokoll vom Mai, nur Rollbacks", context=GERMAN)

    assert calls == [("audit_trail", {**MAY, "tool": "rollback"})]
