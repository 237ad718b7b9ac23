import pandas as pd
import pytest

from forecasting.data.ingest import ingest
from forecasting.units import Frequency, Target
from tenants.errors import BadInput, UnknownItem
from tests.forecasting.data.loading import SALES, TODAY, of

ALL_TABLES = {
    "sales.csv": "date,store,product,units,price\n2026-06-01,1,1,3,5.0\n2026-06-02,1,1,4,5.0\n",
    "online.jsonl": '{"date": "2026-06-01", "product": 1, "units": 2, "revenue": 9.5}\n',
    "markdowns.csv": "date,store,product,units,price,normal_price\n2026-06-02,1,1,6,2.5,5\n",
    "stores.csv": "store,name,region,format,opened\n1,Riverside,Central,express,2015-03-02\n",
    "products.csv": "product,name,category,cost,list_price,pack\n1,Cold Brew,Drinks,2.6,5.49,6\n",
    "prices.csv": "date,product,price\n2026-01-01,1,5.0\n2026-07-06,1,5.5\n",
    "promotions.csv": "start,end,product,discount_pct,kind\n2026-07-06,2026-07-12,1,15,flyer\n",
    "stock.csv": "date,store,product,on_hand\n2026-06-01,1,1,40\n",
    "events.csv": "date,name,store\n2026-07-04,Fair,1\n2026-07-05,Market,\n",
}


def put_all(desk):
    for name, text in ALL_TABLES.items():
        desk.put(name, text)


def test_every_source_table_is_read_under_its_canonical_names(desk):
    put_all(desk)
    report = desk.load()

    assert {part.table: part.new for part in report.tables} == {
        "sales": 2,
        "online": 1,
        "markdowns": 1,
        "stores": 1,
        "products": 1,
        "prices": 2,
        "promotions": 1,
        "stock": 1,
        "events": 2,
    }
    assert desk.store.tables() == [
        "events",
        "prices",
        "products",
        "promotions",
        "sales",
        "stock",
        "stores",
    ]


def test_online_and_markdowns_become_channels_of_sales(desk):
    put_all(desk)
    desk.load()
    sales = desk.store.read("sales").sort_values(["channel", "date"])

    assert list(zip(sales["channel"], sales["store"], sales["units"], strict=True)) == [
        ("clearance", "1", 6.0),
        ("online", "online", 2.0),
        ("store", "1", 3.0),
        ("store", "1", 4.0),
    ]
    assert list(sales["normal_price"])[:1] == [5.0]


def test_attributes_of_stores_and_products_are_kept(desk):
    put_all(desk)
    desk.load()

    assert desk.store.read("stores")["opened"].tolist() == ["2015-03-02"]
    assert desk.store.read("products")["pack"].tolist() == [6.0]


def test_what_holds_for_every_store_has_an_empty_store(desk):
    put_all(desk)
    desk.load()

    assert set(desk.store.read("prices")["store"]) == {""}
    assert sorted(desk.store.read("events")["store"]) == ["", "1"]


def test_loading_twice_changes_nothing(desk):
    put_all(desk)
    desk.put("sales-bad.csv", "date,store,product,units\n2026-06-09,1,1,-2\n")
    first = desk.load()
    commits = len(list((desk.store.folder / "loads").glob("*.json")))
    second = desk.load()

    assert (second.version, second.changed) == (first.version, False)
    assert [(part.new, part.changed) for part in second.tables] == [(0, 0)] * 9
    assert len(list((desk.store.folder / "loads").glob("*.json"))) == commits
    assert len(desk.store.quarantine()) == 1


def test_a_late_correction_changes_its_row_and_the_old_version_stays_readable(desk):
    desk.put("sales.csv", SALES)
    before = desk.load().version
    desk.put("sales.csv", SALES.replace("2026-06-02,1,1,4", "2026-06-02,1,1,9"))
    report = desk.load()

    assert (of(report, "sales").changed, of(report, "sales").unchanged) == (1, 2)
    assert (before, report.version) == ("sales@0", "sales@1")
    assert sorted(desk.store.read("sales")["units"]) == [3, 5, 9]
    assert sorted(desk.store.at(before).read("sales")["units"]) == [3, 4, 5]
    assert sorted(desk.store.read("sales", version=0)["units"]) == [3, 4, 5]


def test_only_a_corrected_row_has_a_new_moment(desk):
    desk.put("sales.csv", SALES)
    desk.load()
    desk.put("sales.csv", SALES.replace("2026-06-02,1,1,4", "2026-06-02,1,1,9"))
    desk.load()
    sales = desk.store.read("sales")
    newest = sales["known_at"] == sales["known_at"].max()

    assert sales.loc[newest, "units"].tolist() == [9.0]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("stores.csv", "express", "kiosk"),
        ("products.csv", "2.6", "2.7"),
        ("prices.csv", "5.5", "5.6"),
        ("promotions.csv", "2026-07-12", "2026-07-13"),
        ("stock.csv", ",40", ",41"),
    ],
)
def test_every_table_can_be_corrected(desk, name, old, new):
    put_all(desk)
    desk.load()
    desk.put(name, ALL_TABLES[name].replace(old, new))
    report = desk.load()

    assert of(report, name.removesuffix(".csv")).changed == 1
    assert len(desk.store.read(name.removesuffix(".csv"))) == ALL_TABLES[name].count("\n") - 1


def test_an_empty_cell_does_not_erase_what_was_known(desk):
    desk.put("sales.csv", "date,store,product,units,price\n2026-06-01,1,1,3,5.5\n")
    desk.load()
    desk.put("sales.csv", "date,store,product,units,price\n2026-06-01,1,1,4,\n")
    desk.load()

    assert desk.store.read("sales")[["units", "price"]].to_numpy().tolist() == [[4.0, 5.5]]


def test_a_new_column_is_added_to_what_is_stored(desk):
    desk.put("stores.csv", "store,region\n1,North\n2,South\n")
    desk.load()
    desk.put("stores.csv", "store,region,area\n1,North,80\n3,East,90\n")
    desk.load()
    stores = desk.store.read("stores").sort_values("store")

    assert stores["area"].fillna(-1).tolist() == [80.0, -1.0, 90.0]


def test_exact_repeats_count_once(desk):
    desk.put("sales-1.csv", SALES)
    desk.put("sales-1-again.csv", SALES)
    report = of(desk.load(), "sales")

    assert (report.read, report.new, report.duplicates, report.quarantined) == (6, 3, 3, {})


def test_of_rows_that_differ_the_last_in_file_order_wins(desk):
    desk.put("sales-10.csv", SALES.replace("2026-06-02,1,1,4", "2026-06-02,1,1,7"))
    desk.put("sales-9.csv", SALES)
    report = of(desk.load(), "sales")
    refused = desk.store.quarantine()

    assert sorted(desk.store.read("sales")["units"]) == [3, 5, 7]
    assert (report.duplicates, sum(report.quarantined.values())) == (2, 1)
    assert refused[["file", "line"]].to_numpy().tolist() == [["sales-9.csv", 3]]


def test_an_empty_store_reads_as_frames_without_rows(desk):
    sales = desk.store.read("sales")

    assert (desk.store.version, desk.store.tables(), len(sales)) == ("", [], 0)
    assert str(sales.dtypes["units"]) == "float64"
    assert pd.api.types.is_datetime64_any_dtype(sales["date"])
    assert desk.store.quarantine().empty


def test_a_version_that_never_was_is_refused(desk):
    with pytest.raises(UnknownItem, match="no data version 'sales@9'"):
        desk.store.at("sales@9")


def test_revenue_alone_makes_revenue_the_target(desk):
    desk.put("sales.csv", "date,store,revenue\n2026-06-01,1,30.5\n2026-06-02,1,31\n")
    desk.load()
    profile = desk.store.profile

    assert (profile.target, profile.unit) == (Target.REVENUE, "USD")
    assert set(desk.store.read("sales")["product"]) == {"all"}


def test_units_times_price_is_not_stored_as_revenue(desk):
    desk.put("sales.csv", "date,store,product,units,price\n2026-06-01,1,1,3,5\n")
    desk.load()

    assert desk.store.read("sales")["revenue"].isna().all()


def test_sales_without_the_target_are_refused(desk):
    desk.put(
        "sales.csv", "date,store,product,units,revenue\n2026-06-01,1,1,,9\n2026-06-02,1,1,2,9\n"
    )
    desk.load()

    assert desk.reasons() == ["units is missing"]


def test_a_file_without_the_column_that_tells_sales_apart_is_refused(desk):
    desk.put("sales.csv", SALES)
    desk.load()
    desk.put("sales.csv", "date,product,units\n2026-06-03,1,3\n")

    with pytest.raises(BadInput, match=r"'sales.csv' has no column for 'store'"):
        desk.load()


def test_files_that_disagree_about_products_are_refused(desk):
    desk.put("sales-1.csv", SALES)
    desk.put("sales-2.csv", "date,store,units\n2026-06-03,1,3\n")

    with pytest.raises(BadInput, match=r"no column for 'product' while 'sales-1.csv' has one"):
        desk.load()


def test_prices_loaded_before_any_sales_do_not_fix_the_target(desk):
    desk.put("prices.csv", ALL_TABLES["prices.csv"])
    first = desk.load()
    desk.put("sales.csv", "date,store,revenue\n2026-06-01,1,30\n")
    desk.load()

    assert first.usable == ("no sales → nothing can be forecast yet",)
    assert desk.store.profile.target is Target.REVENUE
    assert desk.store.profile.frequency is Frequency.DAY


def test_a_changed_profile_is_another_version(desk):
    desk.put("sales.csv", SALES)
    first = desk.load(mapping='missing = "unknown"')
    second = desk.load(mapping='missing = "zero"')
    third = desk.load()

    assert (first.version, second.version) == ("sales@0", "sales@0,profile@1")
    assert (third.changed, desk.store.profile.missing) == (False, "zero")
    assert desk.store.at("sales@0").profile.missing == "unknown"


def test_an_empty_load_is_refused(desk):
    desk.put("sales.csv", "date,store,product,units\n")

    with pytest.raises(BadInput, match=r"There are no rows in 'sales.csv'"):
        desk.load()


def test_progress_is_told_from_start_to_end(desk):
    told = []
    desk.put("sales.csv", SALES)
    ingest(
        str(desk.files),
        desk.store,
        today=TODAY,
        currency="USD",
        progress=lambda fraction, words: told.append((fraction, words)),
    )

    assert [fraction for fraction, _ in told] == sorted(fraction for fraction, _ in told)
    assert told[-1] == (1.0, "loaded")
