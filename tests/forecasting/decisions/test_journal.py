from datetime import date, timedelta

import pytest

from forecasting.decisions.journal import Journal
from forecasting.scope import Estimate
from tenants.errors import UnknownItem
from tests.fakes import RunningClock
from tests.forecasting.decisions.advice import ADVICE, TODAY, advice


@pytest.fixture
def journal(either_workspace):
    return Journal(either_workspace.database, RunningClock())


def advise(journal, *given, by="analyst1", today=TODAY):
    return journal.advise(given, by=by, today=today)


def test_advice_is_kept_whole_under_an_id(journal):
    assert advise(journal, ADVICE) == ("RC-1",)

    kept = journal.get("RC-1")

    assert kept.advice == ADVICE
    assert (kept.advised_on, kept.advised_by, kept.decided) == (TODAY, "analyst1", None)


def test_what_a_gain_counts_elsewhere_is_kept_with_it(journal):
    advise(journal, ADVICE, advice(product="2", elsewhere=Estimate(-30.0, -50.0, -10.0)))

    assert journal.get("RC-1").advice.elsewhere is None
    assert journal.get("RC-2").advice.elsewhere == Estimate(-30.0, -50.0, -10.0)


def test_several_pieces_of_advice_are_counted_in_their_order(journal):
    assert advise(journal, ADVICE, advice(product="2"), advice(product="3")) == (
        "RC-1",
        "RC-2",
        "RC-3",
    )


def test_the_same_advice_given_again_keeps_its_id_and_who_asked_first(journal):
    advise(journal, ADVICE)

    again = advise(
        journal,
        advice(arguments={"category": "Drinks"}, gain=Estimate(120.00001, 60.0, 180.0)),
        by="manager1",
        today=TODAY + timedelta(days=1),
    )

    assert again == ("RC-1",)
    assert journal.get("RC-1").advised_by == "analyst1"
    assert len(journal.given()) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"discount_pct": 10.0},
        {"product": "2"},
        {"stores": ("1",), "store": "1"},
        {"end": date(2026, 7, 19)},
        {"objective": "revenue"},
        {"model": "GradientBoosting_v20260702"},
        {"data_version": "sales@2"},
    ],
)
def test_advice_that_differs_in_anything_that_matters_gets_its_own_id(journal, other):
    advise(journal, ADVICE)

    assert advise(journal, advice(**other)) == ("RC-2",)


def test_no_advice_is_nothing_to_keep(journal):
    assert advise(journal) == ()
    assert journal.given() == []


def test_a_decision_says_who_when_and_why(journal):
    advise(journal, ADVICE)

    kept, changed = journal.decide(
        "rc 1", "accepted", by="manager1", today=TODAY, reason="summer sale"
    )

    assert changed
    assert kept.decided is not None
    assert (kept.decided.verdict, kept.decided.reason) == ("accepted", "summer sale")
    assert (kept.decided.by, kept.decided.on) == ("manager1", TODAY)


@pytest.mark.parametrize("reason", ["", "summer sale"])
def test_the_same_decision_made_again_is_on_record_already(journal, reason):
    advise(journal, ADVICE)
    journal.decide("RC-1", "accepted", by="manager1", today=TODAY, reason="summer sale")

    kept, changed = journal.decide("RC-1", "accepted", by="analyst1", today=TODAY, reason=reason)

    assert not changed
    assert [one.by for one in kept.decisions] == ["manager1"]


def test_the_same_decision_for_another_reason_is_written_down(journal):
    advise(journal, ADVICE)
    journal.decide("RC-1", "accepted", by="manager1", today=TODAY, reason="summer sale")

    kept, changed = journal.decide("RC-1", "accepted", by="analyst1", today=TODAY, reason="rain")

    assert changed
    assert [one.reason for one in kept.decisions] == ["summer sale", "rain"]


def test_a_changed_mind_is_in_force_and_the_history_keeps_the_earlier_one(journal):
    advise(journal, ADVICE)
    journal.decide("RC-1", "accepted", by="manager1", today=TODAY)

    kept, changed = journal.decide(
        "RC-1", "rejected", by="analyst1", today=TODAY, reason="no stock"
    )

    assert changed
    assert [(one.verdict, one.by) for one in kept.decisions] == [
        ("accepted", "manager1"),
        ("rejected", "analyst1"),
    ]
    assert kept.decided == kept.decisions[-1]


def test_decisions_belong_to_their_own_recommendation(journal):
    advise(journal, ADVICE, advice(product="2"), advice(product="3"))
    journal.decide("RC-1", "accepted", by="manager1", today=TODAY)
    journal.decide("RC-3", "rejected", by="manager1", today=TODAY)

    verdicts = {one.id: one.decided and one.decided.verdict for one in journal.given()}

    assert verdicts == {"RC-1": "accepted", "RC-2": None, "RC-3": "rejected"}
    assert [one.id for one in journal.undecided()] == ["RC-2"]


def test_advice_is_found_by_the_day_it_was_given_newest_first(journal):
    for number in range(4):
        advise(journal, advice(product=str(number)), today=TODAY + timedelta(days=number))

    found = journal.given(TODAY + timedelta(days=1), TODAY + timedelta(days=2))

    assert [one.id for one in found] == ["RC-3", "RC-2"]


@pytest.mark.parametrize("unknown", ["RC-9", "AL-1", "that one", ""])
def test_an_unknown_id_is_answered_with_the_undecided_ones(journal, unknown):
    advise(journal, ADVICE, advice(product="2"))
    journal.decide("RC-1", "accepted", by="manager1", today=TODAY)

    with pytest.raises(UnknownItem, match="undecided are RC-2") as refused:
        journal.decide(unknown, "accepted", by="manager1", today=TODAY)

    assert refused.value.nearest == ("RC-2",)


def test_a_recommendation_can_be_written_as_json(journal):
    advise(journal, ADVICE)
    journal.decide("RC-1", "accepted", by="manager1", today=TODAY)

    told = journal.get("RC-1").to_dict()

    assert (told["id"], told["product"], told["start"]) == ("RC-1", "1", "2026-07-06")
    assert told["decisions"][0]["verdict"] == "accepted"
