"""Training runs are written down so that each can be traced and made again."""

import threading

import pytest

from forecasting.lifecycle.experiments import Experiments, Status
from tenants.errors import BadInput, UnknownItem


@pytest.fixture
def experiments(either_workspace):
    return Experiments(either_workspace.database)


def test_a_run_keeps_what_was_chosen_and_what_came_of_it(experiments):
    run = experiments.start("train", parameters={"leaves": 31}, data_version="sales@4", seed=7)
    experiments.log(run.number, {"wape": 0.3})
    experiments.log(run.number, {"wape": 0.25, "bias": -0.01})

    ended = experiments.finish(run.number, model_id="GradientBoosting_v20260206")

    assert ended.status is Status.FINISHED
    assert ended.parameters == {"leaves": 31}
    assert ended.metrics == {"wape": 0.25, "bias": -0.01}
    assert (ended.data_version, ended.seed) == ("sales@4", 7)
    assert ended.to_dict()["model_id"] == "GradientBoosting_v20260206"
    assert ended.ended_at >= ended.started_at


def test_a_run_that_raises_ends_as_failed_and_says_why(experiments):
    with (
        pytest.raises(ValueError, match="no rows"),
        experiments.running("train", parameters={}) as run,
    ):
        raise ValueError("no rows")

    assert experiments.get(run.number).status is Status.FAILED
    assert experiments.get(run.number).note == "no rows"


def test_an_ended_run_does_not_change(experiments):
    run = experiments.start("train", parameters={})
    experiments.finish(run.number)

    with pytest.raises(BadInput, match="Run 1 has finished already"):
        experiments.log(run.number, {"wape": 0.1})


def test_runs_are_listed_newest_first_and_by_name(experiments):
    for name in ("train", "retrain", "train"):
        experiments.start(name, parameters={})

    assert [run.number for run in experiments.list()] == [3, 2, 1]
    assert [run.number for run in experiments.list("train", limit=1)] == [3]


def test_the_best_run_is_a_finished_one_with_that_metric(experiments):
    for wape in (0.3, 0.2, float("nan")):
        run = experiments.start("train", parameters={})
        experiments.finish(run.number, metrics={"wape": wape, "r2": 1 - wape})
    unfinished = experiments.start("train", parameters={})
    experiments.log(unfinished.number, {"wape": 0.01})

    assert experiments.best("wape").number == 2
    assert experiments.best("r2", lower_is_better=False).number == 2
    assert experiments.best("mase") is None


def test_runs_side_by_side_show_only_the_parameters_that_differ(experiments):
    for leaves, wape in ((31, 0.3), (63, 0.28)):
        run = experiments.start("train", parameters={"leaves": leaves, "rounds": 300})
        experiments.finish(run.number, metrics={"wape": wape})

    assert experiments.compare([1, 2]) == {
        "runs": [1, 2],
        "parameters": {"leaves": [31, 63]},
        "metrics": {"wape": [0.3, 0.28]},
        "data_versions": ["", ""],
    }


def test_metrics_logged_at_once_are_all_kept(experiments):
    number = experiments.start("train", parameters={}).number
    threads = [
        threading.Thread(target=experiments.log, args=(number, {f"fold_{i}": i})) for i in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert experiments.get(number).metrics == {f"fold_{i}": i for i in range(8)}


def test_an_unknown_run_is_said_to_be_unknown(experiments):
    with pytest.raises(UnknownItem, match="There is no run 9"):
        experiments.finish(9)
