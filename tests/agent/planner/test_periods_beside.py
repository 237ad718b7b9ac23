"""What words beside a day or a span make of it, in every language; today is 2026-07-01."""

from datetime import date

import pytest

from agent.languages import language
from agent.planner.entities import read_names
from agent.planner.periods import Direction, Now, places_of_time, read_periods
from tests.tools.harbor import HARBOR

AHEAD, BEHIND = Direction.AHEAD, Direction.BEHIND


@pytest.mark.parametrize(
    ("code", "direction", "words", "start", "end"),
    [
        ("en", BEHIND, "the week after easter", "2026-04-06", "2026-04-12"),
        ("en", BEHIND, "the weekend after easter", "2026-04-11", "2026-04-12"),
        ("en", AHEAD, "the week before christmas", "2026-12-14", "2026-12-20"),
        ("de", BEHIND, "die woche nach ostern", "2026-04-06", "2026-04-12"),
        ("de", AHEAD, "die woche vor weihnachten", "2026-12-14", "2026-12-20"),
        ("en", BEHIND, "h1 so far", "2026-01-01", "2026-06-30"),
        ("en", BEHIND, "2026 so far", "2026-01-01", "2026-06-30"),
        ("en", BEHIND, "the year so far", "2026-01-01", "2026-06-30"),
        ("de", BEHIND, "2026 bisher", "2026-01-01", "2026-06-30"),
        ("de", BEHIND, "seit jahresanfang", "2026-01-01", "2026-06-30"),
        ("de", BEHIND, "seit anfang des jahres", "2026-01-01", "2026-06-30"),
        ("en", BEHIND, "the fortnight to june 14", "2026-06-01", "2026-06-14"),
        ("en", BEHIND, "the two weeks before june 14", "2026-05-31", "2026-06-13"),
        ("de", BEHIND, "in den zwei wochen vor dem 14. juni", "2026-05-31", "2026-06-13"),
        ("de", BEHIND, "in den 10 tagen bis zum 14. juni", "2026-06-05", "2026-06-14"),
        ("en", BEHIND, "in the first half", "2026-01-01", "2026-06-30"),
        ("en", BEHIND, "since the start of q2", "2026-04-01", "2026-06-30"),
        ("de", BEHIND, "seit anfang q2", "2026-04-01", "2026-06-30"),
        ("en", BEHIND, "the best week of the year", "2026-01-01", "2026-12-31"),
        ("de", BEHIND, "die beste woche des jahres", "2026-01-01", "2026-12-31"),
        ("en", BEHIND, "since the beginning of 2025", "2025-01-01", "2026-06-30"),
        ("de", BEHIND, "seit anfang 2025", "2025-01-01", "2026-06-30"),
        ("en", BEHIND, "from easter monday to whit monday", "2026-04-06", "2026-05-25"),
        ("en", AHEAD, "next weekend but one", "2026-07-18", "2026-07-19"),
        ("en", AHEAD, "saturday week", "2026-07-11", "2026-07-11"),
        ("en", AHEAD, "a week on friday", "2026-07-10", "2026-07-10"),
        ("en", AHEAD, "the back half of july", "2026-07-16", "2026-07-31"),
        ("de", AHEAD, "zweite julihälfte", "2026-07-16", "2026-07-31"),
        ("de", AHEAD, "erste augustwoche", "2026-07-27", "2026-08-02"),
        ("en", AHEAD, "tomorrow and the day after", "2026-07-02", "2026-07-03"),
        ("en", AHEAD, "the final quarter", "2026-10-01", "2026-12-31"),
        ("de", AHEAD, "das schlussquartal", "2026-10-01", "2026-12-31"),
        ("en", AHEAD, "next year q1", "2027-01-01", "2027-03-31"),
        ("en", BEHIND, "last year's first half", "2025-01-01", "2025-06-30"),
        ("de", BEHIND, "letztes jahr im dritten quartal", "2025-07-01", "2025-09-30"),
        ("de", BEHIND, "letztes jahr im august", "2025-08-01", "2025-08-31"),
        ("de", BEHIND, "letztes jahr im ersten halbjahr", "2025-01-01", "2025-06-30"),
        ("de", BEHIND, "vom 24. bis 26.", "2026-06-24", "2026-06-26"),
        ("de", AHEAD, "ab 10. bis zum 15.", "2026-07-10", "2026-07-15"),
        ("de", AHEAD, "zwischen dem 10. und dem 15.", "2026-07-10", "2026-07-15"),
        ("de", BEHIND, "seit dem 20.", "2026-06-20", "2026-06-30"),
    ],
)
def test_the_words_beside_a_time_say_which_days_are_meant(code, direction, words, start, end):
    now = Now(date(2026, 7, 1), direction, language=language(code))

    reading = read_periods(words, now)

    assert reading.unclear is None
    days = [(one.start.isoformat(), one.end.isoformat()) for one in reading.periods]
    assert days == [(start, end)]


def test_what_has_not_begun_is_not_cut_short():
    now = Now(date(2026, 7, 1), AHEAD)

    (quarter,) = read_periods("q4 so far", now).periods

    assert (quarter.start, quarter.end) == (date(2026, 10, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("en", "croissant sales in ISO week 24"),
        ("en", "boxing day sales at Lakeside"),
        ("de", "Umsatz seit Jahresanfang, monatlich"),
        ("de", "Prognose Schlussquartal"),
    ],
)
def test_words_about_time_are_no_unknown_names(code, sentence):
    names = read_names(sentence, HARBOR, words=language(code))

    assert names.unknown == ()


def test_where_time_is_spoken_of_does_not_depend_on_the_day():
    assert places_of_time("milk on boxing day", language("en")) == [(8, 18)]
    assert places_of_time("milk on the 31st of june", language("en")) == []
