"""How decisions are held against the truth of demo worlds."""

from datetime import date

import numpy as np
import pytest

from benchmarks.decisions import figures, plain
from benchmarks.decisions.joint import Joint
from benchmarks.decisions.kept import Kept, fingerprint_of
from benchmarks.evidence import decisions, retail
from forecasting.data.demo import make_world
from tests.builders import make_panel

START, END = date(2026, 6, 29), date(2026, 7, 5)
WEEK = {
    "answered": 20,
    "changed": 10,
    "promised": 90.0,
    "range": (60.0, 120.0),
    "planned": 1000.0,
    "period": 500.0,
    "followed": 1100.0,
    "best": 1125.0,
    "nothing": 1050.0,
    "regressed": 1000.0,
    "lots": 900.0,
}
ASKED = {
    "elasticity": [(-2.0, 0.1, -2.1), (-1.0, 0.1, -1.5)],
    "silent": {"knowable": 4, "why": {"7": "Too new."}},
    "weeks": [WEEK],
    "what_if": [
        {"measure": "units", "lower": 1.0, "upper": 3.0, "true": 2.0},
        {"measure": "units", "lower": 1.0, "upper": 3.0, "true": 4.0},
        {"measure": "revenue", "lower": 1.0, "upper": 3.0, "true": 2.0},
        {"measure": "profit", "lower": 1.0, "upper": 3.0, "true": 3.0},
    ],
}


@pytest.fixture(scope="module")
def harbor():
    return make_world("harbor", until=date(2026, 6, 28), seed=5)


@pytest.fixture(scope="module")
def joint(harbor):
    return Joint(harbor.truth.scenarios, START, END)


def test_a_plan_that_stays_brings_what_the_truth_says_it_brings(harbor, joint):
    scenarios = harbor.truth.scenarios
    weeks = scenarios.between(START, date(2026, 7, 19))

    expected = (np.exp(scenarios.planned[:, weeks]) * scenarios.unit_profit[:, weeks]).sum()

    assert joint.profit({}) == pytest.approx(expected)


@pytest.mark.parametrize("discount", [10.0, 25.0])
def test_one_product_changed_alone_agrees_with_the_truths_own_curve(harbor, joint, discount):
    curve = harbor.truth.curve("2", None, START, END, [0.0, discount]).set_index("discount_pct")
    whole = curve["profit"] + curve["beside"]

    change = joint.profit({"2": discount}) - joint.profit({"2": 0.0})

    assert change == pytest.approx(whole[discount] - whole[0.0])


def test_the_best_discounts_beat_every_pair_on_a_grid(joint):
    best = joint.profit(joint.best(["2", "3"]))

    grid = (0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0)
    pairs = [joint.profit({"2": one, "3": other}) for one in grid for other in grid]
    assert best >= max([*pairs, joint.profit({})]) - 1e-6


def test_a_plain_regression_finds_the_price_where_nothing_else_moved():
    panel = make_panel(elasticity=-3.0, lift=0.0, level=200.0)

    found = plain.regressed(panel, {"1": 2.0}, ["1"])

    # Sales ^ -3 and a cost of 2 against 5: the best price is 3.
    assert found["1"] == pytest.approx(40, abs=3)


def test_a_result_is_worked_out_once_and_outlives_the_run(tmp_path):
    asked = []

    def work():
        asked.append(1)
        return {"regret": 7.5}

    for _ in range(2):
        kept = Kept(tmp_path, "this code")
        assert kept.result("asked 101", work) == {"regret": 7.5}
    assert Kept(tmp_path, "other code").result("asked 101", work) == {"regret": 7.5}

    assert len(asked) == 2


def test_a_changed_line_of_code_has_another_fingerprint(tmp_path):
    source = tmp_path / "forecasting" / "one.py"
    source.parent.mkdir()
    names = set()
    for line in ("a = 1\n", "a = 2\n"):
        source.write_text(line, encoding="utf-8")
        names.add(fingerprint_of(tmp_path, ["forecasting"]))

    assert len(names) == 2


def test_figures_of_hand_made_results():
    results = [ASKED, ASKED]

    assert figures.elasticity_error(results) == pytest.approx(0.3)
    assert figures.elasticity_bias(results) == pytest.approx(100 * (3.0 / 3.6 - 1))
    assert figures.elasticity_coverage(results) == 50
    assert figures.silent(results) == 25
    assert figures.regret("followed")(results) == pytest.approx(20)
    assert figures.regret("regressed")(results) == pytest.approx(100)
    assert figures.promised_over_realised(results) == pytest.approx(0.9)
    assert figures.promise_held(results) == 100
    assert figures.uplift(results) == pytest.approx(20)
    assert figures.what_if_coverage("units")(results) == 50
    assert figures.what_if_coverage("profit")(results) == 100
    assert figures.abstained([{"knowable": 20, "claimed": 1}]) == pytest.approx(95)


def test_every_figure_of_decisions_comes_with_its_interval():
    found = [
        decisions.abstention([{"knowable": 20, "claimed": 1}] * 2),
        *decisions.elasticities([ASKED]),
        *decisions.advice([ASKED]),
        *decisions.what_ifs([ASKED]),
    ]

    assert {one.key for one in found} >= {
        "elasticity_abs_error_median",
        "elasticity_bias_pct",
        "elasticity_coverage_95_pct",
        "hidden_confounder_abstains_pct",
        "discount_regret_pct",
        "promised_over_realised",
        "advice_uplift_pct",
        "whatif_coverage_80_pct",
    }
    for one in found:
        low, high = one.interval
        assert low <= one.value <= high


def test_a_sum_that_is_off_is_told_and_each_tool_has_its_time():
    result = {"ms": {"what_if": [10.0, 20.0, 30.0]}, "off": 0.5, "sums": 3}

    found = {one.key: one.value for one in decisions.latencies(result, 1)}

    assert found["explanation_off_by"] == 0.5
    assert 20 <= found["what_if_p95_ms"] <= 30


def test_offers_not_seen_count_by_the_log_points_expected_of_them_and_none_is_no_figure():
    offers = [
        {"advertised": True, "sold": 0.6, "expected": 0.5},
        {"advertised": True, "sold": 1.1, "expected": 1.0},
    ]
    found = {"brands": {}, "advice": {}, "total": None, "offers": offers}

    told = {one.key: one for one in decisions.orange_juice(found)}

    # (0.6 · 0.5 + 1.1 · 1.0) / (0.5² + 1.0²)
    assert told["orange_offers_sold_over_expected_advertised"].value == pytest.approx(1.12)
    assert told["orange_offers_sold_over_expected_price_only"].value is None
    assert told["orange_plan_gain_pct"].value is None


def test_worlds_that_hide_their_driver_count_for_silence_and_not_for_regret():
    one = {"regret": 10.0, "nothing": 90.0, "random": 150.0, "regression": 200.0}
    one |= {"promised": 50.0, "realised": 40.0, "abstained": 0.0}
    one |= {"error": [0.1], "truth": [1.0], "covered": [True]}
    hidden = one | {"world": "hidden-store-busy", "regret": 300.0, "abstained": 1.0}

    found = {e.key: e.value for e in retail.proofs([one | {"world": "loglog-busy"}, hidden])}

    assert found["worlds_regret"] == 10
    assert found["worlds_regret_loglog"] == 10
    assert found["worlds_promised_over_realised"] == pytest.approx(1.25)
    assert found["worlds_hidden_abstains_pct"] == 100
    assert found["worlds_unanswered_pct"] == 0
    assert found["worlds_uplift_bias_pct"] == pytest.approx(10)
