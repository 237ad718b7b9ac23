"""Words about alerts, advice, stock, targets and rollouts, and the arguments they become."""

import pytest

from agent.planner.details import read_details

# ruff: noqa: E501 - a table reads best with one question a line

DETAILS = [
    ("counterfactual", "what discount do we need to sell 500 ______", {"target_units": 500}),
    (
        "counterfactual",
        "how low must we go to move 1,200 units keeping a 20% margin",
        {"target_units": 1200, "min_margin_pct": 20},
    ),
    (
        "counterfactual",
        "what gets us to three hundred ____ with margins above 25 percent",
        {"target_units": 300, "min_margin_pct": 25},
    ),
    ("counterfactual", "what price takes ____ to 1.5k units", {"target_units": 1500}),
    (
        "plan_inventory",
        "how much ____ to order if delivery takes 5 days and we have 120 on hand",
        {"lead_time_days": 5, "on_hand": 120},
    ),
    (
        "plan_inventory",
        "two week lead time, 99% service level, 40 units left",
        {"lead_time_days": 14, "service_level_pct": 99, "on_hand": 40},
    ),
    (
        "plan_inventory",
        "lead time is 4, on hand 25, 97.5%",
        {"lead_time_days": 4, "service_level_pct": 97.5, "on_hand": 25},
    ),
    ("plan_inventory", "we are out of stock of ____", {"on_hand": 0}),
    ("plan_inventory", "we are out of ____", {"on_hand": 0}),
    ("plan_inventory", "we keep running out of ____", {}),
    ("plan_inventory", "we ran out of ____ again", {}),
    ("plan_inventory", "is 25 ____ at ____ enough", {"on_hand": 25}),
    ("plan_inventory", "lead 3d, oh 40, sl 98", {"lead_time_days": 3, "on_hand": 40, "service_level_pct": 98}),
    ("plan_inventory", "the supplier delivers within 48 hours", {}),
    ("list_alerts", "alerts for ____, old and new", {"status": "all"}),
    ("acknowledge_alert", "ack 12", {"alert_id": "AL-12"}),
    ("acknowledge_alert", "note on al-5: supplier strike", {"alert_id": "AL-5", "note": "supplier strike"}),
    ("record_decision", "rc-3 is a no", {"recommendation_id": "RC-3", "decision": "rejected"}),
    ("record_decision", "put rc-1 down as accepted", {"recommendation_id": "RC-1", "decision": "accepted"}),
    ("start_rollout", "canary the new model to 1 in 10 stores", {"kind": "canary", "traffic_pct": 10}),
    ("list_alerts", "any open alerts?", {"status": "open"}),
    ("list_alerts", "show me all open alerts", {"status": "open"}),
    ("list_alerts", "not yet acknowledged alerts", {"status": "open"}),
    ("list_alerts", "list all alerts", {"status": "all"}),
    ("list_alerts", "alerts, including acknowledged ones", {"status": "all"}),
    ("list_alerts", "which alerts were already handled", {"status": "acknowledged"}),
    ("acknowledge_alert", "ack al-3", {"alert_id": "AL-3"}),
    (
        "acknowledge_alert",
        "acknowledge alert 12, it was the storm",
        {"alert_id": "AL-12", "note": "it was the storm"},
    ),
    (
        "acknowledge_alert",
        "acknowledge al7 with note: supplier was late",
        {"alert_id": "AL-7", "note": "supplier was late"},
    ),
    (
        "acknowledge_alert",
        "ack al-3, al-4 and 5 please",
        {"alert_id": "AL-3", "alert_ids": ["AL-3", "AL-4", "AL-5"]},
    ),
    (
        "record_decision",
        "we rejected recommendation 3 because margins are too thin",
        {
            "recommendation_id": "RC-3",
            "decision": "rejected",
            "reason": "margins are too thin",
        },
    ),
    (
        "record_decision",
        "we're not doing rc-6 - supplier said no",
        {"recommendation_id": "RC-6", "decision": "rejected", "reason": "supplier said no"},
    ),
    ("list_alerts", "alerts incl the ones somebody already dealt with", {"status": "all"}),
    ("list_alerts", "all alerts, even those that were ticked off", {"status": "all"}),
    ("list_alerts", "every alert there is, open or not", {"status": "all"}),
    ("list_alerts", "only the ones that were ticked off", {"status": "acknowledged"}),
    ("record_decision", "i took rc-2", {"recommendation_id": "RC-2", "decision": "accepted"}),
    ("record_decision", "rc5: no thanks", {"recommendation_id": "RC-5", "decision": "rejected"}),
    ("record_decision", "mark rc-3", {"recommendation_id": "RC-3"}),
    ("search_knowledge", "what is a promotion", {"question": "what is a promotion"}),
    ("compare_models", "compare a_v20260101 with b_v20260202", {"model_a": "a_v20260101", "model_b": "b_v20260202"}),
    ("compare_models", "is a_v20260101 better than production", {"model_a": "a_v20260101"}),
    ("compare_models", "how does the candidate compare with a_v20260101", {"model_b": "a_v20260101"}),
    ("start_rollout", "start a canary with 10% of traffic", {"kind": "canary", "traffic_pct": 10}),
    ("start_rollout", "a/b test the new model 50/50", {"kind": "ab", "traffic_pct": 50}),
    (
        "start_rollout",
        "canary gb_v20260101 at five percent",
        {"kind": "canary", "traffic_pct": 5, "model_id": "gb_v20260101"},
    ),
    ("stop_rollout", "stop the canary because errors are up", {"reason": "errors are up"}),
    ("stop_rollout", "end the test, accuracy is worse", {"reason": "accuracy is worse"}),
    ("stop_rollout", "stop the rollout, please", {}),
]  # fmt: skip


@pytest.mark.parametrize(("tool", "words", "expected"), DETAILS)
def test_words_become_arguments(tool, words, expected):
    found = read_details(tool, words)

    said = {
        n.removesuffix("_at"): words[slice(*v)] if n.endswith("_at") else v
        for n, v in found.items()
    }
    assert said == expected
