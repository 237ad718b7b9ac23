"""Report on advice: what was given, what was decided, and what came of it."""

from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from tenants.errors import OutOfRange
from tenants.roles import Role
from tools.contract import DataResult, Effect, ToolArgs, ToolContext, ToolResult, tool
from tools.naming import Names, first_day
from tools.periods import Period, joined, look_behind, period_behind
from tools.prospects import LEVEL
from tools.record_decision import Decision, Recommendation, decision_of, recommendation_of

if TYPE_CHECKING:
    from forecasting.decisions.realised import Realised as Came
    from forecasting.decisions.records import RecommendationRecord
    from forecasting.decisions.tally import Tally as Added

_MOST = 50
AS_EXPECTED = (
    "What moved to or from neighbours and later weeks cannot be seen, so it is counted as expected."
)


class DecisionReportArgs(ToolArgs):
    """When the advice was given."""

    start: date | None = Field(None, description="First day; left out: the last 28 days.")
    end: date | None = Field(None, description="Last day, included, YYYY-MM-DD.")


class Realised(ToolResult):
    """What came of advice that was carried out.

    Attributes:
        unit: Of all figures, that of the recommendation.
        actual: The objective as it came, over the days and stores of the advice.
        planned: What was forecast for them without the advice.
        elsewhere: What was expected to come or go in neighbours and later weeks; 0 where the
            promise did not count it.
        gain: Actual less planned, and what was expected elsewhere.
        gain_lower: Lower bound of the gain, given how far off the forecast may be.
        gain_upper: Upper bound.
        as_promised: Whether this range and the promised one overlap.
    """

    unit: str
    actual: float
    planned: float
    gain: float
    gain_lower: float
    gain_upper: float
    as_promised: bool
    elsewhere: float = 0.0


class Reported(ToolResult):
    """One recommendation and what became of it.

    Attributes:
        decided: The decision in force, or None where there is none.
        decisions: How many decisions are on record, changes of mind included.
        outcome: Of accepted advice: `realised`; `not_yet`: sales of all its days are not in;
            `not_carried_out`: another discount was asked; `not_known`: the records do not say.
            `none`: it was rejected, or nobody has decided.
        asked_discount_pct: Mean percent off that was asked, once its days are over, else None.
        realised: None unless the outcome is `realised`.
    """

    recommendation: Recommendation
    decided: Decision | None
    decisions: int
    outcome: Literal["realised", "not_yet", "not_carried_out", "not_known", "none"]
    asked_discount_pct: float | None
    realised: Realised | None


class Tally(ToolResult):
    """Sums over accepted advice with one objective, in `unit`.

    Of several accepted recommendations for the same product, store and day only the one decided
    on last counts. Ranges are added as if their errors had nothing to do with each other.

    Attributes:
        accepted: How many recommendations it adds up.
        promised: Sum of the gains promised.
        measured: For how many of them it is known what came.
        measured_promised: Sum of what these promised; None where none was measured.
        realised: Sum of what came of these; None where none was measured.
        as_promised: How many of the measured ones came as promised.
    """

    objective: Literal["profit", "revenue", "units"]
    unit: str
    accepted: int
    promised: float
    promised_lower: float
    promised_upper: float
    measured: int
    measured_promised: float | None
    measured_promised_lower: float | None
    measured_promised_upper: float | None
    realised: float | None
    realised_lower: float | None
    realised_upper: float | None
    as_promised: int


class DecisionReportResult(DataResult):
    """Advice given in a period, and what became of it.

    Attributes:
        given: How many recommendations; the sum of the next three.
        undecided: Nobody has decided on these.
        not_yet: How many of the accepted wait for sales to come in.
        not_carried_out: For how many of the accepted another discount was asked.
        tallies: By objective; empty where nothing was accepted.
        recommendations: Those decided on first, the newest of each first; at most 50.
        level: Percent of outcomes that ranges shall cover.
    """

    start: date
    end: date
    given: int
    accepted: int
    rejected: int
    undecided: int
    not_yet: int
    not_carried_out: int
    tallies: tuple[Tally, ...]
    recommendations: tuple[Reported, ...]
    level: int


@tool(minimum_role=Role.ANALYST, effect=Effect.READS)
def decision_report(args: DecisionReportArgs, ctx: ToolContext) -> DecisionReportResult:
    """Report on the advice given in a period: what was decided, promised, and what came of it.

    Use it for "what came of our decisions", "how did the recommendations do", "which advice did
    we follow". For new advice use `optimize_discount`; to write a decision down use
    `record_decision`; for all that people did use `audit_trail`.

    `promised` is the gain forecast when the advice was given. `realised` is what came less what
    had been forecast without the advice, with what was expected of neighbours and later weeks
    counted as in the promise; its range is how far off these forecasts may be. It is known only
    of accepted advice that was carried out and whose days are over.

    Say the period, how many were given, accepted and rejected, promised beside realised with both
    ranges, what is not known yet, and every note.
    """
    from forecasting.decisions.realised import realise  # noqa: PLC0415 - loads pandas
    from forecasting.decisions.tally import tallies  # noqa: PLC0415 - beside the above

    period = _period(args, ctx)
    engine, names = ctx.forecasting, Names(ctx)
    given = engine.journal.given(period.start, period.end)
    accepted = [one for one in given if one.decided and one.decided.verdict == "accepted"]
    came = {one.number: realise(engine.panel, one.advice) for one in accepted}
    outcomes = [one.outcome for one in came.values()]
    listed = sorted(given, key=lambda one: one.decided is None)[:_MOST]
    left_out = len(given) - len(listed)
    more = [f"{left_out} more recommendations are left out of the list."] if left_out else []
    if any(came[one.number].gain and one.advice.elsewhere for one in accepted):
        more.append(AS_EXPECTED)
    return DecisionReportResult(
        start=period.start,
        end=period.end,
        given=len(given),
        accepted=len(accepted),
        rejected=sum(one.decided is not None for one in given) - len(accepted),
        undecided=sum(one.decided is None for one in given),
        not_yet=outcomes.count("not_yet"),
        not_carried_out=outcomes.count("not_carried_out"),
        tallies=tuple(_tally(one) for one in tallies(accepted, came)),
        recommendations=tuple(_reported(one, came.get(one.number), names) for one in listed),
        level=LEVEL,
        cutoff=engine.cutoff,
        notes=joined(period.notes, more),
    )


def _period(args: DecisionReportArgs, ctx: ToolContext) -> Period:
    """Return the days on which advice was given: advice is on record up to today, not yesterday.

    Raises:
        NeedsDetail: Only the end was given, or the start is after the end.
        OutOfRange: The period has not begun yet, or ended before the data begin.
    """
    today = ctx.today
    if args.start is None and args.end is None:
        behind = period_behind(None, None, ctx)
        note = (
            f"No period was given, so this is about the last {behind.days} days with data and "
            "the days since."
        )
        return Period(behind.start, today, (note,))
    if args.start is not None and args.start > today:
        raise OutOfRange(f"Advice is on record up to today, {today}; ask about days up to then.")
    end = None if args.end is None else min(args.end, today)
    chosen = look_behind(args.start, end, first=first_day(ctx.forecasting), cutoff=today)
    if end == args.end:
        return chosen
    note = f"Advice is on record up to today, {today}, so this stops there."
    return Period(chosen.start, chosen.end, (*chosen.notes, note))


def _tally(one: "Added") -> Tally:
    """Return sums with their ranges spread out as the contract names them."""
    values: dict[str, float | None] = {}
    for name in ("promised", "measured_promised", "realised"):
        estimate = getattr(one, name)
        values[name] = None if estimate is None else estimate.mean
        values[f"{name}_lower"] = None if estimate is None else estimate.lower
        values[f"{name}_upper"] = None if estimate is None else estimate.upper
    counts = {name: getattr(one, name) for name in ("accepted", "measured", "as_promised")}
    return Tally.model_validate({"objective": one.objective, "unit": one.unit} | counts | values)


def _reported(record: "RecommendationRecord", came: "Came | None", names: Names) -> Reported:
    from forecasting.decisions.tally import as_promised  # noqa: PLC0415 - loads pandas

    realised = None
    if came is not None and came.gain is not None and came.actual is not None:
        realised = Realised(
            unit=record.advice.unit,
            actual=came.actual,
            planned=record.advice.planned.mean,
            elsewhere=0.0 if record.advice.elsewhere is None else record.advice.elsewhere.mean,
            gain=came.gain.mean,
            gain_lower=came.gain.lower,
            gain_upper=came.gain.upper,
            as_promised=as_promised(record.advice, came),
        )
    return Reported(
        recommendation=recommendation_of(record, names),
        decided=None if record.decided is None else decision_of(record.decided),
        decisions=len(record.decisions),
        outcome="none" if came is None else came.outcome,
        asked_discount_pct=None if came is None else came.asked_discount_pct,
        realised=realised,
    )
