"""What a message takes off the calls before it, or puts another figure in place of."""

# ruff: noqa: E501 - a table reads best with one question a line

import pytest

from agent.planner.turns import in_turn
from tests.agent.conversing import HARBOR_CONTEXT, LAST_WEEK, NEXT_WEEK, calls_of

JUNE = {"start": "2026-06-01", "end": "2026-06-30"}
MILK = {"product": "9", "store": "1"}
FORECAST = "forecast milk at Riverside next week"
HISTORY = "how many units of milk did Riverside sell last week"
SUPPOSED = "what if milk is 10% off at Riverside next week"
ADVICE = "best discount for milk at Riverside next week"
STOCK = "plan stock of milk at Riverside, lead time 10 days, I have 45 on hand"
STOCKED = {**MILK, "lead_time_days": 10, "on_hand": 45}


@pytest.mark.parametrize(
    ("said", "call"),
    [
        # An argument named as open again is taken off, the rest stays.
        (["who was refused something last week", "only viewer1", "and manager1, all outcomes"], ("audit_trail", {"user": "manager1", **LAST_WEEK})),
        ([STOCK, "same thing for the almonds, but there I don't know the stock"], ("plan_inventory", {**MILK, "product": "19", "lead_time_days": 10})),
        ([STOCK, "bagels, same terms"], ("plan_inventory", {**STOCKED, "product": "7"})),
        ([ADVICE, "nothing above 25", "drop the cap"], ("optimize_discount", {**MILK, **NEXT_WEEK})),
        (["best discount for milk at Riverside next week, keep 20% margin", "forget the margin"], ("optimize_discount", {**MILK, **NEXT_WEEK})),
        # A figure put in place of another, be that a default.
        ([FORECAST, "95 instead of 80, only Downtown"], ("forecast", {**MILK, "store": "2", "level": 95, **NEXT_WEEK})),
        ([SUPPOSED, "12 instead of 10"], ("what_if", {**MILK, "discount_pct": 12, **NEXT_WEEK})),
        ([STOCK, "12 days rather than 10"], ("plan_inventory", {**STOCKED, "lead_time_days": 12})),
        ([STOCK, "it's eight days actually"], ("plan_inventory", {**STOCKED, "lead_time_days": 8})),
        # A ranking turned round.
        (["top 5 products in June", "flip it"], ("sales_history", {"group_by": "product", "top": 5, "order": "asc", **JUNE})),
        # A price is of one thing: it ranks none, and is of what was spoken of.
        (["which store sold most milk last week", "what was the average price"], ("sales_history", {"product": "9", "measure": "price", "group_by": "store", **LAST_WEEK})),
        ([FORECAST, "what was the average discount last week"], ("sales_history", {**MILK, "measure": "discount", **LAST_WEEK})),
        # What lies behind is asked for beside what lies ahead.
        ([SUPPOSED, "compare with what it sold last week"], ("sales_history", {**MILK, **LAST_WEEK})),
        (["why did sales drop at Riverside in June", "ok break June down by category"], ("sales_history", {"store": "1", "group_by": "category", **JUNE})),
        ([FORECAST, "compared to last week"], ("sales_history", {**MILK, **LAST_WEEK})),
        ([FORECAST, "what did it do same week a year ago"], ("sales_history", {**MILK, "start": "2025-07-07", "end": "2025-07-13"})),
        ([FORECAST, "weekend?"], ("forecast", {**MILK, "start": "2026-07-04", "end": "2026-07-05"})),
        # Conditions taken off, all of them or but one.
        ([SUPPOSED, "what do we sell without any of that"], ("forecast", {**MILK, **NEXT_WEEK})),
        ([SUPPOSED, "and with a promotion instead of a price cut"], ("what_if", {**MILK, "promotion": True, **NEXT_WEEK})),
        ([SUPPOSED, "and everywhere instead of only there"], ("what_if", {"product": "9", "discount_pct": 10, **NEXT_WEEK})),
        # What is pointed at holds beside a new topic.
        ([FORECAST, "next product. almonds, same week, same store, just the forecast"], ("forecast", {**MILK, "product": "19", **NEXT_WEEK})),
        ([HISTORY, "Something else: expected snacks sales there next week"], ("forecast", {"category": "Snacks", "store": "1", **NEXT_WEEK})),
        ([SUPPOSED, "what would you suggest for Lakeside?"], ("optimize_discount", {"product": "9", "store": "5", **NEXT_WEEK})),
        # Another day of the month, and the later of two weeks.
        (["forecast milk for the third of August", "no, the fourth"], ("forecast", {"product": "9", "start": "2026-08-04", "end": "2026-08-04"})),
        (["forecast milk on 3 August", "sorry, the 12th"], ("forecast", {"product": "9", "start": "2026-08-12", "end": "2026-08-12"})),
        ([HISTORY, "and the week before", "the difference comes from what?"], ("explain", {**MILK, "about": "change", **LAST_WEEK})),
        # A reply among a few words, or of days gone by.
        (["what if we changed the price of milk at Riverside next week", "say 4.99"], ("what_if", {**MILK, "price": 4.99, **NEXT_WEEK})),
        # A name heard in two words.
        ([SUPPOSED, "at lake side"], ("what_if", {**MILK, "store": "5", "discount_pct": 10, **NEXT_WEEK})),
    ],
)  # fmt: skip
def test_what_is_said_changes_that_and_nothing_else(said, call):
    assert calls_of(*said) == [call]


def test_coming_back_to_the_models_changes_nothing():
    said = ("how is the live model?", FORECAST, "back to the models: how does staging compare?")

    assert calls_of(*said) == [("compare_models", {})]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("and without the promotion, only the discount", {"discount_pct": 10}),
        ("now the price cut alone", {"discount_pct": 10}),
        ("just the promotion without the discount", {"promotion": True}),
    ],
)
def test_one_half_of_a_supposition_can_be_kept_alone(words, expected):
    talk = ("what if chips are on promotion next week", "with 10% off as well", words)

    ((_, arguments),) = calls_of(*talk)
    changes = {n: v for n, v in arguments.items() if n in ("discount_pct", "promotion") and v}

    assert expected == changes


def test_a_promotion_that_is_forbidden_after_training_promotes_nothing():
    talk = ("retrain now and promote it automatically", "but don't promote it")

    assert calls_of(*talk) == [("retrain", {})]


@pytest.mark.parametrize(
    "then", ["drop the comparison, and do it for May", "forget the comparison and show May"]
)
def test_a_comparison_that_is_dropped_compares_with_no_other_month(then):
    said = ("june revenue by store", "vs june last year", then)
    may = {"start": "2026-05-01", "end": "2026-05-31"}

    assert calls_of(*said) == [("sales_history", {"measure": "revenue", "group_by": "store"} | may)]


@pytest.mark.parametrize("then", ["Joke. 25.", "haha, just kidding: 25"])
def test_a_figure_after_a_joke_is_the_one_that_is_meant(then):
    ((_, arguments),) = calls_of(
        "forecast milk next week with 15% off", "and at 100% off, ha", then
    )

    assert arguments["discount_pct"] == 25


@pytest.mark.parametrize("words", ["not only the refusals", "not just the refused ones please", "and everything, not merely what was refused"])  # fmt: skip
def test_what_is_not_only_of_one_outcome_is_of_all(words):
    ((tool, arguments),) = calls_of("who was refused something last week", words)

    assert (tool, "outcome" in arguments) == ("audit_trail", False)


def test_only_one_outcome_stays_one():
    ((_, arguments),) = calls_of("who did what last week", "only the refusals")

    assert arguments["outcome"] == "refused"


@pytest.mark.parametrize(
    ("said", "change"),
    [
        (["what if milk is on promotion next week", "what if it were 10% off instead of a promotion?"], {"discount_pct": 10}),
        (["what if milk is on promotion next week", "rather than a promotion, 15% off"], {"discount_pct": 15}),
        (["what if milk is 10% off next week", "and a promotion instead of the discount?"], {"promotion": True}),
        (["what if milk is on promotion next week", "and 10% off as well"], {"discount_pct": 10, "promotion": True}),
    ],
)  # fmt: skip
def test_one_half_of_a_supposition_takes_the_place_of_the_other(said, change):
    assert calls_of(*said) == [("what_if", {"product": "9", **change, **NEXT_WEEK})]


def test_it_does_in_german_too():
    context = in_turn(HARBOR_CONTEXT, ["Wie viele Brote haben wir letzte Woche verkauft?"])
    said = (
        "Was wäre, wenn Milch nächste Woche in der Aktion wäre?",
        "Was wäre bei 10% Rabatt statt der Aktion?",
    )

    assert calls_of(*said, context=context) == [
        ("what_if", {"product": "9", "discount_pct": 10, **NEXT_WEEK})
    ]


def test_another_split_in_time_leaves_what_is_compared():
    said = ("weekly units of milk in June", "vs last year", "by day instead")

    assert calls_of(*said) == [
        ("sales_history", {"product": "9", "group_by": "day", "compare_to": "last_year", **JUNE})
    ]


@pytest.mark.parametrize(
    ("words", "split"),
    [
        ("break it into weeks", "week"),
        ("can you split that into days?", "day"),
        ("cut it up into weeks", "week"),
        ("show me the days", "day"),
        ("give me the individual weeks please", "week"),
    ],
)
def test_a_forecast_is_split_however_it_is_ordered(words, split):
    ((_, arguments),) = calls_of("forecast milk in August", words)

    assert arguments["granularity"] == split


@pytest.mark.parametrize(
    ("words", "stores"),
    [
        ("only the last one, but per day", {"5"}),
        ("just the first one by day", {"1"}),
        ("per day please", {"1", "4", "5"}),
    ],
)
def test_one_of_several_is_picked_with_more_said_of_it(words, stores):
    calls = calls_of("forecast milk for Riverside, Hillcrest and Lakeside next week", words)

    assert {(call["store"], call["granularity"]) for _, call in calls} == {
        (store, "day") for store in stores
    }
