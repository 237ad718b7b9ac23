"""Training, promotion and rollback, asked for and approved over the counter."""

import pytest

from tools.gateway import Awaiting, Failed, Succeeded, ToolCall


def result(answer):
    assert isinstance(answer, Succeeded), answer
    return answer.to_dict()["result"]


@pytest.fixture(scope="module")
def staged(shop):
    """A second model, in staging because another one serves."""
    return result(shop.operate("manager1", "train", budget="fast"))


def serving(shop):
    return result(shop.call("analyst1", "model_history"))["production"]


def forecast(shop):
    told = result(shop.call("viewer1", "forecast", granularity="week"))
    return told["model"], told["mean"], told["points"]


def test_a_manager_alone_cannot_replace_the_production_model_by_training(shop, staged):
    assert staged["stage"] == "staging"
    assert "second person" in staged["why"]
    assert staged["wape_pct"] < staged["naive_wape_pct"]


@pytest.fixture(scope="module")
def there_and_back(shop, staged):
    """A promotion and the rollback of it, with the forecasts before, between and after."""
    before = forecast(shop)
    asked = shop.call("manager1", "promote")
    waiting = forecast(shop)
    promoted = result(shop.decide("manager2", asked.approval))
    after = forecast(shop)
    back = result(shop.decide("admin1", shop.call("manager1", "rollback").approval))
    return asked, (before, waiting, after, forecast(shop)), promoted, back


def test_a_promotion_waits_for_a_second_person(staged, there_and_back):
    asked, (before, waiting, _, _), promoted, _ = there_and_back

    assert isinstance(asked, Awaiting)
    assert asked.approval.binding["model"] == staged["model"]
    assert waiting == before
    assert (promoted["model"], promoted["replaced"]) == (staged["model"], before[0])
    assert (promoted["requested_by"], promoted["approved_by"]) == ("manager1", "manager2")


def test_a_rollback_restores_the_very_same_forecasts(staged, there_and_back):
    _, (before, _, after, restored), _, back = there_and_back

    assert after[0] == staged["model"]
    assert after[1:] != before[1:]
    assert back["model"] == before[0]
    assert restored == before


def test_the_history_tells_who_changed_production(shop, staged, there_and_back):
    told = result(shop.call("analyst1", "model_history"))

    assert told["models"][0]["id"] == staged["model"]
    assert {move["kind"] for move in told["moves"]} == {"promote", "rollback"}


def test_nobody_overrides_by_training_what_two_people_decided(shop, there_and_back):
    owner = shop.installation.access.local(shop.tenant.name, channel="cli")
    call = ToolCall("t1", "train", '{"budget": "fast", "stage": "production"}')

    trained = result(shop.counter.operations.call(call, owner))

    assert trained["stage"] == "staging"
    assert "two decide" in trained["why"]


def test_an_approval_for_files_that_were_altered_since_changes_nothing(shop, staged):
    asked = shop.call("manager1", "promote", model_id=staged["model"])
    workspace = shop.installation.workspace(shop.tenant.id)
    file = workspace.models / staged["model"] / "response.json"
    original = file.read_bytes()
    file.chmod(0o644)
    file.write_bytes(original.replace(b"0", b"1", 1))
    before = serving(shop)

    answer = shop.decide("manager2", asked.approval)

    file.write_bytes(original)
    assert isinstance(answer, Failed)
    assert serving(shop) == before


def test_a_promotion_asked_for_before_another_one_is_void(shop, staged):
    first = shop.call("manager1", "promote", model_id=staged["model"]).approval
    second = shop.call("manager2", "promote", model_id=staged["model"]).approval
    result(shop.decide("admin1", second))

    late = shop.decide("admin1", first)
    shop.decide("admin1", shop.call("manager1", "rollback").approval)

    assert isinstance(late, Failed)
    assert shop.call("manager1", "rollback", model_id="Nope_v20260101").reason == "unknown_item"


def test_retraining_that_may_reach_production_needs_a_second_person(shop):
    only_train = shop.call("manager1", "retrain").approval
    and_promote = shop.call("manager1", "retrain", auto_promote=True).approval

    answer = shop.decide("manager1", and_promote)

    assert answer.reason == "permission"
    assert "manager1" in only_train.approvers
    assert "manager1" not in and_promote.approvers


def test_the_status_tells_accuracy_age_and_speed_and_what_was_not_measured(shop):
    forecast(shop)

    told = result(shop.call("viewer1", "model_status"))

    assert told["model"] == serving(shop)
    assert told["at_promotion"]["wape_pct"] < told["at_promotion"]["naive_wape_pct"]
    assert told["data_age_days"] == 3
    assert told["now"] is told["drift"] is None
    assert any("Drift" in note for note in told["notes"])
    assert told["latency"]["p50_ms"] == told["latency"]["p95_ms"] == 5.0


def test_a_viewer_may_not_ask_for_history_nor_an_analyst_for_promotion(shop):
    assert shop.call("viewer1", "model_history").reason == "permission"
    assert shop.call("analyst1", "promote").reason == "permission"
