"""What the model is told of each series and target period, each with its lag rule.

A feature is either worked out as of the origin, from periods before it only (so its lag is at
least the horizon), or known in advance of the target period: a calendar, a plan, an attribute.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Demand
from forecasting.origin import YEAR, Floats, Origin, Rows
from forecasting.units import Frequency

Table = NDArray[np.float32]


class Lag(StrEnum):
    """What a feature may look at."""

    ORIGIN = "as of the origin"
    KNOWN = "known in advance"


@dataclass(frozen=True, slots=True)
class Feature:
    """One column of the model's input.

    Attributes:
        name: Unique name.
        lag: What it may look at.
        driver: The group of reasons it belongs to when a forecast is explained.
        categorical: Its figures are codes.
        rising: A higher value never lowers the forecast.
    """

    name: str
    lag: Lag
    driver: str
    categorical: bool = False
    rising: bool = False

    def to_dict(self) -> dict[str, object]:
        """Return it as JSON values."""
        return asdict(self) | {"lag": str(self.lag)}

    @classmethod
    def from_dict(cls, values: dict[str, object]) -> "Feature":
        """Return the feature that `to_dict` wrote."""
        return cls(
            name=str(values["name"]),
            lag=Lag(str(values["lag"])),
            driver=str(values["driver"]),
            categorical=bool(values["categorical"]),
            rising=bool(values["rising"]),
        )


RECENT = "recent sales"
SEASON = "time of year"
WEEKDAY = "day of the week"
CALENDAR = "calendar and holidays"
PLAN = "known plans"
OFFERS = "offers of other products"
ITEM = "store and product"
AHEAD = "how far ahead"

_SEASONAL = {"day_of_year", "month", "days_to_quarter_end"}
# What of the calendar comes round once a year, or seldom enough to name a single week: told only
# once the history has seen it twice, for else the model takes an accident for a season.
_YEARLY = _SEASONAL | {"easter", "christmas"}
_SELDOM = {Frequency.DAY: _YEARLY, Frequency.WEEK: _YEARLY | {"day_of_month", "holidays"}}
_STATE = (
    "log_level",
    "fast",
    "half_month",
    "month",
    "quarter",
    "year",
    "trend_year",
    "zero_share",
    "spread",
    "age",
    "silence",
)


def features_of(demand: Demand) -> tuple[Feature, ...]:
    """Return the features this tenant's data allow, in a fixed order."""
    weekday = [Feature("weekday_mean", Lag.ORIGIN, WEEKDAY)] if demand.phase.any() else []
    cell = [Feature("cell_mean", Lag.ORIGIN, PLAN)] if demand.flags else []
    codes = set(demand.panel.categories)
    return (
        *(Feature(name, Lag.ORIGIN, RECENT) for name in _STATE),
        *weekday,
        *cell,
        *(Feature(f"last_year_{reach}", Lag.ORIGIN, SEASON) for reach in _reaches(demand)),
        *(Feature(f"group_year_{reach}", Lag.ORIGIN, SEASON) for reach in _reaches(demand)[1:]),
        Feature("horizon", Lag.KNOWN, AHEAD),
        *(Feature(name, Lag.KNOWN, _calendar_driver(name)) for name in _calendar_names(demand)),
        *(Feature(f"known_{name}", Lag.KNOWN, PLAN, name in codes) for name in demand.known),
        *(Feature(name, Lag.KNOWN, PLAN) for name in demand.runs),
        *(Feature(name, Lag.KNOWN, PLAN) for name in demand.closures),
        *([Feature("event", Lag.KNOWN, CALENDAR, categorical=True)] if demand.panel.events else []),
        *_offer_features(demand),
        *(
            Feature(f"is_{name}", Lag.KNOWN, ITEM, categorical=name in demand.static_words)
            for name in demand.statics
        ),
    )


def build(
    features: Sequence[Feature], origin: Origin, rows: Rows, columns: Rows
) -> tuple[Table, Floats]:
    """Return the model's input for some series and target periods.

    Args:
        features: Columns to build; one the data no longer have is left NaN.
        origin: What is known, and when.
        rows: Series.
        columns: Target periods, none before the origin.

    Returns:
        [rows * columns, features] with the columns of one series beside each other, and [rows]
        the level that the target is relative to.
    """
    values = _Values(origin, rows, columns)
    table = np.full((len(rows), len(columns), len(features)), np.nan, dtype=np.float32)
    for number, feature in enumerate(features):
        found = values.of(feature.name)
        if found is not None:
            table[:, :, number] = found
    return table.reshape(-1, len(features)), origin.level[rows]


class _Values:
    """Values of one block by feature name: [rows, 1], [1, columns] or [rows, columns]."""

    def __init__(self, origin: Origin, rows: Rows, columns: Rows) -> None:
        self._origin = origin
        self._rows = rows
        self._columns = columns
        self._level = origin.level[rows][:, None]

    def of(self, name: str) -> NDArray[np.floating] | None:
        """Return the values of one feature; None where the data have none."""
        if name in _SERIES_STATE:
            return _SERIES_STATE[name](self._origin)[self._rows][:, None]
        kind, _, rest = name.rpartition("_")
        if kind in {"last_year", "group_year"}:
            find = self._origin.last_year if kind == "last_year" else self._origin.chain_last_year
            return find(self._rows, self._columns, int(rest))
        return self._of_target(name)

    def _of_target(self, name: str) -> NDArray[np.floating] | None:
        demand, rows, columns = self._origin.demand, self._rows, self._columns
        if name == "horizon":
            return (columns - self._origin.at + 1)[None, :].astype(np.float64)
        if name == "weekday_mean":
            return _log_to(self._origin.weekdays[np.ix_(rows, demand.phase[columns])], self._level)
        if name == "cell_mean":
            cell = demand.cell[np.ix_(rows, columns)]
            return _log_to(self._origin.cell_means[rows[:, None], cell], self._level)
        if name in demand.calendar:
            return demand.calendar[name][columns][None, :]
        if name.startswith("is_"):
            static = demand.statics.get(name.removeprefix("is_"))
            return None if static is None else static[rows][:, None]
        planned = demand.planned.get(name)
        return None if planned is None else planned[np.ix_(rows, columns)]


def _relative(value: Floats, origin: Origin) -> Floats:
    return _log_to(value, origin.level)


def _log_to(value: Floats, level: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.log(np.clip(value / np.where(level > 0, level, np.nan), 0.02, 50.0))


def _trend_year(origin: Origin) -> Floats:
    rows = np.arange(len(origin.level))
    end = np.array([origin.at - origin.year])
    then = origin.mean(rows, end - origin.quarter, end)[:, 0]
    return _log_to(origin.recent(origin.quarter), np.nan_to_num(then))


_SERIES_STATE: dict[str, Callable[[Origin], Floats]] = {
    "log_level": lambda origin: np.log(np.maximum(origin.level, 1e-3)),
    "fast": lambda origin: _relative(origin.fast_level, origin),
    "half_month": lambda origin: _relative(origin.recent(max(1, origin.month // 2)), origin),
    "month": lambda origin: _relative(origin.recent(origin.month), origin),
    "quarter": lambda origin: _relative(origin.recent(origin.quarter), origin),
    "year": lambda origin: _relative(origin.long_run, origin),
    "trend_year": _trend_year,
    "zero_share": lambda origin: origin.zero_share,
    "spread": lambda origin: origin.spread,
    "age": lambda origin: np.minimum(origin.age, origin.year),
    "silence": lambda origin: np.minimum(origin.silence, origin.quarter),
}


def _reaches(demand: Demand) -> tuple[int, ...]:
    """Return how many periods on either side of last year's same time are averaged."""
    return (0, 3, 14) if demand.phase.any() else (0, 1, 2)


def _calendar_names(demand: Demand) -> list[str]:
    frequency = demand.panel.frequency
    twice = demand.panel.history >= 2 * YEAR[frequency]
    seldom = set() if twice else _SELDOM.get(frequency, set(demand.calendar))
    return [name for name in demand.calendar if name not in seldom]


def _calendar_driver(name: str) -> str:
    if name == "day_of_week":
        return WEEKDAY
    return SEASON if name in _SEASONAL else CALENDAR


def _offer_features(demand: Demand) -> list[Feature]:
    features = []
    for name, values in demand.offers.items():
        if values.any():
            own = name.startswith("own_")
            features.append(Feature(name, Lag.KNOWN, PLAN if own else OFFERS, rising=own))
    return features
