"""The words of explanations."""

from datetime import date

from agent.planner.wording import say
from agent.planner.wording.style import Style
from tests.agent.planner.wording.explained import MONEY, TOLD_ON, accounted
from tools.explain import Driver

STYLE = Style()


def test_drivers_are_said_with_their_sign():
    text = say("explain", accounted(), STYLE)

    assert "- price and promotion: −878 units (−39.1%)" in text
    assert "968 units (−43.1%) less than the recent normal of 2,244 units" in text


def test_the_last_driver_holds_the_rest_even_of_a_long_list():
    drivers = tuple(
        Driver(name=f"driver {letter}", effect=10.0, effect_pct=1.0) for letter in "abcdefgh"
    )

    text = say("explain", accounted(drivers=drivers), STYLE)

    assert "driver h" in text
    assert "driver g" not in text
    assert "and more that are not listed here" in text


def test_a_miss_with_nothing_to_name_says_so():
    rest = (Driver(name="everything else", effect=-90.0, effect_pct=-4.0),)
    found = accounted(about="miss", inside=False, drivers=rest, evidence="account of sales")

    text = say("explain", found, STYLE)

    assert "Nothing on record accounts for it." in text
    assert "everything else" not in text


def test_a_forecast_that_was_told_is_named_with_its_day():
    found = accounted(about="miss", inside=True, told_on=TOLD_ON, evidence="account of sales")

    text = say("explain", found, STYLE)

    assert "told on Mon, Jun 22" in text
    assert "inside its expected 80% range" in text


def test_a_change_is_said_in_money_with_what_goes_with_it():
    days = {"compare_start": date(2026, 6, 29), "compare_end": date(2026, 7, 5)}

    text = say("explain", accounted(about="change", money=MONEY, **days), STYLE)

    assert "In money that is $5,200, $3,950 (−43.2%) less than $9,150" in text
    assert "volume (−$3,600), discounts (−$350.00)" in text


def part(name, effect):
    return Driver(name=name, effect=effect, effect_pct=100 * effect / 2244)


def test_what_nothing_on_record_accounts_for_is_said_first_where_it_is_most():
    drivers = (part("season", -30.0), part("everything else", -938.0))

    text = say("explain", accounted(drivers=drivers), STYLE)

    assert "Nothing on record accounts for most of it: everything else is −938 units" in text
    assert "Of what can be named, most goes with season: −30 units" in text


def test_what_can_be_named_is_not_said_to_go_with_a_change_the_other_way():
    drivers = (part("stock-outs", 8.0), part("season", 5.0), part("everything else", -981.0))

    text = say("explain", accounted(drivers=drivers), STYLE)

    assert "Nothing on record accounts for it: everything else is −981 units" in text
    assert "What can be named goes the other way, most of all stock-outs: +8" in text


def test_a_change_goes_most_with_what_goes_its_way_and_the_rest_stands_against_it():
    drivers = (
        part("days of the week", 1500.0),
        part("season", -1300.0),
        part("everything else", -1168.0),
    )

    text = say("explain", accounted(drivers=drivers), STYLE)

    assert "What goes with it most is season: −1,300 units" in text
    assert "Against that: days of the week, +1,500 units" in text


def test_a_miss_within_its_range_is_said_to_be_ordinary():
    inside = say("explain", accounted(about="miss", inside=True), STYLE)
    outside = say("explain", accounted(about="miss", inside=False), STYLE)

    assert "a difference like that is ordinary" in inside
    assert "ordinary" not in outside
