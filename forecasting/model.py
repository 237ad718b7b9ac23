"""A trained model: a forecaster, the price response around it, its totals and its intervals."""

import json
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from forecasting.demand import Demand
from forecasting.forecasters.base import Forecaster, never_negative
from forecasting.forecasters.ensemble import Ensemble
from forecasting.forecasters.naive import SeasonalNaive
from forecasting.intervals.calibration import Calibration, Floats
from forecasting.lately import Lately, most_kept
from forecasting.new_series import with_borrowed
from forecasting.offers.changed import right_way
from forecasting.opening import opening
from forecasting.origin import Rows
from forecasting.panel import Mask, Matrix, Panel
from forecasting.pricing.plan import asked
from forecasting.pricing.response import PriceResponse
from forecasting.scope import PlanChange
from forecasting.selection.blend import Corrections
from forecasting.totals.following import Totals
from forecasting.units import Aim
from forecasting.vetting.leak_check import without

__all__ = ["FAMILIES", "Prediction", "TrainedModel"]

FAMILIES = {"ensemble": "GradientBoosting", "seasonal_naive": "SeasonalNaive"}
"""What a model is called in the registry, by its forecaster."""


@dataclass(frozen=True)
class Prediction:
    """Forecasts of single periods.

    Attributes:
        mean: [rows, periods] expected sales, in the panel's unit: what sums are made of.
        sd: [rows, periods] their standard deviations.
        point: [rows, periods] what a single period is quoted as: the figure with the least error
            in percent where the panel aims at that, and else the mean.
    """

    mean: Matrix
    sd: Matrix
    point: Matrix


@dataclass(frozen=True)
class TrainedModel:
    """What training leaves behind and serving needs.

    Attributes:
        forecaster: Serves the centres.
        corrections: Factors from centres to means and to points.
        response: How demand answers to own price and promotion.
        intervals: How wide prediction intervals are.
        words: The words behind every code the forecaster has learned.
        metrics: Errors and coverage in the calibration backtest; see `measures.py`.
        cutoff: Last day of the history it was trained on.
        data_version: The data it was trained on.
        family: Its name in the registry.
        totals: Forecasts of totals that the series' forecasts follow, where that helps.
    """

    forecaster: Forecaster
    corrections: Corrections
    response: PriceResponse
    intervals: Calibration
    words: dict[str, tuple[str, ...]]
    metrics: dict[str, Any]
    cutoff: date
    data_version: str
    family: str
    totals: Totals = field(default_factory=Totals)
    _served: Lately[Demand] = field(default_factory=Lately, compare=False)

    @property
    def schema(self) -> list[dict[str, object]]:
        """Return the features it was trained on, each with its lag rule; none for naive."""
        features = getattr(self.forecaster, "features", ())
        return [feature.to_dict() for feature in features]

    @property
    def sees_offers(self) -> bool:
        """Tell whether a changed plan changes the forecaster's figures by itself."""
        return bool(getattr(self.forecaster, "sees_offers", False))

    def predict(
        self, panel: Panel, rows: Rows, first: int, last: int, change: PlanChange | None = None
    ) -> Prediction:
        """Forecast panel columns first to last - 1.

        Args:
            panel: Its history is all that is known.
            rows: Series.
            first: First column, not before the end of the history.
            last: Column after the last.
            change: A plan that differs from the panel's for all of these.
        """
        demand = self.demand(panel)
        columns = np.arange(first, last)
        centre, doubt = self._centre(demand, rows, columns, change)
        expected, relative = self.corrections.of(demand, rows, columns)
        mean = centre * expected
        point = centre * relative if panel.aim is Aim.RELATIVE else mean
        if self.totals.followed:
            moved = self.totals.factors(demand, rows, columns, partial(self._parts, demand))
            mean, point = mean * moved, point * moved
        deviation = np.hypot(
            self.intervals.spread(demand, rows, columns, mean), doubt[:, None] * mean
        )
        return Prediction(never_negative(mean), never_negative(deviation), never_negative(point))

    def _parts(self, demand: Demand, first: int, last: int) -> Floats:
        """Return [n, last - first] expected sales of all series, before they follow totals."""
        rows, columns = np.arange(demand.panel.n), np.arange(first, last)
        centre, _doubt = self._centre(demand, rows, columns, None)
        return centre * self.corrections.of(demand, rows, columns)[0]

    def _centre(
        self, demand: Demand, rows: Rows, columns: Rows, change: PlanChange | None
    ) -> tuple[Floats, Floats]:
        """Return [rows, periods] what the forecaster makes of the plan, closed days included.

        And [rows] how much is in doubt because a series had to borrow from others. A changed plan
        moves products whose response is known by that response, whoever forecasts them: forecasts,
        what-ifs and advice agree. What is not known so is left to forecasters that see offers.
        """
        first, last = int(columns[0]), int(columns[-1]) + 1
        told = self._answers(demand.panel, rows)
        if change is not None and self.sees_offers and told.any() and not told.all():
            parts = [self._centre(demand, rows[which], columns, change) for which in (told, ~told)]
            centre, doubt = np.empty((len(rows), len(columns))), np.empty(len(rows))
            for which, part in zip((told, ~told), parts, strict=True):
                centre[which], doubt[which] = part
            return centre, doubt
        seen = demand
        if change is not None and self.sees_offers and not told.all():
            seen, change = demand.under(change, rows, first, last), None

        def centres(of: Rows) -> Floats:
            return self.forecaster.predict(seen, of, first, last).astype(np.float64)

        # By the plan first: what it leaves of the history serves the change too.
        before = self.forecaster.predict(demand, rows, first, last) if seen is not demand else None
        centre, doubt = with_borrowed(seen, rows, columns, centres(rows), centres)
        if before is not None:
            cells = np.ix_(rows, columns)
            centre = right_way(
                before.astype(np.float64), centre, demand.own_offers, seen.own_offers, cells
            )
        if change is not None:
            planned = demand.factor[np.ix_(rows, columns)]
            centre *= self.factor(demand.panel, rows, first, last, change) / planned
        return centre * opening(demand, rows, columns), doubt

    def _answers(self, panel: Panel, rows: Rows) -> Mask:
        """Return [rows] whether the product's response to price is known."""
        table = self.response.table
        known = table.index[table["usable"].to_numpy(dtype=bool)]
        return panel.series["product"].iloc[rows].astype(str).isin(known).to_numpy(dtype=bool)

    def factor(
        self, panel: Panel, rows: Rows, first: int, last: int, change: PlanChange | None = None
    ) -> Matrix:
        """Return [rows, periods] what price and promotion do to demand, under a changed plan."""
        columns = np.arange(first, last)
        if change is None:
            return self.demand(panel).factor[np.ix_(rows, columns)]
        plan = asked(panel, rows, (first, last), change)
        series = panel.series.iloc[rows]
        return self.response.factor(series, plan.ratio, plan.promoted, plan.discount)

    def offers_effect(self, panel: Panel, rows: Rows, first: int, last: int) -> Matrix:
        """Return [rows, periods] what own price and promotion do to the forecast: a multiplier.

        Against the usual price without promotion, by whatever serves the forecast: the price
        response, or forecasters that see offers themselves.
        """
        demand = self.demand(panel)
        if not self.sees_offers:
            return self.factor(panel, rows, first, last)
        planned = self.forecaster.predict(demand, rows, first, last)
        plain = demand.without_offers(rows, first, last)
        usual = self.forecaster.predict(plain, rows, first, last).astype(np.float64)
        cells = np.ix_(rows, np.arange(first, last))
        after = right_way(
            usual, planned.astype(np.float64), plain.own_offers, demand.own_offers, cells
        )
        effect = np.divide(after, usual, out=np.ones_like(usual), where=(usual > 0) & (after > 0))
        return effect.astype(np.float32)

    def demand(self, panel: Panel) -> Demand:
        """Return the panel as this model sees it, kept for the panels served last."""

        def seen() -> Demand:
            learned = without(panel, self.metrics.get("left_out", ()))
            return Demand(learned, self.response, self.words)

        return self._served.of(panel, seen, most=most_kept(panel.sales.size))

    def save(self, folder: Path) -> None:
        """Write it as LightGBM's own text, JSON and arrays."""
        folder.mkdir(parents=True, exist_ok=True)
        self.forecaster.to_files(folder)
        self.totals.save(folder)
        (folder / "corrections.json").write_text(self.corrections.to_json(), encoding="utf-8")
        (folder / "response.json").write_text(self.response.to_json(), encoding="utf-8")
        (folder / "intervals.json").write_text(self.intervals.to_json(), encoding="utf-8")
        about = {
            "forecaster": self.forecaster.name,
            "words": {name: list(words) for name, words in self.words.items()},
            "metrics": self.metrics,
            "cutoff": self.cutoff.isoformat(),
            "data_version": self.data_version,
            "family": self.family,
            "schema": self.schema,
        }
        (folder / "model.json").write_text(json.dumps(about, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "TrainedModel":
        """Read what `save` wrote."""
        about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        kinds: dict[str, type[Forecaster]] = {kind.name: kind for kind in (Ensemble, SeasonalNaive)}
        read = {
            name: (folder / f"{name}.json").read_text(encoding="utf-8")
            for name in ("corrections", "response", "intervals")
        }
        return cls(
            forecaster=kinds[about["forecaster"]].from_files(folder),
            corrections=Corrections.from_json(read["corrections"]),
            response=PriceResponse.from_json(read["response"]),
            intervals=Calibration.from_json(read["intervals"]),
            words={name: tuple(words) for name, words in about["words"].items()},
            metrics=about["metrics"],
            cutoff=date.fromisoformat(about["cutoff"]),
            data_version=about["data_version"],
            family=about["family"],
            totals=Totals.load(folder),
        )
