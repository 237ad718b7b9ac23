"""Training runs: what was tried, on which data, with what result.

A run keeps its parameters, the version of its data, its seed, its metrics and the model
that came of it, so that any figure can be traced and any run made again.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Integer,
    RowMapping,
    String,
    Table,
    Text,
    func,
    select,
)

from forecasting.lifecycle.records import plain_metrics
from tenants.clock import Clock
from tenants.database import Database, Timestamp, tenant_metadata
from tenants.errors import BadInput, UnknownItem

RUNS = Table(
    "experiment_runs",
    tenant_metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", String(80), nullable=False),
    Column("status", String(12), nullable=False),
    Column("parameters", JSON, nullable=False),
    Column("metrics", JSON, nullable=False),
    Column("data_version", Text, nullable=False),
    Column("seed", Integer),
    Column("model_id", String(80), nullable=False),
    Column("note", Text, nullable=False),
    Column("started_at", Timestamp, nullable=False),
    Column("ended_at", Timestamp),
)
_LOCK = "experiments"


class Status(StrEnum):
    """How far a run has come."""

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Run:
    """One training run.

    Attributes:
        number: Counts a tenant's runs.
        parameters: What was chosen before it.
        metrics: What was measured in it.
        data_version: Names the data it saw.
        seed: What makes it repeatable, if it is random.
        model_id: The model that came of it, or an empty string.
        note: Why it failed, or what else is to be known.
    """

    number: int
    name: str
    status: Status
    parameters: dict[str, Any]
    metrics: dict[str, Any]
    data_version: str
    seed: int | None
    model_id: str
    note: str
    started_at: datetime
    ended_at: datetime | None

    def to_dict(self) -> dict[str, Any]:
        """Return the run ready for JSON."""
        moments = {
            "started_at": self.started_at.isoformat(timespec="seconds"),
            "ended_at": self.ended_at and self.ended_at.isoformat(timespec="seconds"),
        }
        return asdict(self) | moments


class Experiments:
    """Writes down and compares the training runs of one tenant."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self._database = database
        self._clock = clock or Clock()
        database.ensure(RUNS)

    def start(
        self,
        name: str,
        *,
        parameters: Mapping[str, Any],
        data_version: str = "",
        seed: int | None = None,
    ) -> Run:
        """Begin a run.

        Raises:
            BadInput: A parameter is not something JSON can hold.
        """
        with self._database.transaction() as connection:
            self._database.lock(connection, _LOCK)
            last = connection.execute(select(func.max(RUNS.c.number))).scalar()
            number = (last or 0) + 1
            connection.execute(
                RUNS.insert().values(
                    number=number,
                    name=name[:80],
                    status=Status.RUNNING.value,
                    parameters=plain_metrics(parameters),
                    metrics={},
                    data_version=data_version,
                    seed=seed,
                    model_id="",
                    note="",
                    started_at=self._clock.now(),
                )
            )
            return self.get(number)

    def log(self, number: int, metrics: Mapping[str, Any]) -> Run:
        """Add metrics to a run that is under way; a metric of the same name is replaced.

        Raises:
            BadInput: The run has ended, or a metric is not a number or text.
            UnknownItem: There is no such run.
        """
        return self._change(number, metrics, {})

    def finish(
        self,
        number: int,
        *,
        status: Status = Status.FINISHED,
        metrics: Mapping[str, Any] | None = None,
        model_id: str = "",
        note: str = "",
    ) -> Run:
        """End a run.

        Raises:
            BadInput: The run has ended already.
            UnknownItem: There is no such run.
        """
        ending = {
            "status": Status(status).value,
            "model_id": model_id,
            "note": note,
            "ended_at": self._clock.now(),
        }
        return self._change(number, metrics or {}, ending)

    @contextmanager
    def running(
        self, name: str, *, parameters: Mapping[str, Any], data_version: str = "", seed: int = 0
    ) -> Iterator[Run]:
        """Start a run; whatever escapes from it ends it as failed."""
        run = self.start(name, parameters=parameters, data_version=data_version, seed=seed)
        try:
            yield run
        except BaseException as error:
            if self.get(run.number).status is Status.RUNNING:
                note = str(error) or type(error).__name__
                self.finish(run.number, status=Status.FAILED, note=note)
            raise

    def get(self, number: int) -> Run:
        """Return one run.

        Raises:
            UnknownItem: There is none of that number.
        """
        with self._database.reading() as connection:
            return _run(_row(connection, number))

    def list(self, name: str | None = None, *, limit: int | None = 50) -> list[Run]:
        """Return runs, newest first; those of one name if it is given."""
        query = select(RUNS).order_by(RUNS.c.number.desc()).limit(limit)
        if name is not None:
            query = query.where(RUNS.c.name == name)
        with self._database.reading() as connection:
            return [_run(row) for row in connection.execute(query).mappings()]

    def best(
        self, metric: str, *, lower_is_better: bool = True, name: str | None = None
    ) -> Run | None:
        """Return the finished run with the best value of a metric, if any has one."""
        scored = [
            (value, run)
            for run in self.list(name, limit=None)
            if run.status is Status.FINISHED
            and isinstance(value := run.metrics.get(metric), int | float)
            and math.isfinite(value)
        ]
        sign = 1 if lower_is_better else -1
        return min(scored, key=lambda pair: sign * pair[0])[1] if scored else None

    def compare(self, numbers: Sequence[int]) -> dict[str, Any]:
        """Return runs side by side: the parameters that differ and every metric, by run.

        Raises:
            UnknownItem: There is no such run.
        """
        runs = [self.get(number) for number in numbers]
        parameters = _side_by_side([run.parameters for run in runs])
        return {
            "runs": [run.number for run in runs],
            "parameters": {
                name: values
                for name, values in parameters.items()
                if any(value != values[0] for value in values)
            },
            "metrics": _side_by_side([run.metrics for run in runs]),
            "data_versions": [run.data_version for run in runs],
        }

    def _change(self, number: int, metrics: Mapping[str, Any], ending: dict[str, Any]) -> Run:
        with self._database.transaction() as connection:
            self._database.lock(connection, _LOCK)
            run = _run(_row(connection, number))
            if run.status is not Status.RUNNING:
                raise BadInput(f"Run {number} has {run.status.value} already; start a new one.")
            values = ending | {"metrics": run.metrics | plain_metrics(metrics)}
            connection.execute(RUNS.update().where(RUNS.c.number == number).values(values))
            return self.get(number)


def _row(connection: Connection, number: int) -> RowMapping:
    row = connection.execute(select(RUNS).where(RUNS.c.number == number)).mappings().first()
    if row is None:
        raise UnknownItem(f"There is no run {number}; `list()` shows those there are.")
    return row


def _run(row: RowMapping) -> Run:
    return Run(**(dict(row) | {"status": Status(row["status"])}))


def _side_by_side(groups: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    names = sorted({name for group in groups for name in group})
    return {name: [group.get(name) for group in groups] for name in names}
