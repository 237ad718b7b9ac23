"""Days told from others: by weeks from them, by a month named once, in a list."""

from datetime import date

import pytest

from agent.languages import language
from agent.planner.periods import Direction, Now, read_periods

TODAY = date(2026, 7, 1)  # a Wednesday


def read(text, code="en", *, ahead=False):
    now = Now(TODAY, Direction.AHEAD if ahead else Direction.BEHIND, language=language(code))
    reading = read_periods(text, now)
    assert reading.unclear is None, reading.unclear
    return [(f"{one.start:%m-%d}", f"{one.end:%m-%d}") for one in reading.periods]


@pytest.mark.parametrize(
    ("code", "words", "day"),
    [
        ("en", "a week ago yesterday", "06-23"),
        ("en", "two weeks ago today", "06-17"),
        ("en", "a week ago last Friday", "06-19"),
        ("en", "three Fridays ago", "06-12"),
        ("en", "two Mondays back", "06-22"),
        ("en", "a week today", "07-08"),
        ("en", "tomorrow week", "07-09"),
        ("en", "two Saturdays from now", "07-11"),
        ("de", "gestern vor einer Woche", "06-23"),
        ("de", "Freitag vor zwei Wochen", "06-12"),
        ("de", "morgen in einer Woche", "07-09"),
        ("de", "vor drei Freitagen", "06-12"),
    ],
)
def test_a_day_is_counted_in_weeks_from_another(code, words, day):
    assert read(f"x {words}", code) == [(day, day)]


def test_a_week_ago_alone_is_still_the_week():
    assert read("sales a week ago") == [("06-22", "06-28")]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "from the 6th to the 12th of next month"),
        ("en", "6th-12th of next month"),
        ("en", "next month from the 6th to the 12th"),
        ("en", "next month, 6th to 12th"),
        ("de", "vom 6. bis 12. des nächsten Monats"),
        ("de", "nächsten Monat vom 6. bis 12."),
    ],
)
def test_a_month_told_by_its_side_is_told_for_both_ends(code, words):
    assert read(f"x {words}", code, ahead=True) == [("08-06", "08-12")]


@pytest.mark.parametrize("words", ["10 and 15 off next month", "the top 5 of last month"])
def test_other_figures_beside_a_month_are_no_days_of_it(words):
    (period,) = read(words)
    assert period in [("08-01", "08-31"), ("06-01", "06-30")]


@pytest.mark.parametrize(
    ("code", "words", "days"),
    [
        ("en", "on 8 and 15 June", ["06-08", "06-15"]),
        ("en", "the 8th and the 15th of June", ["06-08", "06-15"]),
        ("en", "4, 5 and 9 June", ["06-04", "06-05", "06-09"]),
        ("en", "on the 8th and 9th", ["06-08", "06-09"]),
        ("en", "on the 3rd, 4th and 9th", ["06-03", "06-04", "06-09"]),
        ("de", "am 8. und 15. Juni", ["06-08", "06-15"]),
        ("de", "am 8., 9. und 12. Juni", ["06-08", "06-09", "06-12"]),
    ],
)
def test_days_in_a_list_are_each_a_day(code, words, days):
    assert read(words, code) == [(day, day) for day in days]


@pytest.mark.parametrize("words", ["between 8 and 15 June", "from 8 to 15 June", "8-15 June"])
def test_between_and_to_still_make_a_range(words):
    assert read(words) == [("06-08", "06-15")]


@pytest.mark.parametrize(
    ("code", "words", "days"),
    [
        ("en", "Monday to Friday of the week after next", ("07-13", "07-17")),
        ("en", "the week after next on Wednesday", ("07-15", "07-15")),
        ("en", "Tuesday of the week before last", ("06-16", "06-16")),
        ("en", "the day after Christmas", ("12-26", "12-26")),
        ("en", "the day before 4 July", ("07-03", "07-03")),
        ("en", "August's first week", ("07-27", "08-02")),
        ("en", "the closing week of August", ("08-31", "09-06")),
        ("en", "the opening week of next month", ("07-27", "08-02")),
        ("en", "August's second half", ("08-16", "08-31")),
        ("en", "the first ten days of next month", ("08-01", "08-10")),
        ("en", "the remaining days this week", ("07-01", "07-05")),
        ("en", "third-quarter units", ("07-01", "09-30")),
        ("en", "second-half sales", ("07-01", "12-31")),
        ("en", "start: 6 July, end: 12 July", ("07-06", "07-12")),
        ("de", "Montag bis Freitag der übernächsten Woche", ("07-13", "07-17")),
        ("de", "am Tag nach Weihnachten", ("12-26", "12-26")),
        ("de", "in den ersten zehn Tagen des nächsten Monats", ("08-01", "08-10")),
        ("de", "im August in der ersten Woche", ("07-27", "08-02")),
        ("de", "Beginn: 6. Juli, Ende: 12. Juli", ("07-06", "07-12")),
    ],
)
def test_parts_of_a_span_are_found_in_any_order(code, words, days):
    if words.startswith("Tuesday"):
        assert read(words, code) == [days]
    else:
        assert read(words, code, ahead=True) == [days]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "from 28 December back to 20 December 2026"),
        ("en", "start 28 June end 20 June"),
        ("de", "vom 12. Juli zurück bis 6. Juli"),
    ],
)
def test_days_told_backwards_are_asked_about(code, words):
    unclear = read_periods(words, Now(TODAY, language=language(code))).unclear

    assert unclear is not None
    assert unclear.asks_for == ("start", "end")


def test_each_day_before_a_day_is_not_the_day_before_it():
    assert read("milk each day before 4 July", ahead=True) != [("07-03", "07-03")]
