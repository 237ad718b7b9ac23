"""The world's time: history up to `until`, then a future only the truth knows."""

import zlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.data.demo.blueprint import Blueprint

PLAN_DAYS = 56
FUTURE_DAYS = 126

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Axis:
    """Periods of a world, history first.

    Attributes:
        first: Start of the first period (a Monday where periods are weeks).
        step: Days in a period.
        history: Periods with history.
        plan: Periods after them for which prices and promotions are planned.
        future: Periods after the history that the truth knows; at least `plan`.
    """

    first: date
    step: int
    history: int
    plan: int
    future: int

    @property
    def size(self) -> int:
        """Return the number of periods, history and future."""
        return self.history + self.future

    @cached_property
    def starts(self) -> pd.DatetimeIndex:
        """Return the first day of each period."""
        return pd.date_range(self.first, periods=self.size, freq=f"{self.step}D")

    @cached_property
    def days(self) -> pd.DatetimeIndex:
        """Return every day of every period."""
        return pd.date_range(self.first, periods=self.size * self.step, freq="D")

    @cached_property
    def week(self) -> Ints:
        """Return for each period the Monday-to-Sunday week it starts in, counted from 0."""
        monday = self.starts[0] - pd.Timedelta(days=self.starts[0].weekday())
        return np.asarray((self.starts - monday).days // 7, dtype=np.int64)

    @property
    def last_known(self) -> date:
        """Return the last day of the history."""
        return self.first + timedelta(days=self.history * self.step - 1)

    def averaged(self, daily: Floats) -> Floats:
        """Return [rows, periods] the mean over the days of each period."""
        mean = daily.reshape(*daily.shape[:-1], self.size, self.step).mean(axis=-1)
        return np.asarray(mean, dtype=np.float64)

    def back(self, days: float) -> int:
        """Return the period that starts `days` before the end of the history."""
        return self.history - round(days / self.step)


def axis_until(blueprint: Blueprint, until: date) -> Axis:
    """Return the axis whose history ends on `until`, or with the last whole week before it."""
    step = blueprint.step
    end = until
    if step == 7:  # noqa: PLR2004 - a period of seven days is a Monday-to-Sunday week
        end = until - timedelta(days=(until.weekday() + 1) % 7)
    return Axis(
        first=end - timedelta(days=blueprint.periods * step - 1),
        step=step,
        history=blueprint.periods,
        plan=PLAN_DAYS // step,
        future=FUTURE_DAYS // step,
    )


def stream(seed: int, world: str, purpose: str) -> np.random.Generator:
    """Return random numbers of their own for one purpose.

    A change in how one part draws leaves the other parts as they were.
    """
    return np.random.default_rng([seed, zlib.crc32(world.encode()), zlib.crc32(purpose.encode())])
