"""Write down what was decided on a recommendation."""

from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from tenants.roles import Role
from tools.contract import DataResult, Effect, Item, ToolArgs, ToolContext, ToolResult, tool
from tools.naming import Names

if TYPE_CHECKING:
    from forecasting.decisions.records import DecisionRecord, RecommendationRecord

Choice = Literal["accepted", "rejected"]


class RecordDecisionArgs(ToolArgs):
    """Which recommendation, what was decided, and why."""

    recommendation_id: str = Field(
        description="Id of the recommendation, as `optimize_discount` gives it: RC-3."
    )
    decision: Choice = Field(description="What was decided.")
    reason: str | None = Field(None, description="Why, in the person's words.")


class Recommendation(ToolResult):
    """One piece of advice, as it was given.

    Attributes:
        id: As people name it: `RC-3`.
        store: None for all stores together.
        action: `discount`: ask `discount_pct` off; `drop`: drop the planned discount.
        discount_pct: Percent off that was advised.
        planned_discount_pct: Mean percent off of the plan it was weighed against.
        objective: What it was to make large.
        unit: Of the gain: `units` or a currency code.
        gain: What was promised beyond the plan, in `unit`.
        gain_lower: Lower bound of the promise's range.
        gain_upper: Upper bound.
        level: Percent of outcomes that ranges shall cover.
        advised_by: Who asked for it.
    """

    id: str
    product: Item
    store: Item | None
    start: date
    end: date
    action: Literal["discount", "drop"]
    discount_pct: float
    planned_discount_pct: float
    objective: Literal["profit", "revenue", "units"]
    unit: str
    gain: float
    gain_lower: float
    gain_upper: float
    level: int
    model: str
    advised_on: date
    advised_by: str


class Decision(ToolResult):
    """What somebody decided.

    Attributes:
        reason: In their words, or an empty string.
    """

    decision: Choice
    reason: str
    decided_by: str
    decided_on: date


class DecisionRecorded(DataResult):
    """What is on record now.

    Attributes:
        decided: The decision in force.
        before: The one it took the place of, which stays in the history; else None.
        changed: Whether this call wrote anything; False where it was on record already.
        undecided: How many recommendations nobody has decided on.
    """

    recommendation: Recommendation
    decided: Decision
    before: Decision | None
    changed: bool
    undecided: int


@tool(minimum_role=Role.ANALYST, effect=Effect.WRITES, atomic=True)
def record_decision(args: RecordDecisionArgs, ctx: ToolContext) -> DecisionRecorded:
    """Write down that a recommendation was accepted or rejected, and why.

    Use it when somebody accepts, follows, declines or rejects one recommendation by its id. It
    changes no price: somebody must still do so. For what came of decisions use `decision_report`;
    for advice itself use `optimize_discount`.

    `gain` is what was promised beyond the plan, with its range, in `unit`. A decision may be
    changed: the last one is in force, and `before` stays in the history.

    Say which recommendation it is, what was decided and by whom, and every note.
    """
    engine = ctx.forecasting
    record, changed = engine.journal.decide(
        args.recommendation_id,
        args.decision,
        by=ctx.principal.user,
        today=ctx.today,
        reason=(args.reason or "").strip(),
    )
    earlier = record.decisions[-2] if changed and len(record.decisions) > 1 else None
    return DecisionRecorded(
        recommendation=recommendation_of(record, Names(ctx)),
        decided=decision_of(record.decisions[-1]),
        before=None if earlier is None else decision_of(earlier),
        changed=changed,
        undecided=len(engine.journal.undecided()),
        cutoff=engine.cutoff,
        notes=_notes(record, ctx),
    )


def _notes(record: "RecommendationRecord", ctx: ToolContext) -> tuple[str, ...]:
    if record.advice.end < ctx.today:
        return ("The days it is about are over.",)
    return ()


def recommendation_of(record: "RecommendationRecord", names: Names) -> Recommendation:
    """Return a recommendation with the names people read."""
    advice = record.advice
    return Recommendation(
        id=record.id,
        product=names.product(advice.product),
        store=None if advice.store is None else names.store(advice.store),
        start=advice.start,
        end=advice.end,
        action=advice.action,
        discount_pct=advice.discount_pct,
        planned_discount_pct=advice.planned_discount_pct,
        objective=advice.objective,
        unit=advice.unit,
        gain=advice.gain.mean,
        gain_lower=advice.gain.lower,
        gain_upper=advice.gain.upper,
        level=advice.level,
        model=advice.model,
        advised_on=record.advised_on,
        advised_by=record.advised_by,
    )


def decision_of(record: "DecisionRecord") -> Decision:
    """Return a decision as people read it."""
    return Decision(
        decision=record.verdict,
        reason=record.reason,
        decided_by=record.by,
        decided_on=record.on,
    )
