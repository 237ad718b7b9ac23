"""The words of the tools that advise and watch."""

import pytest

from agent.planner.wording import recommend, say
from agent.planner.wording.style import Style
from tests.agent.planner.wording.decided import advised, asked, difference, moved, odd, watched
from tools.contract import Item
from tools.discount_advice import NotKnown

STYLE = Style()


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


def test_a_what_if_says_the_elasticity_it_rests_on_with_its_range():
    text = say("what_if", asked(), STYLE)

    assert "an elasticity of about −2.4 (percent of units per percent of price; 80% " in text
    assert "range −2.7 to −2.1);" in text


def test_advice_within_a_budget_says_what_it_gives_away_and_what_the_budget_rules_out():
    result = advised(product=None, budget=3000.0)
    result["advice"][0]["limits"] = ["budget"]

    text = say("optimize_discount", result, STYLE)

    assert "beyond the plan, all together: $2,788, what a dropped discount saves counted" in text
    assert "the budget is $3,000." in text
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
