"""Gradient-boosted trees over all series and horizons: one model, direct forecasts.

It learns demand at the usual price relative to a base: of daily data what the series usually sells
on such a day at the level of late, else the recent level. Own price and promotion act on it through
the price response only.

Where forecasts aim at the expected value the objective is a Poisson likelihood of the ratio, so the
result is a mean. Where they aim at the least error in percent it is Huber's loss of the ratio's
logarithm, rows of all sizes alike: the result is between a geometric mean and a median.
"""

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecasting.demand import Demand
from forecasting.features import Feature, build, features_of
from forecasting.forecasters import lightgbm_core as lgb
from forecasting.forecasters.account import base_reasons
from forecasting.forecasters.base import Budget, Capabilities, Progress, never_negative
from forecasting.forecasters.growing import Examples, fitted, grown, run
from forecasting.forecasters.tree_shares import Account
from forecasting.lately import Lately, most_kept
from forecasting.origin import Floats, Origin, Rows
from forecasting.origins import TrainingRows, training_rows
from forecasting.panel import Matrix
from forecasting.units import Aim
from tenants.errors import CannotAnswer

_LEAST_ROWS = 50
# Rows whose features are in memory at once when predicting.
_BLOCK = 300_000
# A likelihood of counts has no best fit to nothing but zeros; this is as good as zero.
_LEAST_RATIO = 1e-6
# Logarithms of ratios beyond this are taken for accidents, and count only linearly beyond the next.
_FARTHEST, _HUBER = 1.5, 0.2
# Share of the work that is building features.
_FEATURE_SHARE = 0.3
# Many features say nearly the same; trees that see few of them each differ more, and err less
# together.
_FEATURE_SHARE_A_TREE = 0.35
_BINS = 63


class BoostedTrees:
    """LightGBM on a multi-origin panel."""

    name = "boosted_trees"
    capabilities = Capabilities(needs_fit=True, uses_plan=True, explains=True)

    def __init__(self) -> None:
        self.features: tuple[Feature, ...] = ()
        self.trained_until = 0
        self.logarithmic = False
        self._booster: lgb.Booster | None = None
        self._origins: Lately[Origin] = Lately()

    def fit(self, demand: Demand, *, budget: Budget, seed: int, progress: Progress) -> None:
        """Learn from the history of a panel.

        Raises:
            CannotAnswer: There is too little history to learn anything from.
        """
        self.features = features_of(demand)
        rows = training_rows(
            demand,
            self.features,
            most=budget.rows,
            seed=seed,
            progress=lambda done, words: progress(done * _FEATURE_SHARE, words),
        )
        if len(rows.ratio) < _LEAST_ROWS:
            raise CannotAnswer(
                f"There are {len(rows.ratio)} past sales to learn from; a model needs at least "
                f"{_LEAST_ROWS}: load a longer history."
            )
        self.trained_until = rows.last + 1
        self.logarithmic = demand.panel.aim is Aim.RELATIVE
        self._booster = self._boosted(rows, budget, seed, progress)

    def predict(self, demand: Demand, rows: Rows, first: int, last: int) -> Matrix:
        """Return [rows, last - first] mean sales under the plan."""
        columns = np.arange(first, last)
        base = self.base(demand, rows, columns)
        return never_negative(base * demand.factor[np.ix_(rows, columns)])

    def base(self, demand: Demand, rows: Rows, columns: Rows) -> Floats:
        """Return [rows, columns] mean sales at the usual price without promotion."""
        origin = self._origin(demand)
        result = np.empty((len(rows), len(columns)))
        step = max(1, _BLOCK // max(1, len(columns)))
        for start in range(0, len(rows), step):
            part = rows[start : start + step]
            table, base = build(self.features, origin, part, columns)
            ratio = run(self._booster, table).reshape(base.shape)
            result[start : start + step] = base * (np.exp(ratio) if self.logarithmic else ratio)
        return result

    def reasons(
        self, demand: Demand, rows: Rows, columns: Rows
    ) -> tuple[Floats, dict[str, Floats]]:
        """Return why, on the log scale: the model's mean, and what each driver adds to it.

        Args:
            demand: What is known.
            rows: Series.
            columns: Target periods.

        Returns:
            [rows, columns] log of the base without drivers, and [rows, columns] by driver; they
            sum to the log of `base`.
        """
        origin = self._origin(demand)
        level = origin.level[rows][:, None]
        found = base_reasons(origin, rows, columns)
        table, _ = build(self.features, origin, rows, columns)
        account = self._account
        usual, parts = account.of(table, (len(rows), len(columns)))
        for driver, part in zip(account.names, parts, strict=True):
            found[driver] = found.get(driver, 0.0) + part
        with np.errstate(divide="ignore"):
            return np.log(level) + np.full((1, len(columns)), usual), found

    @cached_property
    def _account(self) -> Account:
        return Account(fitted(self._booster), [feature.driver for feature in self.features])

    def to_files(self, folder: Path) -> None:
        """Write the trees as LightGBM text and the features as JSON."""
        fitted(self._booster).save_model(str(folder / "trees.txt"))
        schema = {
            "features": [feature.to_dict() for feature in self.features],
            "trained_until": self.trained_until,
            "logarithmic": self.logarithmic,
        }
        (folder / "features.json").write_text(json.dumps(schema, indent=1), encoding="utf-8")

    @classmethod
    def from_files(cls, folder: Path) -> "BoostedTrees":
        """Read what `to_files` wrote."""
        loaded = cls()
        schema = json.loads((folder / "features.json").read_text(encoding="utf-8"))
        loaded.features = tuple(Feature.from_dict(one) for one in schema["features"])
        loaded.trained_until = int(schema["trained_until"])
        loaded.logarithmic = bool(schema["logarithmic"])
        loaded._booster = lgb.Booster(model_file=str(folder / "trees.txt"))
        return loaded

    def _origin(self, demand: Demand) -> Origin:
        """Return the state at the end of the history, kept for the panels served last."""
        panel = demand.panel
        most = most_kept(panel.sales.size)
        return self._origins.of(demand, lambda: Origin(demand, panel.history), most=most)

    def _boosted(
        self, rows: TrainingRows, budget: Budget, seed: int, progress: Progress
    ) -> lgb.Booster:
        def told(done: float, words: str) -> None:
            progress(_FEATURE_SHARE + (1 - _FEATURE_SHARE) * done, words)

        return grown(
            Examples(rows.table, self._label(rows.ratio), rows.weight, self.features),
            self._parameters(len(rows.ratio), budget),
            trees=budget.trees,
            bins=_BINS,
            seed=seed,
            progress=told,
        )

    def _label(self, ratio: NDArray[np.float32]) -> NDArray[np.float32]:
        kept = np.maximum(ratio, _LEAST_RATIO)
        return np.clip(np.log(kept), -_FARTHEST, _FARTHEST) if self.logarithmic else kept

    def _parameters(self, rows: int, budget: Budget) -> dict[str, Any]:
        loss: dict[str, Any] = {"objective": "poisson", "poisson_max_delta_step": 0.3}
        if self.logarithmic:
            loss = {"objective": "huber", "alpha": _HUBER}
        return loss | {
            "learning_rate": min(0.1, 15 / budget.trees),
            "num_leaves": budget.leaves,
            "min_data_in_leaf": int(np.clip(rows // 2000, 20, 200)),
            "feature_fraction": _FEATURE_SHARE_A_TREE,
        }
