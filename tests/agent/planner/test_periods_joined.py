"""Days that several phrases tell together."""

from datetime import date

import pytest

from agent.languages import language
from agent.planner.periods import Direction, Now, read_periods

TODAY = date(2026, 7, 1)  # a Wednesday
AHEAD = Now(TODAY, Direction.AHEAD)
BEHIND = Now(TODAY, Direction.BEHIND, first=date(2023, 7, 1))


def read(text, now):
    reading = read_periods(text, now)
    assert reading.unclear is None, reading.unclear
    return [(period.start.isoformat(), period.end.isoformat()) for period in reading.periods]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("milk on the monday after next", "2026-07-13", "2026-07-13"),
        ("water on saturday and sunday together", "2026-07-04", "2026-07-05"),
        ("friday, saturday and sunday combined", "2026-07-03", "2026-07-05"),
        ("next friday, july 10", "2026-07-10", "2026-07-10"),
        ("a fortnight ahead", "2026-07-06", "2026-07-19"),
        ("daypacks, fortnight ahead", "2026-07-06", "2026-07-19"),
        ("august and september, one total", "2026-08-01", "2026-09-30"),
        ("ten days of bagels starting friday", "2026-07-03", "2026-07-12"),
        ("in a fortnight's time span starting next monday", "2026-07-06", "2026-07-19"),
        ("from tomorrow through to the end of july", "2026-07-02", "2026-07-31"),
        ("from monday right up to friday", "2026-07-06", "2026-07-10"),
        ("12 july up until 20 july", "2026-07-12", "2026-07-20"),
    ],
)
def test_days_ahead_are_joined(words, start, end):
    assert read(words, AHEAD) == [(start, end)]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("the friday before last", "2026-06-19", "2026-06-19"),
        ("weekly units since 1 may for riverside, up to yesterday", "2026-05-01", "2026-06-30"),
        ("from 1 april until now, until yesterday", "2026-04-01", "2026-06-30"),
        ("since 1 june until 14 june", "2026-06-01", "2026-06-14"),
        ("from 1 february until the end of the month", "2026-02-01", "2026-02-28"),
        ("from 3 may to month end", "2026-05-03", "2026-05-31"),
    ],
)
def test_an_open_period_is_closed_by_what_follows(words, start, end):
    assert read(words, BEHIND) == [(start, end)]


def test_what_has_passed_of_a_period_is_meant_also_where_a_word_stands_between():
    in_october = Now(date(2026, 10, 8), Direction.BEHIND)

    assert read("q4 revenue so far", in_october) == [("2026-10-01", "2026-10-07")]
    assert read("q4 revenue", in_october) == [("2026-10-01", "2026-12-31")]


def test_two_weeks_with_and_between_are_two():
    weeks = [("2026-06-08", "2026-06-14"), ("2026-06-15", "2026-06-21")]

    assert read("week 24 and week 25", BEHIND) == weeks
    assert read("weeks 24 and 25", BEHIND) == weeks
    assert read("weeks 24 to 25", BEHIND) == [("2026-06-08", "2026-06-21")]


def test_a_list_of_weekdays_lies_in_the_week_named_last():
    days = read("monday, tuesday and wednesday last week", BEHIND)
    assert days == [(f"2026-06-{day}", f"2026-06-{day}") for day in (22, 23, 24)]


def test_weekdays_beside_tomorrow_do_not_contradict_it():
    days = read("tomorrow, saturday and sunday", AHEAD)
    assert [start for start, _ in days] == ["2026-07-02", "2026-07-04", "2026-07-05"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("last Saturday, June 26", "en"),
        ("last Saturday (2026-06-26)", "en"),
        ("letzten Samstag, den 26. Juni", "de"),
        ("am vergangenen Samstag, 26.06.,", "de"),
    ],
)
def test_a_date_beside_a_weekday_told_by_its_week_must_agree_with_it(words, code):
    for direction in (Direction.BEHIND, Direction.AHEAD):
        now = Now(TODAY, direction, first=date(2023, 7, 1), language=language(code))
        assert read_periods(words, now).unclear is not None
        assert read_periods(words.replace("26", "27").replace("2027", "2026"), now).unclear is None


def test_a_figure_a_month_adds_no_months_up():
    months = [("2026-08-01", "2026-08-31"), ("2026-09-01", "2026-09-30")]
    assert read("august and september, one figure per month", AHEAD) == months
