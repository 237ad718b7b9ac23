"""What price questions start from: the days, the items, and the outlook of each product."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tenants.errors import CannotAnswer
from tools.contract import ToolContext
from tools.naming import Subject, subject
from tools.periods import joined, period_ahead
from tools.price_tests import price_test, suggestion

if TYPE_CHECKING:
    from forecasting.pricing.outlook import Outlook
    from forecasting.pricing.outlooks import Outlooks

LEVEL = 80
"""Percent of outcomes that the ranges of price questions shall cover."""


@dataclass(frozen=True)
class Prospects:
    """What was asked about, and what is forecast of it.

    Attributes:
        about: The items.
        found: The outlook of each product, or why it has none.
        notes: What must be said along.
    """

    about: Subject
    found: "Outlooks"
    notes: tuple[str, ...]

    def of(self, ctx: ToolContext, product: str) -> "Outlook":
        """Return the outlook of one product.

        Raises:
            CannotAnswer: There is none; with the test that would tell, where one would.
        """
        if product in self.found.not_known:
            test = suggestion(price_test(ctx, self.found, product))
            raise CannotAnswer(self.found.not_known[product] + test)
        return self.found.known[product]


def prospects(
    ctx: ToolContext,
    days: tuple[date | None, date | None],
    *,
    product: str | None,
    store: str | None,
    category: str | None = None,
) -> Prospects:
    """Return what a price question is about, with its outlook.

    Args:
        ctx: Whose data, and today.
        days: First and last day; next week where they are left out.
        product: Id, or None for all.
        store: Id, or None for all.
        category: Name, or None for all.

    Raises:
        AppError: The days or the items cannot be forecast.
    """
    from forecasting.pricing.outlooks import outlooks  # noqa: PLC0415 - loads LightGBM
    from forecasting.pricing.support import strength_notes  # noqa: PLC0415 - beside the above

    period = period_ahead(*days, ctx)
    about = subject(ctx, product=product, store=store, category=category)
    engine = ctx.forecasting
    found = outlooks(
        engine.production,
        engine.panel,
        about.scope,
        (period.start, period.end),
        today=ctx.today,
        products=engine.catalogue.products,
    )
    notes: tuple[str, ...] = ()
    if about.store is not None:
        response = engine.production.model.response
        notes = strength_notes(response, about.store.id, about.store.name)
    return Prospects(about, found, joined(period.notes, found.notes, notes))
