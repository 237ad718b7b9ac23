"""Tillsight and its peers on the same windows of the same public data."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.held_out import ORANGE_JUICE, ROSSMANN, held_out
from benchmarks.measure import Measure
from benchmarks.peers.exchange import KEYS, answer
from benchmarks.peers.tasks import Round, task_of
from benchmarks.real_data import ROOT

PART = "peers"
ENVIRONMENTS = ROOT / "var" / "peers"


@dataclass(frozen=True)
class Peer:
    """A library that forecasts the same.

    Attributes:
        name: What it is called.
        module: The module that runs it.
        environment: The folder of its Python under `ENVIRONMENTS`.
        series: Most series it is given: what takes long for each is measured on a sample.
    """

    name: str
    module: str
    environment: str
    series: int | None

    @property
    def python(self) -> Path:
        """Return its interpreter."""
        return ENVIRONMENTS / self.environment / "bin" / "python"


PEERS = (
    Peer("mlforecast + LightGBM", "trees", "forecasters", None),
    Peer("statsforecast AutoETS", "smoothing", "forecasters", 60),
    Peer("Prophet", "additive", "forecasters", 60),
    Peer("AutoGluon-TimeSeries, fast presets", "automatic", "autogluon", 300),
)
# A sample is nested in any larger one, so that all can be compared on the smallest.
_COMMON = 60

ROUNDS = (
    Round(ROSSMANN, date(2014, 9, 12), horizon=42, idle=0),
    Round(ROSSMANN, date(2015, 3, 20), horizon=42, idle=0),
    Round(ORANGE_JUICE, date(1992, 3, 12), horizon=14, idle=7),
)


@dataclass(frozen=True)
class Result:
    """What one forecaster made of one window.

    Attributes:
        rows: `unique_id`, `ds`, `y`, `yhat` of the periods that count and sold something.
        seconds: Processor seconds of reading, fitting and forecasting.
    """

    rows: pd.DataFrame
    seconds: float

    @property
    def series(self) -> int:
        """Return how many series it forecast."""
        return int(self.rows["unique_id"].nunique())

    def mape(self, series: list[str] | None = None) -> float:
        """Return the mean absolute error in percent of the actual, of some series or all."""
        return float(100 * self._relative(series).abs().mean())

    def rmspe(self, series: list[str] | None = None) -> float:
        """Return the root of the mean squared relative error."""
        return float(np.sqrt((self._relative(series) ** 2).mean()))

    def _relative(self, series: list[str] | None) -> "pd.Series[float]":
        rows = self.rows if series is None else self.rows[self.rows["unique_id"].isin(series)]
        return (rows["yhat"] - rows["y"]) / rows["y"]


def measures(budgets: tuple[str, ...] = ("fast", "normal")) -> Iterator[Measure]:
    """Measure every forecaster on every window, and say who cannot be."""
    for number, one in enumerate(ROUNDS):
        if not one.data.source.is_dir():
            yield Measure(PART, one.name, None, "", note=f"no folder {str(one.data.source)!r}")
            continue
        common = task_of(one, _COMMON).future["unique_id"].unique().tolist()
        for budget in budgets:
            name = f"Tillsight, {budget} budget"
            yield from _told(one, name, _ours(one, budget), common)
        for peer in PEERS:
            if not peer.python.exists():
                yield Measure(PART, peer.name, None, "", note="not installed: make bench-peers")
            elif number == 0 or peer.series is None:
                # One window tells of what takes minutes; the rest see all of them.
                yield from _told(one, peer.name, _theirs(one, peer), common)


def _ours(one: Round, budget: str) -> Result:
    found = held_out(one.data, one.last, horizon=one.horizon, idle=one.idle, budget=budget)
    rows = found.rows.rename(columns={"date": "ds", "actual": "y", "mean": "yhat"})
    single = len(one.data.keys) == 1
    names = rows["store"] if single else rows["store"] + "/" + rows["product"]
    return Result(rows.assign(unique_id=names), found.train_seconds)


def _theirs(one: Round, peer: Peer) -> Result | str:
    """Return what a peer made of it, or the last line of why it failed."""
    task = task_of(one, peer.series)
    with tempfile.TemporaryDirectory(prefix="tillsight-peer-") as name:
        folder = Path(name)
        task.write(folder)
        seconds, failed = _run(peer, folder)
        if failed:
            return failed
        found = pd.read_parquet(answer(folder))
    found["unique_id"] = found["unique_id"].astype(str)
    actual = one.actual(task.future["unique_id"].unique().tolist())
    rows = actual.merge(found.astype({"ds": actual["ds"].dtype}), on=KEYS, how="left")
    return Result(rows.assign(yhat=rows["yhat"].fillna(0.0)), seconds)


def _run(peer: Peer, folder: Path) -> tuple[float, str]:
    """Return a peer's processor seconds, its children's included, and its last words if it failed.

    One thread each: peers wait for one another's threads in busy loops, which would be measured.
    """
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    words = folder / "words.txt"
    with words.open("wb") as file:
        # The command and its folder are ours.
        process = subprocess.Popen(  # noqa: S603
            [str(peer.python), "-m", f"benchmarks.peers.{peer.module}", str(folder)],
            cwd=ROOT,
            env=os.environ | threads,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    last = words.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    failed = (last or ["no word"])[-1] if process.returncode else ""
    return usage.ru_utime + usage.ru_stime, failed


def _told(one: Round, name: str, found: Result | str, common: list[str]) -> Iterator[Measure]:
    if isinstance(found, str):
        yield Measure(PART, f"{name}: {one.name}", None, "", note=found)
        return
    each = 1000 * found.seconds / found.series
    yield Measure(
        PART,
        f"{name}: {one.name}",
        found.mape(),
        "% MAPE",
        beside=f"RMSPE {found.rmspe():.3f}, {found.seconds:,.0f} CPU s",
        note=(
            f"{found.series:,} series; {each:,.0f} CPU s per 1,000; the {len(common)} in common: "
            f"{found.mape(common):.2f} %, RMSPE {found.rmspe(common):.3f}"
        ),
    )
