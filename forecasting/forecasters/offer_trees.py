"""Gradient-boosted trees that see prices and offers themselves: of the product and its rivals.

Where periods are long, an offer decides what sells in one: how deep it is, whether it is
advertised, what rivals ask. These trees learn sales relative to the level that offers leave, from
what was sold under like offers before. Under the aim `relative` they minimise the error in percent
(nearly absolute errors of the ratio, over the ratio); otherwise the likelihood of a Poisson mean.
"""

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from forecasting.demand import Demand
from forecasting.features.contract import Feature
from forecasting.features.offer_table import offer_features, offer_table
from forecasting.forecasters import lightgbm_core as lgb
from forecasting.forecasters.base import Budget, Capabilities, Progress, never_negative
from forecasting.forecasters.growing import Examples, fitted, grown, run
from forecasting.forecasters.tree_shares import Account
from forecasting.offers.origin import OfferOrigin
from forecasting.offers.rows import OfferRows, offer_rows
from forecasting.origin import Floats, Rows
from forecasting.panel import Matrix
from forecasting.units import Aim, Frequency
from tenants.errors import CannotAnswer

_LEAST_ROWS = 50
_LEAST_SALES = 300
# More rows or trees than these gained nothing on weekly sales of prices and offers.
_MOST_ROWS, _MOST_TREES, _MOST_LEAVES = 130_000, 160, 31
# Trees step at least this little; fewer trees step more, those of absolute errors less than those
# of a likelihood, which would otherwise stay half-way.
_STEPS, _LEAST_RATE = 11.0, 0.05
_MOST_RATE = {Aim.RELATIVE: 0.12, Aim.EXPECTED: 0.3}
# Errors of the ratio beyond this count in proportion, smaller ones by their squares (Huber):
# absolute errors alone would forgo monotone constraints.
_ABSOLUTE = 0.15
# Below this share of the level nothing is forecast.
_LEAST_RATIO = 1e-3
_FEATURE_SHARE = 0.4
_BINS = 127


class OfferTrees:
    """LightGBM on a multi-origin panel, own offers among the features."""

    name = "offer_trees"
    capabilities = Capabilities(needs_fit=True, uses_plan=True, explains=True)
    sees_offers = True

    def __init__(self) -> None:
        self.features: tuple[Feature, ...] = ()
        self.trained_until = 0
        self._booster: lgb.Booster | None = None
        self._latest: tuple[Demand, OfferOrigin] | None = None

    @staticmethod
    def suits(demand: Demand) -> bool:
        """Tell whether a panel is of the kind these trees are for.

        Periods longer than days, with own offers that change. Of days there are enough for a
        price response of each product, which explanations and the optimiser rest on; from few
        sales nothing can be told of offers.
        """
        panel = demand.panel
        if panel.frequency is Frequency.DAY or (panel.sales > 0).sum() < _LEAST_SALES:
            return False
        return demand.own_offers.vary

    def fit(self, demand: Demand, *, budget: Budget, seed: int, progress: Progress) -> None:
        """Learn from the history of a panel.

        Raises:
            CannotAnswer: There is too little history to learn anything from.
        """
        self.features = offer_features(demand)
        rows = offer_rows(
            demand,
            self.features,
            most=min(budget.rows, _MOST_ROWS),
            seed=seed,
            progress=lambda done, words: progress(done * _FEATURE_SHARE, words),
        )
        if len(rows.ratio) < _LEAST_ROWS:
            raise CannotAnswer(
                f"There are {len(rows.ratio)} past sales to learn from; a model needs at least "
                f"{_LEAST_ROWS}: load a longer history."
            )
        self.trained_until = rows.last + 1
        self._booster = self._boosted(rows, demand.panel.aim, budget, seed, progress)

    def predict(self, demand: Demand, rows: Rows, first: int, last: int) -> Matrix:
        """Return [rows, last - first] sales under the plan."""
        columns = np.arange(first, last)
        origin = self._origin(demand)
        table = offer_table(self.features, origin, rows, columns)
        ratio = np.maximum(run(self._booster, table), _LEAST_RATIO).reshape(len(rows), len(columns))
        level = np.where(origin.has_level, np.exp(origin.log_level), 0.0)
        return never_negative(ratio * level[rows][:, None] - origin.shift[rows][:, None])

    def reasons(
        self, demand: Demand, rows: Rows, columns: Rows
    ) -> tuple[Floats, dict[str, Floats]]:
        """Return why, on the log scale: the start, and what each driver adds to it.

        Trees of absolute errors add up ratios, not logarithms; each driver takes the share of the
        logarithm that it has of the ratio.

        Returns:
            [rows, columns] log of the forecast without drivers, and [rows, columns] by driver.
        """
        origin = self._origin(demand)
        table = offer_table(self.features, origin, rows, columns)
        account = self._account
        usual, parts = account.of(table, (len(rows), len(columns)))
        start = np.full((len(rows), len(columns)), usual)
        if demand.panel.aim is Aim.RELATIVE:
            total = np.maximum(start + parts.sum(axis=0), _LEAST_RATIO)
            parts, start = _in_logs(parts, np.maximum(start, _LEAST_RATIO), total)
        return origin.log_level[rows][:, None] + start, dict(zip(account.names, parts, strict=True))

    @cached_property
    def _account(self) -> Account:
        return Account(fitted(self._booster), [feature.driver for feature in self.features])

    def to_files(self, folder: Path) -> None:
        """Write the trees as LightGBM text and the features as JSON."""
        fitted(self._booster).save_model(str(folder / "offer_trees.txt"))
        schema = {
            "features": [feature.to_dict() for feature in self.features],
            "trained_until": self.trained_until,
        }
        (folder / "offer_features.json").write_text(json.dumps(schema, indent=1), encoding="utf-8")

    @classmethod
    def from_files(cls, folder: Path) -> "OfferTrees":
        """Read what `to_files` wrote."""
        loaded = cls()
        schema = json.loads((folder / "offer_features.json").read_text(encoding="utf-8"))
        loaded.features = tuple(Feature.from_dict(one) for one in schema["features"])
        loaded.trained_until = int(schema["trained_until"])
        loaded._booster = lgb.Booster(model_file=str(folder / "offer_trees.txt"))
        return loaded

    def _origin(self, demand: Demand) -> OfferOrigin:
        """Return the state at the end of the history, kept for the panel served last."""
        if demand.original is not None:
            return self._origin(demand.original).under(demand)
        latest = self._latest  # read once: another thread may replace it meanwhile
        if latest is None or latest[0] is not demand:
            latest = (demand, OfferOrigin(demand, demand.panel.history))
            self._latest = latest
        return latest[1]

    def _boosted(
        self, rows: OfferRows, aim: Aim, budget: Budget, seed: int, progress: Progress
    ) -> lgb.Booster:
        def told(done: float, words: str) -> None:
            progress(_FEATURE_SHARE + (1 - _FEATURE_SHARE) * done, words)

        least = 0.0 if aim is Aim.RELATIVE else _LEAST_RATIO
        return grown(
            Examples(rows.table, np.maximum(rows.ratio, least), rows.weight, self.features),
            _parameters(len(rows.ratio), aim, budget),
            trees=min(budget.trees, _MOST_TREES),
            bins=_BINS,
            seed=seed,
            progress=told,
        )


def _parameters(rows: int, aim: Aim, budget: Budget) -> dict[str, Any]:
    trees = min(budget.trees, _MOST_TREES)
    return {
        "objective": "huber" if aim is Aim.RELATIVE else "poisson",
        "alpha": _ABSOLUTE,
        "learning_rate": float(np.clip(_STEPS / trees, _LEAST_RATE, _MOST_RATE[aim])),
        "num_leaves": min(budget.leaves, _MOST_LEAVES),
        "min_data_in_leaf": int(np.clip(rows // 2000, 5, 60)),
        "feature_fraction": 0.3,
    }


def _in_logs(parts: Floats, start: Floats, total: Floats) -> tuple[Floats, Floats]:
    """Return parts of a sum as parts of its logarithm, and the logarithm of what they start from.

    Args:
        parts: [parts, rows, columns] that with the start sum to the total.
        start: [rows, columns] above zero.
        total: [rows, columns] above zero.
    """
    moved = total - start
    level = np.abs(moved) < _LEAST_RATIO
    share = np.where(level, 1 / start, np.log(total / start) / np.where(level, 1.0, moved))
    return parts * share, np.log(start)
