"""Held-out periods of public data, forecast by the product's own commands and nothing else.

The newest days are cut from the files, the rest is loaded, a model is trained, and the cut-off days
are forecast from a plan file that holds only what is known in advance. What the window sold is
read here alone, after the forecast is written.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.real_data import ROOT, folder

_TENANT = "held-out"


@dataclass(frozen=True)
class HeldOutData:
    """A public dataset as its files have it.

    Attributes:
        name: Its folder; its mapping has the same name.
        sales: The file that is cut.
        date: Its column of days.
        keys: Its columns that name a series, store first.
        target: Its column that is forecast.
        hidden: Columns a plan cannot hold.
        period: Days a row stands for.
    """

    name: str
    sales: str
    date: str
    keys: tuple[str, ...]
    target: str
    hidden: tuple[str, ...]
    period: int

    @property
    def source(self) -> Path:
        """Return the folder of its files."""
        return folder() / self.name


ROSSMANN = HeldOutData(
    name="rossmann",
    sales="train.parquet",
    date="Date",
    keys=("Store",),
    target="Sales",
    hidden=("Sales", "Customers"),
    period=1,
)
ORANGE_JUICE = HeldOutData(
    name="orange_juice",
    sales="sales.parquet",
    date="week_start",
    keys=("store", "brand"),
    target="units",
    hidden=("units", "margin_pct"),
    period=7,
)


@dataclass(frozen=True)
class HeldOut:
    """One window, forecast and held against what happened.

    Attributes:
        rows: `date`, `store`, `product`, `actual`, `mean`, `lower`, `upper` of what sold.
        train_seconds: Processor seconds of the whole training command.
        forecast_seconds: Processor seconds of the whole forecasting command.
    """

    rows: pd.DataFrame
    train_seconds: float
    forecast_seconds: float

    @property
    def mape(self) -> float:
        """Return the mean absolute error in percent of the actual."""
        return float(100 * self._relative.abs().mean())

    @property
    def rmspe(self) -> float:
        """Return the root of the mean squared relative error, a fraction."""
        return float(np.sqrt((self._relative**2).mean()))

    @property
    def covered(self) -> float:
        """Return the percent of actuals inside the 80 % range."""
        inside = self.rows["actual"].between(self.rows["lower"], self.rows["upper"])
        return float(100 * inside.mean())

    @property
    def _relative(self) -> "pd.Series[float]":
        return (self.rows["mean"] - self.rows["actual"]) / self.rows["actual"]


def held_out(
    data: HeldOutData, last: date, *, horizon: int, idle: int = 0, budget: str = "normal"
) -> HeldOut:
    """Forecast the days after `last` from the days up to it.

    Args:
        data: The dataset.
        last: The last day that the product sees.
        horizon: Days that are forecast.
        idle: Days between `last` and the first day that counts.
        budget: How much work the training may do.
    """
    table = pd.read_parquet(data.source / data.sales)
    day = pd.to_datetime(table[data.date])
    start = pd.Timestamp(last) + pd.Timedelta(days=1)
    end = start + pd.Timedelta(days=idle + horizon - 1)
    window = table[(day >= start) & (day <= end)]
    with _desk() as desk:
        _lay_out(data, table[day < start], desk.folder / "source")
        window.drop(columns=list(data.hidden)).to_parquet(desk.folder / "plan.parquet")
        desk.run("tenants", "create", _TENANT)
        mapping = ROOT / "docs" / "examples" / f"{data.name}.toml"
        desk.run("ingest", "--mapping", str(mapping), "--from", str(desk.folder / "source"))
        seconds = desk.run("train", "--budget", budget)
        out = desk.folder / "forecast.csv"
        first, final = pd.to_datetime(window[data.date]).agg(["min", "max"])
        took = desk.run(
            "forecast",
            *("--start", str(first.date()), "--end", str(_end(final, data))),
            *("--plan", str(desk.folder / "plan.parquet"), "--out", str(out)),
            *("--today", str(start.date())),
        )
        found = pd.read_csv(out, dtype={"store": str, "product": str}, parse_dates=["date"])
    scored = window[pd.to_datetime(window[data.date]) >= start + pd.Timedelta(days=idle)]
    return HeldOut(_matched(data, scored, found), seconds, took)


def _end(last: pd.Timestamp, data: HeldOutData) -> date:
    return last.date() + timedelta(days=data.period - 1)


def _lay_out(data: HeldOutData, seen: pd.DataFrame, place: Path) -> None:
    place.mkdir()
    for file in data.source.iterdir():
        if file.name == data.sales:
            seen.to_parquet(place / file.name)
        else:
            shutil.copy(file, place)


def _matched(data: HeldOutData, window: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    product = window[data.keys[1]].astype(str) if len(data.keys) > 1 else "all"
    actual = pd.DataFrame(
        {
            "date": pd.to_datetime(window[data.date]),
            "store": window[data.keys[0]].astype(str),
            "product": product,
            "actual": window[data.target].astype(float),
        }
    )
    rows = actual.merge(found, on=["date", "store", "product"], how="left")
    # A series without a forecast is forecast as nothing, not left out of the score.
    rows["mean"] = rows["mean"].fillna(0.0)
    return rows[rows["actual"] > 0]


@dataclass(frozen=True)
class _Desk:
    """A temporary home in which commands run as a person would run them."""

    folder: Path

    def run(self, *words: str) -> float:
        """Run one command and return its processor seconds.

        Raises:
            RuntimeError: It failed.
        """
        environment = os.environ | {
            "TILLSIGHT_HOME": str(self.folder / "home"),
            "PYTHONPATH": str(ROOT),
        }
        tenant = () if words[0] == "tenants" else ("--tenant", _TENANT)
        command = [sys.executable, "-m", "app", *words, *tenant]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        ended = subprocess.run(  # noqa: S603 - our own program
            command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if ended.returncode:
            raise RuntimeError(f"{' '.join(words)} failed: {ended.stderr or ended.stdout}")
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@contextmanager
def _desk() -> Iterator[_Desk]:
    with tempfile.TemporaryDirectory(prefix="tillsight-held-out-") as name:
        yield _Desk(Path(name))
