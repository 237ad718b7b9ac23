"""What the truth of a demo world answers."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from tenants.errors import InvalidArguments, OutOfRange, UnknownItem

UNTIL = date(2026, 6, 28)
MONDAY = date(2026, 6, 29)
SUNDAY = date(2026, 7, 5)
WEEK = pd.date_range(MONDAY, SUNDAY)


@pytest.fixture(scope="module")
def truth(harbor):
    return harbor.truth


def test_left_alone_the_truth_follows_the_plan(truth):
    table = truth.expected_table(MONDAY, SUNDAY).query("product == '17' and store == '5'")

    assert truth.expected_units("17", "5", WEEK) == pytest.approx(table["units"].to_numpy())


def test_a_discount_multiplies_demand_by_elasticity_and_lift(truth):
    day = date(2026, 9, 30)
    plain = truth.expected_units("17", "1", day, discount_pct=0)
    cut = truth.expected_units("17", "1", day, discount_pct=20)
    paid = round(2.99 * 0.8, 2) / 2.99

    expected = paid ** truth.elasticity("17") * np.exp(truth.lift("17"))
    assert cut / plain == pytest.approx(expected)


def test_a_discount_nobody_announces_brings_no_lift(truth):
    day = date(2026, 9, 30)
    quiet = truth.expected_units("17", "1", day, discount_pct=20, promoted=False)
    loud = truth.expected_units("17", "1", day, discount_pct=20)
    small = truth.expected_units("17", "1", day, discount_pct=4)
    small_told = truth.expected_units("17", "1", day, discount_pct=4, promoted=True)

    assert np.log(loud / quiet) == pytest.approx(truth.lift("17"))
    assert np.log(small_told / small) == pytest.approx(truth.lift("17"))


def test_a_price_says_the_same_as_its_discount(truth):
    day = date(2026, 9, 30)
    by_price = truth.expected_units("1", "1", day, price=4.39)
    by_discount = truth.expected_units("1", "1", day, discount_pct=100 * (1 - 4.39 / 5.49))

    assert by_price == pytest.approx(by_discount)
    assert truth.expected_units("1", "1", day, price=5.99) < truth.expected_units("1", "1", day)


def test_all_stores_together_include_the_online_shop(truth):
    each = [
        truth.expected_units("1", store, MONDAY) for store in ("1", "2", "3", "4", "5", "online")
    ]

    assert truth.expected_units("1", None, MONDAY) == pytest.approx(sum(each))


def test_what_is_not_on_sale_sells_nothing(truth):
    assert truth.expected_units("8", "1", MONDAY) == 0
    assert truth.expected_units("20", "1", UNTIL - timedelta(days=120)) == 0
    assert truth.sample("8", "1", MONDAY) == 0


def test_the_truth_reaches_ninety_days_beyond_the_history_and_says_where_it_ends(truth):
    assert truth.expected_units("1", "1", UNTIL + timedelta(days=90)) > 0
    with pytest.raises(OutOfRange, match="2026-11-01"):
        truth.expected_units("1", "1", UNTIL + timedelta(days=400))


def test_unknown_items_are_named(truth):
    with pytest.raises(UnknownItem, match="'99'"):
        truth.expected_units("99", None, MONDAY)
    with pytest.raises(UnknownItem, match="'Mars'"):
        truth.expected_units("1", "Mars", MONDAY)


def test_samples_scatter_around_the_expected_by_more_than_chance_alone(truth):
    mean = truth.expected_units("9", "5", MONDAY)
    drawn = np.array([truth.sample("9", "5", MONDAY, seed=seed) for seed in range(800)])

    assert drawn.mean() == pytest.approx(mean, rel=0.04)
    assert drawn.var() > 1.5 * mean
    assert truth.sample("9", "5", WEEK, seed=3).tolist() == (
        truth.sample("9", "5", WEEK, seed=3).tolist()
    )


def test_the_best_discount_is_where_the_textbook_puts_it(truth):
    best = truth.best_discount("1", None, MONDAY, SUNDAY)
    elasticity = truth.elasticity("1")
    price = 2.60 * elasticity / (elasticity + 1)

    assert best.discount_pct == pytest.approx(100 * (1 - price / 5.49), abs=1.5)
    assert best.gain > 0
    assert best.profit == pytest.approx(best.revenue - 2.60 * best.units)


@pytest.mark.parametrize("objective", ["profit", "revenue", "units"])
@pytest.mark.parametrize("product", ["1", "6", "9", "17", "22"])
def test_no_whole_percent_does_better_than_the_best(truth, product, objective):
    best = truth.best_discount(
        product, "1", MONDAY, SUNDAY, objective=objective, max_discount_pct=30
    )
    curve = truth.curve(product, "1", MONDAY, SUNDAY, range(31))

    assert curve[objective].max() == pytest.approx(getattr(best, objective))
    assert best.discount_pct == curve[objective].argmax()


def test_a_margin_floor_is_kept(truth):
    free = truth.best_discount("17", None, MONDAY, SUNDAY)
    kept = truth.best_discount("17", None, MONDAY, SUNDAY, min_margin_pct=55)
    curve = truth.curve("17", None, MONDAY, SUNDAY, [kept.discount_pct, kept.discount_pct + 1])

    assert kept.discount_pct < free.discount_pct
    assert curve["margin_pct"].iloc[0] >= 55 > curve["margin_pct"].iloc[1]


def test_doing_nothing_is_always_allowed(truth):
    best = truth.best_discount("9", None, MONDAY, SUNDAY, min_margin_pct=80)

    assert best.discount_pct == 0
    assert best.gain == 0


def test_a_word_that_is_no_objective_is_refused(truth):
    with pytest.raises(InvalidArguments, match="'glory'"):
        truth.best_discount("1", None, MONDAY, SUNDAY, objective="glory")


def test_discounts_pay_for_some_products_and_not_for_others(seeded):
    truth = seeded.truth
    best = [
        truth.best_discount(product, None, MONDAY, SUNDAY, max_discount_pct=30).discount_pct
        for product in truth.responses.index.drop("8")
    ]

    assert sum(discount == 0 for discount in best) >= 6
    assert sum(discount >= 10 for discount in best) >= 5
    assert 10 <= best[0] <= 25


def test_elasticities_lie_where_the_world_says(truth):
    assert truth.responses["elasticity"].between(-3.5, -0.6).all()
    assert truth.responses["elasticity"].max() > -1.0
    assert truth.responses["elasticity"].min() < -2.5
    assert (truth.responses["lift"] > 0).all()


def test_milk_and_dish_soap_have_too_few_price_changes_to_know(truth):
    responses = truth.responses

    assert responses.index[~responses["knowable"]].tolist() == ["9", "23"]
    assert responses.loc["9", "price_changes"] == 1
    assert responses.loc["23", "price_changes"] == responses.loc["23", "promotions"] == 0


def test_drivers_add_up_to_the_expected(truth):
    for day in (MONDAY, date(2025, 12, 24), date(2026, 3, 3)):
        drivers = truth.drivers("18", "3", day)

        assert np.exp(sum(drivers.values())) == pytest.approx(truth.expected_units("18", "3", day))


def test_a_promotion_is_paid_for_by_neighbours_and_by_the_days_after(truth):
    curve = truth.curve("21", "1", MONDAY, SUNDAY, [0, 10, 25])

    assert curve["beside"].iloc[0] == pytest.approx(0)
    assert 0 > curve["beside"].iloc[1] > curve["beside"].iloc[2]


def test_what_happens_beside_a_promotion_is_what_a_changed_plan_says(truth):
    scenarios = truth.scenarios
    rows = scenarios.rows("21", "1")
    at = scenarios.between(MONDAY, SUNDAY)
    whole = np.arange(at[0], at[-1] + 15)

    def profit_beside(discount_pct):
        discount = scenarios.plan.discount.copy()
        discount[np.ix_(rows, at)] = discount_pct
        changed = replace(scenarios, plan=replace(scenarios.plan, discount=discount))
        profit = (np.exp(changed.planned) * changed.unit_profit)[:, whole]
        profit[np.ix_(rows, at - at[0])] = 0.0
        others = np.arange(len(profit)) != rows[0]
        return profit[others, : len(at)].sum() + profit[rows].sum()

    beside = truth.curve("21", "1", MONDAY, SUNDAY, [20])["beside"].iloc[0]
    assert beside == pytest.approx(profit_beside(20.0) - profit_beside(0.0))


def test_christmas_is_quiet_after_full_baskets_and_an_observed_day_off_is_a_day(truth):
    assert truth.drivers("17", "1", date(2025, 12, 23))["holidays"] > 0.2
    assert truth.drivers("17", "1", date(2025, 12, 25))["holidays"] < -0.8
    assert truth.drivers("17", "1", date(2023, 11, 10))["holidays"] == 0


def test_the_worst_of_the_dip_is_right_after_the_promotion(truth):
    scenarios = truth.scenarios
    row = scenarios.rows("21", "1")[0]
    discount = scenarios.plan.discount[row]
    ended = np.flatnonzero((discount[:-1] > 0) & (discount[1:] == 0)) + 1
    clean = [at for at in ended[:-1] if not discount[at : at + 14].any()]
    days = scenarios.axis.starts

    first = np.array([scenarios.drivers("21", "1", days[at])["pull_forward"] for at in clean])
    later = np.array([scenarios.drivers("21", "1", days[at + 10])["pull_forward"] for at in clean])
    assert len(clean) > 5
    assert (first < -0.02).all()
    assert (later > 0.5 * first).all()


def test_a_neighbours_promotion_takes_demand_away(truth):
    scenarios = truth.scenarios
    day = next(
        day
        for day in scenarios.axis.starts[100:1000]
        if scenarios.plan.discount[scenarios.rows("17", "1")[0], scenarios.periods(day)[0]] > 0
        and scenarios.plan.discount[scenarios.rows("18", "1")[0], scenarios.periods(day)[0]] == 0
    )

    assert scenarios.drivers("18", "1", day)["cannibalisation"] < -0.03


def test_a_weekly_world_answers_for_weeks(summit):
    best = summit.truth.best_discount("6", None, MONDAY, SUNDAY)

    assert summit.truth.expected_units("1", "1", MONDAY) > 3
    assert best.discount_pct > 0
    with pytest.raises(OutOfRange, match="7 day"):
        summit.truth.expected_units("1", "1", MONDAY + timedelta(days=1))
