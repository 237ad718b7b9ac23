"""The test that would tell how a product answers to its price, as results tell it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tools.contract import Item, ToolContext, ToolResult
from tools.naming import Names

if TYPE_CHECKING:
    from forecasting.pricing.experiment import Experiment
    from forecasting.pricing.outlooks import Outlooks


class PriceTest(ToolResult):
    """A test that would settle how a product answers to its price.

    Attributes:
        stores: Where the discount would be asked.
        other_stores: Where the plan would be kept; empty: weeks take turns in the one store.
        discount_pct: Percent off.
        weeks: How long.
        power_pct: The chance that an answer as usual at this retailer would show, in percent.
    """

    stores: tuple[Item, ...]
    other_stores: tuple[Item, ...]
    discount_pct: float
    weeks: int
    power_pct: float


def price_test(
    ctx: ToolContext, found: "Outlooks", product: str, *, most_pct: float = 90
) -> PriceTest | None:
    """Return the test that would tell, where only the answer to price is not known.

    Args:
        ctx: Where the data are.
        found: What was found of the products asked about.
        product: Id of one of them.
        most_pct: The deepest discount allowed.
    """
    if product not in found.untold:
        return None
    from forecasting.pricing.experiment import experiment  # noqa: PLC0415 - loads SciPy
    from forecasting.pricing.rules import Rules, rules  # noqa: PLC0415 - loads pandas

    engine = ctx.forecasting
    ruled = rules(engine.panel, engine.catalogue.products)
    best = experiment(
        engine.panel,
        found.untold[product],
        engine.production.model.response,
        unit_cost=found.costs.get(product),
        most_pct=most_pct,
        ruled=ruled.get(product, Rules()),
    )
    return None if best is None else _told(best, Names(ctx))


def suggestion(test: PriceTest | None) -> str:
    """Return the test as a sentence to go behind the reason; empty where there is none."""
    if test is None:
        return ""
    if test.other_stores:
        how = f"for {test.weeks} weeks at {_listed(test.stores)}, as planned at "
        how += _listed(test.other_stores)
    else:
        how = f"every other week for {test.weeks} weeks at {_listed(test.stores)}"
    return (
        f" A test would tell: {test.discount_pct:g}% off {how}; an answer as usual here would "
        f"show with a chance of {test.power_pct:.0f}%."
    )


def _told(best: "Experiment", names: Names) -> PriceTest:
    return PriceTest(
        stores=tuple(names.store(store) for store in best.stores),
        other_stores=tuple(names.store(store) for store in best.control),
        discount_pct=best.discount_pct,
        weeks=best.weeks,
        power_pct=100 * best.power,
    )


def _listed(items: Sequence[Item]) -> str:
    return ", ".join(item.name for item in items)
