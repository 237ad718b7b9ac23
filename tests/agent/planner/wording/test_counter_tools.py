"""Answers in words for forecast, history, model status, promotion, rollback and audit."""

import re

import pytest

from agent.planner.wording import say
from agent.planner.wording.style import Style

US = Style()
DASH = "\N{EN DASH}"
BREW = {"id": "1", "name": "Cold Brew Coffee 1L"}
RIVERSIDE = {"id": "1", "name": "Riverside"}

FORECAST = {
    "product": BREW,
    "store": RIVERSIDE,
    "category": None,
    "start": "2026-07-06",
    "end": "2026-07-12",
    "unit": "units",
    "level": 80,
    "discount_pct": None,
    "mean": 339.73,
    "lower": 289.5,
    "upper": 391.97,
    "points": [],
    "wape_pct": 21.93,
    "naive_wape_pct": 37.69,
    "cutoff": "2026-06-30",
    "model": "GradientBoosting_v20260701",
    "notes": ["Sales through 2026-06-30 are already recorded."],
}
HISTORY = {
    "product": None,
    "store": None,
    "category": "Dairy",
    "start": "2026-06-01",
    "end": "2026-06-30",
    "measure": "units",
    "group_by": None,
    "order": "desc",
    "unit": "units",
    "value": 1234.0,
    "previous_start": None,
    "previous_end": None,
    "previous": None,
    "change_pct": None,
    "rows": [],
    "groups": 0,
    "cutoff": "2026-06-30",
    "notes": [],
}
STATUS = {
    "model": "GradientBoosting_v20260701",
    "promoted_at": "2026-07-01T08:00:00Z",
    "trained_through": "2026-06-30",
    "data_age_days": 1,
    "at_promotion": {
        "wape_pct": 21.93,
        "naive_wape_pct": 37.69,
        "bias_pct": -0.31,
        "rmse": 13.5,
        "mae": 7.2,
        "r2": 0.861,
        "coverage_80_pct": 77.7,
        "unit": "units",
    },
    "now": None,
    "latency": None,
    "staging": None,
    "rollout": None,
    "cutoff": "2026-06-30",
    "notes": ["Drift of the data is not measured."],
}
CHANGE = {
    "model": "B_v20260702",
    "replaced": "A_v20260701",
    "requested_by": "manager1",
    "approval": "AP-1",
    "approved_by": "manager2",
    "notes": [],
}


def test_a_forecast_says_in_one_breath_what_how_sure_by_which_model_and_from_which_data():
    assert say("forecast", FORECAST, US) == (
        "Cold Brew Coffee 1L at Riverside should sell about 340 units from Mon, Jul 6 to "
        f"Sun, Jul 12, 2026 (80% range 290{DASH}392). That is model GradientBoosting_v20260701 on "
        "data through Tue, Jun 30, 2026.\n\n"
        "In backtests its error was 21.9% of sales (WAPE), against 37.7% for repeating last "
        "season. Sales through Tue, Jun 30, 2026 are already recorded."
    )


def test_a_forecast_at_a_discount_says_so_and_money_keeps_its_sign():
    money = FORECAST | {"discount_pct": 15.0, "unit": "USD", "store": None}

    text = say("forecast", money, US)

    assert text.startswith("Cold Brew Coffee 1L in all stores at 15% off should bring in about $33")
    assert f"(80% range $289.50{DASH}$391.97)" in text


def test_a_long_list_of_days_is_cut_and_says_so():
    point = {"start": "2026-07-06", "end": "2026-07-06", "mean": 1.0, "lower": 0.0, "upper": 2.0}

    text = say("forecast", FORECAST | {"points": [point] * 28}, US)

    assert text.count("\n- ") == 13
    assert "and more that are not listed here" in text


def test_history_says_what_was_sold_and_how_it_compares():
    compared = HISTORY | {
        "previous_start": "2025-06-01",
        "previous_end": "2025-06-30",
        "previous": 1000.0,
        "change_pct": 23.4,
    }

    assert say("sales_history", compared, US).startswith(
        "Dairy in all stores sold 1,234 units from Mon, Jun 1 to Tue, Jun 30, 2026, "
        "up 23.4% on the 1,000 units of Sun, Jun 1 to Mon, Jun 30, 2025. Data through Tue"
    )


def test_sales_below_those_compared_with_are_down_and_equal_ones_level():
    compared = HISTORY | {
        "previous_start": "2025-06-01",
        "previous_end": "2025-06-30",
        "previous": 2000.0,
        "change_pct": -38.3,
    }

    assert ", down 38.3% on the 2,000 units of" in say("sales_history", compared, US)
    level = compared | {"previous": 1234.0, "change_pct": 0.0}
    assert ", level on the 1,234 units of" in say("sales_history", level, US)


@pytest.mark.parametrize(
    ("measure", "unit", "value", "words"),
    [
        ("revenue", "USD", 4567.8, "took in $4,568 from"),
        ("price", "USD per unit", 4.6, "sold at $4.60 per unit on average, weighted"),
        ("discount", "percent", 12.5, "sold at 12.5% discount on average"),
    ],
)
def test_each_measure_has_its_words_and_unit(measure, unit, value, words):
    assert words in say(
        "sales_history", HISTORY | {"measure": measure, "unit": unit, "value": value}, US
    )


def test_a_period_without_sales_says_that_nothing_is_on_record():
    assert "Nothing is on record for Dairy" in say("sales_history", HISTORY | {"value": None}, US)


def test_groups_are_listed_with_their_change():
    row = {
        "key": "9",
        "name": "Whole Milk 2L",
        "start": "2026-06-01",
        "end": "2026-06-30",
        "value": 700.0,
        "previous": 800.0,
        "change_pct": -12.5,
    }
    grouped = HISTORY | {"group_by": "product", "rows": [row], "groups": 4}

    text = say("sales_history", grouped, US)

    assert text.startswith("Whole Milk 2L sold most: 700 units from")
    assert "By product, highest first:\n- Whole Milk 2L: 700 units (\N{MINUS SIGN}12.5%)" in text


def test_the_status_says_accuracy_and_age_and_what_was_not_measured():
    text = say("model_status", STATUS, US)

    assert "GradientBoosting_v20260701 is in production since Wed, Jul 1, 2026" in text
    assert "error in the backtest was 21.9% of sales (WAPE), against 37.7% for repeating" in text
    assert "77.7% inside the 80% range" in text
    assert "1 day old" in text
    assert "Drift of the data is not measured." in text


def test_the_status_says_how_the_model_does_on_newer_data_and_how_fast_it_is():
    measured = STATUS | {
        "now": {"wape_pct": 24.0, "periods": 14, "period": "day", "worse_pct": 9.4},
        "latency": {"calls": 20, "p50_ms": 38.2, "p95_ms": 61.0},
        "staging": "B_v20260702",
        "rollout": {
            "kind": "canary",
            "model": "B_v20260702",
            "traffic_pct": 10.0,
            "started_at": "2026-07-03T09:00:00Z",
        },
    }

    text = say("model_status", measured, US)

    assert "On the 14 days since then its error was 24%, +9.4% against the backtest." in text
    assert "The newest 20 forecasts took 38 ms at the median, 61 ms" in text
    assert "B_v20260702 waits in staging." in text
    assert "A canary rollout tries out B_v20260702 on 10% of the series since Fri, Jul 3" in text


def test_a_promotion_names_both_models_and_both_people():
    assert say("promote", CHANGE, US) == (
        "B_v20260702 is in production now in place of A_v20260701. "
        "Asked for by manager1, approved by manager2 (AP-1)."
    )
    assert say("rollback", CHANGE, US).startswith(
        "Back to B_v20260702: it serves again in place of"
    )


def test_a_training_says_where_the_model_is_and_why():
    result = CHANGE | {
        "promoted": False,
        "compared_with": "A_v20260701",
        "reasons": ["It is not better beyond noise since 2026-06-01."],
        "wape_pct": 29.1,
        "naive_wape_pct": 49.0,
        "production_wape_pct": 23.3,
        "windows": 8,
        "cutoff": "2026-06-28",
        "seconds": 14.0,
    }

    text = say("retrain", result, US)

    assert text.startswith("B_v20260702 is trained and waits in staging, with data through Sun")
    assert "against 23.3% for the production model and 49% for repeating last season" in text
    assert "since Mon, Jun 1, 2026" in text


def test_the_history_of_models_says_which_one_serves():
    model = {
        "id": "A_v20260701",
        "family": "A",
        "stage": "production",
        "created_at": "2026-07-01T08:00:00Z",
        "created_by": "manager1",
        "promoted_at": None,
        "data_through": "2026-06-30",
        "wape_pct": 21.93,
        "naive_wape_pct": None,
    }

    text = say(
        "model_history",
        {"production": "A_v20260701", "models": [model], "moves": [], "notes": []},
        US,
    )

    assert text.startswith("A_v20260701 is in production.")
    assert "data through Tue, Jun 30, 2026, backtest error 21.9% of sales" in text


def test_the_audit_says_how_many_calls_and_how_they_ended():
    entry = {
        "at": "2026-07-01T09:05:00+00:00",
        "user": "viewer1",
        "role": "viewer",
        "channel": "web",
        "tool": "promote",
        "arguments": "{}",
        "outcome": "refused",
        "note": "needs manager",
        "approval": "",
        "approved_by": "",
    }
    result = {
        "start": "2026-07-01",
        "end": "2026-07-01",
        "user": None,
        "tool": None,
        "outcome": None,
        "calls": 1,
        "by_outcome": {"refused": 1},
        "entries": [entry],
        "notes": [],
    }

    text = say("audit_trail", result, US)

    assert text.startswith("1 call on Wed, Jul 1, 2026: 1 refused.")
    assert "09:05 UTC: viewer1 (viewer) called promote: refused" in text
    assert say("audit_trail", result | {"calls": 0, "entries": []}, US).startswith(
        "No calls on Wed"
    )


def test_every_day_in_a_note_is_written_the_tenants_way():
    german = Style(currency="EUR", locale="de-DE")

    text = say("forecast", FORECAST, german)

    assert "Sales through Tue 30 Jun 2026" in text
    assert not re.search(r"\d{4}-\d{2}-\d{2}", text)
