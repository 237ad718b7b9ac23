"""Which suites are played in one world, and which beside them."""

from datetime import date

from agent.evaluation.suite import Suite
from benchmarks.playing import together

CASE = {"kind": "answer", "turns": [{"say": "hello", "expect": {}}]}


def suite(name, day, workspace="harbor", cases=1):
    listed = [CASE | {"id": f"{name}-{n}"} for n in range(cases)]
    return Suite.model_validate(
        {"suite": name, "workspace": workspace, "today": day, "cases": listed}
    )


def names(groups):
    return [[one.suite for one in group] for group in groups]


def test_suites_of_one_day_and_tenant_share_a_world():
    june, march = date(2026, 6, 29), date(2026, 3, 13)
    suites = [suite("a", june), suite("b", march), suite("c", june), suite("d", june, "summit")]

    assert names(together(suites)) == [["a", "c"], ["b"], ["d"]]


def test_the_longest_are_begun_first():
    suites = [suite("short", date(2026, 3, 13)), suite("long", date(2026, 6, 29), cases=3)]

    assert names(together(suites)) == [["long"], ["short"]]
