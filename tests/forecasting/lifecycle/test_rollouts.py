"""One model at a time is tried out, on the same series, until people or a promotion end it."""

import pytest

from forecasting.lifecycle.records import Approved, StalePointer
from forecasting.lifecycle.rollouts import Rollouts, assigned
from tenants.errors import BadInput, CannotAnswer
from tests.forecasting.lifecycle.models import ANN, promote, register

CONSENT = Approved(by="ann", approval="AP-1", approved_by="bob", reason="looks fine")
SERIES = [(str(store), str(product)) for store in range(20) for product in range(50)]


@pytest.fixture
def serving(either):
    """A registry with a production model and a newer one in staging."""
    promote(either, register(either).id)
    return either, register(either, 2.0)


def start(registry, model, **changes):
    options = {"kind": "canary", "traffic_pct": 10, "approved": CONSENT} | changes
    return Rollouts(registry).start(model, **options)


def test_a_rollout_runs_until_it_is_stopped(serving):
    registry, candidate = serving
    started = start(registry, candidate, kind="ab")

    assert Rollouts(registry).running() == started
    assert (started.kind, started.model_id, started.approved_by) == ("ab", candidate.id, "bob")
    stopped = Rollouts(registry).stop(CONSENT)
    assert Rollouts(registry).running() is None
    assert (stopped.number, stopped.end_reason) == (started.number, "looks fine")
    assert stopped.ended_at >= started.started_at


def test_one_rollout_runs_at_a_time(serving):
    registry, candidate = serving
    start(registry, candidate)

    with pytest.raises(CannotAnswer, match="runs already"):
        start(registry, register(registry, 3.0))


def test_there_is_nothing_to_stop_when_none_runs(serving):
    with pytest.raises(CannotAnswer, match="No rollout runs"):
        Rollouts(serving[0]).stop(CONSENT)


def test_the_production_model_is_not_tried_out_beside_itself(serving):
    registry, _candidate = serving

    with pytest.raises(CannotAnswer, match="is the production model"):
        start(registry, registry.production())


def test_without_a_production_model_there_is_nothing_to_try_another_beside(either):
    with pytest.raises(StalePointer):
        start(either, register(either))


def test_a_model_whose_files_were_altered_is_not_tried_out(registry):
    promote(registry, register(registry).id)
    candidate = register(registry, 2.0)
    file = registry.verified_folder(candidate) / "schema.json"
    file.chmod(0o644)
    file.write_text("{}")

    with pytest.raises(BadInput):
        start(registry, candidate)
    assert Rollouts(registry).running() is None


@pytest.mark.parametrize("which", ["the tried one", "another"])
def test_whatever_changes_production_ends_the_rollout(serving, which):
    registry, candidate = serving
    start(registry, candidate)

    promoted = candidate if which == "the tried one" else register(registry, 3.0)
    promote(registry, promoted.id)

    (ended,) = Rollouts(registry).history()
    assert Rollouts(registry).running() is None
    assert ended.end_reason == f"{promoted.id} became the production model."
    assert ended.ended_by == ANN.by


def test_a_model_that_is_tried_out_is_not_put_away(serving):
    registry, candidate = serving
    start(registry, candidate)

    with pytest.raises(CannotAnswer, match="tried out"):
        registry.delete(candidate.id)
    Rollouts(registry).stop(CONSENT)
    registry.delete(candidate.id)


@pytest.mark.parametrize("share", [1, 10, 50])
def test_about_the_share_asked_for_is_assigned(share):
    taken = assigned(SERIES, "GradientBoosting_v20260206", share)

    assert 100 * taken.mean() == pytest.approx(share, abs=4)


def test_a_series_is_assigned_whatever_others_there_are():
    every = assigned(SERIES, "GradientBoosting_v20260206", 10)
    few = assigned(SERIES[::-3], "GradientBoosting_v20260206", 10)

    assert few.tolist() == every[::-3].tolist()


def test_a_larger_share_keeps_those_of_a_smaller_one():
    few, many = (assigned(SERIES, "GradientBoosting_v20260206", share) for share in (5, 20))

    assert (few <= many).all()


def test_another_model_gets_other_series():
    one, other = (assigned(SERIES, f"GradientBoosting_v2026020{day}", 20) for day in (6, 7))

    assert 100 * (one & other).mean() == pytest.approx(4, abs=2)


def test_at_least_one_series_is_assigned():
    assert assigned(SERIES[:2], "GradientBoosting_v20260206", 1).sum() == 1
