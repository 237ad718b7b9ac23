"""German is data alone: times, figures and shorthand as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.languages import language
from agent.languages.numbers import number
from agent.planner.comparing import read_compared
from agent.planner.details import read_details
from agent.planner.periods import Direction, Now, read_periods
from agent.planner.shorthand import written_out

# ruff: noqa: E501 - a table reads best with one question a line

GERMAN = language("de")
TODAY = date(2026, 7, 1)  # a Wednesday
AHEAD = Now(TODAY, Direction.AHEAD, day_first=True, language=GERMAN)
BEHIND = Now(TODAY, Direction.BEHIND, day_first=True, first=date(2023, 7, 1), language=GERMAN)
MONTHS = GERMAN.table("periods")["names"]["month"]
WEEKDAYS = GERMAN.table("periods")["names"]["weekday"]


def read(text, now=AHEAD):
    reading = read_periods(text, now)
    assert reading.unclear is None, reading.unclear
    return [(period.start.isoformat(), period.end.isoformat()) for period in reading.periods]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("heute", "2026-07-01", "2026-07-01"),
        ("übermorgen", "2026-07-03", "2026-07-03"),
        ("diese Woche", "2026-06-29", "2026-07-05"),
        ("nächste Woche", "2026-07-06", "2026-07-12"),
        ("naechste Woche", "2026-07-06", "2026-07-12"),
        ("für den Rest der Woche", "2026-07-01", "2026-07-05"),
        ("übernächste Woche", "2026-07-13", "2026-07-19"),
        ("in den nächsten 10 Tagen", "2026-07-01", "2026-07-10"),
        ("in den nächsten zwei Wochen", "2026-07-06", "2026-07-19"),
        ("am Wochenende", "2026-07-04", "2026-07-05"),
        ("nächstes Wochenende", "2026-07-11", "2026-07-12"),
        ("in den nächsten drei Monaten", "2026-08-01", "2026-10-31"),
        ("im 3. Quartal", "2026-07-01", "2026-09-30"),
        ("am Freitag", "2026-07-03", "2026-07-03"),
        ("nächsten Freitag", "2026-07-10", "2026-07-10"),
        ("im August", "2026-08-01", "2026-08-31"),
        ("am 3. Juli", "2026-07-03", "2026-07-03"),
        ("am 3.7.", "2026-07-03", "2026-07-03"),
        ("am 15.", "2026-07-15", "2026-07-15"),
        ("vom 6. bis 12. Juli", "2026-07-06", "2026-07-12"),
        ("6.-12.7.", "2026-07-06", "2026-07-12"),
        ("in der Woche vom 15. Juli", "2026-07-13", "2026-07-19"),
        ("in KW 29", "2026-07-13", "2026-07-19"),
        ("in der Weihnachtswoche", "2026-12-21", "2026-12-27"),
        ("am Osterwochenende", "2027-03-27", "2027-03-28"),
        ("bis Ende August", "2026-07-01", "2026-08-31"),
        ("von Mo-Fr nächste Woche", "2026-07-06", "2026-07-10"),
    ],
)
def test_german_words_that_look_ahead(words, start, end):
    assert read(f"wie viel verkaufen wir {words}?") == [(start, end)]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("gestern", "2026-06-30", "2026-06-30"),
        ("letzte Woche", "2026-06-22", "2026-06-28"),
        ("vor zwei Wochen", "2026-06-15", "2026-06-21"),
        ("in den letzten 30 Tagen", "2026-06-01", "2026-06-30"),
        ("im letzten Monat", "2026-06-01", "2026-06-30"),
        ("seit Jahresbeginn", "2026-01-01", "2026-06-30"),
        ("seit dem 15.", "2026-06-15", "2026-06-30"),
        ("im Juni 2025", "2025-06-01", "2025-06-30"),
        ("vorletzte Woche", "2026-06-15", "2026-06-21"),
        ("in der Vorwoche", "2026-06-22", "2026-06-28"),
        ("im Vormonat", "2026-06-01", "2026-06-30"),
        ("im Vorjahr", "2025-01-01", "2025-12-31"),
        ("am Montag", "2026-06-29", "2026-06-29"),
        ("in Q4 letzten Jahres", "2025-10-01", "2025-12-31"),
        ("von Januar bis März", "2026-01-01", "2026-03-31"),
    ],
)
def test_german_words_that_look_back(words, start, end):
    assert read(f"was haben wir {words} verkauft?", BEHIND) == [(start, end)]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("am 30. Februar", "gibt es nicht"),
        ("am Montag, 3. Juli", "ist ein Freitag"),
        ("vom 12. bis 6. Juli", "nach dem Ende"),
        ("Mitte Juli", "Welche Tage"),
        ("in den nächsten paar Tagen", "Wie viele"),
        ("ab Montag", "Bis zu welchem Tag"),
    ],
)
def test_german_words_that_name_no_days_are_asked_about_in_german(words, why):
    assert why in read_periods(f"prognose {words}", AHEAD).unclear.message


@pytest.mark.parametrize("words", ["guten morgen", "so viel", "der 6er-pack", "zu 2,99 €"])
def test_other_german_words_are_not_time(words):
    assert read_periods(words, AHEAD).periods == ()


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(-400, 400))
def test_a_day_is_read_back_however_german_writes_it(today, offset):
    day = today + timedelta(days=offset)
    month, weekday = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    for words in (
        f"{day:%d.%m.%Y}",
        f"{day.day}.{day.month}.{day:%y}",
        f"{day.day}. {day.month}. {day.year}",
        f"{day.day}. {month} {day.year}",
        f"{day.day} {month[:3]} {day.year}",
        f"{weekday}, den {day.day}. {month} {day.year}",
        f"{weekday[:2]} {day:%d.%m.%Y}",
        f"{day:%Y-%m-%d}",
    ):
        now = Now(today, day_first=True, language=GERMAN)
        assert read(f"am {words}", now) == [(day.isoformat(), day.isoformat())], words


@pytest.mark.parametrize(
    ("tool", "words", "expected"),
    [
        ("forecast", "mit fünfzehn prozent rabatt", {"discount_pct": 15, "measure": "discount"}),
        ("forecast", "umsatz pro filiale", {"by": "store", "measure": "revenue"}),
        ("forecast", "mit 90%-intervall", {"level": 90}),
        ("sales_history", "die drei schlechtesten produkte", {"top": 3, "order": "asc", "rank_by": "product"}),
        ("what_if", "bei 12,5 % rabatt", {"discount_pct": 12.5}),
        ("what_if", "wenn der preis auf 3,49 € steigt", {"price": 3.49}),
        ("what_if", "preis um 5 % erhöhen", {"price_up_pct": 5}),
        ("what_if", "50 cent billiger", {"price_by": -0.5}),
        ("what_if", "ohne aktion", {"promotion": False}),
        ("optimize_discount", "mehr als 30 % sind nicht drin", {"max_discount_pct": 30}),
        ("optimize_discount", "bei 20 % ist schluss", {"max_discount_pct": 20}),
        ("detect_anomalies", "schau genauer hin", {"sensitivity": "high"}),
        ("detect_anomalies", "nur noch die ganz groben", {"sensitivity": "low"}),
        ("model_history", "die letzten modelle, drei reichen", {"limit": 3}),
        ("optimize_discount", "höchstens 30 %, budget von 2.000 €", {"max_discount_pct": 30, "budget": 2000}),
        ("counterfactual", "wie kommen wir auf 1.200 stück", {"target_units": 1200}),
        ("plan_inventory", "lieferzeit zwei wochen, noch 40 übrig", {"lead_time_days": 14, "on_hand": 40}),
        ("list_alerts", "bestätigte warnungen", {"status": "acknowledged"}),
        ("record_decision", "rc-2 nicht, zu riskant", {"recommendation_id": "RC-2", "decision": "rejected", "reason_at": (12, 22)}),
        ("record_decision", "rc-2 nehmen wir", {"recommendation_id": "RC-2", "decision": "accepted"}),
    ],
)  # fmt: skip
def test_german_words_become_arguments(tool, words, expected):
    assert read_details(tool, written_out(words, GERMAN), GERMAN) == expected


@pytest.mark.parametrize(
    ("words", "compare_to"),
    [
        ("umsatz letzte woche im vergleich zum vorjahr", "last_year"),
        ("absatz letzte woche gegenüber der vorwoche", "previous_period"),
        ("vergleiche juni mit mai", "previous_period"),
        ("umsatz mai und vormonat", "previous_period"),
        ("umsatz im vormonat", None),
        ("umsatz letzte woche", None),
    ],
)
def test_a_german_comparison_is_read(words, compare_to):
    assert read_compared(words, BEHIND, can_compare=True).compare_to == compare_to


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", 1234.5),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("2.500", 2500),
        ("fünfzehn", 15),
        ("einundzwanzig", 21),
        ("zweihundertfünfzig", 250),
        ("zwölf", 12),
        ("dreitausend", 3000),
    ],
)
def test_a_number_in_german_is_read(text, value):
    assert number(text, GERMAN) == value


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("prog 7 nächste woche", "prognose produkt 7 nächste woche"),
        ("donerstag", "donnerstag"),
        ("nächste woche", "nächste woche"),
        ("letzen monat", "letzten monat"),
        ("milch für 99 ct", "milch für 0.99 €"),
        (
            "umsatz letzte woche und prognose für diese",
            "umsatz letzte woche und prognose für diese woche",
        ),
        ("die ersten beiden juliwochen", "die ersten zwei wochen im juli"),
    ],
)
def test_german_shorthand_is_written_out(typed, meant):
    assert written_out(typed, GERMAN) == meant
