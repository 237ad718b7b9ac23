import numpy as np
import pytest

from forecasting.pricing import outlook as outlook_module
from forecasting.pricing.optimiser import Limits, candidates
from forecasting.pricing.outlook import Outlook
from forecasting.pricing.planning import choose, plan_discounts, total_gain
from forecasting.pricing.response import estimate_response
from forecasting.scope import PlanChange
from tests.builders import make_panel
from tests.forecasting.pricing.confounded import ConfoundedWorld
from tests.forecasting.pricing.shop import outlooks_in, small_shop

NO_LIMITS = Limits()


def outlook_of(panel, response, product, *, cost, units=20.0, error=0.1):
    rows = panel.rows(products=(product,))
    columns = (len(panel.periods) - 7, len(panel.periods))
    panel.discount[rows, slice(*columns)] = 0
    panel.promoted[rows, slice(*columns)] = 0
    mean = np.full((len(rows), 7), units)
    return Outlook(product, panel, rows, columns, mean, error, response, cost)


def best_of(outlook, objective="profit", limits=NO_LIMITS):
    choice = candidates(outlook, objective=objective, limits=limits)
    return choose([choice], limits)[0]


@pytest.fixture(scope="module")
def elastic():
    panel = make_panel(stores=3, products=4, history=730, elasticity=-3.0, seed=5)
    return panel, estimate_response(panel)


@pytest.fixture(scope="module")
def inelastic():
    panel = make_panel(stores=3, products=4, history=730, elasticity=-0.8, lift=0.0, seed=6)
    return panel, estimate_response(panel)


def test_a_price_sensitive_product_is_discounted_near_its_true_best(elastic):
    best = best_of(outlook_of(*elastic, "1", cost=2.0))

    # By hand: price 5, cost 2, elasticity -3, lift 0.2: the best price is 2 * 3 / (3 - 1) = 3.
    assert best.discount_pct in (35.0, 34.0, 33.0)
    assert best.gain.lower > 0


def test_a_dull_product_keeps_its_price(inelastic):
    best = best_of(outlook_of(*inelastic, "1", cost=2.0))

    assert best.discount_pct is None
    assert best.gain.mean == 0


def test_units_take_the_deepest_discount_that_was_tried_and_one_step(elastic):
    best = best_of(outlook_of(*elastic, "2", cost=2.0), objective="units")

    assert best.discount_pct == 35


def test_no_advice_is_deeper_than_allowed(elastic):
    best = best_of(outlook_of(*elastic, "1", cost=2.0), limits=Limits(max_discount_pct=12))

    assert best.discount_pct <= 12


def test_the_margin_floor_holds_in_every_store_and_day(elastic):
    limits = Limits(min_margin_pct=50)
    outlook = outlook_of(*elastic, "1", cost=2.0)

    choice = candidates(outlook, objective="profit", limits=limits)

    # 50 % of the price is left while the price is at least 4: a fifth off 5.
    assert max(one.discount_pct or 0 for one in choice.candidates) == 20
    assert all(one.margin_pct >= 50 - 1e-4 for one in choice.candidates)


def test_a_floor_no_discount_can_keep_leaves_the_plan(elastic):
    limits = Limits(min_margin_pct=90)

    assert best_of(outlook_of(*elastic, "1", cost=2.0), limits=limits).discount_pct is None


def test_the_budget_is_kept_and_spent_where_it_brings_most(elastic):
    panel, response = elastic
    outlooks = [outlook_of(panel, response, p, cost=2.0) for p in ("1", "2", "3")]
    free = [candidates(one, objective="profit", limits=NO_LIMITS) for one in outlooks]
    wanted = sum(one.given_away for one in choose(free, NO_LIMITS))
    limits = Limits(budget=wanted / 3)

    chosen = choose(free, limits)

    assert 0 < sum(one.given_away for one in chosen) <= limits.budget
    assert sum(one.gain.mean for one in chosen) > 0


def test_doing_nothing_is_always_a_candidate(elastic):
    outlook = outlook_of(*elastic, "1", cost=2.0)
    choice = candidates(outlook, objective="profit", limits=Limits(max_discount_pct=0))

    assert [one.discount_pct for one in choice.candidates] == [None, 0.0]


def test_a_planned_discount_that_loses_money_is_dropped(inelastic):
    panel, response = inelastic
    outlook = outlook_of(panel, response, "3", cost=2.0)
    panel.discount[outlook.rows, slice(*outlook.columns)] = 30
    panel.promoted[outlook.rows, slice(*outlook.columns)] = 1
    planned = Outlook("3", panel, outlook.rows, outlook.columns, outlook.mean, 0.1, response, 2.0)

    assert best_of(planned).discount_pct == 0


def test_what_is_promised_is_about_what_comes():
    promised, realised = 0.0, 0.0
    for seed in (21, 22):
        world = ConfoundedWorld.make(seed)
        response = estimate_response(world.panel)
        for product in response.table.index[response.table["usable"]]:
            outlook = outlook_of(world.panel, response, product, cost=None)
            usual = outlook.planned.regular.mean()
            outlook = outlook_of(world.panel, response, product, cost=float(usual) * 0.5)
            best = best_of(outlook)
            promised += best.gain.mean / usual
            realised += true_gain(world, outlook, best) / usual

    assert promised / realised == pytest.approx(1.0, abs=0.12)


def true_gain(world, outlook, best):
    if best.discount_pct is None:
        return 0.0
    number = int(outlook.product) - 1
    kept = 1 - best.discount_pct / 100
    promoted = best.discount_pct >= 5
    answer = kept ** world.elasticity[number] * np.exp(world.lift[number] * promoted)
    price = outlook.planned.regular
    after = outlook.mean * answer * (price * kept - outlook.unit_cost)
    return float((after - outlook.mean * (price - outlook.unit_cost)).sum())


def test_the_total_gain_is_narrower_than_the_sum_of_ranges(elastic):
    panel, response = elastic
    outlooks = [outlook_of(panel, response, p, cost=2.0) for p in ("1", "2", "3")]
    choices = [candidates(o, objective="profit", limits=NO_LIMITS) for o in outlooks]
    planned = plan_discounts(choices, NO_LIMITS)

    total = total_gain(planned)

    gains = [one.best.gain for one in planned]
    assert total.mean == pytest.approx(sum(one.mean for one in gains))
    assert total.upper - total.lower < sum(one.upper - one.lower for one in gains)


@pytest.mark.parametrize("at_once", [1, 20_000])
def test_discounts_weighed_together_bring_what_each_brings_alone(monkeypatch, at_once):
    panel, response = small_shop()
    monkeypatch.setattr(outlook_module, "_MOST_CELLS", at_once)
    one = outlooks_in(panel, response, ["1"])["1"]
    depths = [0.0, 7.0, 10.0, 25.0]

    together = list(one.at(depths))

    for depth, (asked, outcome, margin) in zip(depths, together, strict=True):
        alone = one.asked(PlanChange(discount_pct=depth))
        assert asked.paid == pytest.approx(alone.paid)
        assert outcome.profit == pytest.approx(one.under(alone).profit, rel=1e-9)
        assert outcome.whole_draws(one.as_planned, "profit") == pytest.approx(
            one.under(alone).whole_draws(one.as_planned, "profit"), rel=1e-9
        )
        assert margin == pytest.approx(one.least_margin_pct(alone))
