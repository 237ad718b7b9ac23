"""The words of the tools that explain and advise, each figure checked against its result."""

from datetime import date

import pytest

from agent.grounding import check
from agent.planner.wording import recommend, say
from agent.planner.wording.style import Style
from tools.contract import Item
from tools.detect_anomalies import Anomaly, DetectAnomaliesResult
from tools.discount_advice import Advice, Gain, Money, NotKnown, Quantity
from tools.moved import Moved
from tools.optimize_discount import OptimizeDiscountResult, Total
from tools.what_if import Difference, Prices, WhatIfResult

STYLE = Style()
COLD_BREW, RIVERSIDE = Item(id="1", name="Cold Brew"), Item(id="1", name="Riverside")
WEEK = {"start": date(2026, 7, 6), "end": date(2026, 7, 12)}
SERVED = {"cutoff": date(2026, 6, 30), "model": "GradientBoosting_v20260701"}


def moved(neighbours=-204.4, later=-86.2):
    return Moved(
        unit="USD",
        neighbours=neighbours,
        neighbours_lower=neighbours - 20,
        neighbours_upper=neighbours + 25,
        later=later,
        later_lower=later - 30,
        later_upper=later + 35,
        neighbours_units=-110.0,
        later_units=-44.0,
    )


def difference(unit, planned, change, low, high):
    return Difference(
        unit=unit,
        planned=planned,
        changed=planned + change,
        change=change,
        change_lower=low,
        change_upper=high,
        change_pct=100 * change / planned,
        change_pct_lower=100 * low / planned,
        change_pct_upper=100 * high / planned,
    )


def asked(**changes):
    fields = {
        "product": COLD_BREW,
        "store": RIVERSIDE,
        "discount_pct": 15.0,
        "price": None,
        "promotion": None,
        "units": difference("units", 1276.0, 908.7, 837.6, 979.2),
        "revenue": difference("USD", 7048.3, 3209.0, 2950.9, 3472.0),
        "profit": None,
        "level": 80,
        "planned_discount_pct": 0.0,
        "prices": Prices(unit="USD", planned=5.56, changed=4.72),
        "elasticity": -2.4,
        "changes_on_record": 57,
        "tried_discount_max_pct": 30.0,
        "hidden_driver_pct": 41.3,
        "elsewhere": moved(),
    }
    return WhatIfResult(**(WEEK | SERVED | fields | changes)).model_dump(mode="json")


def advised(*, action="discount", discount=20.0, gain=2345.0, unit="USD", **changes):
    advice = Advice(
        product=COLD_BREW,
        action=action,
        discount_pct=discount,
        planned_discount_pct=15.0 if action != "discount" else 0.0,
        objective=Gain(
            unit=unit,
            planned=3731.0,
            expected=3731.0 + gain,
            gain=gain,
            gain_lower=gain * 0.8,
            gain_upper=gain * 1.2,
            gain_pct=100 * gain / 3731,
        ),
        sales=Quantity(planned=1276.0, expected=2524.0),
        money=Money(unit="USD", price=4.45, given_away=2788.0),
        margin_pct=40.8,
        likely_pct=None if action == "keep" else 100.0,
        elsewhere=None if action == "keep" else moved(),
        tried_discount_max_pct=30.0,
        changes_on_record=57,
        hidden_driver_pct=41.3,
    )
    fields = {
        "product": COLD_BREW,
        "category": None,
        "store": None,
        "objective": "profit",
        "max_discount_pct": 50.0,
        "min_margin_pct": None,
        "budget": None,
        "advice": (advice,),
        "not_known": (),
        "products": 1,
        "changes": int(action != "keep"),
        "total": Total(unit=unit, gain=gain, gain_lower=gain * 0.8, gain_upper=gain * 1.2),
        "level": 80,
    }
    return OptimizeDiscountResult(**(WEEK | SERVED | fields | changes)).model_dump(mode="json")


def saving():
    result = advised(product=None, action="drop", discount=0.0, budget=3000.0)
    result["advice"][0]["money"]["given_away"] = -1786.86
    return result


def odd(**changes):
    fields = {
        "kind": "spike",
        "start": date(2026, 6, 26),
        "end": date(2026, 6, 26),
        "store": RIVERSIDE,
        "product": COLD_BREW,
        "actual": 156.0,
        "expected": 30.2,
        "change_pct": 416.6,
        "score": 8.4,
        "unit": "units",
        "detail": "",
        "likely_reason": "",
        "series": 1,
    }
    return Anomaly(**(fields | changes))


def watched(*anomalies, explained=()):
    return DetectAnomaliesResult(
        product=None,
        store=None,
        category=None,
        start=date(2026, 6, 3),
        end=date(2026, 6, 30),
        sensitivity="normal",
        anomalies=anomalies,
        explained=explained,
        alarms=len(anomalies),
        known_reasons=len(explained),
        series=136,
        false_alarms_per_1000=1.0,
        cutoff=date(2026, 6, 30),
    ).model_dump(mode="json")


SAID = [
    ("what_if", asked()),
    (
        "what_if",
        asked(discount_pct=None, price=5.0, prices=Prices(unit="USD", planned=5.56, changed=5.0)),
    ),
    ("what_if", asked(discount_pct=None, promotion=False)),
    ("what_if", asked(units=difference("units", 900.0, -300.5, -380.0, -220.0))),
    ("optimize_discount", advised()),
    ("optimize_discount", advised(action="keep", gain=0.0, discount=15.0)),
    ("optimize_discount", advised(action="drop", discount=0.0)),
    ("optimize_discount", advised(unit="units", objective="units")),
    ("optimize_discount", advised(product=None)),
    ("optimize_discount", advised(budget=3000.0)),
    ("optimize_discount", advised(product=None, budget=3000.0)),
    ("optimize_discount", saving()),
    ("detect_anomalies", watched()),
    ("detect_anomalies", watched(odd(), odd(kind="missing", actual=None, product=None))),
    ("detect_anomalies", watched(odd(kind="unit_error", detail="about 1000 times too high"))),
    ("detect_anomalies", watched(explained=(odd(likely_reason="a public holiday"),))),
]


@pytest.mark.parametrize(("tool", "result"), SAID)
def test_every_figure_said_comes_from_the_result(tool, result):
    text = say(tool, result, STYLE)

    assert check(text, [{"arguments": {}, "result": result}], []).ungrounded == ()


@pytest.mark.parametrize(("tool", "result"), SAID)
def test_nothing_observed_is_said_to_cause(tool, result):
    text = say(tool, result, STYLE).lower()

    assert "caused" not in text
    assert "causes" not in text


@pytest.mark.parametrize(("tool", "result"), SAID)
def test_the_day_the_data_end_is_always_said(tool, result):
    assert "data through Tue, Jun 30, 2026" in say(tool, result, STYLE).replace("Data", "data")


def test_a_what_if_says_the_difference_its_range_and_what_it_rests_on():
    text = say("what_if", asked(), STYLE)

    assert text.startswith("15% off for Cold Brew at Riverside from Mon, Jul 6 to Sun, Jul")
    assert "is associated with 909 units more (+71.2%)" in text
    assert "80% range of the difference 838–979" in text
    assert "57 past price changes" in text


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("tool", ["what_if", "optimize_discount"])
def test_it_is_said_how_strong_a_hidden_driver_would_have_to_be(tool, language):
    style = Style(language=language)
    told, untold = (
        asked(hidden_driver_pct=one) if tool == "what_if" else advised() for one in (41.3, None)
    )
    if tool == "optimize_discount":
        untold["advice"][0]["hidden_driver_pct"] = None
    figure = "41.3" if language == "en" else "41,3"

    assert figure in say(tool, told, style)
    assert figure not in say(tool, untold, style)


def test_a_difference_below_zero_has_a_range_that_can_be_read():
    result = asked(units=difference("units", 900.0, -300.5, -380.0, -220.0))

    assert "−380 units to −220 units" in say("what_if", result, STYLE)


def test_a_recommendation_is_one_sentence_with_the_gain():
    assert (
        recommend("optimize_discount", advised(), STYLE)
        == "Apply 20% discount for $2.3K profit increase (80% range $1.9K to $2.8K)"
    )


def test_small_gains_are_written_out():
    assert recommend("optimize_discount", advised(gain=860.0), STYLE).endswith(
        "for $860 profit increase (80% range $688 to $1.0K)"
    )


def test_units_are_recommended_in_units():
    result = advised(unit="units", objective="units", gain=1295.0)

    assert recommend("optimize_discount", result, STYLE) == (
        "Apply 20% discount for an increase of 1,295 units (80% range 1,036–1,554)"
    )


@pytest.mark.parametrize(
    ("planned", "said"),
    [(0.0, "Keep the current price"), (15.0, "Keep the planned discount of 15%")],
)
def test_a_plan_that_is_best_is_kept(planned, said):
    result = advised(action="keep", gain=0.0)
    result["advice"][0]["planned_discount_pct"] = planned

    assert recommend("optimize_discount", result, STYLE) == said


def test_many_products_are_summed_up_and_the_unknown_listed():
    unknown = NotKnown(product=Item(id="9", name="Milk"), reason="Not enough price changes.")

    text = say(
        "optimize_discount",
        advised(product=None, products=4, changes=1, not_known=(unknown,)),
        STYLE,
    )

    assert text.startswith("Change the discount of 1 of 4 products for $2.3K profit increase (")
    assert "- Milk: Not enough price changes." in text


def test_a_reason_for_no_advice_does_not_name_its_product_twice():
    reason = "How 'Milk' answers to its price is not known. Only one price was ever asked."
    unknown = NotKnown(product=Item(id="9", name="Milk"), reason=reason)

    text = say("optimize_discount", advised(product=None, not_known=(unknown,)), STYLE)

    assert "- Milk: Only one price was ever asked." in text


def test_advice_within_a_budget_says_what_it_gives_away_and_what_the_budget_rules_out():
    result = advised(product=None, budget=3000.0)
    result["advice"][0]["limits"] = ["budget"]

    text = say("optimize_discount", result, STYLE)

    assert "The budget of $3,000 is for what discounts give away beyond the plan" in text
    assert "rules out a discount that would gain more for Cold Brew." in text
    assert "given away beyond the plan: $2,788" in text


def test_a_gain_that_may_be_a_loss_is_said_to_be():
    result = advised()
    result["advice"][0]["objective"]["gain_lower"] = -300.0

    assert "may also bring less than the plan" in say("optimize_discount", result, STYLE)
    assert "may also bring less" not in say("optimize_discount", advised(), STYLE)


def test_the_gain_is_said_with_what_moves_elsewhere():
    text = say("optimize_discount", advised(), STYLE)

    assert "Counting what moves elsewhere, where neighbours in the category bring" in text
    assert "the gain is about $2,345 (80% range $1,876–$2,814)" in text


def test_what_does_not_move_is_not_told():
    still = moved(later=0.0).model_dump() | {"later_lower": 0.0, "later_upper": 0.0}

    text = say("what_if", asked(elsewhere=still), STYLE)

    assert "neighbours in the category bring about $204.40 less" in text
    assert "weeks after" not in text


def test_no_discount_is_not_called_a_discount_of_nothing():
    text = say("what_if", asked(discount_pct=0.0), STYLE)

    assert text.startswith("No discount for Cold Brew")


def test_a_quiet_period_is_said_to_be_quiet():
    assert "Nothing unusual" in say("detect_anomalies", watched(), STYLE)


def test_a_known_reason_is_said_beside_the_day():
    explained = (odd(likely_reason="a public holiday"),)

    text = say("detect_anomalies", watched(explained=explained), STYLE)

    assert "likely associated with a public holiday" in text


@pytest.mark.parametrize(
    ("value", "written"),
    [(860, "$860"), (2345, "$2.3K"), (999.8, "$1.0K"), (1_100_000, "$1.1M"), (-2300, "−$2.3K")],
)
def test_money_is_written_compactly(value, written):
    assert STYLE.compact_money(value) == written


def test_one_unit_is_not_units():
    assert STYLE.amount(1, "units") == "1 unit"


def test_a_change_that_is_planned_already_is_said_to_change_nothing():
    nothing = difference("units", 2776.0, 0.0, 0.0, 0.0)
    result = asked(units=nothing, revenue=None)

    text = say("what_if", result, STYLE)

    assert "changes nothing: that is what is planned, about 2,776 units." in text
    assert "0 units" not in text
