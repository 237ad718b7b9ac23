import numpy as np
import pandas as pd
import pytest

from forecasting.data.frequency import Rhythm, decide, weekday
from forecasting.data.profile import DatasetProfile
from forecasting.units import Frequency
from tenants.errors import BadInput
from tests.forecasting.data.loading import of

NONE = np.array([], dtype=np.int64)


def days(*args, **kwargs):
    return pd.date_range(*args, **kwargs).to_numpy().astype("datetime64[D]").astype(np.int64)


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (days("2026-01-01", periods=30, freq="D"), Rhythm(Frequency.DAY)),
        (days("2026-01-01", periods=2, freq="7D"), Rhythm(Frequency.DAY)),
        (days("2026-01-01", periods=30, freq="7D"), Rhythm(Frequency.WEEK, 3)),
        (days("2026-01-05", periods=30, freq="14D"), Rhythm(Frequency.WEEK, 0)),
        (days("2026-01-01", periods=12, freq="MS"), Rhythm(Frequency.MONTH)),
        (days("2026-01-31", periods=12, freq="ME"), Rhythm(Frequency.MONTH)),
        (days("2026-01-01", periods=1, freq="D"), Rhythm(Frequency.DAY)),
    ],
    ids=["daily", "two dates", "thursdays", "fortnights", "month starts", "month ends", "one date"],
)
def test_the_frequency_is_found_in_the_dates(dates, expected):
    assert decide(dates, NONE, None, None) == expected


def test_weekdays_count_from_monday():
    assert weekday(days("2026-06-29", periods=2, freq="D")).tolist() == [0, 1]


def test_the_mapping_decides_over_the_dates():
    dates = days("2026-01-01", periods=10, freq="7D")

    assert decide(dates, NONE, Frequency.DAY, None) == Rhythm(Frequency.DAY)


def test_settled_data_keep_their_frequency():
    stored = days("2026-01-01", periods=10, freq="7D")
    before = DatasetProfile(frequency=Frequency.WEEK, week_anchor=3)

    assert decide(days("2026-03-13", periods=5, freq="D"), stored, None, before) == Rhythm(
        Frequency.WEEK, 3
    )
    with pytest.raises(BadInput, match="recorded each week, and the mapping says day"):
        decide(NONE, stored, Frequency.DAY, before)


def test_a_stray_day_among_weeks_is_refused(desk):
    weeks = pd.date_range("2024-01-04", periods=120, freq="7D")
    rows = "".join(f"{week.date()},3\n" for week in weeks)
    desk.put("sales.csv", f"date,units\n{rows}2026-05-05,3\n")
    report = of(desk.load(), "sales")

    assert report.quarantined == {"date is not a Thursday, on which weeks start here": 1}
    assert desk.store.profile.frequency is Frequency.WEEK


def test_any_day_of_a_month_stands_for_it(desk):
    desk.put("sales.csv", "date,units\n2026-01-31,3\n2026-02-28,4\n2026-03-31,5\n")
    desk.load()

    assert desk.store.read("sales")["date"].dt.day.tolist() == [1, 1, 1]


def test_dates_of_months_are_numbered_without_gaps():
    months = Rhythm(Frequency.MONTH).numbers(days("2025-11-30", periods=4, freq="ME"))

    assert np.diff(months).tolist() == [1, 1, 1]
