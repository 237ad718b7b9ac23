from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecasting.anomalies.baseline import baseline
from forecasting.anomalies.detector import detect
from forecasting.pricing.response import estimate_response
from tests.builders import make_panel

T = 500


@pytest.fixture
def panel():
    """Return low counts: 40 series of about 2 to 5 units a day."""
    return make_panel(stores=4, products=10, history=T, level=3.0, promotions=False, seed=3)


@pytest.fixture
def busy():
    return make_panel(stores=2, products=8, history=T, level=30.0, promotions=False, seed=4)


def alarms(panel, **options):
    return [one for one in detect(panel, first=100, **options) if one.alarm]


def at(panel, found, row, column):
    store, product = panel.series.loc[row, ["store", "product"]]
    day = panel.periods[column].date()
    return [
        one
        for one in found
        if one.store == store and one.product in (product, None) and one.start <= day <= one.end
    ]


def test_a_spike_in_low_counts_is_found(panel):
    panel.sales[7, 300] = 40

    found = at(panel, alarms(panel), 7, 300)

    assert [one.kind for one in found] == ["spike"]
    assert found[0].actual == 40


def test_a_day_without_any_sale_of_a_busy_product_is_found(busy):
    busy.sales[3, 300] = 0

    assert [one.kind for one in at(busy, alarms(busy), 3, 300)] == ["zero"]


def test_a_drop_is_found(busy):
    busy.sales[3, 300] = 3

    assert [one.kind for one in at(busy, alarms(busy), 3, 300)] == ["drop"]


@pytest.mark.parametrize(("times", "words"), [(1000, 1000), (100, 100)])
def test_figures_in_the_wrong_unit_are_told_from_a_rush(busy, times, words):
    rows = busy.rows(stores=("2",))
    busy.sales[rows, 300] *= times

    found = [one for one in alarms(busy) if one.start == busy.periods[300].date()]

    assert [(one.kind, one.factor, one.product) for one in found] == [("unit_error", words, None)]


def test_a_whole_store_off_is_one_finding(busy):
    rows = busy.rows(stores=("2",))
    busy.sales[rows, 300] = np.floor(busy.sales[rows, 300] * 0.3)

    found = [one for one in alarms(busy) if one.start == busy.periods[300].date()]

    assert [(one.kind, one.store, one.product, one.series) for one in found] == [
        ("drop", "2", None, 8)
    ]


def test_a_store_without_records_is_one_missing_day(busy):
    busy.sales[busy.rows(stores=("1",)), 300] = np.nan

    found = alarms(busy)

    assert [(one.kind, one.store, one.product) for one in found if one.kind == "missing"] == [
        ("missing", "1", None)
    ]


def test_closed_days_are_not_missing(busy):
    busy.sales[:, busy.periods[:T].day_of_week == 6] = np.nan
    closed = replace(busy, closed_when_missing=True)

    assert [one for one in detect(closed, first=100) if one.kind == "missing"] == []
    assert [one for one in detect(busy, first=100) if one.kind == "missing"] == []


def test_a_level_that_moves_and_stays_is_found_within_two_weeks(busy):
    busy.sales[5, 300:] *= 2.2

    found = [one for one in alarms(busy) if one.kind == "level_shift"]

    assert [one.store for one in found] == [busy.series.loc[5, "store"]]
    assert 300 <= busy.periods.get_loc(pd.Timestamp(found[0].seen)) <= 314


@pytest.mark.parametrize(("sensitivity", "most"), [("low", 1.0), ("normal", 2.0), ("high", 8.0)])
def test_quiet_series_raise_few_false_alarms(panel, sensitivity, most):
    days = panel.n * (T - 100)

    assert 1000 * len(alarms(panel, sensitivity=sensitivity)) / days <= most


def test_faults_in_low_counts_are_found_more_often_than_by_a_plain_z_score(panel):
    rng = np.random.default_rng(1)
    places = [(int(rng.integers(40)), int(rng.integers(120, T))) for _ in range(40)]
    for row, column in places:
        panel.sales[row, column] = panel.sales[row, column] * 3 + 9

    ours = alarms(panel)
    hits = sum(bool(at(panel, ours, row, column)) for row, column in places)

    assert hits / len(places) >= 0.9
    assert hits > hits_of_plain_z_score(panel, places, false_alarms=len(ours) - hits)


def hits_of_plain_z_score(panel, places, false_alarms):
    """Return hits of |x - mean| / sd over the last 28 days, at the limit that errs as often."""
    past = pd.DataFrame(panel.sales.T).shift(1).rolling(28)
    z = np.abs((pd.DataFrame(panel.sales.T) - past.mean()) / past.std()).to_numpy().T.copy()
    at_faults = np.array([z[row, column] for row, column in places])
    z[tuple(np.array(places).T)] = 0
    limit = np.sort(z[:, 100:].ravel())[-1 - false_alarms]
    return int((at_faults > limit).sum())


def test_what_comes_later_changes_nothing_found_before(busy):
    busy.sales[3, 200] = 150
    busy.sales[5, 300:] *= 2.2
    later = replace(busy, sales=busy.sales.copy())
    later.sales[:, 350:] = np.random.default_rng(0).poisson(500, later.sales[:, 350:].shape)

    def before(panel):
        return detect(panel, first=100, last=350)

    assert before(later) == before(busy)
    assert before(busy.until(350)) == before(busy)


def test_a_holiday_rush_is_put_down_to_the_holiday(busy):
    day = busy.periods.get_loc(pd.Timestamp("2024-12-25"))
    busy.sales[:, day] *= 1.9

    found = [one for one in detect(busy, first=100) if one.start == busy.periods[day].date()]

    assert {one.likely_reason for one in found} == {"a public holiday"}


def test_a_local_event_is_named(busy):
    mask = np.zeros((busy.n, len(busy.periods)), dtype=bool)
    mask[:, 310] = True
    busy.sales[:, 310] *= 1.9
    known = replace(busy, events={"Street Fair": mask})

    found = [one for one in detect(known, first=100) if one.start == busy.periods[310].date()]

    assert {one.likely_reason for one in found} == {"the event 'Street Fair'"}


def test_a_stock_out_is_no_alarm(busy):
    busy.sales[3, 300] = 0
    busy.stocked_out[3, 300] = True

    assert at(busy, alarms(busy), 3, 300) == []


def test_promotions_are_expected_where_the_response_is_known():
    panel = make_panel(stores=3, products=6, history=730, elasticity=-2.5, seed=2)

    known = detect(panel, response=estimate_response(panel), first=200)

    assert len([one for one in known if one.alarm]) / (panel.n * 530) < 0.003


@pytest.mark.parametrize("value", [0.0, 4.0, np.nan])
def test_dull_series_break_nothing(value):
    panel = make_panel(history=200)
    panel.sales[:] = value

    assert [one for one in detect(panel) if one.kind != "missing"] == []


def test_a_short_history_finds_nothing():
    assert detect(make_panel(history=20)) == []


def test_only_the_series_asked_about_are_told(busy):
    busy.sales[3, 300] = 200
    busy.sales[9, 300] = 200

    found = detect(busy, rows=np.array([3]), first=290)

    assert {(one.store, one.product) for one in found if one.alarm} == {("1", "4")}


@pytest.mark.parametrize("first", [150, 293, 300, 306, 420])
def test_looking_at_fewer_days_finds_the_same_in_them(busy, first):
    busy.sales[3, 300] = 200
    busy.sales[5, 290:297] *= 3
    busy.sales[6, 275:282] *= 3
    busy.sales[6, 294:301] *= 3

    whole = [one for one in detect(busy) if one.seen >= busy.periods[first].date()]

    assert detect(busy, first=first) == whole


def test_what_is_expected_is_that_of_the_panel_and_the_response_asked_about(panel, busy):
    first, again = baseline(panel, None), baseline(panel, None)
    other = baseline(busy, None)
    answering = estimate_response(panel)

    assert again is first
    assert other.mean.shape == busy.sales[:, : busy.history].shape
    assert baseline(panel, answering) is not first
    assert np.array_equal(baseline(panel, None).mean, first.mean, equal_nan=True)


def test_looking_further_back_afterwards_finds_the_same_as_at_once(busy):
    busy.sales[3, 300] = 200
    busy.sales[2, 275:282] *= 3
    untouched = busy.until(busy.history)
    late = detect(busy, first=400)

    assert detect(busy, first=100) == detect(untouched, first=100)
    assert detect(busy, first=400) == late
