"""A linear model of log sales: coefficients all series share, and what each adds to them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.demand import Demand
from forecasting.features.contract import RECENT
from forecasting.forecasters.base import Budget, Capabilities, Progress, never_negative
from forecasting.lately import Lately, most_kept
from forecasting.linear.design import Design
from forecasting.linear.mixed import Block, Spread, own, products, shared, spread, without
from forecasting.linear.reasons import Terms
from forecasting.linear.target import log_sales, sales_at_usual_price, shift_of
from forecasting.origin import MONTH, Floats, Rows
from forecasting.panel import Matrix

# Cells of a block of series whose regressors are in memory at once.
_BLOCK = 60_000
# A row this many years older counts half.
_HALF_YEARS = 3.0
# Ridge penalty of shared coefficients, in periods.
_PRIOR = 0.3
# Series that shared coefficients are learned from: errors of a day are shared by all of them.
_ENOUGH = 400
# The level of late: half-life and reach in months (28 days, 4 weeks, 3 months), and the weight
# of the long-run level in half-lives.
_LATE_HALF, _LATE_REACH, _LATE_PRIOR = 1.0, 4, 1.0
# A level of late this far off in logs is hardly doubted: something has happened.
_SHIFT = 0.4
_NOTHING = 1e-9


class Ridge:
    """Pooled and per-series ridge regression of log sales."""

    name = "ridge"
    capabilities = Capabilities(needs_fit=True, uses_plan=True, explains=True)

    def __init__(self) -> None:
        self._fitted: _Fitted | None = None
        self._states: Lately[tuple[Floats, Floats]] = Lately()

    @property
    def sees_offers(self) -> bool:
        """Tell whether own prices are among its regressors."""
        return self._fitted is not None and self._fitted.design.sees_offers

    def fit(self, demand: Demand, *, budget: Budget, seed: int, progress: Progress) -> None:
        """Learn from the history of a panel."""
        del budget, seed
        design = Design.of(demand)
        sales = sales_at_usual_price(demand, sees_offers=design.sees_offers)
        target, level = _around_mean(log_sales(sales, shift_of(sales)))
        progress(0.1, "fitting a linear model")
        rows, age = np.arange(demand.panel.n), _age(demand)
        some = rows[:: -(-len(rows) // _ENOUGH)]
        everything = products(_tables(design, demand, target, some), age)
        periods = float(age[(~np.isnan(target)).any(axis=0)].sum())
        common = shared(everything, periods, _PRIOR)
        left = without(everything, common, design.own)
        differ = spread(left)
        steps = np.empty((len(rows), len(design.own)))
        steps[some] = own(left, differ)
        rest = np.setdiff1d(rows, some)
        steps[rest] = _steps(design, common, differ, _tables(design, demand, target, rest), age)
        steps[:, -1] += level
        kept = design.signed(common, np.arange(len(common)))
        steps = design.signed(common[design.own] + steps, design.own) - kept[design.own]
        self._fitted = _Fitted(design, _keys(demand), kept, steps)
        progress(1.0, "fitting a linear model")

    def predict(self, demand: Demand, rows: Rows, first: int, last: int) -> Matrix:
        """Return [rows, last - first] geometric means of sales under the plan."""
        columns = np.arange(first, last)
        level, shift = self._state(demand)
        linear = self._linear(demand, rows, columns) + level[rows][:, None]
        with np.errstate(over="ignore"):
            base = np.exp(linear) - shift[rows][:, None]
        if not self.sees_offers:
            base *= demand.factor[np.ix_(rows, columns)]
        return never_negative(base)

    def reasons(
        self, demand: Demand, rows: Rows, columns: Rows
    ) -> tuple[Floats, dict[str, Floats]]:
        """Return why, on the log scale: what is usual for the series, and what drivers add to it.

        They sum to the log of the forecast at the usual price (or at the planned one, where prices
        are among the regressors).

        Returns:
            [rows, columns] log of the usual, and [rows, columns] by driver.
        """
        model = self._model
        level, shift = self._state(demand)
        terms = Terms(model.design, model.common, model.of(demand)[rows])
        usual, parts = terms.reasons(demand, rows, columns)
        known = np.isfinite(level[rows])[:, None]
        late = np.where(known, level[rows][:, None], 0.0)
        parts[RECENT] = np.zeros((len(rows), len(columns))) + parts.get(RECENT, 0.0) + late
        total = usual + sum(parts.values())
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
            # What was added to sales so that their logs are finite was never sold.
            unsold = np.log(np.maximum(1 - shift[rows][:, None] * np.exp(-total), _NOTHING))
        return np.where(known, usual + unsold, -np.inf), parts

    def to_files(self, folder: Path) -> None:
        """Write coefficients as npz and the names of regressors as JSON."""
        model = self._model
        np.savez(folder / "ridge.npz", common=model.common, steps=model.steps)
        about = {
            "names": list(model.design.names),
            "end": model.design.end.isoformat(),
            "sees_offers": model.design.sees_offers,
            "yearly": model.design.yearly,
            "series": [list(key) for key in model.keys],
        }
        (folder / "ridge.json").write_text(json.dumps(about), encoding="utf-8")

    @classmethod
    def from_files(cls, folder: Path) -> "Ridge":
        """Read what `to_files` wrote."""
        about = json.loads((folder / "ridge.json").read_text(encoding="utf-8"))
        end, names = pd.Timestamp(about["end"]), tuple(about["names"])
        design = Design(names, end, about["sees_offers"], about["yearly"])
        with np.load(folder / "ridge.npz") as arrays:
            common, steps = arrays["common"], arrays["steps"]
        keys = tuple((str(store), str(product)) for store, product in about["series"])
        loaded = cls()
        loaded._fitted = _Fitted(design, keys, common, steps)
        return loaded

    @property
    def _model(self) -> "_Fitted":
        if self._fitted is None:
            raise RuntimeError("The model has not been fitted.")
        return self._fitted

    def _linear(self, demand: Demand, rows: Rows, columns: Rows) -> Floats:
        """Return [rows, columns] of the log forecast without the level of late.

        Added up in double precision: in single, a product of matrices rounds its last digit
        otherwise for one series alone than among all.
        """
        model = self._model
        steps, common = model.of(demand)[rows], model.common
        result = np.empty((len(rows), len(columns)))
        step = max(1, _BLOCK // max(1, len(columns)))
        for start in range(0, len(rows), step):
            part = slice(start, start + step)
            values = model.design.values(demand, rows[part], columns)
            result[part] = np.matmul(values, common)
            own_values = values[:, :, model.design.own]
            result[part] += np.matmul(own_values, steps[part, :, None])[:, :, 0]
        return result

    def _state(self, demand: Demand) -> tuple[Floats, Floats]:
        """Return [n] levels of late and [n] shifts, kept for the panels served last."""
        own = demand.original or demand  # a changed plan changes no history
        return self._states.of(own, lambda: self._late(own), most=most_kept(own.panel.sales.size))

    def _late(self, demand: Demand) -> tuple[Floats, Floats]:
        panel = demand.panel
        sales = sales_at_usual_price(demand, sees_offers=self.sees_offers)
        shift = shift_of(sales)
        target = log_sales(sales, shift)
        month = MONTH[panel.frequency]
        reach = np.arange(max(0, panel.history - _LATE_REACH * month), panel.history)
        rest = target[:, reach] - self._linear(demand, np.arange(panel.n), reach)
        known = ~np.isnan(rest)
        weight = known * 0.5 ** ((panel.history - 1 - reach) / (_LATE_HALF * month))
        prior = np.where(self._model.knows(demand), _LATE_PRIOR * month, 1e-6)
        total = (weight * np.nan_to_num(rest)).sum(axis=1)
        lately = total / (weight.sum(axis=1) + 1e-6)
        level = total / (weight.sum(axis=1) + prior / (1 + (lately / _SHIFT) ** 2))
        never = ~known.any(axis=1) & ~self._model.knows(demand)
        return np.where(never, -np.inf, level), shift


@dataclass(frozen=True)
class _Fitted:
    design: Design
    keys: tuple[tuple[str, str], ...]
    common: Floats
    steps: Floats

    @cached_property
    def _places(self) -> dict[tuple[str, str], int]:
        return {key: number for number, key in enumerate(self.keys)}

    def _at(self, demand: Demand) -> NDArray[np.int64]:
        def found() -> NDArray[np.int64]:
            places = [self._places.get(key, -1) for key in _keys(demand)]
            return np.array(places, dtype=np.int64)

        return (demand.original or demand).once(("places", self._name), found)

    @cached_property
    def _name(self) -> int:
        return hash(self.keys)

    def knows(self, demand: Demand) -> NDArray[np.bool_]:
        return self._at(demand) >= 0

    def of(self, demand: Demand) -> Floats:
        """Return [n, own terms] what each series adds; nothing for one not seen in training."""
        nothing = np.zeros((1, self.steps.shape[1]))
        return np.vstack([self.steps, nothing])[self._at(demand)]


def _age(demand: Demand) -> Floats:
    """Return [t] how much a period says: the newest 1, older ones less."""
    history = demand.panel.history
    years = np.arange(history - 1, -1, -1) * demand.panel.frequency.days / 365.25
    return np.asarray(0.5 ** (years / _HALF_YEARS))


def _tables(design: Design, demand: Demand, target: Floats, rows: Rows) -> Iterator[Block]:
    """Yield regressors and target of some series, block by block."""
    columns = np.arange(target.shape[1])
    step = max(1, _BLOCK // len(columns))
    for start in range(0, len(rows), step):
        part = rows[start : start + step]
        yield design.values(demand, part, columns), target[part]


def _steps(
    design: Design, common: Floats, differ: Spread, tables: Iterator[Block], age: Floats
) -> Floats:
    """Return [series, own terms] what each series adds, with one block in memory at a time."""
    found = [np.empty((0, len(design.own)))]
    shared_part = common.astype(np.float32)
    for table, target in tables:
        kept = table[:, :, design.own[0] :] if _together(design.own) else table[:, :, design.own]
        found.append(own(products([(kept, target - table @ shared_part)], age), differ))
    return np.concatenate(found)


def _together(places: Rows) -> bool:
    return bool((np.diff(places) == 1).all())


def _around_mean(target: Floats) -> tuple[Floats, Floats]:
    """Return [n, t] logs less their mean, and [n] means: small numbers keep more digits."""
    known = ~np.isnan(target)
    mean = np.nan_to_num(target).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return target - mean[:, None], mean


def _keys(demand: Demand) -> tuple[tuple[str, str], ...]:
    series = demand.panel.series
    return tuple(zip(series["store"].astype(str), series["product"].astype(str), strict=True))
