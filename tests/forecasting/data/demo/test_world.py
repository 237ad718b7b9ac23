"""What the demo worlds' files hold."""

import hashlib
import zipfile
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from forecasting.data.demo import make_world
from tenants.errors import UnknownItem

UNTIL = date(2026, 6, 28)
LAST = pd.Timestamp(UNTIL)


def hashes(world, folder):
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in world.write(folder)
    }


def test_the_same_seed_and_day_write_the_same_bytes(world, tmp_path):
    again = make_world(world.blueprint.name, until=UNTIL, seed=7)
    first = hashes(world, tmp_path / "first")
    second = hashes(again, tmp_path / "second")

    assert first == second


def test_the_excel_file_does_not_say_when_it_was_written(harbor, tmp_path):
    harbor.write(tmp_path)

    with zipfile.ZipFile(tmp_path / "markdowns.xlsx") as book:
        assert {entry.date_time for entry in book.infolist()} == {(2020, 1, 1, 0, 0, 0)}
        assert book.read("docProps/core.xml").count(b"2020-01-01T00:00:00Z") == 2


def test_another_seed_is_another_world(harbor):
    other = make_world("harbor", until=UNTIL, seed=8)

    assert not harbor.tables.sales["units"].equals(other.tables.sales["units"])
    assert not harbor.tables.promotions.equals(other.tables.promotions)
    assert harbor.truth.elasticity("1") != other.truth.elasticity("1")


def test_a_world_nobody_made_is_told_of_the_two_there_are():
    with pytest.raises(UnknownItem, match="'harbor' or 'summit'"):
        make_world("atlantis", until=UNTIL)


def test_harbor_keeps_its_catalogue(harbor):
    assert harbor.stores["store"].tolist() == ["1", "2", "3", "4", "5"]
    assert harbor.stores["name"].tolist()[:2] == ["Riverside", "Downtown"]
    assert len(harbor.products) == 24
    assert harbor.products.iloc[0].tolist() == ["1", "Cold Brew Coffee 1L", "Beverages", 5.49, 2.6]


def test_harbor_covers_1095_days_up_to_the_day_asked_for(harbor):
    days = harbor.tables.sales["date"].unique()

    assert harbor.until == UNTIL
    assert len(days) == 1095
    assert days.max() == LAST


def test_every_day_on_sale_has_a_row_even_without_a_sale(harbor):
    truth = harbor.truth
    on_sale = truth.scenarios.demand.on_sale[:, :1095]
    shops = truth.scenarios.demand.series["store"].ne("online").to_numpy()
    missing = truth.faults.query("fault == 'missing_day'").iloc[0]
    not_delivered = on_sale[
        truth.scenarios.demand.series["store"].eq(missing["store"]).to_numpy(),
        truth.scenarios.axis.starts.get_loc(missing["date"]),
    ].sum()

    assert len(harbor.tables.sales) == on_sale[shops].sum() - not_delivered
    assert (harbor.tables.sales["units"] == 0).any()


@pytest.mark.parametrize(
    ("store", "product", "first", "last"),
    [
        ("1", "1", 1094, 0),
        ("1", "20", 119, 0),
        ("1", "8", 1094, 60),
        ("3", "14", 547, 0),
        ("3", "1", 1094, 0),
    ],
)
def test_products_come_and_go_on_the_days_the_world_says(harbor, store, product, first, last):
    sales = harbor.tables.sales
    days = sales.loc[sales["store"].eq(store) & sales["product"].eq(product), "date"]

    assert (LAST - days.min()).days == first
    assert (LAST - days.max()).days == last


def test_trash_bags_sell_only_now_and_then_at_the_airport(harbor):
    sales = harbor.tables.sales
    units = sales.loc[sales["store"].eq("3") & sales["product"].eq("24"), "units"]

    assert 0.6 < (units == 0).mean() < 0.95
    assert units.max() > 1


def test_volumes_are_those_of_a_grocer(harbor):
    scenarios = harbor.truth.scenarios
    shops = scenarios.demand.series["store"].ne("online") & scenarios.demand.on_sale[:, 400]
    units = np.exp(scenarios.planned[shops, 400:428]).mean(axis=1)
    sizes = pd.Series(units).groupby(scenarios.demand.series["store"][shops].to_numpy()).mean()

    assert 3 < np.percentile(units, 5) < np.percentile(units, 95) < 150
    assert sizes["3"] < sizes["2"] < sizes["4"] < sizes["5"]


def test_money_is_units_times_price_where_no_unit_is_wrong(harbor):
    wrong = harbor.truth.faults.query("fault == 'wrong_unit'")
    rows = harbor.tables.sales.merge(
        wrong[["date", "store", "product"]], how="left", indicator=True
    )
    right = rows[rows["_merge"] == "left_only"]

    assert np.allclose(right["revenue"], (right["units"] * right["price"]).round(2))
    assert (rows["price"] > 0).all()


def test_the_price_paid_is_the_regular_price_less_the_promotion(harbor):
    tables = harbor.tables
    flyer = tables.promotions.query("product == '1' and kind == 'flyer'").iloc[3]
    chain = tables.prices.query("product == '1' and store == ''")
    regular = chain.loc[chain["date"] <= flyer["start"], "price"].iloc[-1]
    paid = tables.sales.query("product == '1' and store == '1'").set_index("date")["price"]

    expected = round(regular * (1 - flyer["discount_pct"] / 100), 2)
    assert (paid.loc[flyer["start"] : flyer["end"]] == expected).all()


def test_no_table_holds_a_gap_a_negative_or_a_repeated_key(harbor, summit):
    keys = ["date", "store", "product"]
    for world in (harbor, summit):
        for table in (world.tables.sales, world.tables.markdowns, world.tables.stock):
            assert not table.isna().any().any()
            assert (table.select_dtypes("number") >= 0).all().all()
            assert not table.duplicated(keys).any()


def test_eight_weeks_of_prices_promotions_and_events_are_planned(harbor):
    tables = harbor.tables
    horizon = LAST + timedelta(days=56)
    starts = {
        "promotions": tables.promotions["start"],
        "prices": tables.prices["date"],
        "events": tables.events["date"],
    }

    for name, days in starts.items():
        assert ((days > LAST) & (days <= horizon)).any(), name
        assert not (days > horizon).any(), name
    assert (tables.promotions["end"] <= horizon).all()
    assert tables.sales["date"].max() == LAST


def test_a_delisted_product_is_not_planned_for(harbor):
    planned = harbor.tables.promotions.query("product == '8'")

    assert (planned["end"] <= LAST - timedelta(days=60)).all()


def test_most_products_are_promoted_eight_to_fifteen_times_a_year(harbor):
    chain = harbor.tables.promotions.query("store == '' and start <= @LAST")
    a_year = chain["product"].value_counts() / 3

    assert a_year.between(7, 15).sum() >= 18
    assert set(chain["discount_pct"]) == {5.0, 10.0, 15.0, 20.0, 25.0, 30.0}


def test_a_store_never_has_two_promotions_of_a_product_at_once(harbor):
    promotions = harbor.tables.promotions
    for product, group in promotions.groupby("product"):
        for store in harbor.stores["store"]:
            here = group[group["store"].isin(["", store])].sort_values("start")
            assert (here["start"].iloc[1:].to_numpy() > here["end"].iloc[:-1].to_numpy()).all(), (
                product,
                store,
            )


def test_an_empty_shelf_is_in_the_stock_table_and_sells_less_than_was_wanted(harbor):
    gone = harbor.truth.stock_outs
    empty = harbor.tables.stock.query("on_hand == 0")[["date", "store", "product"]]

    assert len(gone.merge(empty)) == len(gone)
    assert (gone["sold"] < gone["demand"]).all()
    assert 0.005 < len(gone) / len(harbor.tables.sales) < 0.03


def test_the_online_shop_sells_part_of_the_range_in_the_last_fourteen_months(harbor):
    online = harbor.tables.online

    assert list(online.columns) == ["date", "product", "units", "revenue"]
    assert (LAST - online["date"].min()).days == 419
    assert 0 < online["product"].nunique() < 24


def test_clearance_is_cheaper_than_usual(harbor):
    markdowns = harbor.tables.markdowns
    delisted = markdowns[markdowns["product"].eq("8")]["date"].max()

    assert (markdowns["price"] <= 0.75 * markdowns["normal_price"]).all()
    assert (markdowns["units"] > 0).all()
    assert 60 <= (LAST - delisted).days <= 63


def test_summit_sells_outdoor_gear_in_weeks_that_start_on_monday(summit):
    weeks = summit.tables.sales["date"].drop_duplicates()

    assert (weeks.dt.day_of_week == 0).all()
    assert len(weeks) == 156
    assert weeks.max() + timedelta(days=6) == LAST
    assert "Tent" in summit.products["name"].iloc[0]


def test_ids_of_both_worlds_overlap_and_names_do_not(harbor, summit):
    assert set(summit.products["product"]) < set(harbor.products["product"])
    assert set(summit.stores["store"]) < set(harbor.stores["store"])
    assert not set(summit.products["name"]) & set(harbor.products["name"])
    assert not set(summit.stores["name"]) & set(harbor.stores["name"])


@pytest.mark.parametrize(
    ("name", "until"),
    [
        ("harbor", date(2024, 1, 1)),
        ("summit", date(2024, 1, 1)),
        ("summit", date(2024, 2, 29)),
        ("summit", date(2025, 12, 31)),
    ],
)
def test_a_world_can_end_on_any_day(name, until, tmp_path):
    world = make_world(name, until=until)

    assert until - timedelta(days=6) <= world.until <= until
    assert len(world.write(tmp_path)) >= 11
