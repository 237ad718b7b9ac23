"""The example mappings read files of the shape they are written for."""

from pathlib import Path

import pandas as pd
import pytest

from forecasting.data.plan import read_plan
from forecasting.units import Frequency, Target
from tests.forecasting.data.loading import of

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"


@pytest.fixture
def rossmann(desk):
    days = pd.date_range("2015-01-01", periods=30, freq="D").repeat(2)
    sales = pd.DataFrame(
        {
            "Store": pd.array([1, 2] * 30, dtype="int16"),
            "DayOfWeek": 1,
            "Date": days,
            "Sales": range(5000, 5060),
            "Customers": 500,
            "Open": 1,
            "Promo": 1,
            "StateHoliday": ["a"] * 2 + ["0"] * 58,
            "SchoolHoliday": 0,
        }
    )
    sales.to_parquet(desk.files / "train.parquet")
    desk.put(
        "store.csv",
        "Store,StoreType,Assortment,CompetitionDistance,State\n1,c,a,,HE\n2,a,a,570.0,TH\n",
    )
    return desk


@pytest.fixture
def juice(desk):
    weeks = pd.date_range("1990-06-14", periods=20, freq="7D").repeat(2)
    sales = pd.DataFrame(
        {
            "week": range(40, 80),
            "week_start": weeks,
            "store": 2,
            "brand": [1, 2] * 20,
            "units": 8256,
            "price": 3.87,
            "deal": 1,
            "feature": 0.0,
            "margin_pct": 37.9,
        }
    )
    sales.to_parquet(desk.files / "sales.parquet")
    desk.put("brands.csv", "brand,name,ounces\n1,Tropicana Premium 64oz,64\n2,Tropicana 96oz,96\n")
    desk.put("stores.csv", "STORE,AGE60,EDUC\n2,0.23,0.24\n")
    return desk


def example(name: str) -> str:
    return (EXAMPLES / f"{name}.toml").read_text()


def test_rossmann_is_daily_revenue_by_store(rossmann):
    report = rossmann.load(mapping=example("rossmann"))
    profile = rossmann.store.profile

    assert (profile.frequency, profile.target, profile.unit) == (
        Frequency.DAY,
        Target.REVENUE,
        "EUR",
    )
    assert (profile.known, profile.past) == (
        ("promo", "state_holiday", "school_holiday"),
        ("customers",),
    )
    assert profile.missing == "closed"
    assert (of(report, "sales").new, of(report, "sales").unknown_columns) == (60, ())
    assert (report.shape.stores, report.shape.products) == (2, 0)
    assert sorted(rossmann.store.read("sales")["state_holiday"].unique()) == ["0", "a"]
    assert rossmann.store.read("stores")["region"].tolist() == ["HE", "TH"]


def test_orange_juice_is_weekly_units_from_thursdays(juice):
    report = juice.load(mapping=example("orange_juice"))
    profile = juice.store.profile

    assert (profile.frequency, profile.week_anchor, profile.unit) == (Frequency.WEEK, 3, "units")
    assert (profile.known, profile.past) == (("deal", "feature"), ("margin_pct",))
    assert (report.shape.stores, report.shape.products, report.shape.gaps.periods) == (1, 2, 0)
    assert juice.store.read("products")["ounces"].tolist() == [64.0, 96.0]
    assert juice.store.read("stores")["age60"].tolist() == [0.23]


def test_a_longer_copy_adds_only_its_new_rows(juice):
    juice.load(mapping=example("orange_juice"))
    path = juice.files / "sales.parquet"
    sales = pd.read_parquet(path)
    later = sales.assign(week_start=sales["week_start"] + pd.Timedelta(weeks=20))
    pd.concat([sales, later]).to_parquet(path)
    report = of(juice.load(mapping=example("orange_juice")), "sales")

    assert (report.new, report.changed, report.unchanged) == (40, 0, 40)


def test_a_plan_without_sales_and_past_columns_is_read(rossmann, tmp_path):
    rossmann.load(mapping=example("rossmann"))
    plan = pd.read_parquet(rossmann.files / "train.parquet").drop(columns=["Sales", "Customers"])
    plan["Date"] += pd.Timedelta(days=30)
    plan.to_csv(tmp_path / "whatever.csv", index=False)
    read = read_plan(tmp_path / "whatever.csv", rossmann.store)

    assert list(read.columns) == [
        "date",
        "store",
        "product",
        "promo",
        "state_holiday",
        "school_holiday",
    ]
    assert (len(read), set(read["product"]), set(read["store"])) == (60, {"all"}, {"1", "2"})


def test_a_plan_with_all_columns_of_the_sales_file_is_read(juice, tmp_path):
    juice.load(mapping=example("orange_juice"))
    plan = pd.read_parquet(juice.files / "sales.parquet")
    plan["week_start"] += pd.Timedelta(weeks=20)
    plan.to_parquet(tmp_path / "future.parquet")
    read = read_plan(tmp_path / "future.parquet", juice.store)

    assert list(read.columns) == ["date", "store", "product", "price", "deal", "feature"]
    assert read["date"].min() == pd.Timestamp("1990-11-01")
    assert len(read) == 40


@pytest.mark.parametrize("name", ["rossmann", "orange_juice"])
def test_examples_name_no_place_on_a_machine(name):
    settings = "\n".join(line.split("#")[0] for line in example(name).splitlines())

    assert "/" not in settings
    assert "\\" not in settings
