"""Registry and experiments of one workspace from Python.

    from forecasting import ModelRegistry

    registry = ModelRegistry("acme")
    registry.promote_to_production("GradientBoosting_v20260206")
    registry.get_model_history(limit=10)

Each class opens its workspace when it is first used. Every change leaves an intent and an
outcome in the tenant's audit. Records are plain dictionaries, ready for JSON.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from forecasting.lifecycle.desk import Desk
from forecasting.lifecycle.experiments import Experiments, Status
from forecasting.lifecycle.foreign import register_files
from forecasting.lifecycle.records import Approved, ModelRecord, Stage
from forecasting.lifecycle.registry import Registry
from forecasting.lifecycle.versions import load_folder
from tenants.clock import Clock
from tenants.errors import BadInput
from tenants.roles import Role
from tenants.settings import Settings

_Done = TypeVar("_Done")
_Move = Callable[[Registry, str | None, Approved], ModelRecord]


class ModelRegistry:
    """The model versions of a workspace and which of them serves."""

    def __init__(
        self,
        tenant: str | None = None,
        *,
        settings: Settings | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Name a workspace.

        Args:
            tenant: Its tenant; the default one when left out.
            settings: Where it is; read from `TILLSIGHT_*` when left out.
            clock: What time it is, for tests.
        """
        self._desk = Desk(tenant, settings, clock)

    def register_model(
        self,
        *,
        model_path: str | Path,
        model_name: str,
        version: str,
        metrics: Mapping[str, Any],
        stage: str = "staging",
    ) -> dict[str, Any]:
        """Register a model that comes as files.

        Args:
            model_path: A version folder, which can serve, or a LightGBM text file, which cannot.
            model_name: Its family, e.g. `GradientBoosting`.
            version: Its day as YYYYMMDD, with `.2` for the second of a day.
            metrics: What is known of its accuracy; kept as stated.
            stage: `staging`, or `production` to promote it at once.

        Returns:
            Its record.

        Raises:
            BadInput: It is a pickle, was altered, belongs to another tenant or does not load.
        """
        wanted = _stage(stage)
        arguments = {
            "model_path": str(model_path),
            "model_name": model_name,
            "version": version,
            "metrics": dict(metrics),
            "stage": wanted.value,
        }
        with self._desk.recorded("register_model", arguments, least=Role.MANAGER) as principal:
            registry = self._registry
            record = register_files(
                Path(model_path),
                registry=registry,
                family=model_name,
                version=version,
                metrics=metrics,
                by=principal.user,
            )
        if wanted is Stage.PRODUCTION:
            return self.promote_to_production(record.id)
        return record.to_dict()

    def promote_to_production(self, model_id: str) -> dict[str, Any]:
        """Make a version the one that serves; return its record.

        Raises:
            BadInput: Its files were altered.
            CannotAnswer: It has no feature schema, so it cannot serve.
            Refused: The workspace is shared, where a second person must approve.
        """

        def promote(registry: Registry, serving: str | None, approved: Approved) -> ModelRecord:
            return registry.promote(model_id, expected=serving, approved=approved)

        return self._move("promote", model_id, promote)

    def rollback(self, model_id: str | None = None) -> dict[str, Any]:
        """Return to an earlier production model, by default the one before; return its record.

        Raises:
            CannotAnswer: There is none.
            Refused: The workspace is shared, where a second person must approve.
        """

        def rollback(registry: Registry, serving: str | None, approved: Approved) -> ModelRecord:
            return registry.rollback(model_id, expected=serving, approved=approved)

        return self._move("rollback", model_id, rollback)

    def get_model_history(self, limit: int | None = 10) -> list[dict[str, Any]]:
        """Return the records of the models, newest first.

        Args:
            limit: How many at most; all of them when None.

        Raises:
            BadInput: The limit is no number of records.
        """
        if limit is not None and (not isinstance(limit, int) or limit < 1):
            raise BadInput(f"limit {limit!r} is not a number of records; give 1 or more, or None.")
        return [record.to_dict() for record in self._registry.history(limit)]

    def get_production_model(self) -> dict[str, Any] | None:
        """Return the record of the model that serves, if there is one."""
        record = self._registry.production()
        return None if record is None else record.to_dict()

    def close(self) -> None:
        """Release the database connections."""
        self._desk.close()

    def _move(self, what: str, model_id: str | None, move: _Move) -> dict[str, Any]:
        arguments = {"model_id": model_id}
        with self._desk.recorded(what, arguments, least=Role.MANAGER, together=True) as principal:
            self._desk.require_local()
            registry = self._registry
            serving, _moves = registry.pointer()
            return move(registry, serving, Approved(by=principal.user)).to_dict()

    @property
    def _registry(self) -> Registry:
        workspace = self._desk.workspace
        return Registry(
            workspace.database,
            workspace.models,
            workspace.tenant.id,
            clock=self._desk.clock,
            opens=load_folder,
        )


class ExperimentTracker:
    """The training runs of a workspace."""

    def __init__(
        self,
        tenant: str | None = None,
        *,
        settings: Settings | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Name a workspace, as for `ModelRegistry`."""
        self._desk = Desk(tenant, settings, clock)

    def start(
        self,
        name: str,
        *,
        parameters: Mapping[str, Any],
        data_version: str = "",
        seed: int | None = None,
    ) -> int:
        """Begin a run; return its number."""
        return self._change(
            "start",
            {"name": name, "parameters": dict(parameters)},
            lambda runs: (
                runs.start(name, parameters=parameters, data_version=data_version, seed=seed).number
            ),
        )

    def log(self, run: int, metrics: Mapping[str, Any]) -> None:
        """Add metrics to a run that is under way."""
        arguments = {"run": run, "metrics": dict(metrics)}
        self._change("log", arguments, lambda runs: runs.log(run, metrics))

    def finish(
        self,
        run: int,
        *,
        status: str = "finished",
        metrics: Mapping[str, Any] | None = None,
        model_id: str = "",
        note: str = "",
    ) -> dict[str, Any]:
        """End a run; return its record."""
        return self._change(
            "finish",
            {"run": run, "status": status, "model_id": model_id},
            lambda runs: runs.finish(
                run, status=_status(status), metrics=metrics, model_id=model_id, note=note
            ).to_dict(),
        )

    def list(self, name: str | None = None, *, limit: int | None = 50) -> list[dict[str, Any]]:
        """Return the runs, newest first."""
        return [run.to_dict() for run in self._runs.list(name, limit=limit)]

    def best(self, metric: str, *, lower_is_better: bool = True) -> dict[str, Any] | None:
        """Return the finished run with the best value of a metric, if any has one."""
        run = self._runs.best(metric, lower_is_better=lower_is_better)
        return None if run is None else run.to_dict()

    def compare(self, runs: Sequence[int]) -> dict[str, Any]:
        """Return runs side by side: the parameters that differ, and every metric."""
        return self._runs.compare(runs)

    def close(self) -> None:
        """Release the database connections."""
        self._desk.close()

    def _change(
        self, what: str, arguments: dict[str, Any], act: Callable[[Experiments], _Done]
    ) -> _Done:
        with self._desk.recorded(
            f"experiment_{what}", arguments, least=Role.ANALYST, together=True
        ):
            return act(self._runs)

    @property
    def _runs(self) -> Experiments:
        return Experiments(self._desk.workspace.database, self._desk.clock)


def _stage(text: str) -> Stage:
    if text not in {Stage.STAGING, Stage.PRODUCTION}:
        raise BadInput(f"{text!r} is not a stage to register in; choose staging or production.")
    return Stage(text)


def _status(text: str) -> Status:
    if text not in {Status.FINISHED, Status.FAILED}:
        raise BadInput(f"{text!r} is not how a run ends; choose finished or failed.")
    return Status(text)
