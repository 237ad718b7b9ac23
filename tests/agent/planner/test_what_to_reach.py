"""Numbers to be reached and limits to be kept, as people put them; today is 2026-07-01."""

# ruff: noqa: E501 - a table reads best with one question a line

from dataclasses import replace

import pytest

from agent.languages import language
from tests.agent.conversing import HARBOR_CONTEXT, NEXT_WEEK, calls_of

AUGUST = {"start": "2026-08-01", "end": "2026-08-31"}
GERMAN = replace(
    HARBOR_CONTEXT, language=language("de"), style=HARBOR_CONTEXT.style.speaking("de", 0)
)


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        ("We want to sell 260 muffins next week. What must we do?", {"product": "8", "target_units": 260, **NEXT_WEEK}),
        ("We must reach 260 muffins next week. What needs to happen?", {"product": "8", "target_units": 260, **NEXT_WEEK}),
        ("I need 300 sourdoughs sold in August - what would it take, keeping a margin of at least 35%?", {"product": "5", "target_units": 300, "min_margin_pct": 35, **AUGUST}),
        ("We aim for 120 granola bars next week: by how much should I cut the price?", {"product": "20", "target_units": 120, **NEXT_WEEK}),
        ("How far must I drop the price of the chips to get 300 out the door in August?", {"product": "17", "target_units": 300, **AUGUST}),
        ("sell 260 muffins next week with a margin of at least a quarter", {"product": "8", "target_units": 260, "min_margin_pct": 25, **NEXT_WEEK}),
    ],
)  # fmt: skip
def test_a_number_told_beside_the_question_is_what_to_reach(words, arguments):
    assert calls_of(words) == [("counterfactual", arguments)]


def test_a_number_told_beside_the_question_is_what_to_reach_in_german():
    said = "Wir müssen nächste Woche 260 Muffins verkaufen. Was müssen wir dafür tun?"

    assert calls_of(said, context=GERMAN) == [
        ("counterfactual", {"product": "8", "target_units": 260, **NEXT_WEEK})
    ]


@pytest.mark.parametrize(
    ("words", "tool"),
    [
        ("What must we do when a product is recalled?", "search_knowledge"),
        ("Our goal is to sell more chips. Best discount next week?", "optimize_discount"),
        ("How is the model doing?", "model_status"),
        ("How is the milk doing?", "sales_history"),
        ("Best markdown for the bakery in November if revenue is what matters, capped at thirty percent", "optimize_discount"),
        ("What discount did we run on milk last month?", "sales_history"),
    ],
)  # fmt: skip
def test_words_like_these_are_told_from_each_other(words, tool):
    assert [called for called, _ in calls_of(words)] == [tool]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("best discount for chips next week, two thousand dollar limit", {"budget": 2000}),
        ("best discount for chips next week, margin of one fifth", {"min_margin_pct": 20}),
        ("best discount for chips next week, at least a third margin", {"min_margin_pct": 33.33}),
    ],
)
def test_limits_are_heard_in_words(words, said):
    assert calls_of(words) == [("optimize_discount", {"product": "17", **NEXT_WEEK, **said})]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "stock plan milk lt3 oh40 sl99",
            {"lead_time_days": 3, "on_hand": 40, "service_level_pct": 99},
        ),
        ("how much milk to order with a fortnight's lead time?", {"lead_time_days": 14}),
        ("order milk, a fortnight's (14-day) lead time", {"lead_time_days": 14}),
    ],
)
def test_what_an_order_counts_on_is_heard_in_short_forms(words, said):
    assert calls_of(words) == [("plan_inventory", {"product": "9", **said})]


def test_a_service_level_ends_with_a_full_stop():
    assert calls_of("Order advice for milk, lead time 6 days.", "Service level 98.") == [
        ("plan_inventory", {"product": "9", "lead_time_days": 6, "service_level_pct": 98})
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Which five products earned us the most last month?", {"measure": "revenue", "top": 5, "group_by": "product"}),
        ("In what week of last month did sales peak?", {"top": 1, "group_by": "week"}),
    ],
)  # fmt: skip
def test_who_earned_or_peaked_is_ranked(words, said):
    (call,) = calls_of(words)

    assert call == ("sales_history", {"start": "2026-06-01", "end": "2026-06-30", **said})


@pytest.mark.parametrize(
    "words",
    [
        "RC-1 isn't for us, too deep",
        "RC-1 won't work here: too deep",
        "RC-1 is not an option, too deep",
    ],
)
def test_advice_that_does_not_suit_is_rejected(words):
    (call,) = calls_of(words)

    assert call == (
        "record_decision",
        {"recommendation_id": "RC-1", "decision": "rejected", "reason": "too deep"},
    )
