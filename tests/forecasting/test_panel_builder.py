"""The panel holds what the tables say, where they say it."""

import numpy as np
import pandas as pd
import pytest

from forecasting.data.profile import DatasetProfile
from forecasting.panel_builder import build_panel
from forecasting.units import Frequency, Target
from tenants.errors import CannotAnswer
from tests.forecasting.fake_store import FakeStore, sale

THREE_DAYS = [sale(f"2026-01-0{day}", units) for day, units in ((1, 5.0), (2, 7.0), (3, 6.0))]


def test_channels_of_one_store_are_summed():
    store = FakeStore(
        {"sales": [sale("2026-01-01", 5.0), sale("2026-01-01", 2.0, channel="clearance")]}
    )

    assert build_panel(store).sales.tolist() == [[7.0]]


def test_a_missing_day_is_not_a_zero():
    store = FakeStore({"sales": [sale("2026-01-01", 5.0), sale("2026-01-03", 6.0)]})

    assert np.isnan(build_panel(store).sales[0, 1])


def test_a_missing_day_is_a_zero_where_the_source_says_so_but_not_before_the_first_sale():
    store = FakeStore(
        {
            "sales": [
                sale("2026-01-01", 5.0),
                sale("2026-01-02", 4.0, product="2"),
                sale("2026-01-03", 6.0),
            ]
        },
        DatasetProfile(missing="zero"),
    )

    np.testing.assert_array_equal([[5.0, 0.0, 6.0], [np.nan, 4.0, 0.0]], build_panel(store).sales)


def test_a_week_in_progress_is_left_out_when_sales_come_by_the_day():
    days = pd.date_range("2026-01-05", "2026-01-21")
    store = FakeStore(
        {"sales": [sale(str(day.date()), 1.0) for day in days]},
        DatasetProfile(frequency=Frequency.WEEK),
    )

    assert build_panel(store).sales.tolist() == [[7.0, 7.0]]


def test_a_week_named_by_its_first_day_counts_as_ended():
    store = FakeStore(
        {"sales": [sale("2026-01-01", 5.0), sale("2026-01-08", 6.0)]},
        DatasetProfile(frequency=Frequency.WEEK, week_anchor=3),
    )

    panel = build_panel(store)

    assert panel.sales.tolist() == [[5.0, 6.0]]
    assert panel.cutoff == pd.Timestamp("2026-01-08")


def test_months_have_their_own_lengths():
    store = FakeStore(
        {"sales": [sale("2026-01-01", 5.0), sale("2026-02-01", 6.0)]},
        DatasetProfile(frequency=Frequency.MONTH),
    )

    assert build_panel(store, horizon=1).periods[-1] == pd.Timestamp("2026-03-01")


def test_a_price_holds_from_its_date_and_the_store_s_own_stands_before_the_general():
    store = FakeStore(
        {
            "sales": [*THREE_DAYS, sale("2026-01-01", 1.0, store="2")],
            "prices": [
                {"date": "2025-12-01", "store": "", "product": "1", "price": 4.0},
                {"date": "2026-01-02", "store": "", "product": "1", "price": 5.0},
                {"date": "2026-01-03", "store": "2", "product": "1", "price": 3.0},
            ],
        }
    )

    panel = build_panel(store, horizon=1)

    assert panel.price.tolist() == [[4.0, 5.0, 5.0, 5.0], [4.0, 5.0, 3.0, 3.0]]


def test_without_prices_the_list_price_holds():
    store = FakeStore(
        {"sales": THREE_DAYS, "products": [{"product": "1", "name": "Tea", "list_price": 2.5}]}
    )

    assert build_panel(store, horizon=0).price.tolist() == [[2.5, 2.5, 2.5]]


def test_the_deepest_of_overlapping_promotions_counts():
    def promotion(start, end, percent, store=""):
        return {
            "start": start,
            "end": end,
            "store": store,
            "product": "1",
            "discount_pct": percent,
        }

    store = FakeStore(
        {
            "sales": THREE_DAYS,
            "promotions": [
                promotion("2026-01-02", "2026-01-04", 10.0),
                promotion("2026-01-03", "2026-01-03", 25.0, store="1"),
            ],
        }
    )

    panel = build_panel(store, horizon=2)

    assert panel.discount.tolist() == [[0.0, 10.0, 25.0, 10.0, 0.0]]
    assert panel.promoted.tolist() == [[0.0, 1.0, 1.0, 1.0, 0.0]]


def test_without_a_price_table_the_regular_price_is_the_recent_high_of_prices_paid():
    paid = (4.0, 3.0, 4.0)
    rows = [sale(f"2026-01-0{i + 1}", 5.0, price=price) for i, price in enumerate(paid)]
    plan = pd.DataFrame(
        {"date": [pd.Timestamp("2026-01-05")], "store": "1", "product": "1", "price": [2.0]}
    )

    panel = build_panel(FakeStore({"sales": rows}), plan=plan, horizon=2)

    assert panel.price.tolist() == [[4.0, 4.0, 4.0, 4.0, 4.0]]
    assert panel.discount.tolist() == [[0.0, 25.0, 0.0, 0.0, 50.0]]


def test_words_become_codes_that_a_plan_does_not_move():
    rows = [
        sale("2026-01-01", 5.0, holiday="a"),
        sale("2026-01-02", 5.0, holiday="0"),
    ]
    plan = pd.DataFrame(
        {
            "date": pd.to_datetime(["2026-01-03", "2026-01-04"]),
            "store": "1",
            "product": "1",
            "holiday": ["a", "Z"],
        }
    )
    store = FakeStore({"sales": rows}, DatasetProfile(known=("holiday",)))

    panel = build_panel(store, plan=plan, horizon=3)

    assert panel.categories == {"holiday": ("0", "a", "Z")}
    np.testing.assert_array_equal([[1.0, 0.0, 1.0, 2.0, np.nan]], panel.known["holiday"])


def test_a_plan_that_names_a_series_closes_the_days_it_leaves_out():
    plan = pd.DataFrame(
        {"date": [pd.Timestamp("2026-01-05")], "store": "1", "product": "1", "Promo": [1]}
    )
    rows = [row | {"Promo": 0} for row in THREE_DAYS]
    rows.append(sale("2026-01-01", 4.0, store="2") | {"Promo": 0})
    store = FakeStore({"sales": rows}, DatasetProfile(known=("Promo",), missing="closed"))

    opened = build_panel(store, plan=plan, horizon=2).open

    np.testing.assert_array_equal([[1, 1, 1, 0, 1], [1, 0, 0, np.nan, np.nan]], opened)


def test_after_the_last_day_of_a_plan_nobody_knows_what_is_open():
    days = ["2026-01-04", "2026-01-06"]
    plan = pd.DataFrame(
        {"date": pd.to_datetime(days), "store": "1", "product": "1", "Promo": [1, 0]}
    )
    rows = [row | {"Promo": 0} for row in THREE_DAYS]
    store = FakeStore({"sales": rows}, DatasetProfile(known=("Promo",), missing="closed"))

    opened = build_panel(store, plan=plan, horizon=5).open

    np.testing.assert_array_equal([[1, 1, 1, 1, 0, 1, np.nan, np.nan]], opened)


def test_events_hold_in_their_store_or_everywhere():
    store = FakeStore(
        {
            "sales": [*THREE_DAYS, sale("2026-01-01", 1.0, store="2")],
            "events": [
                {"date": "2026-01-02", "name": "Fair", "store": "2"},
                {"date": "2026-01-03", "name": "Fair", "store": ""},
            ],
        }
    )

    fair = build_panel(store, horizon=0).events["Fair"]

    assert fair.tolist() == [[False, False, True], [False, True, True]]


def test_no_stock_on_hand_is_marked():
    store = FakeStore(
        {
            "sales": THREE_DAYS,
            "stock": [
                {"date": "2026-01-02", "store": "1", "product": "1", "on_hand": 0.0},
                {"date": "2026-01-03", "store": "1", "product": "1", "on_hand": 4.0},
            ],
        }
    )

    assert build_panel(store).stocked_out.tolist() == [[False, True, False]]


def test_revenue_is_worked_out_from_prices_where_it_is_not_recorded():
    store = FakeStore(
        {
            "sales": THREE_DAYS,
            "prices": [{"date": "2026-01-01", "store": "", "product": "1", "price": 2.0}],
        }
    )

    assert build_panel(store).revenue.tolist() == [[10.0, 14.0, 12.0]]


def test_a_revenue_target_is_read_from_revenue():
    store = FakeStore(
        {"sales": [sale("2026-01-01", None, revenue=12.5)]},
        DatasetProfile(target=Target.REVENUE, unit="USD"),
    )

    assert build_panel(store).sales.tolist() == [[12.5]]


def test_attributes_of_store_and_product_come_along():
    store = FakeStore(
        {"sales": THREE_DAYS, "stores": [{"store": "1", "name": "Lake", "format": "express"}]}
    )

    assert build_panel(store).series["store_format"].tolist() == ["express"]


def test_no_sales_is_said():
    with pytest.raises(CannotAnswer, match="tillsight ingest"):
        build_panel(FakeStore({}))


def test_a_product_on_record_that_only_a_plan_puts_on_sale_has_a_row_without_sales():
    store = FakeStore({"sales": THREE_DAYS, "products": [{"product": "new", "name": "Mate"}]})
    plan = pd.DataFrame({"date": pd.to_datetime(["2026-01-04"] * 3), "price": 2.0}).assign(
        store=["1", "1", "Nowhere"], product=["new", "misspelt", "1"]
    )

    panel = build_panel(store, plan=plan, horizon=3)

    assert panel.series["product"].tolist() == ["1", "new"]
    assert np.isnan(panel.sales[1]).all()
