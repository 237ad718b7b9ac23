"""No feature sees the future: checked by changing the future, and the target itself."""

import numpy as np
import pandas as pd
import pytest

from forecasting.demand import Demand
from forecasting.features import Lag, build, features_of
from forecasting.forecasters.base import silent
from forecasting.origin import Origin, without_faults
from forecasting.origins import training_rows
from forecasting.panel_builder import build_panel
from forecasting.pricing.response import estimate_response
from forecasting.units import Frequency
from tests.builders import make_panel
from tests.forecasting.fake_store import FakeStore, sale
from tests.forecasting.worlds import panel_of, with_sales

AT = 250


@pytest.fixture(scope="module")
def panel():
    return make_panel(history=300, plan=60)


def table_at(panel, at=AT, columns=None):
    demand = Demand(panel, estimate_response(panel.until(AT)))
    columns = np.arange(at, at + 14) if columns is None else columns
    return build(features_of(demand), Origin(demand, at), np.arange(panel.n), columns)[0]


def test_sales_from_the_origin_on_change_no_feature(panel):
    wild = panel.sales.copy()
    wild[:, AT:] = 9999.0

    np.testing.assert_array_equal(table_at(panel), table_at(with_sales(panel, wild)))


def test_a_spike_at_the_target_is_not_in_its_own_features(panel):
    spiked = panel.sales.copy()
    spiked[:, AT + 5] *= 50

    np.testing.assert_array_equal(table_at(panel), table_at(with_sales(panel, spiked)))


def test_the_last_day_before_the_origin_is_seen(panel):
    spiked = panel.sales.copy()
    spiked[:, AT - 1] *= 3

    assert not np.array_equal(table_at(panel), table_at(with_sales(panel, spiked)), equal_nan=True)


def test_every_feature_says_what_it_may_look_at(panel):
    features = features_of(Demand(panel, estimate_response(panel)))

    assert {feature.lag for feature in features} == set(Lag)
    assert len({feature.name for feature in features}) == len(features)


def test_what_is_known_in_advance_is_the_same_from_every_origin(panel):
    demand = Demand(panel, estimate_response(panel))
    known = [f for f in features_of(demand) if f.lag is Lag.KNOWN and f.name != "horizon"]
    columns, rows = np.arange(AT, AT + 5), np.arange(panel.n)

    early, late = (build(known, Origin(demand, at), rows, columns)[0] for at in (AT - 30, AT))

    np.testing.assert_array_equal(early, late)


def test_training_looks_no_further_than_the_history(panel):
    demand = Demand(panel, estimate_response(panel))
    rows = training_rows(demand, features_of(demand), most=2000, seed=1, progress=silent)

    assert rows.last < panel.history


def test_recent_means_agree_with_pandas(panel):
    demand = Demand(panel, estimate_response(panel))
    origin = Origin(demand, AT)
    oracle = pd.DataFrame(demand.adjusted[:, :AT].T).rolling(28).mean().iloc[-1].to_numpy()

    np.testing.assert_allclose(oracle, origin.recent(28), rtol=1e-5)


def test_last_year_is_found_on_the_same_weekday():
    weekly = np.tile([5.0, 1, 1, 1, 1, 1, 1], 80)[None, :]
    demand = Demand(panel_of(weekly), estimate_response(panel_of(weekly)))
    origin = Origin(demand, 500)

    same_day = origin.last_year(np.array([0]), np.array([504, 505]), 0)[0]

    assert np.exp(same_day[0] - same_day[1]) == pytest.approx(5.0)


def test_a_fault_is_not_taken_for_a_sale_but_a_promotion_is():
    sales = np.full((1, 100), 10.0)
    sales[0, 50], sales[0, 60] = 10_000.0, 120.0

    cleaned = without_faults(sales)

    assert np.isnan(cleaned[0, 50])
    assert cleaned[0, 60] == 120.0


def test_a_season_is_told_only_when_it_was_seen_twice():
    short, long = (panel_of(np.ones((1, days))) for days in (700, 760))

    names = [
        {feature.name for feature in features_of(Demand(one, estimate_response(one)))}
        for one in (short, long)
    ]

    assert "day_of_year" not in names[0]
    assert "day_of_year" in names[1]


def test_a_plan_not_given_is_assumed_to_repeat_as_it_did():
    fortnight = [*[1] * 7, *[0] * 7] * 6
    days = pd.date_range("2026-01-05", periods=len(fortnight))
    rows = [sale(str(day.date()), 5.0, promo=on) for day, on in zip(days, fortnight, strict=True)]
    store = FakeStore({"sales": rows})
    object.__setattr__(store.profile, "known", ("promo",))
    panel = build_panel(store, horizon=14)

    known = Demand(panel, estimate_response(panel)).known["promo"]

    assert known[0, -14:].tolist() == fortnight[:14]


def test_a_peak_of_one_christmas_is_forecast_from_weeks_without_offers():
    weeks, peak = np.arange(104), slice(50, 52)
    sales = np.outer(np.linspace(50, 150, 20), 1 + 0.01 * np.sin(weeks))
    sales[:, peak] *= 2
    sales[:, 52 + peak.start : 52 + peak.stop] *= 2
    panel = panel_of(sales[:, :96], frequency=Frequency.WEEK, plan=8)
    rows, columns = np.arange(20), np.arange(96, 104)

    base = Origin(Demand(panel, estimate_response(panel)), 96).base(rows, columns)

    assert base[:, 6:] / base[:, :1] == pytest.approx(1.8, abs=0.15)
    assert base[:, :6] / base[:, :1] == pytest.approx(1.0, abs=0.05)


def test_few_series_move_the_base_less_than_many():
    sales = np.full((1, 96), 100.0)
    sales[:, 50:52] *= 2
    panel = panel_of(sales, frequency=Frequency.WEEK, plan=8)

    base = Origin(Demand(panel, estimate_response(panel)), 96).base(np.arange(1), np.array([102]))

    assert 100 < base[0, 0] < 130
