"""The cycle: train, register, compare, promote only when better; one at a time."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from forecasting.lifecycle.experiments import Experiments, Status
from forecasting.lifecycle.lease import Lease
from forecasting.lifecycle.records import Stage
from forecasting.lifecycle.registry import Registry
from forecasting.lifecycle.retraining import Retraining
from forecasting.lifecycle.schedule import Schedule
from forecasting.lifecycle.versions import load_folder, register_trained
from forecasting.panel import Panel
from forecasting.training import train
from tenants.clock import Clock
from tenants.errors import CannotAnswer, Unavailable
from tests.builders import make_panel
from tests.forecasting.lifecycle.models import ANN


@dataclass
class Bench:
    """A tenant's engine as far as retraining goes."""

    registry: Registry
    experiments: Experiments
    panel: Panel
    today: date = date(2026, 2, 6)


@dataclass(frozen=True)
class Later(Clock):
    """A clock some days ahead."""

    days: int = 0

    def now(self):
        return datetime.now(UTC) + timedelta(days=self.days)


def tripled_after(panel, period):
    """Return the panel with three times the sales from a period on."""
    sales = panel.sales.copy()
    sales[:, period:] *= 3
    return replace(panel, sales=sales, version="test@2")


@pytest.fixture(scope="module")
def panel():
    return make_panel(stores=2, products=1, history=260, plan=14)


@pytest.fixture(scope="module")
def model(panel):
    return train(panel.until(200), budget="fast", seed=3)


@pytest.fixture
def bench(workspace, panel):
    registry = Registry(
        workspace.database, workspace.models, workspace.tenant.id, opens=load_folder
    )
    return Bench(registry, Experiments(workspace.database), panel)


def run(bench, **changes):
    asked = {"approved": ANN, "auto_promote": True, "budget": "fast"} | changes
    return Retraining(bench).run(**asked)


def test_the_first_model_is_registered_and_promoted_with_its_figures(bench):
    steps = []

    report = run(bench, progress=lambda done, words: steps.append((done, words)))

    assert report.promoted
    assert bench.registry.production() == report.model
    assert report.reasons[0].startswith("In its backtest its WAPE is ")
    assert report.reasons[1] == "There is no production model yet, so it becomes the first."
    assert report.verdict is None
    assert bench.experiments.get(report.run).model_id == report.model.id
    assert bench.experiments.get(report.run).metrics["WAPE"] > 0
    done = [fraction for fraction, _words in steps]
    assert done == sorted(done)
    assert report.to_dict()["outcome"] == "promoted"


def test_without_leave_to_promote_it_waits_in_staging(bench):
    report = run(bench, auto_promote=False)

    assert not report.promoted
    assert report.model.stage is Stage.STAGING
    assert bench.registry.production() is None
    assert report.to_dict()["outcome"] == "kept_in_staging"


def test_the_same_training_again_changes_nothing_and_says_why(bench, panel):
    served = register_trained(
        train(panel, budget="fast", seed=7),
        registry=bench.registry,
        today=bench.today,
        approved=ANN,
        stage=Stage.PRODUCTION,
    )

    report = run(bench)

    assert not report.promoted
    assert bench.registry.production().id == served.id
    assert report.model.stage is Stage.STAGING
    (reason,) = report.reasons
    assert reason.startswith("It forecasts exactly what the production model does")


def test_a_challenger_is_not_promoted_over_a_model_that_knows_the_windows(bench, panel):
    served = register_trained(
        train(panel, budget="fast", seed=4),
        registry=bench.registry,
        today=bench.today,
        approved=ANN,
        stage=Stage.PRODUCTION,
    )

    report = run(bench)

    assert not report.promoted
    assert bench.registry.production().id == served.id
    assert "trained on 8 of the 8 windows, which favours it" in report.reasons[-1]


def test_a_challenger_better_than_a_poor_production_model_replaces_it(bench, panel):
    mistaken = replace(panel, sales=np.roll(panel.sales, 3, axis=1))  # every day of the week is off
    served = register_trained(
        train(mistaken.until(200), budget="fast"),
        registry=bench.registry,
        today=bench.today,
        approved=ANN,
        stage=Stage.PRODUCTION,
    )

    report = run(bench)

    assert report.promoted
    assert report.replaced == served.id
    assert bench.registry.production() == report.model
    assert bench.registry.get(served.id).stage is Stage.ARCHIVED
    assert report.verdict.against_production.better


def test_an_altered_production_model_is_said_and_not_replaced_unasked(bench, model, workspace):
    served = register_trained(
        model, registry=bench.registry, today=bench.today, approved=ANN, stage=Stage.PRODUCTION
    )
    (workspace.models / served.id / "intervals.json").write_text("{}")

    report = run(bench)

    assert not report.promoted
    assert "could not be compared: The file 'intervals.json'" in report.reasons[0]
    assert report.model.stage is Stage.STAGING


def test_a_promotion_by_somebody_else_meanwhile_is_respected(bench, model):
    class Meddling(Experiments):
        """Finishing the run, it finds that another model went into production."""

        def finish(self, number, **details):
            ended = super().finish(number, **details)
            first = register_trained(
                model,
                registry=bench.registry,
                today=bench.today,
                approved=ANN,
                stage=Stage.PRODUCTION,
            )
            assert first.stage is Stage.PRODUCTION
            return ended

    bench.experiments = Meddling(bench.registry.database)

    report = run(bench)

    assert not report.promoted
    assert "so nothing was changed; look again" in report.reasons[-1]


def test_only_one_retraining_runs_at_a_time(bench, workspace):
    with Lease(workspace.database, "retraining", Clock()).held(), pytest.raises(Unavailable):
        run(bench)

    assert bench.experiments.list() == []
    assert bench.registry.history() == []


def test_too_few_data_leave_a_failed_run_and_no_model(bench):
    bench.panel = make_panel(history=10, plan=0)

    with pytest.raises(CannotAnswer, match="needs at least"):
        run(bench)

    (failed,) = bench.experiments.list()
    assert failed.status is Status.FAILED
    assert bench.registry.history() == []


def test_a_run_that_a_killed_process_left_open_is_closed_by_the_next(bench):
    lost = bench.experiments.start("retraining", parameters={})
    bench.panel = make_panel(history=10, plan=0)

    with pytest.raises(CannotAnswer):
        run(bench)

    assert bench.experiments.get(lost.number).status is Status.FAILED
    assert bench.experiments.get(lost.number).note == "The process ended before the run did."


def test_a_model_is_due_when_there_is_none_and_again_after_the_schedule(bench, model):
    retraining = Retraining(bench)
    assert retraining.due(Schedule.WEEKLY).why == "No model has been trained yet."

    register_trained(model, registry=bench.registry, today=bench.today, approved=ANN)

    assert not retraining.due(Schedule.WEEKLY).due
    assert Retraining(bench, Later(days=8)).due(Schedule.WEEKLY).due
    assert not Retraining(bench, Later(days=8)).due(Schedule.MONTHLY).due


def test_a_production_model_that_decayed_is_due_before_its_time(bench, model):
    register_trained(
        model, registry=bench.registry, today=bench.today, approved=ANN, stage=Stage.PRODUCTION
    )
    bench.panel = tripled_after(bench.panel, 200)
    too_early = replace(bench, panel=bench.panel.until(207))
    assert not Retraining(too_early).due(Schedule.MONTHLY).due

    due = Retraining(bench).due(Schedule.MONTHLY)

    assert due.due
    assert "worse, more than 5 %" in due.why


def test_decay_is_measured_once_for_the_same_model_and_data(bench, model):
    register_trained(
        model, registry=bench.registry, today=bench.today, approved=ANN, stage=Stage.PRODUCTION
    )
    bench.panel = tripled_after(bench.panel, 200)

    found = Retraining(bench).decay()

    assert found is not None
    assert Retraining(bench).decay() is found
    assert Retraining(replace(bench, panel=bench.panel.until(207))).decay() is not found


def test_decay_is_no_reason_once_a_model_was_trained_on_the_present_data(bench, model):
    register_trained(
        model, registry=bench.registry, today=bench.today, approved=ANN, stage=Stage.PRODUCTION
    )
    bench.panel = tripled_after(bench.panel, 200)
    assert Retraining(bench).due(Schedule.MONTHLY).due

    newer = replace(model, data_version=bench.panel.version)
    register_trained(newer, registry=bench.registry, today=bench.today, approved=ANN)

    assert not Retraining(bench).due(Schedule.MONTHLY).due
