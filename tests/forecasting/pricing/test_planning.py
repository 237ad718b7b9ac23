from dataclasses import replace
from itertools import product as every

import numpy as np
import pytest

from forecasting.pricing.optimiser import Limits, candidates
from forecasting.pricing.planning import LIKELY, choose, plan_discounts, total_gain
from forecasting.scope import PlanChange
from tests.forecasting.pricing.shop import COST, outlooks_in, small_shop


@pytest.fixture(scope="module")
def shop():
    return small_shop()


def weighed(outlooks, limits, objective="profit"):
    return [candidates(one, objective=objective, limits=limits) for one in outlooks.values()]


@pytest.mark.parametrize("share", [0.15, 0.4, 0.75])
def test_under_a_budget_the_plan_is_the_best_of_all_that_can_be_afforded(shop, share):
    panel, response = shop
    outlooks = outlooks_in(panel, response, ["1", "2", "4"])
    # On their own: no neighbours, so gains do not depend on each other.
    alone = {name: replace(one, market=None) for name, one in outlooks.items()}
    wanted = sum(one.given_away for one in choose(weighed(alone, Limits()), Limits()))
    limits = Limits(budget=share * wanted)
    choices = weighed(alone, limits)

    chosen = choose(choices, limits)

    best = max(
        sum(one.expected_gain for one in plan)
        for plan in every(*(able(choice) for choice in choices))
        if sum(one.given_away for one in plan) <= limits.budget
    )
    assert sum(one.expected_gain for one in chosen) == pytest.approx(best)
    assert sum(one.given_away for one in chosen) <= limits.budget + 1e-6


def able(choice):
    keep, *others = choice.candidates
    return [keep, *(one for one in others if one.expected_gain > 0 and one.likely >= LIKELY)]


def joint_profit(outlooks, discounts):
    """Return what two rivals earn together: each loses what the other adds, by the known share."""
    one, other = outlooks.values()
    share = one.market.answers_of("")[0][0]
    asked = [
        outlook.planned if off is None else outlook.asked(PlanChange(discount_pct=off))
        for outlook, off in zip((one, other), discounts, strict=True)
    ]
    added = [outlook.added(plan) for outlook, plan in zip((one, other), asked, strict=True)]
    total = 0.0
    for me, plan, own, theirs in zip((one, other), asked, added, reversed(added), strict=True):
        sold = me.mean * np.exp(own - share * theirs)
        total += float((sold * (plan.paid - COST)).sum())
    return total


@pytest.mark.parametrize("neighbours", [0.2, 0.9])
def test_rivals_are_planned_together_as_well_as_trying_every_pair_would(neighbours):
    panel, response = small_shop(neighbours=neighbours, after=0.0)
    outlooks = outlooks_in(panel, response, ["1", "3"])
    depths = [None, *range(0, 36, 5)]
    planned = joint_profit(outlooks, (None, None))
    best = max(joint_profit(outlooks, pair) for pair in every(depths, depths)) - planned

    chosen = plan_discounts(weighed(outlooks, Limits()), Limits())

    got = joint_profit(outlooks, [one.best.discount_pct for one in chosen]) - planned
    assert got >= 0.97 * best
    # What is promised is what comes of all of it together, not of each as if it were alone.
    assert total_gain(chosen).mean == pytest.approx(got, rel=0.01)


def test_rivals_gain_less_together_than_each_would_alone():
    panel, response = small_shop(neighbours=0.9, after=0.0)
    outlooks = outlooks_in(panel, response, ["1", "3"])
    alone = [choose(weighed({"x": one}, Limits()), Limits())[0] for one in outlooks.values()]

    together = plan_discounts(weighed(outlooks, Limits()), Limits())

    assert all(one.discount_pct for one in alone)
    assert total_gain(together).mean < sum(one.expected_gain for one in alone)


def test_a_plan_is_not_changed_for_next_to_nothing():
    panel, response = small_shop(neighbours=0.0, after=0.0, elasticity=-2.0)
    ahead = slice(panel.history, panel.history + 7)
    outlooks = outlooks_in(panel, response, ["2"])
    best = choose(weighed(outlooks, Limits()), Limits())[0]
    panel.discount[:, ahead] = best.discount_pct - 1
    panel.promoted[:, ahead] = 1

    kept = choose(weighed(outlooks_in(panel, response, ["2"]), Limits()), Limits())[0]

    assert kept.discount_pct is None


@pytest.mark.parametrize(
    ("limits", "named"),
    [
        (Limits(max_discount_pct=5), "max_discount"),
        (Limits(min_margin_pct=58), "margin_floor"),
        (Limits(budget=1.0), "budget"),
    ],
)
def test_the_limit_that_keeps_a_better_discount_out_is_named(shop, limits, named):
    panel, response = shop
    outlooks = outlooks_in(panel, response, ["2"])

    (planned,) = plan_discounts(weighed(outlooks, limits), limits)

    assert planned.limits == (named,)


def test_where_the_deepest_tried_is_best_that_is_said():
    panel, response = small_shop()
    outlooks = outlooks_in(panel, response, ["2"])

    (planned,) = plan_discounts(weighed(outlooks, Limits(), "units"), Limits())

    assert planned.limits == ("tried",)


def test_a_budget_nobody_set_is_never_named():
    panel, response = small_shop(neighbours=0.9, after=0.0)
    outlooks = outlooks_in(panel, response, ["1", "3"])

    planned = plan_discounts(weighed(outlooks, Limits()), Limits())

    assert not any("budget" in one.limits for one in planned)


def test_a_budget_with_money_left_for_more_is_not_what_holds_a_discount_back():
    panel, response = small_shop(neighbours=0.9, after=0.0)
    outlooks = outlooks_in(panel, response, ["1", "3"])
    choices = weighed(outlooks, Limits())
    alone = sum(choose([one], Limits())[0].given_away for one in choices)
    together = sum(one.best.given_away for one in plan_discounts(choices, Limits()))
    limits = Limits(budget=0.99 * alone)

    planned = plan_discounts(weighed(outlooks, limits), limits)

    # What each would give away alone is more than the budget; beside each other they want less.
    assert together < limits.budget
    assert not any("budget" in one.limits for one in planned)


@pytest.mark.parametrize("neighbours", [0.3, 1.2])
def test_four_rivals_are_planned_nearly_as_well_as_trying_all_plans_would(neighbours):
    panel, response = small_shop(neighbours=neighbours, after=0.0, products=8)
    outlooks = outlooks_in(panel, response, ["1", "3", "5", "7"])
    market = next(iter(outlooks.values())).market
    depths = np.arange(0, 36, 5)
    added, taken = [], []
    for one in outlooks.values():
        added.append([one.added(one.asked(PlanChange(discount_pct=d))).mean() for d in depths])
        unit = np.zeros((panel.n, 7))
        unit[market.at(one.rows)] = 1.0
        presses = market.pressed(unit)[:, 0]
        taken.append([presses[market.at(other.rows)] for other in outlooks.values()])
    plans = np.array(list(every(range(len(depths)), repeat=4)))
    own = np.array(added)[np.arange(4), plans]
    pressed = np.einsum("xq,qps->xps", own, np.array(taken))
    margin = 5.0 * (1 - depths[plans] / 100) - COST
    profit = 7 * 20.0 * (np.exp(own[:, :, None] + pressed) * margin[:, :, None]).sum(axis=(1, 2))
    best = profit.max() - profit[0]

    chosen = plan_discounts(weighed(outlooks, Limits()), Limits())

    got = total_gain(chosen).mean
    # Whole percents lie between the steps of five, so the plan may even do a little better.
    assert 0.95 * best <= got <= 1.03 * best


class HalfServed:
    """Stores that have half of what any offer would sell."""

    def served(self, factor, discount):
        return np.where(discount > 0, 0.5, 1.0) * np.ones_like(factor)


@pytest.mark.parametrize(("days", "share"), [(0, 0.5), (13, (0.5 + 6) / 7), (14, 1.0)])
def test_stock_is_short_only_until_what_is_ordered_now_arrives(shop, days, share):
    panel, response = shop
    outlook = outlooks_in(panel, response, ["2"])["2"]
    columns = panel.history + days, panel.history + days + 7
    market = replace(outlook.market, columns=columns)
    later = replace(outlook, columns=columns, market=market, supply=HalfServed())
    offer = later.asked(PlanChange(discount_pct=20))

    assert later.served(offer).mean() == pytest.approx(share)
    assert later.served(later.planned).mean() == 1.0
