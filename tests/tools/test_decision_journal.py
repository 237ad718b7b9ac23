"""Advice with ids, decisions on it, and the report on both."""

from dataclasses import replace
from datetime import timedelta

import pytest

from forecasting.scope import Estimate
from tenants.errors import OutOfRange, UnknownItem
from tests.forecasting.decisions.advice import advice
from tests.tools.small_engine import SmallEngine, context, small_model, small_panel
from tools.decision_report import decision_report
from tools.gateway import Failed, Succeeded
from tools.optimize_discount import optimize_discount
from tools.record_decision import record_decision


@pytest.fixture(scope="module")
def parts():
    panel = small_panel()
    return panel, small_model(panel)


@pytest.fixture
def ctx(parts):
    return context(SmallEngine(*parts))


def run(tool, ctx, **arguments):
    return tool.run(tool.args_type(**arguments), ctx)


def advised(ctx, **arguments):
    found = run(optimize_discount, ctx, **arguments)
    return [one for one in found.advice if one.action != "keep"]


@pytest.fixture
def carried_out(ctx, parts):
    """Return a context in which advice for last week was accepted and followed."""
    panel = ctx.forecasting.panel
    last, first = panel.history, panel.history - 7
    week = advice(
        start=panel.periods[first].date(),
        end=panel.periods[last - 1].date(),
        discount_pct=float(panel.discount[0, first]),
        stores=("1",),
        store="1",
        objective="units",
        unit="units",
        planned=Estimate(100.0, 80.0, 120.0),
        gain=Estimate(40.0, 10.0, 70.0),
    )
    sold = panel.sales.copy()
    discount = panel.discount.copy()
    discount[0, first:last], sold[0, first:last] = week.discount_pct, 20
    engine = SmallEngine(replace(panel, sales=sold, discount=discount), parts[1])
    engine.journal.advise([week], by="analyst1", today=week.start - timedelta(days=3))
    engine.journal.decide("RC-1", "accepted", by="manager1", today=week.start, reason="agreed")
    return replace(ctx, forecasting=engine)


def test_every_advice_to_leave_the_plan_has_an_id_the_largest_gain_first(ctx):
    found = advised(ctx)

    assert len(found) > 1
    assert [one.recommendation for one in found] == [f"RC-{n + 1}" for n in range(len(found))]


def test_where_the_plan_is_kept_there_is_nothing_to_decide_on(ctx):
    found = run(optimize_discount, ctx, max_discount_pct=0)

    kept = [one.recommendation for one in found.advice if one.action == "keep"]
    assert kept
    assert set(kept) == {None}


def test_asking_again_alone_or_with_others_gives_the_same_id(ctx):
    before = {one.product.id: one.recommendation for one in advised(ctx)}

    (again,) = advised(ctx, product="2")

    assert again.recommendation == before["2"]


def test_what_was_promised_is_kept_as_it_was_said(ctx):
    (said,) = advised(ctx, product="1")

    kept = ctx.forecasting.journal.get(said.recommendation).advice

    goal = said.objective
    assert kept.gain == Estimate(goal.gain, goal.gain_lower, goal.gain_upper)
    assert kept.planned.mean == goal.planned
    assert kept.planned.lower < kept.planned.mean < kept.planned.upper
    assert (kept.product, kept.stores, kept.unit_cost) == ("1", ("1", "2"), 2.0)
    assert kept.arguments == {"product": "1"}


def test_a_decision_is_written_down_with_its_reason_and_name(ctx):
    (said,) = advised(ctx, product="1")

    done = run(
        record_decision, ctx, recommendation_id="rc-1", decision="accepted", reason=" summer "
    )

    assert done.changed
    assert (done.recommendation.id, done.recommendation.product.name) == ("RC-1", "Cold Brew")
    assert done.recommendation.gain == said.objective.gain
    assert (done.decided.decision, done.decided.reason) == ("accepted", "summer")
    assert (done.decided.decided_by, done.decided.decided_on) == ("analyst1", ctx.today)
    assert (done.before, done.undecided) == (None, 0)


def test_a_changed_decision_names_the_one_before(ctx):
    advised(ctx, product="1")
    run(record_decision, ctx, recommendation_id="RC-1", decision="accepted")

    done = run(record_decision, ctx, recommendation_id="RC-1", decision="rejected")
    again = run(record_decision, ctx, recommendation_id="RC-1", decision="rejected")

    assert (done.decided.decision, done.before.decision) == ("rejected", "accepted")
    assert (again.changed, again.before) == (False, None)


def test_a_decision_after_the_days_it_is_about_says_so(carried_out):
    done = run(record_decision, carried_out, recommendation_id="RC-1", decision="rejected")

    assert done.notes == ("The days it is about are over.",)


def test_an_unknown_recommendation_is_refused_with_the_undecided_ones(ctx):
    advised(ctx, product="1")

    with pytest.raises(UnknownItem, match="no recommendation 'RC-42'; undecided are RC-1"):
        run(record_decision, ctx, recommendation_id="RC-42", decision="accepted")


def test_advice_given_today_is_in_the_report_by_default(ctx):
    given = advised(ctx)
    run(record_decision, ctx, recommendation_id="RC-1", decision="accepted")
    run(record_decision, ctx, recommendation_id="RC-2", decision="rejected")

    found = run(decision_report, ctx)

    assert (found.given, found.accepted, found.rejected) == (len(given), 1, 1)
    assert found.given == found.accepted + found.rejected + found.undecided
    assert (found.end, found.end - found.start) == (ctx.today, timedelta(days=28))
    assert "No period was given" in found.notes[0]


def test_what_was_decided_on_is_listed_before_what_was_not(ctx):
    advised(ctx)
    run(record_decision, ctx, recommendation_id="RC-1", decision="rejected")

    found = [one.recommendation.id for one in run(decision_report, ctx).recommendations]

    assert found[0] == "RC-1"
    assert found[1:] == sorted(found[1:], reverse=True)


def test_what_has_not_come_yet_is_promised_and_not_measured(ctx):
    (said, *_) = advised(ctx)
    run(record_decision, ctx, recommendation_id="RC-1", decision="accepted")

    found = run(decision_report, ctx)

    (tally,) = found.tallies
    assert (tally.promised, tally.measured, tally.realised) == (said.objective.gain, 0, None)
    assert found.not_yet == 1
    assert [one.outcome for one in found.recommendations if one.recommendation.id == "RC-1"] == [
        "not_yet"
    ]


def test_what_came_stands_beside_what_was_promised(carried_out):
    found = run(decision_report, carried_out)

    (one,), (tally,) = found.recommendations, found.tallies
    assert one.outcome == "realised"
    assert one.realised.actual == 140
    # Planned were 100 (80 to 120); the promise was 40 more (10 to 70).
    assert (one.realised.gain, one.realised.gain_lower, one.realised.gain_upper) == (40, 20, 60)
    assert one.realised.as_promised
    assert (tally.realised, tally.measured_promised, tally.as_promised) == (40, 40, 1)


def test_rejected_advice_brings_nothing_to_measure(carried_out):
    run(record_decision, carried_out, recommendation_id="RC-1", decision="rejected")

    found = run(decision_report, carried_out)

    assert (found.rejected, found.tallies) == (1, ())
    assert [(one.outcome, one.decisions) for one in found.recommendations] == [("none", 2)]


def test_advice_of_other_days_is_not_in_the_report(carried_out):
    day = carried_out.today - timedelta(days=2)

    assert run(decision_report, carried_out, start=day, end=day).given == 0


def test_a_period_that_goes_on_stops_today_and_says_so(ctx):
    found = run(decision_report, ctx, start=ctx.today, end=ctx.today + timedelta(days=9))

    assert found.end == ctx.today
    assert f"up to today, {ctx.today}" in found.notes[0]


def test_a_report_on_days_to_come_is_refused(ctx):
    with pytest.raises(OutOfRange, match="on record up to today"):
        run(decision_report, ctx, start=ctx.today + timedelta(days=1))


def test_a_viewer_may_neither_decide_nor_read_the_report(shop):
    refused = [
        shop.call("viewer1", "decision_report"),
        shop.call("viewer1", "record_decision", recommendation_id="RC-1", decision="accepted"),
    ]

    assert [(one.outcome, one.reason) for one in refused] == [("refused", "permission")] * 2


def test_a_decision_is_on_record_under_the_persons_name(shop):
    shop.call("analyst1", "optimize_discount")

    ended = shop.call("manager1", "record_decision", recommendation_id="RC-1", decision="accepted")

    audit = shop.installation.audit(shop.tenant.id)
    (record,) = audit.records(tool="record_decision", outcome="succeeded", limit=1)
    assert isinstance(ended, Succeeded)
    assert record.user == "manager1"


def test_a_decision_without_a_known_word_is_invalid(shop):
    ended = shop.call("analyst1", "record_decision", recommendation_id="RC-1", decision="maybe")

    assert isinstance(ended, Failed)
    assert ended.outcome == "invalid"
