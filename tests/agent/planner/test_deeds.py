"""What is said of a deed after it: taken back, stopped, or only asked about."""

# ruff: noqa: E501 - a table reads best with one message a line

import pytest

from agent.planner.drafts import Say
from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, calls_of, steps_of

GERMAN = in_turn(HARBOR_CONTEXT, ["Wie viele Brote haben wir letzte Woche verkauft?"])


@pytest.mark.parametrize("then", ["undo that", "hm, on second thoughts undo that, go back"])
def test_a_model_that_was_put_live_is_taken_back_by_rolling_back(then):
    assert calls_of("promote the staging model", then) == [("rollback", {})]


@pytest.mark.parametrize(
    ("then", "reason"),
    [
        ("undo that", {}),
        ("cancel it please", {}),
        ("stop it again, too risky", {"reason": "too risky"}),
    ],
)
def test_a_rollout_that_was_started_is_stopped(then, reason):
    assert calls_of("start a canary with the staging model", then) == [("stop_rollout", reason)]


def test_a_rollout_is_stopped_in_german_too():
    said = ("Starte einen Canary mit dem neuen Modell", "stopp es wieder, zu riskant")
    calls = calls_of(*said, context=GERMAN)

    assert calls == [("stop_rollout", {"reason": "zu riskant"})]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("acknowledge AL-1", "undo that"),
        ("accept RC-1", "take that back"),
    ],
)
def test_what_was_written_down_is_not_taken_back_in_silence(first, then):
    step = steps_of(first, then)[-1]

    assert isinstance(step, Say)
    assert "stays on record" in step.message


def test_what_was_written_down_in_german_stays_too():
    step = steps_of("RC-1 nehmen wir an", "mach das rückgängig", context=GERMAN)[-1]

    assert isinstance(step, Say)
    assert "bleibt vermerkt" in step.message


@pytest.mark.parametrize(
    ("first", "then", "calls"),
    [
        (
            "tick off AL-1, was just the heat",
            "and which ones have been ticked off so far, all shops",
            [("list_alerts", {"status": "acknowledged"})],
        ),
        ("retrain the model", "has it been retrained yet?", [("model_history", {})]),
    ],
)
def test_asking_what_became_of_a_deed_does_not_do_it_again(first, then, calls):
    assert calls_of(first, then) == calls


def test_what_was_asked_for_is_called_off_though_something_was_looked_up_since():
    step = steps_of("retrain the model", "who needs to approve that", "cancel it")[-1]

    assert isinstance(step, Say)
    assert "dropped" in step.message.lower()


@pytest.mark.parametrize(
    ("first", "then", "calls"),
    [
        ("retrain", "because of the new year", [("retrain", {"reason": "the new year"})]),
        (
            "acknowledge AL-3",
            "with a note: known issue",
            [("acknowledge_alert", {"alert_id": "AL-3", "note": "known issue"})],
        ),
    ],
)
def test_a_reason_or_note_told_after_a_deed_is_added_to_it(first, then, calls):
    assert calls_of(first, then) == calls


def test_manners_are_no_reason():
    assert calls_of("log RC-1 as accepted pls") == [
        ("record_decision", {"recommendation_id": "RC-1", "decision": "accepted"})
    ]


def test_an_id_answers_for_the_one_call_that_lacks_it():
    assert ("acknowledge_alert", {"alert_id": "AL-11"}) in calls_of(
        "one of the alarms is sorted, tick it off", "AL-11"
    )


@pytest.mark.parametrize(
    "words", ["wait, leave it", "hmm no, don't", "not yet, we have to check it first"]
)
@pytest.mark.parametrize("deed", ["promote the staging model", "start a canary with 20%"])
def test_what_was_only_asked_for_is_let_go_in_few_words(deed, words):
    step = steps_of(deed, words)[-1]

    assert isinstance(step, Say)


@pytest.mark.parametrize("words", ["doch nicht", "lass mal, wir warten noch"])
def test_what_was_only_asked_for_is_let_go_in_german_too(words):
    step = steps_of("Setz das neue Modell live", words, context=GERMAN)[-1]

    assert isinstance(step, Say)


def test_a_decision_taken_back_in_few_words_stays_on_record():
    step = steps_of("accept RC-1", "actually no, don't")[-1]

    assert isinstance(step, Say)
    assert "stays on record" in step.message


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("acknowledge AL-1 and AL-2, it was the heat wave", "it was the heat wave"),
        ("tick off AL-1 and AL-2 with the note fridge was broken", "fridge was broken"),
    ],
)
def test_a_note_told_once_is_of_all_that_is_acknowledged(words, note):
    assert calls_of(words) == [
        ("acknowledge_alert", {"alert_id": one, "note": note}) for one in ("AL-1", "AL-2")
    ]


def test_a_reason_follows_the_decision_that_is_told_with_it():
    assert calls_of("accept RC-1", "and RC-2, but that one is a no, too expensive") == [
        (
            "record_decision",
            {"recommendation_id": "RC-2", "decision": "rejected", "reason": "too expensive"},
        )
    ]


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ("acknowledge AL-1", "thanks. AL-2 as well", {"alert_id": "AL-2"}),
        (
            "accept RC-1",
            "RC-2 the opposite, too expensive",
            {"recommendation_id": "RC-2", "decision": "rejected", "reason": "too expensive"},
        ),
        (
            "accept RC-1",
            "RC-2 likewise",
            {"recommendation_id": "RC-2", "decision": "accepted"},
        ),
        (
            "Lehne RC-1 ab",
            "RC-2 umgekehrt",
            {"recommendation_id": "RC-2", "decision": "accepted"},
        ),
    ],
)
def test_a_deed_is_done_alike_or_the_other_way_on_another_id(first, then, expected):
    context = GERMAN if "ab" in first.split() else HARBOR_CONTEXT
    ((_, arguments),) = calls_of(first, then, context=context)

    assert arguments == expected


@pytest.mark.parametrize(
    ("said", "tools"),
    [
        (
            "AL-2 acknowledge, it's the roadworks. And what happened to sales at Downtown last Friday, compared to the day before - why the drop?",
            ["acknowledge_alert", "explain"],
        ),
        (
            "I've said yes to RC-1 - record it - and AL-1 can be ticked off, the street festival explains it.",
            ["record_decision", "acknowledge_alert"],
        ),
        (
            "AL-2 quittieren, das war die Baustelle. Und warum ist der Umsatz in Downtown letzten Freitag eingebrochen, was steckt dahinter?",
            ["acknowledge_alert", "explain"],
        ),
    ],
)  # fmt: skip
def test_a_deed_on_an_id_is_no_tale_before_a_question(said, tools):
    context = in_turn(HARBOR_CONTEXT, [said])

    assert [tool for tool, _ in calls_of(said, context=context)] == tools


def test_a_reason_ends_before_the_dash_behind_it():
    said = "Put RC-1 down as rejected - the margin is gone - and close AL-2, roadworks outside."

    assert calls_of(said)[0][1]["reason"] == "the margin is gone"


@pytest.mark.parametrize(
    ("said", "context"),
    [
        ("acknowledge AL-1, then give me the decision report for last month", HARBOR_CONTEXT),
        ("acknowledge AL-1 and next the decision report for last month", HARBOR_CONTEXT),
        ("AL-1 quittieren, danach der Entscheidungsbericht für letzten Monat", GERMAN),
    ],
)
def test_what_leads_to_the_next_wish_is_no_note(said, context):
    june = {"start": "2026-06-01", "end": "2026-06-30"}

    assert calls_of(said, context=context) == [
        ("acknowledge_alert", {"alert_id": "AL-1"}),
        ("decision_report", june),
    ]
