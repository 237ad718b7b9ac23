"""Tillsight and its peers on the same windows of the same public data."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from benchmarks.held_out import ORANGE_JUICE, ROSSMANN, HeldOut, held_out
from benchmarks.measure import Measure
from benchmarks.peers.exchange import KEYS, answer
from benchmarks.peers.results import Result, ratio
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


def measures(budgets: tuple[str, ...] = ("fast", "normal")) -> Iterator[Measure]:
    """Measure every forecaster on every window, say who cannot be, and set them beside us."""
    for number, one in enumerate(ROUNDS):
        if not one.data.source.is_dir():
            yield Measure(PART, one.name, None, "", note=f"no folder {str(one.data.source)!r}")
            continue
        common = task_of(one, _COMMON).future["unique_id"].unique().tolist()
        ours: dict[str, Result] = {}
        for budget in budgets:
            found = held_out(one.data, one.last, horizon=one.horizon, idle=one.idle, budget=budget)
            name = f"Tillsight, {budget} budget"
            ours[name] = ours_of(one, found)
            yield _told(one, name, ours[name], common)
        for peer in PEERS:
            if not peer.python.exists():
                yield Measure(PART, peer.name, None, "", note="not installed: make bench-peers")
            elif number == 0 or peer.series is None:
                # One window tells of what takes minutes; the rest see all of them.
                result = theirs(one, peer)
                yield _told(one, peer.name, result, common)
                yield from _beside(one, peer.name, result, ours)


def ours_of(one: Round, found: HeldOut) -> Result:
    """Return what our own commands made of a window."""
    rows = found.rows.rename(columns={"date": "ds", "actual": "y", "mean": "yhat"})
    single = len(one.data.keys) == 1
    names = rows["store"] if single else rows["store"] + "/" + rows["product"]
    return Result(rows.assign(unique_id=names), found.train_seconds + found.forecast_seconds)


def theirs(one: Round, peer: Peer) -> Result | str:
    """Return what a peer made of a window, or the last line of why it failed."""
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


def _told(one: Round, name: str, found: Result | str, common: list[str]) -> Measure:
    if isinstance(found, str):
        return Measure(PART, f"{name}: {one.name}", None, "", note=found)
    each = 1000 * found.seconds / found.series
    return Measure(
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


def _beside(
    one: Round, name: str, found: Result | str, ours: dict[str, Result]
) -> Iterator[Measure]:
    """Say what a peer's error and time are in multiples of ours."""
    if isinstance(found, str):
        return
    for our_name, our in ours.items():
        times = ratio(found, our)
        low, high = times.interval
        yield Measure(
            PART,
            f"{name} over {our_name}: {one.name}",
            times.error,
            "× MAPE",
            least=1.0,
            beside=f"{times.seconds:.1f} × CPU s a series",
            note=(
                f"{times.series:,} series; {low:.2f} to {high:.2f} (95 %); "
                f"error × time: {times.both:.1f}"
            ),
        )
