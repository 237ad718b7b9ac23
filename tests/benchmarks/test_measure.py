"""How a benchmark's figures are taken and judged."""

import time
from dataclasses import replace

import pytest

from benchmarks import real_data
from benchmarks.measure import Measure, each, percentile, timed

FIGURE = Measure("part", "figure", 10.0, "s")


def test_a_figure_without_a_target_is_neither_reached_nor_missed():
    assert FIGURE.reached is None
    assert replace(FIGURE, value=None, most=5).reached is None


@pytest.mark.parametrize(
    ("target", "reached"),
    [({"most": 10}, True), ({"most": 9}, False), ({"least": 10}, True), ({"least": 11}, False)],
)
def test_a_target_is_reached_when_the_figure_is_on_its_good_side(target, reached):
    assert replace(FIGURE, **target).reached is reached


def test_percentiles_lie_between_the_values():
    assert percentile([1.0, 2.0, 3.0, 4.0, 5.0], 50) == 3.0
    assert 4.5 < percentile([1.0, 2.0, 3.0, 4.0, 5.0], 95) < 5.0


def test_each_run_is_timed_and_told_its_number():
    runs = []

    seconds = each(runs.append, 3)
    assert runs == [0, 1, 2]
    assert len(seconds) == 3
    assert min(seconds) >= 0


def test_waiting_costs_time_but_no_processor():
    with timed() as watch:
        time.sleep(0.1)

    assert watch.seconds >= 0.1
    assert watch.processor < 0.09


def test_missing_public_data_are_named_not_skipped_in_silence(monkeypatch, tmp_path):
    monkeypatch.setenv("TILLSIGHT_DATA", str(tmp_path))

    found = list(real_data.measures())
    assert [measure.part for measure in found] == ["rossmann", "orange_juice"]
    assert all(measure.value is None for measure in found)
    assert all("TILLSIGHT_DATA" in measure.note for measure in found)
