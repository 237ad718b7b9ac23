"""Retail worlds of another make, and how advice is scored in them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from benchmarks.worlds import rivals
from benchmarks.worlds.__main__ import line
from benchmarks.worlds.asking import Advised
from benchmarks.worlds.kinds import ANCHOR, KINDS, KINK, bent
from benchmarks.worlds.market import Size
from benchmarks.worlds.replay import effects, profit
from benchmarks.worlds.scoring import followed, score, uplifts
from benchmarks.worlds.world import make_retailer
from forecasting.data.ingest import ingest
from forecasting.data.store import SalesStore
from forecasting.pricing.response import estimate_response
from tests.builders import make_panel

SMALL = Size(categories=1, products=3, stores=2)
SHAPES = sorted({kind.shape for kind in KINDS.values()})


@pytest.fixture(scope="module")
def busy():
    return make_retailer("loglog-busy", seed=3, size=SMALL)


def _texts(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_arguments_give_the_same_files_to_the_byte(tmp_path):
    for name in ("one", "two"):
        make_retailer("kinked-slow", seed=4, size=SMALL).write(tmp_path / name)

    assert _texts(tmp_path / "one") == _texts(tmp_path / "two")


@pytest.mark.parametrize("name", ["loglog-busy", "weekly-loglog-slow", "hidden-store-busy"])
def test_a_retailers_files_load_without_a_refused_row(name, tmp_path):
    world = make_retailer(name, seed=1, size=SMALL)
    world.write(tmp_path / "files")
    today = (world.market.cutoff + pd.Timedelta(days=1)).date()

    report = ingest(
        str(tmp_path / "files"), SalesStore(tmp_path / "data"), today=today, currency="USD"
    ).to_dict()

    assert {one["table"] for one in report["tables"]} >= {"sales", "stock", "prices", "promotions"}
    assert not any(one["quarantined"] or one["unknown_columns"] for one in report["tables"])


@pytest.mark.parametrize("shape", SHAPES)
def test_all_responses_agree_at_the_anchor_and_grow_with_depth(shape):
    depth = np.linspace(0, 0.4, 41)

    added = bent(shape, np.array(-2.0), depth)

    assert added[0] == 0
    assert added[20] == pytest.approx(-2.0 * np.log(1 - ANCHOR))
    assert (np.diff(added) >= 0).all()


def test_small_cuts_do_nothing_where_the_response_is_kinked():
    assert bent("kinked", np.array(-3.0), np.array(KINK)) == 0


def test_a_promotion_takes_from_neighbours_and_from_the_weeks_after(busy):
    market, plan = busy.market, busy.plan
    week = market.history
    still = np.zeros_like(plan.discount)
    cut = still.copy()
    cut[:, 0, week] = 20.0

    added = effects(market, plan.regular, cut) - effects(market, plan.regular, still)

    assert (added[:, 0, week] > 0).all()
    assert (added[:, 1:, week] < 0).all()
    assert (added[:, 0, week + 1] < added[:, 0, week + 2]).all()
    assert (added[:, 0, week + 2] < 0).all()
    assert not added[:, :, :week].any()


def test_people_get_used_to_discounts_only_where_they_remember_prices():
    for name, remembered in (("reference-busy", True), ("loglog-busy", False)):
        market = make_retailer(name, seed=1, size=SMALL).market
        regular = np.repeat(market.listed[:, None], 20, axis=1)
        discount = np.full((1, 3, 20), 20.0)

        added = effects(market, regular, discount)

        assert (added[..., -1] < added[..., 2] - 0.05).all() == remembered


def test_stores_sell_no_more_than_they_hold_and_sometimes_run_out(busy):
    out = busy.held == 0

    assert (busy.sold >= 0).all()
    assert (busy.held >= 0).all()
    assert 0.005 < out.mean() < 0.15


@pytest.mark.parametrize("name", ["loglog-busy", "loglog-slow", "hidden-product-busy"])
def test_promotions_follow_the_planners_driver_in_the_direction_of_the_kind(name):
    world = make_retailer(name, seed=2)

    promoted = (world.plan.discount > 0).ravel()
    together = np.corrcoef(world.market.driver.ravel(), promoted)[0, 1]

    assert together * world.market.kind.towards > 0.2


def test_a_hidden_driver_is_in_no_file(tmp_path):
    columns = {}
    for name in ("loglog-busy", "hidden-product-busy"):
        make_retailer(name, seed=1, size=SMALL).write(tmp_path / name)
        columns[name] = {
            path.name: path.read_text(encoding="utf-8").splitlines()[0]
            for path in (tmp_path / name).iterdir()
        }

    assert columns["loglog-busy"] == columns["hidden-product-busy"]


def test_a_hidden_driver_is_not_the_season_that_all_of_a_category_share():
    together = {}
    for name in ("loglog-busy", "hidden-product-busy"):
        driver = make_retailer(name, seed=1, size=SMALL).market.driver[0]
        together[name] = np.corrcoef(driver)[0, 1]

    assert together["loglog-busy"] == pytest.approx(1)
    assert together["hidden-product-busy"] < 0.5


def test_the_best_plan_costs_nothing_the_retailers_own_a_hundred(busy):
    silence = Advised(seconds=(0.1,))

    found = score(busy, silence, estimate_response(make_panel()), seed=1)

    assert found.regret == pytest.approx(100)
    assert found.realised == 0
    assert found.attainable > 0
    assert min(found.nothing, found.random, found.regression) > 0


def test_no_single_change_of_the_best_plan_earns_more(busy):
    best = rivals.best(busy)
    most = rivals.earned(busy, best)

    for week in range(busy.asked.start, busy.asked.stop):
        for product in range(3):
            for depth in rivals.GRID:
                other = best.with_discount(product, week, depth)
                assert rivals.earned(busy, other) <= most + 1e-6


def test_many_plans_replayed_at_once_bring_what_each_brings_alone():
    world = make_retailer("short-loglog-busy", seed=1, size=SMALL)
    plans = np.stack([world.plan.discount, np.full_like(world.plan.discount, 25.0)])

    together = profit(world.market, world.plan.regular, plans, world.shelf, world.counted)

    for number in range(2):
        alone = profit(world.market, world.plan.regular, plans[number], world.shelf, world.counted)
        assert together[number] == pytest.approx(alone)


def test_a_store_that_is_short_sells_less_of_a_deep_discount():
    short = make_retailer("short-loglog-busy", seed=1, size=SMALL)
    ample = replace(short.market, kind=KINDS["loglog-busy"])
    deep = np.full_like(short.plan.discount, 30.0)
    deep[..., : short.market.history] = 0

    bound = profit(short.market, short.plan.regular, deep, short.shelf, short.counted)
    free = profit(ample, short.plan.regular, deep, short.shelf, short.counted)

    assert (bound <= free + 1e-9).all()
    assert bound.sum() < free.sum()


def test_advice_replaces_the_plan_only_where_it_was_given(busy):
    week = busy.asked.start
    advice = Advised({("P02", week): 15.0}, seconds=(0.1,))

    plan = followed(busy, advice)

    assert (plan.discount[:, 1, week] == 15.0).all()
    plan.discount[:, 1, week] = busy.plan.discount[:, 1, week]
    assert np.array_equal(plan.discount, busy.plan.discount)


def test_who_regresses_plainly_takes_the_season_for_the_discounts_doing():
    world = make_retailer("loglog-busy", seed=1)

    chosen = rivals.regressed(world).discount[0, :, world.asked].mean()

    assert chosen > 1.5 * rivals.best(world).discount[0, :, world.asked].mean()


def test_an_estimate_that_is_the_truth_has_no_error_and_is_covered(busy):
    response = estimate_response(make_panel())
    table = response.table.iloc[[0, 0, 0]].copy()
    table.index = pd.Index(busy.products, name="product")
    table["elasticity"], table["promotion_lift"] = busy.market.elasticity, busy.market.lift
    table[["usable", "combined"]] = [True, False]
    table["lowest_ratio"] = 0.6
    known = replace(response, table=table)

    error, truth, covered = uplifts(busy, known, Advised(unknown={"P03": "why"}))

    assert len(truth) == 2
    assert error == pytest.approx((0.0, 0.0), abs=1e-5)
    assert covered == (True, True)


def test_a_line_of_the_table_adds_promises_before_it_divides(busy):
    one = score(busy, Advised(seconds=(0.1,)), estimate_response(make_panel()), seed=1)
    two = [replace(one, promised=30.0, realised=10.0), replace(one, promised=10.0, realised=30.0)]

    assert "   1.00" in line("both", two)
