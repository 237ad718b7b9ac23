from dataclasses import replace

import numpy as np
import pytest

from forecasting.pricing.design import PRICE, PROMOTION
from forecasting.pricing.exposure import Exposure
from forecasting.pricing.partitions import shocks
from forecasting.pricing.working import Working
from tests.builders import make_panel

COLUMNS = (PRICE, PROMOTION)


def begun(panel, *, pinned=False, alone=False):
    exposure = Exposure.of(panel)
    columns = {PRICE: exposure.log_ratio, PROMOTION: exposure.promoted}
    held = np.full((len(exposure.products), len(COLUMNS)), pinned)
    return Working.of(panel, exposure, columns, held, () if alone else shocks(panel))


def settled(work):
    for _ in range(8):
        work.update_effects()
    return work


def by_stretch(values):
    return np.add.reduceat(values, [0, 84, 168, 252], axis=-1)


@pytest.fixture
def panel():
    return make_panel(stores=2, products=3, history=280, seed=11)


def test_a_sale_in_a_wrong_unit_is_left_out_and_a_busy_day_is_not(panel):
    panel.sales[0, 40] = 1000 * np.nanmax(panel.sales)
    busiest = np.nanargmax(panel.sales[1])

    work = begun(panel)

    assert not work.usable[0, 40]
    assert work.usable[1, busiest]
    assert work.sales[0, 40] == 0


def test_effects_come_to_explain_the_level_of_every_series(panel):
    work = settled(begun(panel))

    sums = (work.sales.sum(axis=1), work.expected().sum(axis=1))

    assert sums[1] == pytest.approx(sums[0], rel=1e-3)


def test_a_coefficient_moves_what_should_sell_by_its_power(panel):
    work = begun(panel)
    before = work.expected()
    work.coefficients[:, 0] = -2.0
    work.answer()

    assert work.expected() == pytest.approx(before * np.exp(-2.0 * work.columns[0]))


def test_a_full_shelf_tells_all_of_demand_and_an_empty_one_less(panel):
    panel.stocked_out[0, 100] = True
    work = begun(panel)

    told = work.informed()

    assert 0 < told[0, 100] < 1
    assert (told[work.usable & ~work.censored] == 1).all()


def test_what_an_empty_shelf_hides_is_filled_in_once_the_level_is_known(panel):
    panel.stocked_out[0, 100] = True
    panel.sales[0, 100] = 1.0
    work = settled(begun(panel))

    assert work.sales[0, 100] > 0.5 * work.expected()[0, 100] > 1.0
    assert work.floor[0, 100] == 1.0


def test_a_sale_nothing_can_explain_is_dropped_once_the_level_is_known(panel):
    panel.sales[2, 30] = 8 * np.nanquantile(panel.sales[2], 0.9)
    work = settled(begun(panel, alone=True))
    assert work.usable[2, 30], "not so odd that it could be told at once"

    work.weigh()

    assert not work.usable[2, 30]
    assert work.columns[:, 2, 30].tolist() == [0, 0]
    assert work.usable.mean() > 0.98


def test_series_that_vary_more_than_chance_weigh_less(panel):
    calm = settled(begun(panel))
    calm.weigh()
    rng = np.random.default_rng(5)
    luck = rng.gamma(4, 1 / 4, panel.sales.shape)
    rough = settled(begun(replace(panel, sales=np.round(panel.sales * luck))))
    rough.weigh()

    assert rough.extra > calm.extra + 0.1
    assert rough.weight.mean() < 0.6 * calm.weight.mean()


def test_only_comparisons_within_twelve_weeks_count(panel):
    work = settled(begun(panel))
    weighted = work.weight * work.expected() * work.rest()

    assert by_stretch(weighted) == pytest.approx(0, abs=1e-6)


def test_so_it_is_where_shared_shocks_are_taken_out_too(panel):
    work = settled(begun(panel))
    weighted = work.weight * work.expected() * work.rest(beside=work.shared)

    assert by_stretch(weighted) == pytest.approx(0, abs=1e-6)


def test_what_is_left_of_sales_says_nothing_of_a_series_level_in_twelve_weeks(panel):
    work = begun(panel)
    work.update_effects()

    assert by_stretch(work.expected()) == pytest.approx(by_stretch(work.sales), rel=1e-6)


def test_a_pinned_coefficient_has_no_room_to_move(panel):
    assert (begun(panel, pinned=True).penalty > 1e9).all()
    assert (begun(panel).penalty < 1e9).all()
