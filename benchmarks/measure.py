"""One measured figure, and how to measure time."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Measure:
    """A figure as it came out on this machine.

    Attributes:
        part: Which part of the product.
        name: What was measured.
        value: The figure; None when it could not be measured, and `note` says why.
        unit: What it is measured in.
        least: The figure should not be below this.
        most: The figure should not be above this.
        beside: What it is to be read beside, e.g. a peer's figure.
        note: How it was measured.
    """

    part: str
    name: str
    value: float | None
    unit: str
    least: float | None = None
    most: float | None = None
    beside: str = ""
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """Return whether the target was reached; None without a target or a figure."""
        if self.value is None or (self.least is None and self.most is None):
            return None
        above = self.least is None or self.value >= self.least
        return above and (self.most is None or self.value <= self.most)

    def to_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return asdict(self) | {"reached": self.reached}


@dataclass
class Stopwatch:
    """Seconds of a block, once it has ended.

    Attributes:
        seconds: By the wall clock.
        processor: Of this process, whatever else the machine did.
    """

    seconds: float = 0.0
    processor: float = 0.0


@contextmanager
def timed() -> Iterator[Stopwatch]:
    """Measure the time of a block, by the wall clock and of the processor."""
    watch = Stopwatch()
    began, spent = time.perf_counter(), time.process_time()
    try:
        yield watch
    finally:
        watch.seconds = time.perf_counter() - began
        watch.processor = time.process_time() - spent


def each(action: Callable[[int], object], times: int) -> list[float]:
    """Return the seconds of each of several runs; the action is told which run it is."""
    seconds = []
    for number in range(times):
        with timed() as watch:
            action(number)
        seconds.append(watch.seconds)
    return seconds


def percentile(values: list[float], percent: int) -> float:
    """Return a percentile, as at least two values give it."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
