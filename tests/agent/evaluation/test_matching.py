"""Calls are compared as the tools understand them, not letter by letter."""

from datetime import date

import pytest

from agent.evaluation.matching import Contract
from agent.evaluation.suite import AnyOf, AnyValue, ExpectedCall
from tests.tools.harbor import HARBOR
from tools.assortment import assistant_tools

CONTRACT = Contract({tool.name: tool for tool in assistant_tools()}, HARBOR, date(2026, 7, 1))
NEXT_WEEK = {"start": "2026-07-06", "end": "2026-07-12"}


def expected(tool="forecast", **args):
    return ExpectedCall(tool=tool, args=args)


def made(tool="forecast", **arguments):
    return {"tool": tool, "arguments": arguments, "outcome": "succeeded"}


@pytest.mark.parametrize(
    ("wanted", "call"),
    [
        (expected(product="cold brew"), made(product="1")),
        (expected(product="1", store="Riverside"), made(product="1", store="1")),
        (expected(category="dairy"), made(category="Dairy")),
        (expected(discount_pct=15), made(discount_pct=15.0)),
        (expected(start=date(2026, 7, 6), end=date(2026, 7, 12)), made(**NEXT_WEEK)),
        (expected(level=80, granularity="total"), made()),
        (expected(), made(level=80)),
        (expected(level=AnyOf(any_of=(90, None))), made()),
        (expected(level=AnyOf(any_of=(90, None))), made(level=90)),
        (expected(measure=AnyValue(any=True)), made(measure="revenue")),
        (expected(measure=AnyValue(any=True)), made()),
    ],
)
def test_a_call_that_means_the_same_is_the_same(wanted, call):
    assert CONTRACT.differences(wanted, call) == []


@pytest.mark.parametrize(
    ("wanted", "call", "why"),
    [
        (expected(product="1"), made(product="2"), "product is 2, not 1"),
        (expected(), made(product="2"), "product is 2, not left out"),
        (expected(product="1"), made(), "product is left out, not 1"),
        (expected(level=90), made(), "level is left out, not 90"),
        (expected(level=AnyOf(any_of=(90, 95))), made(), "level is left out, not 90 or 95"),
        (expected(), made(discount_pct=0.5), "discount_pct is 0.5, not left out"),
        (expected(tool="promote", model_id="a"), made("promote", model_id="b"), "model_id"),
    ],
)
def test_a_call_that_means_something_else_is_told_apart(wanted, call, why):
    assert any(why in one for one in CONTRACT.differences(wanted, call))


def test_the_period_a_tool_takes_by_itself_may_be_given_or_left_out():
    given, left_out = made(product="1", **NEXT_WEEK), made(product="1")
    dates = {"start": date(2026, 7, 6), "end": date(2026, 7, 12)}
    last_days = {"start": date(2026, 6, 3), "end": date(2026, 6, 30)}

    assert CONTRACT.differences(expected(product="1"), given) == []
    assert CONTRACT.differences(expected(product="1", **dates), left_out) == []
    for tool in ("sales_history", "audit_trail"):
        assert CONTRACT.differences(expected(tool, **last_days), made(tool)) == []
    assert CONTRACT.differences(expected("sales_history", **dates), made("sales_history"))
    assert CONTRACT.differences(expected(), made(start="2026-07-07", end="2026-07-12"))


def test_each_expected_call_needs_a_call_of_its_own():
    any_product = expected(product=AnyOf(any_of=("1", "2")))

    assert CONTRACT.unmet((any_product, expected(product="1")), [made(product="1")])
    both = [made(product="1"), made(product="2")]
    assert CONTRACT.unmet((any_product, expected(product="1")), both) == []


def test_calls_beyond_the_expected_ones_are_found():
    extra = made("sales_history")

    assert CONTRACT.unexpected((expected(),), [made(), extra]) == [extra]
