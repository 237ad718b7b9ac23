"""What the ledger is entered from."""

import numpy as np
import pandas as pd
import pytest

from benchmarks.evidence import engine, harbor, peers, speed
from benchmarks.held_out import HeldOut
from benchmarks.peers import contest
from benchmarks.peers.results import Result

WANTED = {
    "rossmann_backtest_rmspe",
    "rossmann_backtest_mape_pct",
    "coverage_80_pct",
    "train_cpu_s_rossmann",
    "ratio_vs_mlforecast",
    "ratio_vs_autoets",
    "ratio_vs_prophet",
}


def _window(*_given, **_named):
    days = pd.date_range("2015-03-21", periods=4)
    rows = pd.DataFrame(
        [
            {"date": day, "store": store, "product": "all", "actual": 100.0, "mean": 110.0}
            for store in ("1", "2")
            for day in days
        ]
    )
    return HeldOut(rows.assign(lower=90.0, upper=105.0), train_seconds=8.0, forecast_seconds=2.0)


def _by_key(found):
    return {one.key: one for one in found}


def test_all_figures_of_held_out_windows_are_entered(monkeypatch, tmp_path):
    monkeypatch.setattr(engine, "held_out", _window)
    monkeypatch.setattr(contest, "ENVIRONMENTS", tmp_path)

    found = _by_key(engine._rossmann())

    assert set(found) >= WANTED
    assert found["rossmann_backtest_mape_pct"].value == pytest.approx(10)
    assert found["coverage_80_pct"].value == pytest.approx(100)
    assert found["train_cpu_s_rossmann"].value == pytest.approx(8)
    assert "make bench-peers" in found["ratio_vs_prophet"].note


def test_a_ratio_is_a_peers_error_over_ours_on_the_same_series(monkeypatch, tmp_path):
    days = pd.date_range("2015-03-21", periods=4)
    rows = pd.DataFrame({"unique_id": "2", "ds": days, "y": 100.0, "yhat": 130.0})
    monkeypatch.setattr(peers, "theirs", lambda _one, _peer: Result(rows, seconds=5.0))
    monkeypatch.setattr(contest.Peer, "python", tmp_path)

    found = _by_key(peers.proofs(pd.Timestamp("2015-03-20").date(), 42, _window()))

    assert found["ratio_vs_prophet"].value == pytest.approx(3)
    assert np.allclose(found["ratio_vs_prophet"].interval, 3)
    assert "its CPU seconds a store over ours: 1" in found["ratio_vs_prophet"].note


def test_what_needs_data_that_are_not_there_enters_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("TILLSIGHT_DATA", str(tmp_path))

    assert list(speed.proofs()) == []
    assert list(harbor._sums()) == []
