"""How cost grows: simulated chains of 1,000 to 30,000 series and three years of days.

Each size is measured in a process of its own, so that its peak of memory is its own.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.measure import Measure
from forecasting.panel import Panel
from forecasting.units import Frequency, Target

PART = "scale"
ROOT = Path(__file__).parent.parent
SIZES = (1_000, 3_000, 10_000, 30_000)
DAYS, PLAN = 3 * 365, 366
HORIZON = 42
PRODUCTS = 500
GIGABYTE = 2**20  # ru_maxrss counts kilobytes
MOST_GIGABYTES = 24.0
_BLOCK = 2_000


@dataclass(frozen=True)
class Cost:
    """What one size took.

    Attributes:
        series: How many series.
        rows: Days of sales in all of them.
        panel: Gigabytes of memory before anything is trained.
        train: Processor seconds of training.
        forecast: Processor seconds of forecasting all series, `HORIZON` days.
        memory: Peak of memory of the whole process, in gigabytes.
    """

    series: int
    rows: int
    panel: float
    train: float
    forecast: float
    memory: float


def measures(sizes: tuple[int, ...] = SIZES) -> Iterator[Measure]:
    """Measure each size, and say how much faster than the rows its cost grows."""
    costs: list[Cost] = []
    for series in sizes:
        cost = _apart(series)
        costs.append(cost)
        note = f"{cost.rows:,} rows; {1e6 * cost.train / cost.rows:.1f} s a million"
        name = f"train on {series:,} series × {DAYS} days"
        yield Measure(PART, name, cost.train, "CPU s", note=note)
        speed = series * HORIZON / cost.forecast
        beside = f"{speed:,.0f} series-days a CPU s"
        name = f"forecast {series:,} series × {HORIZON} days"
        yield Measure(PART, name, cost.forecast, "CPU s", beside=beside)
        name = f"peak memory with {series:,} series"
        beside = f"{cost.panel:.1f} GiB before training"
        yield Measure(PART, name, cost.memory, "GiB", most=MOST_GIGABYTES, beside=beside)
    if len(costs) > 1:
        least, most = costs[0], costs[-1]
        grown = np.log(most.train / least.train) / np.log(most.rows / least.rows)
        note = "1: as the rows; above: faster than they"
        yield Measure(PART, "power of rows with which training grows", grown, "", note=note)


def panel(series: int, *, days: int = DAYS, seed: int = 7) -> Panel:
    """Return a chain of this many series: seasons, trends, prices, promotions, noise."""
    rng = np.random.default_rng(seed)
    width = days + PLAN
    periods = pd.date_range("2022-01-01", periods=width, freq="D")
    stores, products = -(-series // PRODUCTS), min(series, PRODUCTS)
    number = np.arange(series)
    names = pd.DataFrame(
        {
            "store": [f"s{one:03d}" for one in number // products],
            "product": [f"p{one:04d}" for one in number % products],
            "product_category": [f"c{one % 20:02d}" for one in number % products],
        }
    )
    weekly = 1 + 0.3 * np.sin(2 * np.pi * periods.day_of_week.to_numpy() / 7)
    yearly = 1 + 0.2 * np.sin(2 * np.pi * periods.day_of_year.to_numpy() / 365.25)
    size = np.exp(rng.normal(2, 1, series))
    promoted = np.zeros((series, width), dtype=np.float32)
    for start in range(0, width, 28):
        promoted[rng.random(series) < 0.2, start : start + 7] = 1  # noqa: PLR2004 - one in five
    sales = np.empty((series, days), dtype=np.float32)
    for first in range(0, series, _BLOCK):
        at = slice(first, first + _BLOCK)
        mean = size[at, None] * (weekly * yearly)[None, :days] * (1 + 0.6 * promoted[at, :days])
        sales[at] = rng.poisson(mean)
    return Panel(
        series=names,
        periods=periods,
        history=days,
        frequency=Frequency.DAY,
        target=Target.UNITS,
        unit="units",
        sales=sales,
        price=np.full((series, width), 4.0, dtype=np.float32),
        discount=20 * promoted,
        promoted=promoted,
        stocked_out=np.zeros((series, days), dtype=bool),
        version=f"simulated@{series}/{stores}",
    )


def _apart(series: int) -> Cost:
    # Our own module, a number of our own.
    ended = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "benchmarks.scale", str(series)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return Cost(**json.loads(ended.stdout.splitlines()[-1]))


def _cost(series: int, budget: str) -> Cost:
    # Only the process that measures pays for loading it.
    from forecasting.training import train  # noqa: PLC0415

    simulated = panel(series)
    before = _peak()
    began = time.process_time()
    model = train(simulated, budget=budget)
    trained = time.process_time()
    first = simulated.history
    model.predict(simulated, np.arange(series), first, first + HORIZON)
    return Cost(
        series=series,
        rows=series * simulated.history,
        panel=before,
        train=trained - began,
        forecast=time.process_time() - trained,
        memory=_peak(),
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / GIGABYTE


if __name__ == "__main__":
    print(json.dumps(asdict(_cost(int(sys.argv[1]), (sys.argv[2:] or ["fast"])[0]))))
