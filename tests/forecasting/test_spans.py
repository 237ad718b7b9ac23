"""Which periods a question covers, and what is said when they are fewer than asked."""

from datetime import date, timedelta

import numpy as np
import pytest

from forecasting.spans import blocks, freshness_notes, last_day, span_of
from forecasting.units import Frequency
from tenants.errors import CannotAnswer, OutOfRange
from tests.forecasting.worlds import panel_of

TODAY = date(2026, 1, 31)


@pytest.fixture
def daily():
    return panel_of(np.ones((1, 30)), plan=366, start="2026-01-01")


@pytest.fixture
def weekly():
    return panel_of(np.ones((1, 4)), plan=53, start="2026-01-01", frequency=Frequency.WEEK)


def test_a_period_that_began_is_clipped_to_what_is_not_known(daily):
    span, notes = span_of(daily, date(2026, 1, 28), date(2026, 2, 2), TODAY)

    assert (span.start, span.end, len(span.columns)) == (date(2026, 1, 31), date(2026, 2, 2), 3)
    assert "2026-01-30" in notes[0]


def test_a_period_in_the_past_is_refused(daily):
    with pytest.raises(OutOfRange, match="known already"):
        span_of(daily, date(2026, 1, 1), date(2026, 1, 5), TODAY)


def test_more_than_a_year_ahead_is_refused(daily):
    with pytest.raises(OutOfRange, match="at most 366 days"):
        span_of(daily, date(2027, 3, 1), date(2027, 3, 2), TODAY)


def test_an_end_beyond_the_horizon_is_clipped_and_said(daily):
    span, notes = span_of(daily, date(2026, 2, 1), date(2027, 12, 31), TODAY)

    assert span.end == last_day(daily) + timedelta(days=366)
    assert str(span.end) in notes[0]


def test_turned_dates_are_refused(daily):
    with pytest.raises(OutOfRange, match="before it starts"):
        span_of(daily, date(2026, 2, 5), date(2026, 2, 1), TODAY)


def test_data_that_ended_long_ago_cannot_reach_far(daily):
    with pytest.raises(CannotAnswer, match="load newer"):
        span_of(daily, date(2027, 8, 1), date(2027, 8, 7), date(2027, 6, 1))


def test_part_of_a_week_counts_by_its_days(weekly):
    span, _ = span_of(weekly, date(2026, 2, 2), date(2026, 2, 8), TODAY)

    np.testing.assert_allclose([3 / 7, 4 / 7], span.share)


def test_the_cutoff_of_weekly_data_is_the_last_day_of_the_week(weekly):
    assert last_day(weekly) == date(2026, 1, 28)


def test_weekly_data_have_no_days(weekly):
    span, _ = span_of(weekly, date(2026, 2, 2), date(2026, 2, 8), TODAY)

    with pytest.raises(CannotAnswer, match="by the week"):
        blocks(weekly, span, "day")


def test_weeks_and_months_of_daily_data_keep_to_the_calendar(daily):
    span, _ = span_of(daily, date(2026, 2, 26), date(2026, 3, 10), TODAY)

    weeks = [(start, end) for start, end, _ in blocks(daily, span, "week")]
    months = [(start, len(at)) for start, _, at in blocks(daily, span, "month")]

    assert weeks == [
        (date(2026, 2, 26), date(2026, 3, 1)),
        (date(2026, 3, 2), date(2026, 3, 8)),
        (date(2026, 3, 9), date(2026, 3, 10)),
    ]
    assert months == [(date(2026, 2, 26), 3), (date(2026, 3, 1), 10)]


def test_old_data_are_said_to_be_old(daily, weekly):
    assert freshness_notes(daily, date(2026, 2, 1)) == []
    assert "load newer" in freshness_notes(daily, date(2026, 2, 2))[0]
    assert freshness_notes(weekly, date(2026, 2, 6)) == []
    assert freshness_notes(weekly, date(2026, 2, 7)) != []
