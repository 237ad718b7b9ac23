"""Words around a question that change what is shown, or change nothing; today is 2026-07-01."""

# ruff: noqa: E501 - a table reads best with one question a line

from dataclasses import replace

import pytest

from agent.languages import language
from agent.planner.drafts import Ask
from tests.agent.conversing import HARBOR_CONTEXT, calls_of, steps_of

GERMAN = replace(
    HARBOR_CONTEXT, language=language("de"), style=HARBOR_CONTEXT.style.speaking("de", 0)
)
JUNE = {"start": "2026-06-01", "end": "2026-06-30"}
LAST_WEEK = {"start": "2026-06-22", "end": "2026-06-28"}
NEXT_WEEK = {"start": "2026-07-06", "end": "2026-07-12"}
AUGUST = {"start": "2026-08-01", "end": "2026-08-31"}

TOLD = [
    # All stores together says nothing about weeks.
    ("Paper towels for August, week by week please, all stores together.", "forecast", {"product": "21", "granularity": "week", **AUGUST}),
    ("August revenue of dairy, all shops combined, per day", "forecast", {"category": "Dairy", "measure": "revenue", "granularity": "day", **AUGUST}),
    ("the August forecast for beverages, split into weeks", "forecast", {"category": "Beverages", "granularity": "week", **AUGUST}),
    # What goes deepest or is dearest is ranked by it.
    ("Which five items carried the deepest average discount in June?", "sales_history", {"measure": "discount", "group_by": "product", "top": 5, **JUNE}),
    ("What were the three most expensive products in June?", "sales_history", {"measure": "price", "group_by": "product", "top": 3, **JUNE}),
    ("June discount depth by store, all products", "sales_history", {"measure": "discount", "group_by": "store", **JUNE}),
    # Times of the day count nothing.
    ("Before the 9 o'clock: last week's units by store, lowest first", "sales_history", {"group_by": "store", "order": "asc", **LAST_WEEK}),
    ("I have a call at 10:30, give me last week's units by store", "sales_history", {"group_by": "store", **LAST_WEEK}),
    # Days after "all stores" are no stores.
    ("What would 25 percent off almonds do, all stores, 6–12 July?", "what_if", {"product": "19", "discount_pct": 25, **NEXT_WEEK}),
    ("bananas in all shops, 22 to 28 June", "sales_history", {"product": "16", **LAST_WEEK}),
    # A percentage off the regular price takes something off.
    ("Forecast strawberries at Riverside next week with 20% off the regular price", "forecast", {"product": "14", "store": "1", "discount_pct": 20, **NEXT_WEEK}),
    ("how was June for spinach, packs sold?", "sales_history", {"product": "15", **JUNE}),
    ("Hass avocados last week: how did the units split between the stores?", "sales_history", {"product": "13", "group_by": "store", **LAST_WEEK}),
    ("June revenue per store, next to the month before it", "sales_history", {"group_by": "store", "measure": "revenue", "compare_to": "previous_period", **JUNE}),
    ("June at Downtown was below last June, where does that come from?", "explain", {"about": "change", "store": "2", "compare_to": "last_year", **JUNE}),
    ("Green tea came in far below its forecast last week. What are the reasons?", "explain", {"about": "miss", "product": "4", **LAST_WEEK}),
    ("Household looks weak in the forecast for next week — what is the reasoning?", "explain", {"category": "Household", **NEXT_WEEK}),
    ("Help me understand the chips forecast for Hillcrest next week, I have to defend it.", "explain", {"product": "17", "store": "4", **NEXT_WEEK}),
    ("We want to sell 800 bananas next week. What would get us there?", "counterfactual", {"product": "16", "target_units": 800, **NEXT_WEEK}),
    ("Show me the audit trail of last week. Ten rows will do.", "audit_trail", {"limit": 10, **LAST_WEEK}),
    ("June dairy units per product, lowest first, five of them", "sales_history", {"category": "Dairy", "group_by": "product", "top": 5, "order": "asc", **JUNE}),
    ("Did spinach do better in the second half of June than in the first?", "sales_history", {"product": "15", "compare_to": "previous_period", "start": "2026-06-16", "end": "2026-06-30"}),
    ("The forecast for the fortnight from 20 July, bagels", "forecast", {"product": "7", "start": "2026-07-20", "end": "2026-08-02"}),
    ("Cheddar forecast for the remaining quarter", "forecast", {"product": "11", "start": "2026-07-01", "end": "2026-09-30"}),
    ("the best discount on strawberries next week, never more than 30 and at least 20 margin", "optimize_discount", {"product": "14", "max_discount_pct": 30, "min_margin_pct": 20, **NEXT_WEEK}),
    ("We went ahead with RC-2 as you proposed", "record_decision", {"recommendation_id": "RC-2", "decision": "accepted"}),
    ("Train a new one because of the new shop, and let it go live if it wins", "retrain", {"reason": "the new shop", "auto_promote": True}),
    ("How many chips did Hillcrest sell on each of the last five days?", "sales_history", {"product": "17", "store": "4", "group_by": "day", "start": "2026-06-26", "end": "2026-06-30"}),
    ("Order proposal for bananas at Hillcrest, 2 days lead, 98 service", "plan_inventory", {"product": "16", "store": "4", "lead_time_days": 2, "service_level_pct": 98}),
    ("Let's have a 50/50 test of the candidate", "start_rollout", {"kind": "ab", "traffic_pct": 50}),
    ("The forecast for trash bags next week isn't the one I saw on Friday. What happened to it?", "explain", {"about": "revision", "product": "24", **NEXT_WEEK}),
    ("Why is Lakeside behind last year in June?", "explain", {"about": "change", "store": "5", "compare_to": "last_year", **JUNE}),
    ("who got turned away by the system last week?", "audit_trail", {"outcome": "refused", **LAST_WEEK}),
]  # fmt: skip
IN_GERMAN = [
    ("Milch im August, alle Filialen zusammen, Woche für Woche", "forecast", {"product": "9", "granularity": "week", **AUGUST}),
    ("Vor dem Termin um 9 Uhr: Absatz letzte Woche nach Filialen", "sales_history", {"group_by": "store", **LAST_WEEK}),
    ("Prognose Erdbeeren nächste Woche mit 20 % Rabatt auf den normalen Preis", "forecast", {"product": "14", "discount_pct": 20, **NEXT_WEEK}),
    ("Welche drei Artikel hatten im Juni den tiefsten Rabatt?", "sales_history", {"measure": "discount", "group_by": "product", "top": 3, **JUNE}),
    ("Lief Spinat in der zweiten Junihälfte besser als in der ersten?", "sales_history", {"product": "15", "compare_to": "previous_period", "start": "2026-06-16", "end": "2026-06-30"}),
    ("Milch in jeder der letzten drei Wochen", "sales_history", {"product": "9", "group_by": "week", "start": "2026-06-08", "end": "2026-06-28"}),
    ("Wer wurde letzte Woche vom System zurückgewiesen?", "audit_trail", {"outcome": "refused", **LAST_WEEK}),
]  # fmt: skip


@pytest.mark.parametrize(("words", "tool", "arguments"), TOLD)
def test_words_around_a_question_are_read_for_what_they_change(words, tool, arguments):
    assert calls_of(words) == [(tool, arguments)]


@pytest.mark.parametrize(("words", "tool", "arguments"), IN_GERMAN)
def test_german_words_around_a_question_are_read_likewise(words, tool, arguments):
    assert calls_of(words, context=GERMAN) == [(tool, arguments)]


@pytest.mark.parametrize("words", ["milk sales from 20 June to 10 June 2026", "bagels from 5 May 2026 to 3 May 2026"])  # fmt: skip
def test_days_that_run_backwards_are_asked_about_also_where_the_year_is_said_once(words):
    (step,) = steps_of(words)

    assert isinstance(step, Ask)
    assert step.asks_for == ("start", "end")


def test_a_winter_that_ends_in_a_stated_year_begins_in_the_one_before():
    days = {"start": "2026-12-20", "end": "2027-01-10"}

    assert calls_of("forecast for milk from 20 December to 10 January 2027") == [("forecast", {"product": "9", **days})]  # fmt: skip
