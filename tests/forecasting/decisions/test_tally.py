from datetime import UTC, datetime, timedelta

import pytest

from forecasting.decisions.realised import Realised
from forecasting.decisions.records import DecisionRecord, RecommendationRecord
from forecasting.decisions.tally import added, as_promised, tallies
from forecasting.scope import Estimate
from tests.forecasting.decisions.advice import ADVICE, TODAY, advice

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
NOT_YET = Realised("not_yet")


def accepted(number, *, minutes=0, **changes):
    decision = DecisionRecord("accepted", "", "manager1", TODAY, NOON + timedelta(minutes=minutes))
    return RecommendationRecord(number, advice(**changes), TODAY, NOON, "analyst1", (decision,))


def came(mean, lower, upper):
    return Realised("realised", 15.0, 1000.0 + mean, Estimate(mean, lower, upper))


def test_gains_add_up_and_their_ranges_as_independent_errors():
    total = added([Estimate(10.0, 7.0, 14.0), Estimate(20.0, 16.0, 23.0)])

    assert total == Estimate(30.0, 25.0, 35.0)


def test_what_was_promised_stands_beside_what_came_of_the_same_advice():
    (tally,) = tallies(
        [accepted(1), accepted(2, product="2")],
        {1: came(100.0, 0.0, 200.0), 2: NOT_YET},
    )

    assert (tally.accepted, tally.promised.mean) == (2, 240.0)
    assert (tally.measured, tally.as_promised) == (1, 1)
    assert tally.measured_promised == ADVICE.gain
    assert tally.realised == Estimate(100.0, 0.0, 200.0)


def test_before_anything_is_measured_nothing_is_said_of_it():
    (tally,) = tallies([accepted(1)], {1: NOT_YET})

    assert (tally.measured, tally.measured_promised, tally.realised) == (0, None, None)


def test_objectives_are_not_added_to_each_other():
    found = tallies(
        [accepted(1), accepted(2, objective="units", unit="units")], {1: NOT_YET, 2: NOT_YET}
    )

    assert [(one.objective, one.unit, one.accepted) for one in found] == [
        ("profit", "USD", 1),
        ("units", "units", 1),
    ]


def test_of_two_accepted_for_the_same_days_the_last_decision_counts():
    first, second = accepted(1, minutes=5), accepted(2, discount_pct=20.0)

    (tally,) = tallies([first, second], {1: came(50.0, 0.0, 90.0), 2: NOT_YET})

    assert (tally.accepted, tally.measured) == (1, 1)


@pytest.mark.parametrize("other", [{"product": "2"}, {"stores": ("3",)}, {"start": None}])
def test_another_product_store_or_week_counts_beside_it(other):
    if "start" in other:
        other = {"start": ADVICE.end + timedelta(days=1), "end": ADVICE.end + timedelta(days=7)}

    (tally,) = tallies([accepted(1), accepted(2, **other)], {1: NOT_YET, 2: NOT_YET})

    assert tally.accepted == 2


@pytest.mark.parametrize(
    ("gain", "held"),
    [
        ((100.0, -50.0, 250.0), True),
        ((20.0, -20.0, 59.0), False),
        ((300.0, 181.0, 400.0), False),
    ],
)
def test_a_promise_holds_where_the_two_ranges_overlap(gain, held):
    # Promised were 60 to 180.
    assert as_promised(ADVICE, came(*gain)) is held


def test_nothing_accepted_is_nothing_to_add_up():
    assert tallies([], {}) == ()
