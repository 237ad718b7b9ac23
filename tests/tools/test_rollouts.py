"""A model tried out on a share of the forecasts, compared, and stopped, over the counter."""

import pytest

from tools.gateway import Awaiting, Failed, Succeeded


def result(answer):
    assert isinstance(answer, Succeeded), answer
    return answer.to_dict()["result"]


@pytest.fixture(scope="module")
def staged(shop):
    """A second model, in staging because another one serves."""
    return result(shop.operate("manager1", "train", budget="fast"))["model"]


@pytest.fixture
def canary(shop, staged):
    """A rollout of half of the series, over when the test is."""
    asked = shop.call("manager1", "start_rollout", model_id=staged, traffic_pct=50)
    yield result(shop.decide("manager2", asked.approval))
    if shop.call("viewer1", "model_status").result.rollout is not None:
        stop(shop)


def stop(shop, **arguments):
    asked = shop.call("manager1", "stop_rollout", **arguments)
    return result(shop.decide("manager2", asked.approval))


def forecast(shop, **arguments):
    return result(shop.call("viewer1", "forecast", **arguments))


def test_a_rollout_waits_for_a_second_person(shop, staged):
    asked = shop.call("manager1", "start_rollout", kind="ab", model_id=staged)

    assert isinstance(asked, Awaiting)
    assert asked.arguments == {"kind": "ab", "model_id": staged}
    assert asked.approval.binding["model"] == staged
    assert shop.decide("manager1", asked.approval).reason == "permission"
    assert result(shop.call("viewer1", "model_status"))["rollout"] is None
    shop.decide("manager2", asked.approval, approve=False)


def test_half_of_the_series_come_from_the_tried_model_and_the_rest_as_before(shop, staged, canary):
    products = [str(number) for number in range(1, 13)]
    during = [forecast(shop, product=product, store="1") for product in products]
    stop(shop)
    before = [forecast(shop, product=product, store="1") for product in products]

    moved = [one["model"] == staged for one in during]
    assert 1 <= sum(moved) < len(products)
    assert all(
        one["mean"] != other["mean"] if tried else one == other
        for one, other, tried in zip(during, before, moved, strict=True)
    )
    assert {one["model"] for one in before} == {canary["production"]}


def test_a_total_over_both_says_that_some_series_come_from_the_tried_model(shop, canary):
    found = forecast(shop)

    share = f"{canary['series_assigned']} of {canary['series']} series come from {canary['model']}"
    assert found["model"] == canary["production"]
    assert any(note.startswith(share) for note in found["notes"])


def test_the_start_says_that_nothing_decides_by_itself(canary):
    assert any("no running test watches it yet" in note for note in canary["notes"])
    assert (canary["requested_by"], canary["approved_by"]) == ("manager1", "manager2")


def test_the_status_tells_which_model_is_tried_out(shop, staged, canary):
    told = result(shop.call("viewer1", "model_status"))["rollout"]

    assert (told["kind"], told["model"], told["traffic_pct"]) == ("canary", staged, 50)


def test_one_rollout_runs_at_a_time(shop, canary):
    asked = shop.call("manager1", "start_rollout")

    assert isinstance(asked, Failed)
    assert (asked.reason, "runs already" in asked.message) == ("not_enough_data", True)


def test_a_stop_says_what_was_tried_and_why_it_ended(shop, staged, canary):
    stopped = stop(shop, reason="it forecasts too low")

    assert (stopped["model"], stopped["reason"]) == (staged, "it forecasts too low")
    assert stopped["production"] == canary["production"]
    assert stopped["days"] == 0


def test_nothing_is_stopped_when_nothing_runs(shop):
    assert "No rollout runs" in shop.call("manager1", "stop_rollout").message


def test_an_approval_to_start_is_void_once_another_rollout_runs(shop, staged):
    late = shop.call("manager1", "start_rollout", model_id=staged, traffic_pct=5).approval
    first = shop.call("manager1", "start_rollout", model_id=staged, traffic_pct=6).approval
    result(shop.decide("manager2", first))

    answer = shop.decide("manager2", late)
    stop(shop)

    assert isinstance(answer, Failed)


def test_analysts_start_and_stop_nothing(shop):
    assert shop.call("analyst1", "start_rollout").reason == "permission"
    assert shop.call("analyst1", "stop_rollout").reason == "permission"
    assert shop.call("manager1", "start_rollout", traffic_pct=80).reason == "out_of_range"


def test_models_are_compared_on_the_same_windows(shop, staged):
    told = result(shop.call("analyst1", "compare_models", model_a=staged))

    same = told["same_windows"]
    assert told["model_a"]["id"] == staged
    assert told["model_b"]["stage"] == "production"
    assert same["windows"] >= 2
    assert same["window_days"] == 7
    assert same["gain_lower_pct"] <= same["gain_pct"] <= same["gain_upper_pct"]
    assert len(same["segments"]) > 1
    assert told["better"] in {"model_a", "model_b", "neither"}


def test_production_is_compared_with_the_newest_in_staging_when_it_is_named(shop, staged):
    serving = result(shop.call("viewer1", "model_status"))["model"]

    told = result(shop.call("analyst1", "compare_models", model_a=serving))

    assert told["model_b"]["id"] != serving


def test_a_model_is_not_compared_with_itself_or_with_one_that_is_not_there(shop, staged):
    same = shop.call("analyst1", "compare_models", model_a=staged, model_b=staged)

    assert "name another one" in same.message
    missing = shop.call("analyst1", "compare_models", model_a="Nope_v20260101")
    assert missing.reason == "unknown_item"
    assert shop.call("viewer1", "compare_models").reason == "permission"


# Last, as it leaves the model archived.
def test_promoting_the_tried_model_ends_the_rollout(shop, staged, canary):
    result(shop.decide("admin1", shop.call("manager1", "promote", model_id=staged).approval))

    told = result(shop.call("viewer1", "model_status"))
    shop.decide("admin1", shop.call("manager1", "rollback").approval)

    assert (told["model"], told["rollout"]) == (staged, None)
