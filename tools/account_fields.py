"""What the accounts of `explain` have in common, as fields of its result."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from forecasting.explanation.drivers import Driver, Mover
from forecasting.origin import Rows
from forecasting.panel import Panel
from tenants.errors import CannotAnswer
from tools.contract import Item, ToolContext
from tools.naming import Subject, subject
from tools.periods import Period

if TYPE_CHECKING:
    from tools.explain import ExplainArgs

Fields = dict[str, Any]

LEVEL = 80
"""Percent that ranges cover."""


class Accounted(Protocol):
    """What every account ends with."""

    @property
    def drivers(self) -> tuple[Driver, ...]:
        """Return effects that add up to the difference."""
        ...

    @property
    def products(self) -> tuple[Mover, ...]:
        """Return the products that moved most."""
        ...

    @property
    def stores(self) -> tuple[Mover, ...]:
        """Return the stores that moved most."""
        ...


def subject_of(args: "ExplainArgs", ctx: ToolContext) -> Subject:
    """Return which series are asked about."""
    return subject(ctx, product=args.product, store=args.store, category=args.category)


def rows_of(panel: Panel, about: Subject) -> Rows:
    """Return the series asked about.

    Raises:
        CannotAnswer: There are none.
    """
    rows = panel.rows(about.scope.products, about.scope.stores)
    if not len(rows):
        raise CannotAnswer("That product was never sold in that store; there is nothing to say.")
    return rows


def columns_of(panel: Panel, period: Period) -> tuple[int, int]:
    """Return the columns of the periods that begin in these days.

    Raises:
        CannotAnswer: None does, because the data are coarser.
    """
    days = [np.datetime64(period.start), np.datetime64(period.end) + 1]
    first, last = np.searchsorted(panel.periods[: panel.history].to_numpy(), days)
    if first == last:
        raise CannotAnswer(
            f"The data are recorded by the {panel.frequency.word}; ask about a period that holds "
            f"at least one {panel.frequency.word}."
        )
    return int(first), int(last)


def common(
    args: "ExplainArgs", ctx: ToolContext, about: Subject, start: object, end: object
) -> Fields:
    """Return what is asked about, and from which data."""
    return {
        "about": args.about,
        "product": about.product,
        "store": about.store,
        "category": about.category,
        "start": start,
        "end": end,
        "unit": ctx.forecasting.panel.unit,
        "cutoff": ctx.forecasting.cutoff,
    }


def moved(
    ctx: ToolContext, about: Subject, figure: float, reference: float, found: Accounted
) -> Fields:
    """Return the difference, its drivers, and the items that moved most."""
    catalogue = ctx.forecasting.catalogue
    products = catalogue.products.set_index("product")["name"].to_dict()
    stores = catalogue.stores.set_index("store")["name"].to_dict()
    return {
        "change": figure - reference,
        "change_pct": percent(figure - reference, reference),
        "drivers": drivers(found.drivers, reference),
        "products": _movers(found.products, products) if about.product is None else (),
        "stores": _movers(found.stores, stores) if about.store is None else (),
    }


def drivers(found: Sequence[Driver], reference: float) -> list[Fields]:
    """Return drivers with their shares of the reference."""
    return [
        {"name": one.name, "effect": one.effect, "effect_pct": percent(one.effect, reference)}
        for one in found
    ]


def _movers(found: Sequence[Mover], names: Mapping[Any, Any]) -> list[Fields]:
    return [
        {
            "item": Item(id=one.id, name=str(names.get(one.id, one.id))),
            "reference": one.before,
            "figure": one.after,
            "change": one.change,
            "change_pct": percent(one.change, one.before),
        }
        for one in found
    ]


def percent(part: float, whole: float) -> float | None:
    """Return a part in percent; None of nothing."""
    return 100 * part / whole if whole > 0 else None
