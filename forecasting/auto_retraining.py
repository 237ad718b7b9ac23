"""Scheduled retraining from Python.

from forecasting import AutoRetrainingScheduler

scheduler = AutoRetrainingScheduler("acme")
if scheduler.should_retrain("weekly"):
    scheduler.run_retrain_cycle(dataset_path="new/", auto_promote=True)
"""

from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forecasting.engine import ForecastEngine
from forecasting.lifecycle.desk import Desk
from forecasting.lifecycle.records import Approved
from forecasting.lifecycle.schedule import Due, Schedule, is_due
from tenants.clock import Clock
from tenants.roles import Role
from tenants.settings import Settings

if TYPE_CHECKING:
    from forecasting.forecasters.base import Progress
    from forecasting.lifecycle.retraining import Retraining


def _silent(_fraction: float, _words: str) -> None:
    """Report progress to nobody."""


class AutoRetrainingScheduler:
    """Decides when a workspace's model is trained again, and does it."""

    def __init__(
        self,
        tenant: str | None = None,
        *,
        settings: Settings | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Name a workspace, as for `ModelRegistry`."""
        self._desk = Desk(tenant, settings, clock)

    def should_retrain(self, schedule_type: str = "weekly") -> bool:
        """Tell whether the model is due: older than the schedule, decayed, or not there at all."""
        return self._due(schedule_type).due

    def why(self, schedule_type: str = "weekly") -> str:
        """Return in a sentence why the model is or is not due."""
        return self._due(schedule_type).why

    def run_retrain_cycle(
        self,
        dataset_path: str | Path | None = None,
        schedule_type: str = "weekly",
        auto_promote: bool = False,  # noqa: FBT001, FBT002 - the call of the brief
        *,
        budget: str = "normal",
        progress: "Progress" = _silent,
    ) -> dict[str, Any]:
        """Load newer data if they are given, train, register, compare, and promote if better.

        Args:
            dataset_path: A folder, file or database address to load first.
            schedule_type: `weekly` or `monthly`: the schedule this cycle belongs to.
            auto_promote: Whether the new model goes into production when the gate finds it better
                than seasonal naive and the production model beyond noise, or when there is none.
            budget: `fast`, `normal` or `thorough`.
            progress: Told the fraction done and what is being done.

        Returns:
            `outcome` (`promoted` or `kept_in_staging`), the `model`'s record, `reasons` in
            sentences, the `verdict`'s figures, and the `load` report.

        Raises:
            BadInput: The data cannot be loaded; nothing was trained.
            CannotAnswer: There are too few data to train on.
            Unavailable: Another retraining is under way.
            Refused: On a shared workspace a second person approves a promotion.
        """
        schedule = Schedule.parse(schedule_type)
        arguments = {
            "dataset_path": None if dataset_path is None else str(dataset_path),
            "schedule_type": schedule.value,
            "auto_promote": auto_promote,
            "budget": budget,
        }
        with self._desk.recorded("retrain", arguments, least=Role.MANAGER) as principal:
            if auto_promote:
                self._desk.require_local()
            loaded = self._load(str(dataset_path), progress) if dataset_path else None
            approved = Approved(by=principal.user, reason=f"{schedule.value} retraining")
            report = self._retraining().run(
                approved=approved, auto_promote=auto_promote, budget=budget, progress=progress
            )
            self._raise_alerts()
        return report.to_dict() | {"schedule": schedule.value, "load": loaded}

    def close(self) -> None:
        """Release the database connections."""
        self._desk.close()

    def _due(self, schedule_type: str) -> Due:
        schedule = Schedule.parse(schedule_type)
        due = is_due(schedule, self._trained(), self._desk.clock.now(), None)
        return due if due.due else self._retraining().due(schedule)

    def _trained(self) -> datetime | None:
        newest = self._engine.registry.newest(source="trained")
        return newest.created_at if newest else None

    def _load(self, source: str, progress: "Progress") -> dict[str, Any]:
        # deltalake and pyarrow load only when data are read
        from forecasting.data.ingest import ingest  # noqa: PLC0415

        engine, tenant = self._engine, self._desk.workspace.tenant
        report = ingest(
            source, engine.store, today=engine.today, currency=tenant.currency, progress=progress
        )
        return report.to_dict()

    def _raise_alerts(self) -> None:
        # SciPy loads only when data are looked at
        from forecasting.alerts.raising import raise_alerts  # noqa: PLC0415

        raise_alerts(self._engine)

    def _retraining(self) -> "Retraining":
        # LightGBM and SciPy load only when a model is trained or judged
        from forecasting.lifecycle.retraining import Retraining  # noqa: PLC0415

        return Retraining(self._engine, self._desk.clock)

    @cached_property
    def _engine(self) -> ForecastEngine:
        return ForecastEngine.open(self._desk.workspace, self._desk.clock)
