"""One tenant's forecasting: its data, its production model, and the questions they answer."""

import threading
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from forecasting.catalogue import Catalogue, read_catalogue
from forecasting.panel import Panel
from forecasting.scope import PlanChange, Scope
from tenants.clock import Clock
from tenants.errors import CannotAnswer, OutOfRange
from tenants.workspace import Workspace

if TYPE_CHECKING:
    from forecasting.alerts.book import AlertBook
    from forecasting.backtesting.rolling import Backtest
    from forecasting.data.store import SalesStore
    from forecasting.decisions.journal import Journal
    from forecasting.earlier import Earlier
    from forecasting.explanation.room import Explanations
    from forecasting.forecast_store import ForecastStore
    from forecasting.forecasters.base import Progress
    from forecasting.lifecycle.experiments import Experiments
    from forecasting.lifecycle.registry import Registry
    from forecasting.lifecycle.rollouts import Rollouts
    from forecasting.model import TrainedModel
    from forecasting.serving import Forecast, Granularity, Measure, Served
    from forecasting.trying_out import TryingOut

# Every import inside a method below loads a library that the tools without it need not wait for:
# deltalake and pyarrow to read data, LightGBM and SciPy to forecast, SQLAlchemy tables to list.


LEVELS = (50, 99)
"""Percent an interval may promise, least and most."""


def _silent(_fraction: float, _words: str) -> None:
    """Report progress to nobody."""


class ForecastEngine:
    """Answers for one tenant; safe to share between threads.

    The panel is kept for one version of the data and the model for one production model; both
    are replaced, never changed, so a thread that holds one may go on using it.
    """

    def __init__(self, workspace: Workspace, clock: Clock) -> None:
        self._workspace = workspace
        self._clock = clock
        self._lock = threading.RLock()
        self._catalogue: tuple[str, Catalogue] | None = None
        self._panel: Panel | None = None
        self._served: Served | None = None
        self._move: tuple[str | None, int] | None = None

    @classmethod
    def open(cls, workspace: Workspace, clock: Clock) -> "ForecastEngine":
        """Return the engine of this workspace."""
        return cls(workspace, clock)

    @property
    def today(self) -> date:
        """Return the tenant's local date."""
        return self._clock.today(self._workspace.tenant.timezone)

    @cached_property
    def store(self) -> "SalesStore":
        """Return the tenant's sales store."""
        from forecasting.data.store import SalesStore  # noqa: PLC0415 - see above

        return SalesStore(self._workspace.data)

    @cached_property
    def registry(self) -> "Registry":
        """Return the tenant's model versions."""
        from forecasting.lifecycle.registry import Registry  # noqa: PLC0415 - see above
        from forecasting.lifecycle.versions import load_folder  # noqa: PLC0415 - see above

        return Registry(
            self._workspace.database,
            self._workspace.models,
            self._workspace.tenant.id,
            clock=self._clock,
            opens=load_folder,
        )

    @cached_property
    def rollouts(self) -> "Rollouts":
        """Return which models are and were tried out beside the production model."""
        from forecasting.lifecycle.rollouts import Rollouts  # noqa: PLC0415 - see above

        return Rollouts(self.registry, self._clock)

    @cached_property
    def experiments(self) -> "Experiments":
        """Return the tenant's training runs."""
        from forecasting.lifecycle.experiments import Experiments  # noqa: PLC0415 - see above

        return Experiments(self._workspace.database, self._clock)

    @cached_property
    def alerts(self) -> "AlertBook":
        """Return what was found odd and waits for somebody to look at it."""
        from forecasting.alerts.book import AlertBook  # noqa: PLC0415 - see above

        return AlertBook(self._workspace.database, self._clock)

    @cached_property
    def journal(self) -> "Journal":
        """Return the advice that was given and what people decided on it."""
        from forecasting.decisions.journal import Journal  # noqa: PLC0415 - see above

        return Journal(self._workspace.database, self._clock)

    @property
    def catalogue(self) -> Catalogue:
        """Return products and stores, read anew when the data changed."""
        version = self.store.version
        with self._lock:
            if self._catalogue is None or self._catalogue[0] != version:
                from forecasting.data.arrow import as_frame  # noqa: PLC0415 - see above

                # The names alone: the other columns of a large table take a second to read.
                sold = as_frame(self.store.arrow("sales", columns=["store", "product"]))
                found = read_catalogue(self.store, sold)
                self._catalogue = (version, found)
            return self._catalogue[1]

    @property
    def panel(self) -> Panel:
        """Return the data as a panel, read anew when they changed.

        Raises:
            CannotAnswer: There are no sales.
        """
        version = self.store.version
        with self._lock:
            if self._panel is None or self._panel.version != version:
                self._panel = self._read_panel(None)
            return self._panel

    @property
    def cutoff(self) -> date:
        """Return the last day with data.

        Raises:
            CannotAnswer: There are no sales.
        """
        from forecasting.spans import last_day  # noqa: PLC0415 - see above

        return last_day(self.panel)

    @property
    def production(self) -> "Served":
        """Return the model that answers, loaded when it became production.

        Raises:
            CannotAnswer: There is none yet.
            BadInput: Its files are not those that were registered.
        """
        move = self.registry.pointer()
        with self._lock:
            if self._served is None or self._move != move:
                self._served, self._move = self._load_production(), move
            return self._served

    def _load_production(self) -> "Served":
        from forecasting.lifecycle.versions import load_version  # noqa: PLC0415 - see above
        from forecasting.serving import Served  # noqa: PLC0415 - see above

        record = self.registry.production()
        if record is None:
            raise CannotAnswer("There is no production model yet; run `tillsight train`.")
        if self._served is not None and self._served.id == record.id:
            return Served(record.id, self._served.model, record)
        return Served(record.id, load_version(self.registry, record), record)

    @cached_property
    def forecast_store(self) -> "ForecastStore":
        """Return the forecasts that are worked out beforehand."""
        from forecasting.forecast_store import ForecastStore  # noqa: PLC0415 - see above

        return ForecastStore(self._workspace.folder / "forecasts")

    @cached_property
    def earlier(self) -> "Earlier":
        """Return models and data of before."""
        from forecasting.earlier import Earlier  # noqa: PLC0415 - see above

        return Earlier(self.registry, self.store, self._workspace.tenant.country)

    @cached_property
    def explanations(self) -> "Explanations":
        """Return the forecasts people were told, and the reasons for those to come."""
        from forecasting.explanation.room import Explanations  # noqa: PLC0415 - see above

        return Explanations(self._workspace.folder, self._workspace.database)

    def precompute(self) -> int:
        """Work out the coming periods of every series, so that questions only read them.

        Returns:
            How many forecasts of single periods are stored; done again for these data and this
            model it costs nothing.

        Raises:
            CannotAnswer: There are no sales, or no model.
            Unavailable: The disk is full or cannot be written to.
        """
        panel = self.panel
        served = self._serving(panel)
        if served.tried is not None:
            other = served.tried.served
            self.forecast_store.fill(other.id, other.model, panel)
        stored = self.forecast_store.fill(served.id, served.model, panel)
        self.explanations.reasoned.fill(served.id, served.model, panel)
        self._serving(panel)  # whoever asks for the production model gets them with it
        return 0 if stored is None else next(iter(stored.figures.values())).size

    def _serving(self, panel: Panel) -> "Served":
        """Return who forecasts from this panel: production, and a model that is tried out."""
        served, rollout = self.production, self.rollouts.running()
        with self._lock:
            if served.stored is None or served.stored.panel is not panel:
                stored = self.forecast_store.open(served.id, panel)
                if stored is not None:
                    served = self._served = replace(served, stored=stored)
            return served if rollout is None else self._trying_out.beside(served, rollout, panel)

    @cached_property
    def _trying_out(self) -> "TryingOut":
        from forecasting.trying_out import TryingOut  # noqa: PLC0415 - see above

        return TryingOut(self.registry, self.forecast_store)

    def forecast(
        self,
        scope: Scope,
        start: date,
        end: date,
        *,
        change: PlanChange | None = None,
        measure: "Measure" = "units",
        level: float = 80,
        granularity: "Granularity" = "total",
    ) -> "Forecast":
        """Forecast the sales of some products and stores together.

        Args:
            scope: Which series, added up.
            start: First day; clipped to after the cutoff.
            end: Last day, included.
            change: A plan that differs from the one on record for the whole period.
            measure: Units, or money at the planned prices.
            level: Percent that should fall inside the interval, 50 to 99.
            granularity: Into which points the period is split.

        Raises:
            OutOfRange: The period or level is beyond what can be asked.
            CannotAnswer: The data or prices do not allow it, or there is no model.
        """
        from forecasting import serving  # noqa: PLC0415 - see above

        _check_level(level)
        question = serving.Question(scope, start, end, change, measure, level, granularity)
        panel = self.panel
        return serving.forecast(
            self._serving(panel),
            panel,
            question,
            today=self.today,
            currency=self._workspace.tenant.currency,
        )

    def forecast_table(
        self, start: date, end: date, *, level: float = 80, plan: pd.DataFrame | None = None
    ) -> pd.DataFrame:
        """Forecast the whole catalogue, series by series.

        Args:
            start: First day; clipped to after the cutoff.
            end: Last day, included.
            level: Percent that should fall inside each interval, 50 to 99.
            plan: Known covariates of future dates, as `read_plan` gives them.

        Returns:
            Columns `date` (ISO, start of the period), `store`, `product`, `mean`, `lower`,
            `upper`, `unit`. Series no longer sold are left out, unless the plan names them.
            Its `attrs["notes"]` say what was assumed.
        """
        from forecasting import serving  # noqa: PLC0415 - see above

        _check_level(level)
        panel = self.panel if plan is None else self._read_panel(plan)
        span, _notes = serving.span_of(panel, start, end, self.today)
        keep = ~serving.no_longer_sold(panel)
        if plan is not None:
            named = pd.MultiIndex.from_frame(plan[["store", "product"]].astype(str))
            keep |= pd.MultiIndex.from_frame(panel.series[["store", "product"]]).isin(named)
        rows = np.flatnonzero(keep)
        served = self._serving(panel) if plan is None else self.production
        table = serving.table(served, panel, rows, span, level)
        said = served.notes_of(rows)
        table.attrs["notes"] = [*said, *serving.assumption_notes(panel, rows, span)]
        return table

    def train(
        self, *, budget: str = "normal", seed: int = 7, progress: "Progress" = _silent
    ) -> "TrainedModel":
        """Train a model on all data; registering it is the caller's to do."""
        from forecasting.training import train  # noqa: PLC0415 - see above

        return train(self.panel, budget=budget, seed=seed, progress=progress)

    def backtest(
        self,
        *,
        horizon: int,
        windows: int,
        step: int | None = None,
        budget: str = "fast",
        progress: "Progress" = _silent,
    ) -> "Backtest":
        """Train at past origins and compare with what happened, beside seasonal naive."""
        from forecasting.backtesting.rolling import backtest  # noqa: PLC0415 - see above

        of_data = partial(backtest, self.panel, horizon=horizon, windows=windows, step=step)
        return of_data(budget=budget, progress=progress)

    def _read_panel(self, plan: pd.DataFrame | None) -> Panel:
        from forecasting.panel_builder import build_panel  # noqa: PLC0415 - see above

        # Reading at one version: a load that ends meanwhile must not mix into it.
        store = self.store.at(self.store.version) if self.store.version else self.store
        return build_panel(store, plan=plan, country=self._workspace.tenant.country)


def _check_level(level: float) -> None:
    least, most = LEVELS
    if not least <= level <= most:
        raise OutOfRange(f"The level must be {least} to {most} percent, not {level:g}.")
