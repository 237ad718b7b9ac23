"""Write advice into the journal, so that people can decide on it by its id."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tools.contract import ToolContext
from tools.prospects import LEVEL

if TYPE_CHECKING:
    from forecasting.decisions.records import Advice
    from forecasting.pricing.optimiser import Candidate
    from forecasting.pricing.planning import Planned
    from forecasting.scope import Estimate
    from forecasting.serving import Span
    from tools.optimize_discount import OptimizeDiscountArgs


def written_down(
    ctx: ToolContext,
    args: "OptimizeDiscountArgs",
    span: "Span",
    planned: Sequence["Planned"],
) -> dict[str, str]:
    """Keep the advice to leave the plan, the largest gain first; return its ids by product.

    Where the plan is kept there is nothing to decide on. Advice given before keeps its id.
    """
    changes = [one for one in planned if one.best.discount_pct is not None]
    changes.sort(key=lambda one: one.best.gain.mean, reverse=True)
    advice = [_advice(ctx, args, span, one) for one in changes]
    ids = ctx.forecasting.journal.advise(advice, by=ctx.principal.user, today=ctx.today)
    return dict(zip((one.product for one in advice), ids, strict=True))


def _advice(
    ctx: ToolContext,
    args: "OptimizeDiscountArgs",
    span: "Span",
    planned: "Planned",
) -> "Advice":
    from forecasting.decisions.records import Advice  # noqa: PLC0415 - only where there is any

    outlook, best = planned.outlook, planned.best
    panel = ctx.forecasting.panel
    discount = float(best.discount_pct or 0.0)
    return Advice(
        product=outlook.product,
        store=args.store,
        stores=tuple(panel.series["store"].iloc[outlook.rows].astype(str)),
        start=span.start,
        end=span.end,
        action="discount" if discount > 0 else "drop",
        discount_pct=discount,
        planned_discount_pct=float(outlook.planned.discount.mean()),
        objective=args.objective,
        unit=panel.unit if args.objective == "units" else ctx.tenant.currency,
        planned=outlook.as_planned.estimate(args.objective, LEVEL),
        gain=best.gain,
        level=LEVEL,
        unit_cost=outlook.unit_cost,
        arguments=args.model_dump(mode="json", exclude_defaults=True),
        model=ctx.forecasting.production.id,
        data_version=panel.version,
        elsewhere=_moved(best),
    )


def _moved(best: "Candidate") -> "Estimate | None":
    """Return what of a gain is expected to come or go elsewhere; None where it is not counted."""
    elsewhere = best.outcome.elsewhere
    return None if elsewhere is None else elsewhere.estimate(best.objective, level=LEVEL)
