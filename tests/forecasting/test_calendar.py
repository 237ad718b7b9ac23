"""The calendar, checked against days anyone can look up."""

import pandas as pd

from forecasting.calendar import calendar_features
from forecasting.units import Frequency

CHRISTMAS_TIME = pd.date_range("2025-12-23", "2025-12-27")


def test_a_day_knows_its_holiday_and_the_ones_around():
    calendar = calendar_features(CHRISTMAS_TIME, Frequency.DAY, "US")

    assert calendar["holiday"].tolist() == [0, 0, 1, 0, 0]
    assert calendar["days_to_holiday"].tolist() == [2, 1, 7, 6, 5]
    assert calendar["days_since_holiday"].tolist() == [14, 14, 14, 1, 2]
    assert calendar["christmas"].tolist() == [-2, -1, 0, 1, 2]


def test_easter_moves():
    days = pd.DatetimeIndex(["2024-03-31", "2025-04-19", "2026-04-06"])

    assert calendar_features(days, Frequency.DAY, "")["easter"].tolist() == [0, -1, 1]


def test_a_week_counts_its_holidays():
    weeks = pd.date_range("2025-12-15", periods=3, freq="7D")

    assert calendar_features(weeks, Frequency.WEEK, "DE")["holidays"].tolist() == [0, 2, 1]


def test_a_month_counts_its_weekends():
    months = pd.date_range("2026-01-01", periods=2, freq="MS")

    assert calendar_features(months, Frequency.MONTH, "")["weekend_days"].tolist() == [9, 8]


def test_an_unknown_country_has_no_holidays():
    assert "holiday" not in calendar_features(CHRISTMAS_TIME, Frequency.DAY, "ZZ")
