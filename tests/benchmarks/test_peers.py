"""What other libraries are given, and how they are scored."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from benchmarks.held_out import HeldOutData
from benchmarks.peers import contest
from benchmarks.peers.contest import Peer
from benchmarks.peers.exchange import Task
from benchmarks.peers.results import Result, ratio
from benchmarks.peers.tasks import Round, task_of

DATA = HeldOutData(
    name="shops",
    sales="sales.parquet",
    date="day",
    keys=("shop",),
    target="sold",
    hidden=("sold", "visitors"),
    period=1,
)
ROUND = Round(DATA, date(2024, 2, 1), horizon=7, idle=0)


@pytest.fixture(autouse=True)
def shops(tmp_path, monkeypatch):
    """Ten shops, closed on Sundays, sixty days."""
    days = pd.date_range("2024-01-01", periods=60)
    days = days[days.day_of_week < 6]
    rows = pd.DataFrame(
        [
            {"shop": shop, "day": day, "sold": 100.0, "visitors": 9, "offer": day.day % 2}
            for shop in range(10)
            for day in days
        ]
    )
    (tmp_path / "shops").mkdir()
    rows.to_parquet(tmp_path / "shops" / "sales.parquet")
    stores = pd.DataFrame({"shop": range(10), "kind": list("ab") * 5})
    stores.to_csv(tmp_path / "shops" / "stores.csv", index=False)
    monkeypatch.setenv("TILLSIGHT_DATA", str(tmp_path))


def test_a_peer_sees_no_sales_of_the_window_and_all_that_is_planned():
    task = task_of(ROUND, None)

    assert task.history["ds"].max() == pd.Timestamp(ROUND.last)
    assert (task.future["ds"].min(), task.horizon) == (pd.Timestamp(ROUND.first), 7)
    assert task.known == ["offer", "shut"]


def test_closed_days_are_told_as_closed():
    history = task_of(ROUND, None).history
    sunday = history["ds"].dt.day_of_week == 6

    assert (history.loc[sunday, "shut"] == 1).all()
    assert (history.loc[sunday, "y"] == 0).all()
    assert (history.loc[~sunday, "shut"] == 0).all()


def test_a_small_sample_lies_inside_a_larger_one():
    few, more = (set(task_of(ROUND, n).future["unique_id"]) for n in (3, 6))

    assert (len(few), len(more)) == (3, 6)
    assert few < more


def test_a_task_comes_back_from_its_files(tmp_path):
    task = task_of(ROUND, 2)
    task.write(tmp_path)

    found = Task.read(tmp_path)

    pd.testing.assert_frame_equal(found.history, task.history)
    assert (found.frequency, found.season) == ("D", 7)


def test_errors_are_scored_in_percent_of_what_was_sold():
    rows = pd.DataFrame({"unique_id": ["a", "b"], "y": [100.0, 50.0], "yhat": [110.0, 25.0]})
    found = Result(rows, seconds=4.0)

    assert found.mape() == pytest.approx(30)
    assert found.rmspe() == pytest.approx(np.sqrt((0.01 + 0.25) / 2))
    assert found.mape(["a"]) == pytest.approx(10)


def _result(errors, seconds):
    days = pd.date_range("2024-02-02", periods=5)
    rows = pd.DataFrame(
        [
            {"unique_id": name, "ds": day, "y": 100.0, "yhat": 100.0 + error}
            for name, error in errors.items()
            for day in days
        ]
    )
    return Result(rows, seconds)


def test_a_peer_is_compared_on_what_both_forecast_and_by_its_time_for_a_series():
    ours = _result({"a": 5.0, "b": -10.0, "c": 90.0, "d": 1.0}, seconds=8.0)
    found = ratio(_result({"a": 10.0, "b": 20.0}, seconds=12.0), ours)

    assert found.error == pytest.approx(2)
    assert found.seconds == pytest.approx(3)
    assert found.both == pytest.approx(6)
    assert (found.series, found.pairs) == (2, 10)


def test_a_ratio_is_as_unsure_as_series_differ():
    same = ratio(_result({"a": 20, "b": 20}, 1.0), _result({"a": 10, "b": 10}, 1.0))
    other = ratio(_result({"a": 30, "b": 10}, 1.0), _result({"a": 10, "b": 10}, 1.0))

    assert same.interval == pytest.approx((2, 2))
    assert other.interval == pytest.approx((1, 3))
    assert same.error == other.error == pytest.approx(2)


def test_who_is_not_installed_is_said_to_be_missing(monkeypatch, tmp_path):
    monkeypatch.setattr(contest, "ENVIRONMENTS", tmp_path)
    monkeypatch.setattr(contest, "ROUNDS", (ROUND,))
    monkeypatch.setattr(contest, "PEERS", (Peer("Somebody", "somebody", "nowhere", None),))

    found = list(contest.measures(budgets=()))

    assert [(one.name, one.value) for one in found] == [("Somebody", None)]
    assert "make bench-peers" in found[0].note
