"""The period of a question."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.errors import NeedsDetail, OutOfRange
from tools.periods import Period, compared_with, look_ahead, look_behind, next_week

TODAY = date(2026, 7, 1)
CUTOFF = date(2026, 6, 30)
FIRST = date(2023, 7, 1)


def ahead(start, end):
    return look_ahead(start, end, today=TODAY, cutoff=CUTOFF)


def behind(start, end):
    return look_behind(start, end, first=FIRST, cutoff=CUTOFF)


def test_no_period_means_next_week_for_a_forecast_and_the_answer_says_so():
    period = ahead(None, None)

    assert (period.start, period.end) == (date(2026, 7, 6), date(2026, 7, 12))
    assert "next week" in period.notes[0]


def test_no_period_means_the_last_28_days_with_data_for_history():
    period = behind(None, None)

    assert (period.start, period.end, period.days) == (date(2026, 6, 3), CUTOFF, 28)
    assert "28 days" in period.notes[0]


def test_weeks_start_where_the_tenant_says():
    assert next_week(date(2026, 7, 4), week_starts=6).start == date(2026, 7, 5)
    assert next_week(date(2026, 7, 5), week_starts=6).start == date(2026, 7, 12)


def test_a_forecast_starts_after_the_last_day_with_data():
    period = ahead(date(2026, 6, 29), date(2026, 7, 5))

    assert period.start == date(2026, 7, 1)
    assert "2026-06-30" in period.notes[0]


def test_a_calendar_end_beyond_the_horizon_is_clipped_and_said():
    period = ahead(date(2027, 1, 1), date(2027, 12, 31))

    assert period.end == date(2027, 7, 2)
    assert "366 days" in period.notes[0]


def test_a_forecast_more_than_a_year_ahead_is_refused_with_the_range():
    with pytest.raises(OutOfRange, match="366 days ahead, to 2027-07-02"):
        ahead(date(2027, 7, 3), date(2027, 7, 9))


def test_a_forecast_of_more_days_than_it_reaches_is_refused_with_the_range():
    with pytest.raises(OutOfRange, match="at most 366 days ahead"):
        ahead(TODAY, TODAY + timedelta(days=499))


def test_a_forecast_of_days_that_are_over_points_to_history():
    with pytest.raises(OutOfRange, match="sales are recorded through 2026-06-30"):
        ahead(date(2026, 6, 1), date(2026, 6, 30))


def test_history_of_days_to_come_points_to_a_forecast():
    with pytest.raises(OutOfRange, match="or for a forecast"):
        behind(date(2026, 7, 1), date(2026, 7, 5))


def test_history_before_the_data_begin_is_refused_with_the_day_they_begin():
    with pytest.raises(OutOfRange, match="begin on 2023-07-01"):
        behind(date(2020, 1, 1), date(2020, 12, 31))


def test_history_is_clipped_to_the_days_with_data():
    period = behind(date(2023, 1, 1), date(2026, 12, 31))

    assert (period.start, period.end) == (FIRST, CUTOFF)
    assert len(period.notes) == 2


@pytest.mark.parametrize("look", [ahead, behind])
def test_a_start_after_its_end_is_asked_about_never_repaired(look):
    with pytest.raises(NeedsDetail) as refused:
        look(date(2026, 7, 9), date(2026, 7, 8))

    assert refused.value.asks_for == ("start", "end")


def test_half_a_period_is_completed_only_where_one_reading_makes_sense():
    assert behind(date(2026, 6, 1), None).end == CUTOFF
    assert ahead(None, date(2026, 7, 31)).start == TODAY
    with pytest.raises(NeedsDetail) as no_end:
        ahead(date(2026, 7, 10), None)
    with pytest.raises(NeedsDetail) as no_start:
        behind(None, date(2026, 6, 1))
    assert no_end.value.asks_for == ("end",)
    assert no_start.value.asks_for == ("start",)


def compared(start, end, to):
    period = compared_with(Period(date.fromisoformat(start), date.fromisoformat(end)), to)
    return f"{period.start} {period.end}"


@pytest.mark.parametrize(
    ("start", "end", "before"),
    [
        ("2026-06-01", "2026-06-30", "2026-05-01 2026-05-31"),
        ("2026-03-01", "2026-03-31", "2026-02-01 2026-02-28"),
        ("2026-01-01", "2026-01-31", "2025-12-01 2025-12-31"),
        ("2026-04-01", "2026-06-30", "2026-01-01 2026-03-31"),
        ("2026-01-01", "2026-03-31", "2025-10-01 2025-12-31"),
        ("2025-01-01", "2025-12-31", "2024-01-01 2024-12-31"),
        ("2026-05-01", "2026-07-31", "2026-01-29 2026-04-30"),  # three months, not a quarter
        ("2026-06-22", "2026-06-28", "2026-06-15 2026-06-21"),
        ("2026-06-30", "2026-06-30", "2026-06-29 2026-06-29"),
        ("2026-06-01", "2026-06-10", "2026-05-22 2026-05-31"),
    ],
)
def test_the_previous_period_is_the_calendar_one_or_equally_long(start, end, before):
    assert compared(start, end, "previous_period") == before


@pytest.mark.parametrize(
    ("start", "end", "before"),
    [
        ("2026-06-22", "2026-06-28", "2025-06-23 2025-06-29"),
        ("2026-06-30", "2026-06-30", "2025-07-01 2025-07-01"),
        ("2026-06-03", "2026-06-30", "2025-06-04 2025-07-01"),
        ("2026-06-01", "2026-06-30", "2025-06-01 2025-06-30"),
        ("2026-04-01", "2026-06-30", "2025-04-01 2025-06-30"),
        ("2025-01-01", "2025-12-31", "2024-01-01 2024-12-31"),
        ("2026-01-01", "2026-06-10", "2025-01-01 2025-06-10"),
        ("2024-02-01", "2024-02-29", "2023-02-01 2023-02-28"),
        ("2025-02-01", "2025-02-28", "2024-02-01 2024-02-29"),
    ],
)
def test_last_year_keeps_weekdays_for_days_and_dates_for_months(start, end, before):
    assert compared(start, end, "last_year") == before


DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))


@given(start=DAYS, length=st.integers(1, 800))
def test_the_compared_period_always_ends_before_its_own_start_or_a_year_earlier(start, length):
    period = Period(start, start + timedelta(days=length - 1))

    before = compared_with(period, "previous_period")
    year = compared_with(period, "last_year")

    assert before.end == period.start - timedelta(days=1)
    assert before.start <= before.end
    assert abs(year.days - period.days) <= 1
    assert 363 <= (period.start - year.start).days <= 366


@given(start=st.none() | DAYS, end=st.none() | DAYS)
def test_any_dates_give_a_period_inside_the_data_or_one_of_two_refusals(start, end):
    for look, low, high in (
        (ahead, CUTOFF + timedelta(days=1), TODAY + timedelta(days=366)),
        (behind, FIRST, CUTOFF),
    ):
        try:
            period = look(start, end)
        except (NeedsDetail, OutOfRange):
            continue
        assert low <= period.start <= period.end <= high
