"""What a peer is given and what it gives back: Parquet files that every library reads alike.

A peer is a module with a function from `Task` to a forecast, run by its own Python as
`python -m benchmarks.peers.NAME FOLDER`. It imports nothing of Tillsight.
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

KEYS = ["unique_id", "ds"]


@dataclass(frozen=True)
class Task:
    """One window to forecast.

    Attributes:
        history: `unique_id`, `ds`, `y` and what was known in advance, a row for every period from
            a series' first to the last; a day on which a store was closed has `y` 0, `shut` 1.
        future: `unique_id`, `ds` and the same covariates of the periods to forecast.
        statics: `unique_id` and numbers that describe a series.
        frequency: pandas' alias of one period.
        season: Periods after which a pattern repeats.
    """

    history: pd.DataFrame
    future: pd.DataFrame
    statics: pd.DataFrame
    frequency: str
    season: int

    @property
    def known(self) -> list[str]:
        """Return the covariates known in advance."""
        return [str(name) for name in self.future if name not in KEYS]

    @property
    def horizon(self) -> int:
        """Return periods ahead."""
        return int(self.future["ds"].nunique())

    def write(self, folder: Path) -> None:
        """Write it where `read` finds it."""
        for name in ("history", "future", "statics"):
            getattr(self, name).to_parquet(folder / f"{name}.parquet", index=False)
        about = {"frequency": self.frequency, "season": self.season}
        (folder / "about.json").write_text(json.dumps(about), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Task":
        """Read what `write` wrote."""
        history, future, statics = (
            pd.read_parquet(folder / f"{name}.parquet") for name in ("history", "future", "statics")
        )
        about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        return cls(history, future, statics, **about)


def opened(history: pd.DataFrame) -> pd.DataFrame:
    """Return closed days as if they had sold what the same weekday did last.

    For libraries that take a closed day's nothing for a sale.
    """
    if "shut" not in history:
        return history
    sold = history["y"].where(history["shut"] == 0)
    weekday = [history["unique_id"], history["ds"].dt.dayofweek]
    usual = sold.groupby(history["unique_id"]).transform("median")
    filled = sold.fillna(sold.groupby(weekday).ffill()).fillna(usual)
    return history.assign(y=filled).drop(columns="shut")


def answer(folder: Path) -> Path:
    """Return the file of a peer's forecast: `unique_id`, `ds`, `yhat`."""
    return folder / "forecast.parquet"


def run(forecast: Callable[[Task], pd.DataFrame]) -> None:
    """Forecast the task in the folder named on the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    found = forecast(Task.read(folder))
    found[[*KEYS, "yhat"]].to_parquet(answer(folder), index=False)
