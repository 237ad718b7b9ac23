"""Figures that must agree with what stands beside them, and with the row they are told in."""

import pytest

from agent.grounding import check

TODAY = "2026-07-01"
NAMES = tuple(
    ("store", key, name)
    for key, name in (("1", "Riverside"), ("2", "Downtown"), ("3", "Airport"), ("4", "Hillcrest"))
)
CHIPS = {"id": "17", "name": "Sea Salt Chips"}
MUFFIN = {"id": "8", "name": "Blueberry Muffin"}


def loose(answer, result, asked=(), tool="any"):
    calls = [{"tool": tool, "arguments": {}, "result": result}]
    return list(check(answer, calls, asked, TODAY, NAMES).ungrounded)


ADVICE = {
    "start": "2026-07-06",
    "end": "2026-07-12",
    "max_discount_pct": 50.0,
    "product": CHIPS,
    "discount_pct": 5.0,
    "objective": {"unit": "USD", "planned": 3600.0, "expected": 3909.0},
    "sales": {"unit": "units", "planned": 1837.0, "expected": 2223.0},
    "gains": {"unit": "USD", "gain": 437.0, "gain_lower": -84.0, "gain_upper": 1013.0},
    "elsewhere": {
        "unit": "units",
        "neighbours": -182.0,
        "neighbours_lower": -203.0,
        "neighbours_upper": -162.0,
        "neighbours_units": -182.0,
        "later": -48.0,
        "later_lower": -63.0,
        "later_upper": -34.0,
    },
    "tried_discount_max_pct": 30.0,
    "curve": [
        {"discount_pct": depth, "unit": "USD", "gain": gain}
        for depth, gain in ((5.0, 437.0), (10.0, 384.0), (20.0, 157.0))
    ],
}
ORDER = {
    "unit": "units",
    "lost_without_order": 302.0,
    "lost_before_delivery": 72.0,
    "lost_with_order": 85.0,
    "order": 275.0,
}
COMPARED = {
    "model_a": {"id": "Tree_v20260701.2", "stage": "staging", "bias_pct": -0.5},
    "model_b": {"id": "Tree_v20260701", "stage": "production", "bias_pct": -0.3},
    "same_windows": {
        "bias_a_pct": 4.2,
        "bias_b_pct": 2.9,
        "wape_a_pct": 21.8,
        "wape_b_pct": 21.5,
        "level": 90,
        "coverage_80_pct": 82.2,
        "segments": [
            {"store": "Downtown", "wape_a_pct": 21.9, "wape_b_pct": 21.7},
            {"store": "Airport", "wape_a_pct": 25.2, "wape_b_pct": 25.0},
        ],
    },
}
SPEED = {"latency": {"p50_ms": 82.0, "p95_ms": 121.0}}
RIGHT_AND_WRONG = [
    ("A gain of $437 (range −$84 to $1.0K).", "A gain of $437 (range −$0.8K to $1.0K).", ADVICE),
    ("Apply 5% off.", "Apply 20% off.", ADVICE),
    ("At 20% off the gain would be $157.", "At 20% off the gain would be $384.", ADVICE),
    ("Discounts above the 50% allowed.", "Discounts above the 20% allowed.", ADVICE),
    ("Discounts up to 30% were tried.", "Discounts up to 30 units were tried.", ADVICE),
    ("2,223 units instead of 1,837.", "1,837 units instead of 2,223.", ADVICE),
    (
        "Neighbours bring 182 units less (range −203 to −162), later 48 units less (−63 to −34).",
        "Neighbours bring 182 units less, later 48 units less (range −63 to −34).",
        ADVICE,
    ),
    (
        "Without an order 302 units would be lost.",
        "Without an order 85 units would be lost.",
        ORDER,
    ),
    ("With the order 85 units would be lost.", "With the order 302 units would be lost.", ORDER),
    ("72 units before a delivery.", "302 units before a delivery.", ORDER),
    ("Ohne Bestellung sind 302 Stück verloren.", "Ohne Bestellung sind 72 Stück verloren.", ORDER),
    (
        "Bias was +4.2% for Tree_v20260701.2 and +2.9% for Tree_v20260701.",
        "Bias was +4.2% for Tree_v20260701.2 and −0.3% for Tree_v20260701.",
        COMPARED,
    ),
    ("- Downtown: 21.9% against 21.7%", "- Downtown: 21.8% against 21.7%", COMPARED),
    ("82.2% inside the 80% range.", "90% inside the 82.2% range.", COMPARED),
    ("The 90% range of the gain.", "The 80% range of the gain.", COMPARED),
    ("82 ms at the median.", "121 ms at the median.", SPEED),
    ("121 ms at the 95th percentile.", "82 ms at the 95th percentile.", SPEED),
]


@pytest.mark.parametrize(("right", "wrong", "result"), RIGHT_AND_WRONG)
def test_a_figure_is_told_of_what_it_is_a_figure_of(right, wrong, result):
    assert loose(right, result) == []
    assert loose(wrong, result) != []


def test_a_range_begins_with_its_lower_end():
    assert loose("A range of 1,013 to −84.", ADVICE) != []


def test_a_change_is_not_repeated_in_the_unit_it_was_told_in():
    change = {"unit": "units", "change": 6.0, "change_pct": 2.3}

    assert loose("6 units more (+2.3%).", change) == []
    assert loose("2.3% more (+2.3%).", change) != []


def test_nothing_is_measured_against_a_promise_where_nothing_was_promised():
    change = {"unit": "units", "change": -45.0}

    assert loose("45 units less than promised.", change) != []


def test_one_list_names_a_thing_once():
    stores = {"stores": [{"id": key, "name": name} for _kind, key, name in NAMES]}

    assert loose("At Riverside, Downtown, as planned at Airport, Hillcrest.", stores) == []
    assert loose("At Riverside, Downtown, as planned at Riverside, Hillcrest.", stores) != []


def test_a_reason_is_given_for_the_product_it_is_on_record_of():
    reasons = {
        "not_known": [
            {"product": CHIPS, "reason": "Too little is known. 5 changes on record, 6 needed."},
            {"product": MUFFIN, "reason": "This is no longer on sale, so nothing is told of it."},
        ]
    }

    assert loose("- Sea Salt Chips: 5 changes on record, 6 needed.", reasons) == []
    assert loose("- Blueberry Muffin: 5 changes on record, 6 needed.", reasons) != []
    assert loose("- Sea Salt Chips: 5 changes on record, 4 needed.", reasons) != []


def test_a_day_on_which_only_the_data_end_is_no_day_that_something_was_sold():
    sold = {
        "cutoff": "2026-06-30",
        "unit": "units",
        "rows": [{"start": "2026-06-21", "end": "2026-06-21", "value": 312.0}],
    }

    assert loose("On Jun 21, 2026, 312 units sold. Data through Jun 30, 2026.", sold) == []
    assert loose("On Jun 30, 2026, 312 units sold.", sold) != []


def test_a_person_does_not_vouch_for_what_is_missing():
    asked = ["how do I get to 400?"]
    plan = {"unit": "units", "planned": 282.0, "target_units": 400.0, "missing_units": 118.0}

    assert loose("To reach 400 units: 282 are planned, 118 units short.", plan, asked) == []
    assert loose("To reach 400 units: 282 are planned, 400 units short.", plan, asked) != []


def test_a_person_does_not_vouch_for_what_is_planned():
    plan = {"unit": "units", "planned": 282.0}

    assert loose("As planned it is 282 units, and you want 400.", plan, ["I want 400"]) == []
    assert loose("As planned it is 400 units.", plan, ["I want 400"]) != []


def test_a_percentage_is_no_difference_because_a_gain_is_told_after_it():
    plan = ADVICE | {"planned_discount_pct": 7.4}
    said = "$3,909 expected against $3,600 as planned. 5% off instead of {}, gain about $437."

    assert loose(said.format("7.4%"), plan) == []
    assert loose(said.format("8.6%"), plan) == ["8.6%"]
