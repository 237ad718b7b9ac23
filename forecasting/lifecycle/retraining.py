"""Train again, register, compare, and promote only when better: one at a time, all or nothing."""

import time
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from forecasting.forecasters.base import Progress, silent
from forecasting.lifecycle.contest import (
    choose_windows,
    enough,
    forecast_alike,
    hold,
    measure_decay,
    notes,
)
from forecasting.lifecycle.experiments import Experiments, Run, Status
from forecasting.lifecycle.gate import Verdict, decide
from forecasting.lifecycle.lease import Lease
from forecasting.lifecycle.records import Approved, ModelRecord, StalePointer
from forecasting.lifecycle.registry import Registry
from forecasting.lifecycle.schedule import Decay, Due, Schedule, is_due
from forecasting.lifecycle.versions import load_version, register_trained
from forecasting.model import TrainedModel
from forecasting.panel import Panel
from forecasting.training import train
from tenants.clock import Clock
from tenants.errors import BadInput, CannotAnswer

_NAME = "retraining"
_TRAINING_SHARE = 0.4
# Copies that only judge a challenger are trained with this: nearly as good, in half the time.
_JUDGING_BUDGET = "fast"

_FIRST = "There is no production model yet, so it becomes the first."
_ALIKE = (
    "It forecasts exactly what the production model does, as there is nothing new to learn from; "
    "load newer sales."
)
_TOO_SHORT = "The history is too short to compare it with the production model."


class Bench(Protocol):
    """What retraining needs of one tenant's engine."""

    @property
    def panel(self) -> Panel:
        """Return the data as they are now."""
        ...

    @property
    def registry(self) -> Registry:
        """Return the tenant's models."""
        ...

    @property
    def experiments(self) -> Experiments:
        """Return the tenant's training runs."""
        ...

    @property
    def today(self) -> date:
        """Return the tenant's local date."""
        ...


@dataclass(frozen=True, slots=True)
class Retrained:
    """What came of a retraining.

    Attributes:
        model: The new model, in production or waiting in staging.
        promoted: Whether it went into production.
        replaced: The production model it was compared with, if there was one.
        reasons: Why it was or was not promoted, in sentences.
        verdict: The figures behind that; None when no comparison was possible.
        run: Number of the training run.
        seconds: How long it took.
    """

    model: ModelRecord
    promoted: bool
    replaced: str | None
    reasons: tuple[str, ...]
    verdict: Verdict | None
    run: int
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """Return the report ready for JSON."""
        return {
            "outcome": "promoted" if self.promoted else "kept_in_staging",
            "model": self.model.to_dict(),
            "compared_with": self.replaced,
            "reasons": list(self.reasons),
            "verdict": self.verdict.to_dict() if self.verdict else None,
            "run": self.run,
            "data_version": self.model.data_version,
            "seconds": round(self.seconds, 1),
        }


@dataclass(frozen=True, slots=True)
class _Judged:
    """Whether the gate lets a challenger pass, and why."""

    passed: bool
    reasons: tuple[str, ...]
    verdict: Verdict | None = None


class Retraining:
    """Trains one tenant's model again when it is due."""

    def __init__(self, bench: Bench, clock: Clock | None = None) -> None:
        self._bench = bench
        self._clock = clock or Clock()

    def due(self, schedule: Schedule) -> Due:
        """Tell whether a model is due to be trained again, and why.

        Decay is no reason once a model has been trained on the present data: another would be
        the same.
        """
        newest = self._bench.registry.newest(source="trained")
        trained = newest.created_at if newest else None
        now = self._clock.now()
        due = is_due(schedule, trained, now, None)
        if due.due or (newest and newest.data_version == self._bench.panel.version):
            return due
        return is_due(schedule, trained, now, self.decay())

    def decay(self) -> Decay | None:
        """Return how the production model does on newer data; None where it cannot be told."""
        record = self._bench.registry.production()
        if record is None:
            return None
        wape = record.metrics.get("WAPE")
        then = float(wape) if isinstance(wape, int | float) else None
        panel = self._bench.panel

        def measured() -> Decay | None:
            return measure_decay(panel, load_version(self._bench.registry, record), then)

        # Neither a version nor the data of a panel ever change.
        return panel.once(f"decay of {record.id}", measured)

    def run(
        self,
        *,
        approved: Approved,
        auto_promote: bool,
        budget: str = "normal",
        seed: int = 7,
        progress: Progress = silent,
    ) -> Retrained:
        """Train, register in staging, compare with production, and promote if allowed and better.

        Without a production model the new one is promoted when `auto_promote` says so: some model
        must serve. A killed process leaves either no new model or a whole one in staging.

        Args:
            approved: Who asked, and under whose approval production may change.
            auto_promote: Whether a challenger that passes the gate goes into production.
            budget: How much work the training may do.
            seed: Decides everything random.
            progress: Told the fraction done and what is being done.

        Raises:
            Unavailable: Another retraining of this tenant is under way.
            CannotAnswer: There are too few data to train on.
        """
        began = time.monotonic()
        registry = self._bench.registry
        with Lease(registry.database, _NAME, self._clock).held() as lease:
            self._close_lost_runs()
            panel = self._bench.panel
            with self._bench.experiments.running(
                _NAME,
                parameters={"budget": budget, "auto_promote": auto_promote},
                data_version=panel.version,
                seed=seed,
            ) as run:
                part = _part(progress, 0.0, _TRAINING_SHARE)
                model = train(panel, budget=budget, seed=seed, progress=part)
                serving, _moves = registry.pointer()
                judged = self._judge(model, panel, seed, _part(progress, _TRAINING_SHARE, 1.0))
                lease.check()
                record = self._register(model, run, approved)
                if auto_promote and judged.passed:
                    record, judged = self._promote(record, serving, judged, approved)
            return Retrained(
                model=record,
                promoted=registry.pointer()[0] == record.id,
                replaced=serving,
                reasons=judged.reasons,
                verdict=judged.verdict,
                run=run.number,
                seconds=time.monotonic() - began,
            )

    def _judge(self, model: TrainedModel, panel: Panel, seed: int, progress: Progress) -> _Judged:
        registry = self._bench.registry
        record = registry.production()
        if record is None:
            return _Judged(True, (*_in_its_backtest(model), _FIRST))
        try:
            production = load_version(registry, record)
        except BadInput as error:
            return _Judged(False, (f"The production model could not be compared: {error}",))
        if forecast_alike(panel, model, production):
            return _Judged(False, (_ALIKE,))
        windows = choose_windows(panel, production.cutoff)
        if windows is None or not enough(windows):
            return _Judged(False, (_TOO_SHORT,))
        try:
            contest = hold(
                panel, windows, production, budget=_JUDGING_BUDGET, seed=seed, progress=progress
            )
        except CannotAnswer:
            return _Judged(False, (_TOO_SHORT,))
        verdict = decide(contest.challenger, contest.naive, contest.production)
        said = (*verdict.reasons, *notes(contest, budget=_JUDGING_BUDGET))
        return _Judged(verdict.promote, said, verdict)

    def _register(self, model: TrainedModel, run: Run, approved: Approved) -> ModelRecord:
        bench = self._bench
        record = register_trained(
            model, registry=bench.registry, today=bench.today, approved=approved
        )
        bench.experiments.finish(run.number, metrics=model.metrics, model_id=record.id)
        return record

    def _promote(
        self, record: ModelRecord, serving: str | None, judged: _Judged, approved: Approved
    ) -> tuple[ModelRecord, _Judged]:
        try:
            promoted = self._bench.registry.promote(record.id, expected=serving, approved=approved)
        except StalePointer as conflict:
            return record, replace(judged, reasons=(*judged.reasons, str(conflict)))
        return promoted, judged

    def _close_lost_runs(self) -> None:
        """End runs that a killed process left open; whoever holds the lease is the only one."""
        for run in self._bench.experiments.list(_NAME):
            if run.status is Status.RUNNING:
                self._bench.experiments.finish(
                    run.number, status=Status.FAILED, note="The process ended before the run did."
                )


def _in_its_backtest(model: TrainedModel) -> list[str]:
    own, naive = model.metrics.get("WAPE"), model.metrics.get("seasonal_naive_WAPE")
    if own is None or naive is None:
        return []
    of_naive = f"that of the seasonal naive forecast {100 * naive:.1f} %"
    return [f"In its backtest its WAPE is {100 * own:.1f} % and {of_naive}."]


def _part(progress: Progress, start: float, end: float) -> Progress:
    def told(done: float, words: str) -> None:
        progress(start + (end - start) * done, words)

    return told
