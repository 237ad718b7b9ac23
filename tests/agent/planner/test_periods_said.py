"""Any day, however it is said; and what people say beside the table of the contract."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.languages import language
from agent.planner.periods import Direction, Now, read_periods

TODAY = date(2026, 7, 1)  # a Wednesday
AHEAD = Now(TODAY, Direction.AHEAD)
BEHIND = Now(TODAY, Direction.BEHIND, first=date(2023, 7, 1))
SUFFIXES = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def read(text, now=AHEAD):
    reading = read_periods(text, now)
    assert reading.unclear is None, reading.unclear
    return [(period.start.isoformat(), period.end.isoformat()) for period in reading.periods]


def nth(day):
    return f"{day.day}{SUFFIXES.get(day.day, 'th')}"


WAYS = [
    lambda d: f"{d:%Y-%m-%d}",
    lambda d: f"{d:%Y/%m/%d}",
    lambda d: f"{d:%d.%m.%Y}",
    lambda d: f"{d.day}.{d.month}.{d:%y}",
    lambda d: f"{d:%m/%d/%Y}",
    lambda d: f"{d.month}/{d.day}/{d:%y}",
    lambda d: f"{d:%m-%d-%Y}",
    lambda d: f"{d.day} {d:%B} {d.year}",
    lambda d: f"{d:%B} {d.day}, {d.year}",
    lambda d: f"the {nth(d)} of {d:%B} {d.year}",
    lambda d: f"{d:%B} {nth(d)} {d.year}",
    lambda d: f"{d:%b}. {d.day}, {d.year}",
    lambda d: f"{d.day}-{d:%b}-{d.year}",
    lambda d: f"{d:%A} {d.day} {d:%B} {d.year}",
    lambda d: f"{d:%a}, {d:%b} {nth(d)}, {d.year}",
    lambda d: f"{d:%A} the {nth(d)} of {d:%B}, {d.year}",
]


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(-400, 400))
def test_a_day_is_read_back_however_it_is_written(today, offset):
    day = today + timedelta(days=offset)
    for way in WAYS:
        for now in (Now(today), Now(today, Direction.BEHIND)):
            assert read(f"on {way(day)}", now) == [(day.isoformat(), day.isoformat())], way(day)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 40), st.integers(0, 60))
def test_a_range_is_read_back_however_it_is_joined(today, offset, days):
    start = today + timedelta(days=offset)
    end = start + timedelta(days=days)
    for words in (
        f"from {start:%Y-%m-%d} to {end:%Y-%m-%d}",
        f"{start:%d.%m.%Y} - {end:%d.%m.%Y}",
        f"between {start:%B} {start.day}, {start.year} and {end:%B} {end.day}, {end.year}",
        f"{start.day} {start:%b} {start.year} through {end.day} {end:%b} {end.year}",
        f"from {start:%m/%d/%Y} until {end:%m/%d/%Y}",
    ):
        assert read(words, Now(today)) == [(start.isoformat(), end.isoformat())], words


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 300), st.integers(1, 6))
def test_a_weekday_that_contradicts_its_date_is_asked_about(today, offset, wrong_by):
    day = today + timedelta(days=offset)
    wrong = day + timedelta(days=wrong_by)
    for words in (f"{wrong:%A}, {day:%B} {day.day}, {day.year}", f"{wrong:%a} {day:%Y-%m-%d}"):
        assert read_periods(f"on {words}", Now(today)).unclear is not None, words


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(1, 200))
def test_a_start_after_its_end_is_asked_about(end, days):
    start = end + timedelta(days=days)

    assert read_periods(f"from {start} to {end}", AHEAD).unclear is not None


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("this coming weekend", "2026-07-04", "2026-07-05"),
        ("this coming week", "2026-07-06", "2026-07-12"),
        ("next full month", "2026-08-01", "2026-08-31"),
        ("Mon-Fri next week", "2026-07-06", "2026-07-10"),
        ("from Thursday to Saturday next week", "2026-07-09", "2026-07-11"),
        ("next week Friday", "2026-07-10", "2026-07-10"),
        ("Friday the 3rd", "2026-07-03", "2026-07-03"),
        ("by the 15th", "2026-07-01", "2026-07-15"),
        ("2026 Q3", "2026-07-01", "2026-09-30"),
        ("Q3/26", "2026-07-01", "2026-09-30"),
        ("next year's Q1", "2027-01-01", "2027-03-31"),
        ("4th of July weekend", "2026-07-04", "2026-07-05"),
        ("w/c 13 July", "2026-07-13", "2026-07-19"),
        ("w/e 12 July", "2026-07-06", "2026-07-12"),
        ("between now and Friday", "2026-07-01", "2026-07-03"),
        ("all of next week", "2026-07-06", "2026-07-12"),
        ("next 7d", "2026-07-01", "2026-07-07"),
        ("the twenty-first of July", "2026-07-21", "2026-07-21"),
        ("07/2026", "2026-07-01", "2026-07-31"),
        ("by eom", "2026-07-01", "2026-07-31"),
        ("the first ten days of August", "2026-08-01", "2026-08-10"),
        ("rest of July", "2026-07-01", "2026-07-31"),
        ("7/6 - 7/12", "2026-07-06", "2026-07-12"),
        ("7/5", "2026-07-05", "2026-07-05"),
        ("weeks 29 to 30", "2026-07-13", "2026-07-26"),
        ("last week of the month", "2026-07-27", "2026-08-02"),
        ("from Friday to Wednesday", "2026-07-03", "2026-07-08"),
        ("in the first two weeks of August", "2026-08-01", "2026-08-14"),
        ("in the 2nd half of July", "2026-07-16", "2026-07-31"),
        ("for the rest of year", "2026-07-01", "2026-12-31"),
        ("for the remainder of 2026", "2026-07-01", "2026-12-31"),
        ("in the week ahead", "2026-07-06", "2026-07-12"),
        ("in the week that starts on 20 July", "2026-07-20", "2026-07-26"),
        ("in the week which ends on 19 July", "2026-07-13", "2026-07-19"),
        ("the weekend after this one", "2026-07-11", "2026-07-12"),
        ("in the week after the next one", "2026-07-13", "2026-07-19"),
        ("the month following this month", "2026-08-01", "2026-08-31"),
    ],
)
def test_neighbours_of_the_table_that_look_ahead(words, start, end):
    assert read(f"how much will we sell {words}?") == [(start, end)]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("this past weekend", "2026-06-27", "2026-06-28"),
        ("the past Friday", "2026-06-26", "2026-06-26"),
        ("L7D", "2026-06-24", "2026-06-30"),
        ("trailing 12 months", "2025-07-01", "2026-06-30"),
        ("last week Friday", "2026-06-26", "2026-06-26"),
        ("last full month", "2026-06-01", "2026-06-30"),
        ("all of 2025", "2025-01-01", "2025-12-31"),
        ("last night", "2026-06-30", "2026-06-30"),
        ("on 14.6.", "2026-06-14", "2026-06-14"),
        ("in the first six months of 2026", "2026-01-01", "2026-06-30"),
        ("last year in June", "2025-06-01", "2025-06-30"),
        ("in June so far", "2026-06-01", "2026-06-30"),
        ("dec-feb", "2025-12-01", "2026-02-28"),
        ("6/1/26-6/15/26", "2026-06-01", "2026-06-15"),
        ("in the week before this one", "2026-06-22", "2026-06-28"),
        ("the week before the last one", "2026-06-15", "2026-06-21"),
    ],
)
def test_neighbours_of_the_table_that_look_back(words, start, end):
    assert read(f"what did we sell {words}?", BEHIND) == [(start, end)]


@pytest.mark.parametrize(
    "words",
    [
        "Friday the 13th",
        "mid-August",
        "this summer",
        "next 48 hours",
        "the next 2 weekends",
        "on the 32nd",
        "week 54 of 2026",
        "weeks 30 to 29",
        "around July",
        "the next 9999 years",
        "for 9999 years",
        "for the last 0 days of July",
        "the first 20 months of 2026",
        "fall 2026",
    ],
)
def test_what_names_no_definite_days_is_asked_about(words):
    assert read_periods(f"forecast bagels {words}", AHEAD).unclear is not None


ENGLISH = """
last next this weekend may sat q3 h2 week of from to until since 7/4 31.12. 29 feb friday the 3rd
first two months days 2026 in quarters zero thousand 9999 and year ago rest - , ? 12 ever
"""
GERMAN = """
letzte nächste diese wochenende mai so q3 woche vom bis seit 7.4. 31.12. 29 februar freitag den 3.
erste zwei monaten tagen 2026 im quartal tausend 9999 und vor einem jahr kw 53 ende - , ?
"""


@pytest.mark.parametrize(("code", "words"), [("en", ENGLISH), ("de", GERMAN)])
@given(st.data())
def test_no_heap_of_words_about_time_breaks_the_reader(code, words, data):
    text = " ".join(data.draw(st.lists(st.sampled_from(words.split()), max_size=9)))
    for direction in Direction:
        now = Now(TODAY, direction, first=date(2023, 7, 1), language=language(code))
        for period in read_periods(text, now).periods:
            assert period.start <= period.end
