"""Try a model out on a share of the forecasts: one at a time, started and stopped by people.

Which series it forecasts is decided by a hash of store and product, so it is always the same
ones, and another model would get others. Whatever changes production ends it. Nothing decides
by itself here which model is better: `compare_models` sets their errors side by side.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
from sqlalchemy import select

from forecasting.lifecycle.records import Approved, ModelRecord, StalePointer
from forecasting.lifecycle.registry import MODELS_LOCK, Registry
from forecasting.lifecycle.rollout_records import (
    ROLLOUTS,
    Ending,
    Kind,
    Rollout,
    end,
    next_rollout,
    running,
)
from forecasting.panel import Mask
from tenants.clock import Clock
from tenants.errors import CannotAnswer

_WHOLE = 2**64


class Rollouts:
    """The rollouts of one tenant."""

    def __init__(self, registry: Registry, clock: Clock | None = None) -> None:
        self._registry = registry
        self._database = registry.database
        self._clock = clock or Clock()
        self._database.ensure(ROLLOUTS)

    def running(self) -> Rollout | None:
        """Return the rollout that runs, if one does: cheap to ask often."""
        with self._database.reading() as connection:
            return running(connection)

    def history(self, limit: int | None = 10) -> list[Rollout]:
        """Return the rollouts, newest first."""
        query = select(ROLLOUTS).order_by(ROLLOUTS.c.number.desc()).limit(limit)
        with self._database.reading() as connection:
            return [Rollout(**row) for row in connection.execute(query).mappings()]

    def start(
        self, model: ModelRecord, *, kind: Kind, traffic_pct: float, approved: Approved
    ) -> Rollout:
        """Let a verified version forecast a share of the series from now on.

        Args:
            model: The version to try.
            kind: What for.
            traffic_pct: Percent of the series that it forecasts.
            approved: Under whose name it happens.

        Raises:
            BadInput: Its files were altered.
            CannotAnswer: It cannot serve, serves already, or another rollout runs.
            StalePointer: There is no production model any more; nothing was done.
        """
        self._registry.check_serves(model)
        with self._database.transaction() as connection:
            self._database.lock(connection, MODELS_LOCK)
            self._registry.get(model.id)  # it may have been deleted since
            if (other := running(connection)) is not None:
                raise CannotAnswer(runs_already(other))
            production, _moves = self._registry.pointer()
            if production is None:
                raise StalePointer("There is no production model to try another beside.")
            if production == model.id:
                raise CannotAnswer(f"{model.id!r} is the production model; try out another.")
            made = Rollout(
                number=next_rollout(connection),
                kind=kind,
                model_id=model.id,
                production=production,
                traffic_pct=traffic_pct,
                started_at=self._clock.now(),
                started_by=approved.by,
                approval=approved.approval,
                approved_by=approved.approved_by,
            )
            connection.execute(ROLLOUTS.insert().values(asdict(made)))
            return made

    def stop(self, approved: Approved) -> Rollout:
        """End the rollout that runs; every forecast comes from the production model again.

        Raises:
            CannotAnswer: None runs.
        """
        with self._database.transaction() as connection:
            self._database.lock(connection, MODELS_LOCK)
            if running(connection) is None:
                raise CannotAnswer(NONE_RUNS)
            ending = Ending(
                ended_at=self._clock.now(),
                ended_by=approved.by,
                end_approval=approved.approval,
                end_approved_by=approved.approved_by,
                end_reason=approved.reason,
            )
            end(connection, ending)
            return self.history(1)[0]


NONE_RUNS = "No rollout runs, so there is none to stop; `start_rollout` starts one."


def runs_already(other: Rollout) -> str:
    """Say that only one rollout runs at a time."""
    return (
        f"A rollout of {other.model_id!r} runs already, and one runs at a time; stop it before "
        "starting another."
    )


def assigned(series: Sequence[tuple[str, str]], model_id: str, traffic_pct: float) -> Mask:
    """Return which series a tried model forecasts: the same ones every time.

    Args:
        series: Store and product of each.
        model_id: The model tried out; another would get other series.
        traffic_pct: About so many percent of them; at least one.
    """
    places = np.array([_place(model_id, *pair) for pair in series])
    taken = places < traffic_pct / 100
    if len(places) and not taken.any():
        taken[places.argmin()] = True
    return np.asarray(taken, dtype=np.bool_)


def _place(model_id: str, store: str, product: str) -> float:
    """Return a number from 0 to 1 that looks random but never changes."""
    text = f"{model_id}\n{store}\n{product}"
    digest = hashlib.sha256(text.encode()).digest()
    return int.from_bytes(digest[:8], "big") / _WHOLE
