"""What words about time mean; the table is that of the tool contract."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.planner.periods import Direction, Now, read_periods

TODAY = date(2026, 7, 1)  # a Wednesday
AHEAD = Now(TODAY, Direction.AHEAD)
BEHIND = Now(TODAY, Direction.BEHIND, first=date(2023, 7, 1))


def read(text, now=AHEAD):
    reading = read_periods(text, now)
    assert reading.unclear is None, reading.unclear
    return [(period.start.isoformat(), period.end.isoformat()) for period in reading.periods]


CONTRACT = [
    ("today", "2026-07-01", "2026-07-01"),
    ("tomorrow", "2026-07-02", "2026-07-02"),
    ("yesterday", "2026-06-30", "2026-06-30"),
    ("this week", "2026-06-29", "2026-07-05"),
    ("next week", "2026-07-06", "2026-07-12"),
    ("last week", "2026-06-22", "2026-06-28"),
    ("rest of the week", "2026-07-01", "2026-07-05"),
    ("week to date", "2026-06-29", "2026-06-30"),
    ("the week after next", "2026-07-13", "2026-07-19"),
    ("two weeks ago", "2026-06-15", "2026-06-21"),
    ("next 7 days", "2026-07-01", "2026-07-07"),
    ("next 10 days", "2026-07-01", "2026-07-10"),
    ("last 7 days", "2026-06-24", "2026-06-30"),
    ("past 30 days", "2026-06-01", "2026-06-30"),
    ("next two weeks", "2026-07-06", "2026-07-19"),
    ("a fortnight ahead", "2026-07-06", "2026-07-19"),
    ("last two weeks", "2026-06-15", "2026-06-28"),
    ("this weekend", "2026-07-04", "2026-07-05"),
    ("next weekend", "2026-07-11", "2026-07-12"),
    ("last weekend", "2026-06-27", "2026-06-28"),
    ("this month", "2026-07-01", "2026-07-31"),
    ("next month", "2026-08-01", "2026-08-31"),
    ("last month", "2026-06-01", "2026-06-30"),
    ("next three months", "2026-08-01", "2026-10-31"),
    ("last three months", "2026-04-01", "2026-06-30"),
    ("this quarter", "2026-07-01", "2026-09-30"),
    ("next quarter", "2026-10-01", "2026-12-31"),
    ("last quarter", "2026-04-01", "2026-06-30"),
    ("Q3", "2026-07-01", "2026-09-30"),
    ("this year", "2026-01-01", "2026-12-31"),
    ("year to date", "2026-01-01", "2026-06-30"),
    ("last year", "2025-01-01", "2025-12-31"),
    ("Friday", "2026-07-03", "2026-07-03"),
    ("next Friday", "2026-07-10", "2026-07-10"),
    ("last Friday", "2026-06-26", "2026-06-26"),
    ("August", "2026-08-01", "2026-08-31"),
    ("in August 2025", "2025-08-01", "2025-08-31"),
    ("3 July", "2026-07-03", "2026-07-03"),
    ("July 3rd", "2026-07-03", "2026-07-03"),
    ("03.07.2026", "2026-07-03", "2026-07-03"),
    ("2026-07-03", "2026-07-03", "2026-07-03"),
    ("the 15th", "2026-07-15", "2026-07-15"),
    ("from 6 to 12 July", "2026-07-06", "2026-07-12"),
    ("6–12 July", "2026-07-06", "2026-07-12"),
    ("between 6 July and 12 July", "2026-07-06", "2026-07-12"),
    ("week of 13 July", "2026-07-13", "2026-07-19"),
    ("week of 15 July", "2026-07-13", "2026-07-19"),
    ("week 29", "2026-07-13", "2026-07-19"),
    ("Christmas week", "2026-12-21", "2026-12-27"),
    ("Black Friday", "2026-11-27", "2026-11-27"),
    ("Easter weekend", "2027-03-27", "2027-03-28"),
]
MORE_AHEAD = [
    ("tonight", "2026-07-01", "2026-07-01"),
    ("the day after tomorrow", "2026-07-03", "2026-07-03"),
    ("rest of the month", "2026-07-01", "2026-07-31"),
    ("the coming four weeks", "2026-07-06", "2026-08-02"),
    ("next couple of weeks", "2026-07-06", "2026-07-19"),
    ("6 weeks ahead", "2026-07-06", "2026-08-16"),
    ("a 10 day forecast", "2026-07-01", "2026-07-10"),
    ("a 4-week forecast", "2026-07-06", "2026-08-02"),
    ("in 3 days", "2026-07-04", "2026-07-04"),
    ("10 days from now", "2026-07-11", "2026-07-11"),
    ("in two weeks", "2026-07-13", "2026-07-19"),
    ("July 4", "2026-07-04", "2026-07-04"),
    ("the 4th of July", "2026-07-04", "2026-07-04"),
    ("on Friday, July 3", "2026-07-03", "2026-07-03"),
    ("Friday 3 July 2026", "2026-07-03", "2026-07-03"),
    ("30 June", "2027-06-30", "2027-06-30"),
    ("on 07/03", "2026-07-03", "2026-07-03"),
    ("7/13/2026", "2026-07-13", "2026-07-13"),
    ("on 03.08.", "2026-08-03", "2026-08-03"),
    ("03.07.26", "2026-07-03", "2026-07-03"),
    ("July 6-12", "2026-07-06", "2026-07-12"),
    ("July 6 to 12, 2026", "2026-07-06", "2026-07-12"),
    ("from 6th to 12th of July", "2026-07-06", "2026-07-12"),
    ("from 28 December to 3 January", "2026-12-28", "2027-01-03"),
    ("between the 6th and the 12th", "2026-07-06", "2026-07-12"),
    ("from Monday to Friday", "2026-07-06", "2026-07-10"),
    ("Friday to Sunday", "2026-07-03", "2026-07-05"),
    ("from July to September", "2026-07-01", "2026-09-30"),
    ("Aug-Oct", "2026-08-01", "2026-10-31"),
    ("2026-07-06 to 2026-07-12", "2026-07-06", "2026-07-12"),
    ("from 2026-07-06 through 2026-07-12", "2026-07-06", "2026-07-12"),
    ("from today until Friday", "2026-07-01", "2026-07-03"),
    ("until Friday", "2026-07-01", "2026-07-03"),
    ("by Sunday", "2026-07-01", "2026-07-05"),
    ("until the end of the month", "2026-07-01", "2026-07-31"),
    ("through the end of August", "2026-07-01", "2026-08-31"),
    ("two weeks starting 13 July", "2026-07-13", "2026-07-26"),
    ("starting Monday for 10 days", "2026-07-06", "2026-07-15"),
    ("for a month from 6 July", "2026-07-06", "2026-08-05"),
    ("the weekend of 11 July", "2026-07-11", "2026-07-12"),
    ("week starting 6 July", "2026-07-06", "2026-07-12"),
    ("week ending 12 July", "2026-07-06", "2026-07-12"),
    ("calendar week 30", "2026-07-20", "2026-07-26"),
    ("week 2", "2027-01-11", "2027-01-17"),
    ("fourth quarter", "2026-10-01", "2026-12-31"),
    ("H2 2026", "2026-07-01", "2026-12-31"),
    ("the first half of August", "2026-08-01", "2026-08-15"),
    ("first Monday of August", "2026-08-03", "2026-08-03"),
    ("the last week of July", "2026-07-27", "2026-08-02"),
    ("in May", "2027-05-01", "2027-05-31"),
    ("May 2027", "2027-05-01", "2027-05-31"),
    ("next August", "2026-08-01", "2026-08-31"),
    ("on Sun", "2026-07-05", "2026-07-05"),
    ("Thanksgiving week", "2026-11-23", "2026-11-29"),
    ("Labor Day weekend", "2026-09-05", "2026-09-06"),
    ("Cyber Monday", "2026-11-30", "2026-11-30"),
    ("New Year's Eve", "2026-12-31", "2026-12-31"),
    ("the week of Christmas", "2026-12-21", "2026-12-27"),
    ("coming Saturday", "2026-07-04", "2026-07-04"),
    ("this Saturday", "2026-07-04", "2026-07-04"),
    ("Saturday next week", "2026-07-11", "2026-07-11"),
    ("the 15th of next month", "2026-08-15", "2026-08-15"),
    ("wednesday", "2026-07-08", "2026-07-08"),
]
MORE_BEHIND = [
    ("Friday", "2026-06-26", "2026-06-26"),
    ("Wednesday", "2026-06-24", "2026-06-24"),
    ("August", "2025-08-01", "2025-08-31"),
    ("June", "2026-06-01", "2026-06-30"),
    ("in May", "2026-05-01", "2026-05-31"),
    ("3 July", "2025-07-03", "2025-07-03"),
    ("28 June", "2026-06-28", "2026-06-28"),
    ("the 15th", "2026-06-15", "2026-06-15"),
    ("since June", "2026-06-01", "2026-06-30"),
    ("since Monday", "2026-06-29", "2026-06-30"),
    ("since 2025", "2025-01-01", "2026-06-30"),
    ("since the beginning of the year", "2026-01-01", "2026-06-30"),
    ("since Easter", "2026-04-05", "2026-06-30"),
    ("from March to May", "2026-03-01", "2026-05-31"),
    ("from June 1 until yesterday", "2026-06-01", "2026-06-30"),
    ("week 20", "2026-05-11", "2026-05-17"),
    ("week 40", "2025-09-29", "2025-10-05"),
    ("Q2", "2026-04-01", "2026-06-30"),
    ("Q4", "2025-10-01", "2025-12-31"),
    ("Q3 last year", "2025-07-01", "2025-09-30"),
    ("last year's Q1", "2025-01-01", "2025-03-31"),
    ("in 2025", "2025-01-01", "2025-12-31"),
    ("3 days ago", "2026-06-28", "2026-06-28"),
    ("the month before last", "2026-05-01", "2026-05-31"),
    ("last 12 months", "2025-07-01", "2026-06-30"),
    ("the last 12 weeks", "2026-04-06", "2026-06-28"),
    ("over the past six weeks", "2026-05-18", "2026-06-28"),
    ("a month ago", "2026-06-01", "2026-06-30"),
    ("Christmas", "2025-12-25", "2025-12-25"),
    ("last Christmas", "2025-12-25", "2025-12-25"),
    ("Black Friday 2024", "2024-11-29", "2024-11-29"),
    ("Easter weekend", "2026-04-04", "2026-04-05"),
    ("so far this week", "2026-06-29", "2026-06-30"),
    ("YTD", "2026-01-01", "2026-06-30"),
    ("of all time", "2023-07-01", "2026-06-30"),
    ("Aug '25", "2025-08-01", "2025-08-31"),
    ("last Saturday", "2026-06-27", "2026-06-27"),
]


@pytest.mark.parametrize(("words", "start", "end"), CONTRACT + MORE_AHEAD)
def test_words_that_look_ahead(words, start, end):
    assert read(f"how much will we sell {words}?") == [(start, end)]


@pytest.mark.parametrize(("words", "start", "end"), MORE_BEHIND)
def test_words_that_look_back(words, start, end):
    assert read(f"what did we sell {words}?", BEHIND) == [(start, end)]


@pytest.mark.parametrize(
    "words",
    [
        "month to date",
        "so far this quarter",
        "30 February",
        "2026-02-30",
        "on 31.06.2026",
        "31 June",
        "29 February",
        "13/07/2026",
        "from 12 to 6 July",
        "from 12 July to 6 July",
        "2026-07-12 to 2026-07-06",
        "Friday 4 July 2026",
        "Monday, July 3",
        "starting next Monday",
        "early July",
        "the end of July",
        "in the next few weeks",
        "until last Friday",
        "week 60",
    ],
)
def test_words_that_name_no_days_are_asked_about(words):
    assert read_periods(f"forecast bagels {words}", AHEAD).unclear is not None


@pytest.mark.parametrize(
    "words",
    [
        "forecast product 7 at store 3",
        "what if we discount it by 15%?",
        "what if the price is $4.99",
        "what if the price is 3.07.",
        "top 5 products",
        "with a 90% interval",
        "sparkling water 6-pack",
        "how may I help",
        "may we march on",
        "promote GradientBoosting_v20260206",
        "approve AP-3",
        "at 1/2 price",
        "2L of milk, 500 ml of tea and 2000 units",
        "by day and by week, weekly, per month",
        "how do we do on Saturdays",
        "cold brew with budget 2000",
    ],
)
def test_other_numbers_and_words_are_not_time(words):
    assert read_periods(words, AHEAD).periods == ()
    assert read_periods(words, AHEAD).unclear is None


def test_two_periods_are_both_read():
    assert read("compare next week and the week after next") == [
        ("2026-07-06", "2026-07-12"),
        ("2026-07-13", "2026-07-19"),
    ]


def test_a_slash_date_follows_the_locale():
    assert read("on 07/03", Now(TODAY, day_first=True)) == [("2027-03-07", "2027-03-07")]


def test_weeks_start_when_the_tenant_says():
    assert read("next week", Now(TODAY, week_starts=6)) == [("2026-07-05", "2026-07-11")]


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(-400, 400))
def test_a_written_date_is_read_back(today, offset):
    day = today + timedelta(days=offset)
    for text in (
        f"{day:%Y-%m-%d}",
        f"{day.day} {day:%B} {day.year}",
        f"{day:%A}, {day:%B} {day.day}, {day.year}",
    ):
        assert read(f"on {text}", Now(today)) == [(day.isoformat(), day.isoformat())]


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text):
    for now in (AHEAD, BEHIND):
        for period in read_periods(text, now).periods:
            assert period.start <= period.end
