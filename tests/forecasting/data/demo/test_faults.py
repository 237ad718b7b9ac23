"""What is wrong in the demo worlds' files, and that the labels say so."""

from datetime import date, timedelta

import pandas as pd
import pytest

UNTIL = date(2026, 6, 28)
KEYS = ["date", "store", "product"]


def labels(world, fault):
    return world.truth.faults.query("fault == @fault")


def test_every_kind_of_fault_is_there(world):
    assert set(world.truth.faults["fault"]) == {
        "spike",
        "drop",
        "store_drop",
        "missing_day",
        "delivered_twice",
        "wrong_unit",
        "late_correction",
    }


@pytest.mark.parametrize("fault", ["spike", "drop", "store_drop", "wrong_unit", "late_correction"])
def test_a_label_says_what_the_file_reports(world, fault):
    found = labels(world, fault).merge(world.tables.sales, on=KEYS)

    assert len(found) == len(labels(world, fault))
    assert (found["units"] == found["reported"]).all()
    assert (found["reported"] != found["actual"]).mean() > 0.9


def test_spikes_and_drops_stand_out_of_the_expected(harbor):
    truth = harbor.truth
    for fault, low, high in (("spike", 2.0, 15.0), ("drop", 0.0, 0.3)):
        for row in labels(harbor, fault).itertuples():
            expected = truth.expected_units(row.product, row.store, row.date)
            assert low * expected <= row.reported <= high * expected


def test_the_last_four_weeks_hold_faults_to_find(harbor):
    since = pd.Timestamp(UNTIL) - timedelta(days=27)
    faults = harbor.truth.faults
    recent = faults[faults["date"] >= since]["fault"].value_counts()

    assert recent["spike"] >= 2
    assert recent["drop"] >= 2


def test_a_store_collapsed_on_the_last_but_one_saturday(harbor):
    found = labels(harbor, "store_drop")

    assert found["store"].unique().tolist() == ["2"]
    assert found["date"].unique().tolist() == [pd.Timestamp(2026, 6, 20)]
    assert found["actual"].sum() > 2 * found["reported"].sum()


def test_nothing_was_delivered_on_the_missing_day(world):
    missing = labels(world, "missing_day").iloc[0]
    sales = world.tables.sales
    same_day = sales[sales["date"].eq(missing["date"])]

    assert missing["store"] not in set(same_day["store"])
    assert same_day["store"].nunique() == len(world.stores) - 1


def test_one_delivery_is_in_thousandths_and_its_money_is_right(world):
    wrong = labels(world, "wrong_unit").merge(world.tables.sales, on=KEYS)

    assert wrong["date"].nunique() == wrong["store"].nunique() == 1
    assert (wrong["units"] == 1000 * wrong["actual"]).all()
    assert ((wrong["revenue"] - wrong["actual"].astype(float) * wrong["price"]).abs() < 0.01).all()


def test_one_file_is_delivered_twice_and_holds_its_month_only(world, tmp_path):
    world.write(tmp_path)
    first, again = labels(world, "delivered_twice").iloc[0]["detail"].split(", ")
    rows = pd.read_csv(tmp_path / first, parse_dates=["date"])
    year = pd.read_csv(tmp_path / f"sales_{world.twice.year}.csv", parse_dates=["date"])

    assert (tmp_path / first).read_bytes() == (tmp_path / again).read_bytes()
    assert rows["date"].dt.to_period("M").unique().tolist() == [world.twice]
    assert world.twice not in set(year["date"].dt.to_period("M"))


def test_corrections_come_in_a_later_file_and_say_what_was_sold(world, tmp_path):
    names = [path.name for path in world.write(tmp_path) if path.name.startswith("sales_")]
    stated = pd.read_csv(
        tmp_path / "sales_corrections.csv",
        parse_dates=["date"],
        dtype={"store": str, "product": str},
    )
    found = labels(world, "late_correction").merge(stated, on=KEYS)

    assert names[-1] == "sales_corrections.csv"
    assert len(found) == len(stated) == len(labels(world, "late_correction"))
    assert (found["units"] == found["actual"]).all()


def test_faults_are_few(world):
    rows = world.truth.faults["product"].ne("").sum()

    assert rows / len(world.tables.sales) < 0.01


def test_labels_are_not_among_the_files_to_load(world, tmp_path):
    files = world.write(tmp_path / "raw")
    kept_apart = world.write_faults(tmp_path / "faults.csv")

    assert not any("fault" in path.name for path in files)
    assert len(pd.read_csv(kept_apart)) == len(world.truth.faults)


def test_the_truth_does_not_know_the_faults(harbor):
    spike = labels(harbor, "spike").iloc[0]
    days = pd.date_range(spike["date"] - timedelta(days=7), periods=15)
    around = harbor.truth.expected_units(spike["product"], spike["store"], days, discount_pct=0)

    assert around.max() < 2.5 * around.min()
