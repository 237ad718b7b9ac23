"""How people ask who leads, and what past sales are set beside; today is Wednesday 2026-07-01."""

# ruff: noqa: E501 - a table reads best with one question a line

from dataclasses import replace

import pytest

from agent.languages import language
from tests.agent.conversing import HARBOR_CONTEXT, calls_of

GERMAN = replace(
    HARBOR_CONTEXT, language=language("de"), style=HARBOR_CONTEXT.style.speaking("de", 0)
)
MAY = {"start": "2026-05-01", "end": "2026-05-31"}
JUNE = {"start": "2026-06-01", "end": "2026-06-30"}
THIS_YEAR = {"start": "2026-01-01", "end": "2026-06-30"}
FIRST = {"group_by": "product", "top": 1}
YEAR_AGO = {"compare_to": "last_year"}
BEFORE = {"compare_to": "previous_period"}

ENGLISH_ONES = [
    ("What's been our number one seller at the Airport since the start of the year?", {"store": "3", **FIRST, **THIS_YEAR}),
    ("which product tops the list at Lakeside this year so far", {"store": "5", **FIRST, **THIS_YEAR}),
    ("our bestseller in June?", {**FIRST, **JUNE}),
    ("biggest earner in Household in June", {"category": "Household", "measure": "revenue", **FIRST, **JUNE}),
    ("Put sourdough units for week 24 and week 25 side by side.", {"product": "5", "start": "2026-06-15", "end": "2026-06-21", **BEFORE}),
    ("Riverside: dollars in June against the same month last year", {"store": "1", "measure": "revenue", **JUNE, **YEAR_AGO}),
    ("For the board pack: total revenue 2025, please.", {"measure": "revenue", "start": "2025-01-01", "end": "2025-12-31"}),
    ("Where does Riverside stand in takings, year to date?", {"store": "1", "measure": "revenue", **THIS_YEAR}),
    ("what did hillcrest take on saturday? till report is missing", {"store": "4", "measure": "revenue", "start": "2026-06-27", "end": "2026-06-27"}),
    ("who sold the most croissants in June", {"product": "6", "group_by": "store", "top": 1, **JUNE}),
    ("how did each of the dairy products do in June", {"category": "Dairy", "group_by": "product", **JUNE}),
    ("show me the products of Bakery by revenue, June", {"category": "Bakery", "measure": "revenue", "group_by": "product", **JUNE}),
    ("what did Lakeside take in June?", {"store": "5", "measure": "revenue", **JUNE}),
    ("compare june's bakery units with june a year earlier", {"category": "Bakery", **YEAR_AGO, **JUNE}),
    ("is June better than last June for strawberries?", {"product": "14", **YEAR_AGO, **JUNE}),
    ("orange juice sales in june, last year for comparison", {"product": "2", **YEAR_AGO, **JUNE}),
    ("orange juice sales, june, with the previous month next to it", {"product": "2", **BEFORE, **JUNE}),
    ("top ten products in June by revenue with last year's figures beside them", {"group_by": "product", "top": 10, "measure": "revenue", **YEAR_AGO, **JUNE}),
    ("how has the Airport been selling in June vs last, avocado", {"product": "13", "store": "3", **BEFORE, **JUNE}),
    ("what did people actually pay for a block of cheddar on average in June?", {"product": "11", "measure": "price", **JUNE}),
    ("top three bakery items by units since the new year", {"category": "Bakery", "group_by": "product", "top": 3, **THIS_YEAR}),
    ("which category grew most in June versus May", {"group_by": "category", **BEFORE, **JUNE}),
    ("June units for dairy, sorted from best to worst", {"category": "Dairy", "group_by": "product", **JUNE}),
    ("categories in June, lowest revenue first", {"group_by": "category", "measure": "revenue", "order": "asc", **JUNE}),
    ("how do the first ten days of June compare with the last ten days of May, milk", {"product": "9", **BEFORE, "start": "2026-06-01", "end": "2026-06-10"}),
    ("store ranking by avocado units, June", {"product": "13", "group_by": "store", **JUNE}),
    ("How did croissants in May compare with May of the previous year?", {"product": "6", **YEAR_AGO, **MAY}),
    ("How much did croissants bring in in May, and how does that compare with May last year?", {"product": "6", "measure": "revenue", **YEAR_AGO, **MAY}),
    ("How much milk was sold in May, all shops together, and how that compares with April?", {"product": "9", **BEFORE, **MAY}),
    ("Was June's cheddar revenue higher or lower than in the month before?", {"product": "11", "measure": "revenue", **BEFORE, **JUNE}),
    ("Riverside takings, past 30 days against the 30 days before that", {"store": "1", "measure": "revenue", **BEFORE, **JUNE}),
]  # fmt: skip
GERMAN_ONES = [
    ("Was war im Juni unser Spitzenreiter bei den Snacks?", {"category": "Snacks", **FIRST, **JUNE}),
    ("Wer hat im Juni am meisten Avocados verkauft?", {"product": "13", "group_by": "store", "top": 1, **JUNE}),
    ("Welche drei Artikel brachten im Juni den geringsten Umsatz?", {"measure": "revenue", "group_by": "product", "top": 3, "order": "asc", **JUNE}),
    ("Die Artikel der Bakery nach Umsatz im Juni", {"category": "Bakery", "measure": "revenue", "group_by": "product", **JUNE}),
    ("Juni-Umsatz, Vorjahr daneben", {"measure": "revenue", **YEAR_AGO, **JUNE}),
    ("Vergleiche den Juni bei Backwaren mit dem Juni ein Jahr zuvor", {"category": "Bakery", **YEAR_AGO, **JUNE}),
    ("Wie viel Kasse haben die einzelnen Läden im Juni mit Bananen gemacht?", {"product": "16", "measure": "revenue", "group_by": "store", **JUNE}),
    ("Welche Kategorie ist im Juni gegenüber Mai am stärksten gewachsen?", {"group_by": "category", **BEFORE, **JUNE}),
    ("Filialen nach Umsatz im Juni, schlechteste zuerst", {"measure": "revenue", "group_by": "store", "order": "asc", **JUNE}),
    ("Wie viele Croissants gingen im Mai weg, und wie vergleicht sich das mit Mai letzten Jahres?", {"product": "6", **YEAR_AGO, **MAY}),
    ("War der Cheddar-Umsatz im Juni höher oder niedriger als im Monat davor?", {"product": "11", "measure": "revenue", **BEFORE, **JUNE}),
    ("Umsatz 2025 insgesamt", {"measure": "revenue", "start": "2025-01-01", "end": "2025-12-31"}),
    ("Croissants KW 24 und KW 25 nebeneinander", {"product": "6", "start": "2026-06-15", "end": "2026-06-21", **BEFORE}),
    ("Bagels im Juni Woche um Woche", {"product": "7", "group_by": "week", **JUNE}),
    ("Wo steht Riverside im Juni beim Umsatz?", {"store": "1", "measure": "revenue", **JUNE}),
    ("Was hat der Flughafen im Juni umgesetzt?", {"store": "3", "measure": "revenue", **JUNE}),
]  # fmt: skip


@pytest.mark.parametrize(("words", "arguments"), ENGLISH_ONES)
def test_a_question_about_past_sales_becomes_this_call(words, arguments):
    assert calls_of(words) == [("sales_history", arguments)]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("bananas in April, May and June: units for each month", "2026-04-01", "2026-06-30"),
        ("units of bananas by month for May and June", "2026-05-01", "2026-06-30"),
        ("bananas, weekly units, week 24 and week 25", "2026-06-08", "2026-06-21"),
    ],
)
def test_months_in_a_row_that_are_split_by_month_are_one_call(words, start, end):
    (called,) = calls_of(words)

    assert (called[1]["start"], called[1]["end"]) == (start, end)


def test_all_of_them_lined_up_are_those_that_are_asked_for():
    words = "which category brought least money last month, all of them lined up lowest first"

    by_category = {"group_by": "category", "measure": "revenue", "order": "asc"}
    assert calls_of(words) == [("sales_history", by_category | JUNE)]


@pytest.mark.parametrize(("words", "arguments"), GERMAN_ONES)
def test_a_german_question_about_past_sales_becomes_this_call(words, arguments):
    assert calls_of(words, context=GERMAN) == [("sales_history", arguments)]


@pytest.mark.parametrize("words", ["average sales per item in June", "how much per item in June?"])
def test_what_is_told_per_item_is_no_price(words):
    june = {"start": "2026-06-01", "end": "2026-06-30"}

    assert calls_of(words) == [("sales_history", {"group_by": "product", **june})]
