"""When a model is due to be trained again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.lifecycle.schedule import Decay, Schedule, is_due
from tenants.errors import BadInput

FEBRUARY = datetime(2026, 2, 6, 9, tzinfo=UTC)


def test_without_a_model_training_is_due():
    found = is_due(Schedule.WEEKLY, None, FEBRUARY, None)

    assert found.due
    assert found.why == "No model has been trained yet."


@pytest.mark.parametrize(
    ("schedule", "days", "due"),
    [("weekly", 6, False), ("weekly", 7, True), ("monthly", 27, False), ("monthly", 28, True)],
)
def test_a_model_older_than_the_schedule_is_due(schedule, days, due):
    now = FEBRUARY + timedelta(days=days)

    assert is_due(Schedule.parse(schedule), FEBRUARY, now, None).due is due


def test_a_model_that_decayed_is_due_before_its_time():
    now = FEBRUARY + timedelta(days=3)

    found = is_due(Schedule.MONTHLY, FEBRUARY, now, Decay(20.0, 21.2, 28, "day"))

    assert found.due
    assert "20.0 % then: 6 % worse" in found.why
    assert not is_due(Schedule.MONTHLY, FEBRUARY, now, Decay(20.0, 20.9, 28, "day")).due


def test_why_not_says_when_the_next_is_due():
    found = is_due(Schedule.MONTHLY, datetime(2026, 1, 31, tzinfo=UTC), FEBRUARY, None)

    assert found.why.endswith("with a monthly schedule the next is on 2026-02-28.")


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001 - zone added below
def test_a_month_is_28_to_31_days(moment):
    later = Schedule.MONTHLY.after(moment.replace(tzinfo=UTC))

    assert 28 <= (later - moment.replace(tzinfo=UTC)).days <= 31


def test_an_unknown_schedule_is_refused():
    with pytest.raises(BadInput, match="'daily' is not a schedule; choose weekly or monthly"):
        Schedule.parse("daily")
