"""What a conversation leaves unsaid: taken from before where it was meant, and only there."""

# ruff: noqa: E501 - a table reads best with one question a line

import pytest

from agent.planner.drafts import Ask, Calls, Say
from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of, steps_of

GERMAN = in_turn(HARBOR_CONTEXT, ["Wie viele Brote haben wir letzte Woche verkauft?"])
MILK = {"product": "9", "store": "1"}
JUNE = {"start": "2026-06-01", "end": "2026-06-30"}


@pytest.mark.parametrize(
    ("said", "call"),
    [
        (["milk sales at Riverside in May", "same for June", "why was June so different from May?"], ("explain", {"about": "change", **MILK, "compare_to": "previous_period", **JUNE})),
        (["milk sales at Riverside last week", "so how come milk dropped"], ("explain", {"about": "change", **MILK, **LAST_WEEK})),
        (["milk price at Riverside last week", "any outliers in June?"], ("detect_anomalies", {**MILK, **JUNE})),
        (["Airport, units by day last week", "which category sold best?"], ("sales_history", {"store": "3", "group_by": "category", "top": 1, **LAST_WEEK})),
        (["why did milk fall at Riverside last week", "split it by day"], ("sales_history", {**MILK, "group_by": "day", **LAST_WEEK})),
        (["explain the milk forecast at Riverside", "and by day?"], ("forecast", {**MILK, "granularity": "day"})),
        (["did we miss on milk last week", "why did the milk forecast change since yesterday"], ("explain", {"about": "revision", "product": "9"})),
    ],
)  # fmt: skip
def test_why_and_which_take_over_what_was_spoken_of(said, call):
    assert calls_of(*said) == [call]


MAY = {"start": "2026-05-01", "end": "2026-05-31"}


@pytest.mark.parametrize(
    ("said", "call"),
    [
        (["anything odd in milk in June?", "did May have anything like it?"], ("detect_anomalies", {"product": "9", **MAY})),
        (["anything odd in milk in June?", "was May any different"], ("detect_anomalies", {"product": "9", **MAY})),
        (["why did milk drop in June", "was May the same"], ("explain", {"about": "change", "product": "9", **MAY})),
        (["milk sales at Riverside in June", "was May any better"], ("sales_history", {**MILK, **MAY})),
    ],
)  # fmt: skip
def test_another_month_is_asked_about_as_the_first_was(said, call):
    assert calls_of(*said) == [call]


@pytest.mark.parametrize(
    ("which", "context"), [("and which {}", HARBOR_CONTEXT), ("welcher {}", None)]
)
@pytest.mark.parametrize(
    ("first", "kept"),
    [
        (("what sold best last week", "Was lief letzte Woche am besten?"), LAST_WEEK),
        (
            ("revenue of dairy last week", "Umsatz der Milchprodukte letzte Woche"),
            {"category": "Dairy", "measure": "revenue", **LAST_WEEK},
        ),
    ],
)
def test_which_store_or_day_cuts_what_was_told_anew(which, context, first, kept):
    is_english = context is not None
    words = {"store": "store", "day": "day"} if is_english else {"store": "Laden", "day": "Tag"}
    for group, word in words.items():
        said = (first[0] if is_english else first[1], which.format(word))
        call = ("sales_history", {"group_by": group, **kept})
        assert calls_of(*said, context=context or GERMAN) == [call]


def test_the_other_one_is_another_thing_where_the_place_was_pointed_at():
    said = ["forecast milk at Riverside next week", "bagels", "Downtown?"]

    assert calls_of(*said, "and the other one?")[0][1]["store"] == "1"
    ((_, there),) = calls_of(*said, "ok, and the forecast there for July", "and the other one?")
    assert (there["product"], there["store"]) == ("9", "2")


def test_a_day_gone_by_is_asked_about_alone_after_a_forecast():
    ((_, arguments),) = calls_of(
        "forecast milk at Riverside next week", "why did Saturday collapse?"
    )

    assert "product" not in arguments


@pytest.mark.parametrize(
    ("said", "call"),
    [
        (["best discount for snacks next week with a budget of 500", "and if I gave you 1500"], ("optimize_discount", {"category": "Snacks", "budget": 1500, **NEXT_WEEK})),
        (["who promoted the last model", "show me 10"], ("audit_trail", {"tool": "promote", "limit": 10})),
        (["how much milk to order for Riverside", "we get it within 3 days"], ("plan_inventory", {**MILK, "lead_time_days": 3})),
        (["best discount for milk next week", "don't go beyond 20"], ("optimize_discount", {"product": "9", "max_discount_pct": 20, **NEXT_WEEK})),
    ],
)  # fmt: skip
def test_a_bare_figure_is_what_it_can_be(said, call):
    assert calls_of(*said) == [call]


@pytest.mark.parametrize(
    ("said", "call"),
    [
        (["what if milk is 20% off next week", "how many would go without it"], ("forecast", {"product": "9", **NEXT_WEEK})),
        (["what if milk costs 2.99 next week", "or run a promotion without changing the price"], ("what_if", {"product": "9", "promotion": True, **NEXT_WEEK})),
        (["average price of milk last week", "what if it was 3.49 next week"], ("what_if", {"product": "9", "price": 3.49, **NEXT_WEEK})),
        (["milk forecast next week by day", "one total number is enough"], ("forecast", {"product": "9", **NEXT_WEEK})),
        (["milk sales last week by day", "average price, no daily split needed"], ("sales_history", {"product": "9", "measure": "price", **LAST_WEEK})),
    ],
)  # fmt: skip
def test_what_is_taken_off_is_gone(said, call):
    assert calls_of(*said) == [call]


@pytest.mark.parametrize(
    ("said", "call"),
    [
        (["who rolled out what", "start a canary with 30% of traffic", "as an a/b test please"], ("start_rollout", {"kind": "ab", "traffic_pct": 30})),
        (["how much milk to order for Riverside at 98% service", "they come every second day so count with two days of lead time"], ("plan_inventory", {**MILK, "lead_time_days": 2, "service_level_pct": 98})),
        (["anything odd with milk at Riverside last week?", "lower the sensitivity"], ("detect_anomalies", {**MILK, "sensitivity": "low", **LAST_WEEK})),
        (["worst products by revenue last week", "ten of them"], ("sales_history", {"measure": "revenue", "group_by": "product", "top": 10, "order": "asc", **LAST_WEEK})),
        (["milk price by store last week", "Riverside alone"], ("sales_history", {**MILK, "measure": "price", **LAST_WEEK})),
        (["milk price at Riverside last week", "bagels: how many sold"], ("sales_history", {"product": "7", "store": "1", **LAST_WEEK})),
        (["milk sales at Riverside last week", "in which store"], ("sales_history", {"product": "9", "group_by": "store", **LAST_WEEK})),
        (["two things: best sellers last week and how many alerts are open", "top 5 only"], ("sales_history", {"group_by": "product", "top": 5, **LAST_WEEK})),
        (["milk sales at Riverside last week", "the forecast for the whole of next week please"], ("forecast", {**MILK, **NEXT_WEEK})),
        (["milk forecast next week at Riverside", "in days"], ("forecast", {**MILK, "granularity": "day", **NEXT_WEEK})),
        (["what if milk is 10% off next week", "compare to doing nothing"], ("what_if", {"product": "9", "discount_pct": 0, **NEXT_WEEK})),
        (["milk sales at Riverside yesterday", "before that?"], ("sales_history", {**MILK, "start": "2026-06-29", "end": "2026-06-29"})),
        (["milk sales at Riverside yesterday", "and the one before"], ("sales_history", {**MILK, "start": "2026-06-29", "end": "2026-06-29"})),
    ],
)  # fmt: skip
def test_what_is_set_anew_leaves_the_rest_as_it_was(said, call):
    assert calls_of(*said) == [call]


def test_both_stores_are_the_two_stores_and_not_the_two_products():
    said = ("bagels at Hillcrest last week", "Lakeside", "muffins", "both stores together")

    assert calls_of(*said) == [
        ("sales_history", {"product": "8", "store": "4", **LAST_WEEK}),
        ("sales_history", {"product": "8", "store": "5", **LAST_WEEK}),
    ]


def test_a_question_asked_back_stays_open_until_it_is_answered():
    first = "if we raise milk by 5 percent from Monday what happens"
    between, then = steps_of(first, "by 10", "for two weeks")[1:]

    assert between.asks_for == ("end",)
    assert then.drafts[0].arguments == {
        "product": "9",
        "price_up_pct": 10,
        "start": "2026-07-06",
        "end": "2026-07-19",
    }


def test_why_something_was_advised_does_not_decide_it_again():
    step = steps_of("accept RC-1", "why did you suggest that in the first place")[-1]

    assert not isinstance(step, Calls) or step.drafts[0].tool != "record_decision"


def test_a_margin_is_no_discount_where_a_change_was_asked_for():
    step = steps_of("what if we change milk next week", "with at least 35% margin")[-1]

    assert isinstance(step, Ask)


def test_an_amount_of_money_is_a_price_that_is_tried_and_no_target():
    assert calls_of("can we sell 90 milk next week", "and with 99 cents") == [
        ("what_if", {"product": "9", "price": 0.99, **NEXT_WEEK})
    ]


def test_one_of_several_calls_is_left_out_by_name():
    said = ("forecast milk next week for Riverside and Lakeside", "without Lakeside")

    assert calls_of(*said) == [("forecast", {**MILK, **NEXT_WEEK})]


def test_two_unclear_words_name_what_both_fit():
    assert calls_of("milk sales last week", "ok and the butter? the salted one") == [
        ("sales_history", {"product": "12", **LAST_WEEK})
    ]


@pytest.mark.parametrize(
    ("said", "call"),
    [
        (["Wie lief Milch letzte Woche in Riverside?", "Und was kommt nächste Woche?"], ("forecast", {**MILK, **NEXT_WEEK})),
        (["Was kostete Milch letzte Woche in Riverside?", "Gab es im Juni Ausreißer?"], ("detect_anomalies", {**MILK, **JUNE})),
        (["Wie viel Milch hat Riverside letzte Woche verkauft", "und davor"], ("sales_history", {**MILK, "start": "2026-06-15", "end": "2026-06-21"})),
        (["Bester Rabatt für Milch nächste Woche", "geh nicht über 20 %"], ("optimize_discount", {"product": "9", "max_discount_pct": 20, **NEXT_WEEK})),
    ],
)  # fmt: skip
def test_it_is_so_in_german_too(said, call):
    assert calls_of(*said, context=GERMAN) == [call]


GERMAN_STARTS = [
    ("Prognose für Milch in Riverside nächste Woche", "forecast", NEXT_WEEK),
    ("Wie viel Milch hat Riverside letzte Woche verkauft", "sales_history", LAST_WEEK),
    ("Gab es letzte Woche Auffälligkeiten bei Milch in Riverside", "detect_anomalies", LAST_WEEK),
    (
        "Warum ist Milch in Riverside letzte Woche eingebrochen",
        "explain",
        {"about": "change", **LAST_WEEK},
    ),
    (
        "Was passiert bei 10 % Rabatt auf Milch in Riverside nächste Woche",
        "what_if",
        {"discount_pct": 10, **NEXT_WEEK},
    ),
    ("Bester Rabatt für Milch in Riverside nächste Woche", "optimize_discount", NEXT_WEEK),
    ("Wie viel Milch soll ich für Riverside bestellen", "plan_inventory", {}),
]


@pytest.mark.parametrize(("first", "tool", "rest"), GERMAN_STARTS)
@pytest.mark.parametrize(
    ("then", "items"),
    [
        ("und in Downtown?", {"product": "9", "store": "2"}),
        ("ok, und für Bagels", {"product": "7", "store": "1"}),
        ("nein, ich meinte Lakeside", {"product": "9", "store": "5"}),
        ("und für alle Filialen", {"product": "9"}),
    ],
)
def test_a_german_follow_up_leaves_the_rest_as_it_was(first, tool, rest, then, items):
    assert calls_of(first, then, context=GERMAN) == [(tool, {**items, **rest})]


@pytest.mark.parametrize(("first", "tool", "rest"), GERMAN_STARTS)
def test_a_german_conversation_comes_back_to_any_question(first, tool, rest):
    said = (first, "wie genau ist das Modell?", "zurück zur Milch: und in Downtown?")

    assert calls_of(*said, context=GERMAN) == [(tool, {"product": "9", "store": "2", **rest})]


@pytest.mark.parametrize(
    "said", ["by week", "and by week", "per day", "by store", "in revenue", "pro Woche"]
)
def test_how_to_show_something_is_asked_about_where_nothing_was_spoken_of(said):
    assert isinstance(steps_of(said)[-1], Ask)


@pytest.mark.parametrize(
    "said",
    [
        "My friend works at Summit Outfitters. How did their stores do last month?",
        "Walmart opened across the road. What did they turn over in June?",
        "Lidl hat neben uns aufgemacht. Wie war deren Umsatz im Juni?",
    ],
)
def test_what_another_company_did_is_not_answered_with_what_we_did(said):
    step = steps_of(said)[-1]

    assert isinstance(step, Say)
    assert step.reason == "out_of_scope"


def test_our_own_goods_are_asked_about_also_beside_another_company():
    said = "Costco took our milk customers. What was their effect on our milk sales last week?"
    assert calls_of(said) == [("sales_history", {"product": "9", **LAST_WEEK})]


@pytest.mark.parametrize(
    ("said", "compared"),
    [
        (["units per category in June", "compare it with last year", "why did dairy change?"], "last_year"),
        (["units per category in June", "why did dairy change?"], None),
        (["units per category in June vs last year", "why did dairy change in May?"], None),
    ],
)  # fmt: skip
def test_why_a_line_changed_is_asked_against_what_it_was_set_beside(said, compared):
    ((tool, arguments),) = calls_of(*said)

    assert (tool, arguments["category"]) == ("explain", "Dairy")
    assert arguments.get("compare_to") == compared


@pytest.mark.parametrize("words", ["I approve it myself", "I'll approve that myself"])
def test_who_approves_by_words_alone_is_told_how(words):
    step = steps_of("Run an A/B test of the staging model, half and half", words)[-1]

    assert isinstance(step, Say)
