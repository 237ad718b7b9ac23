"""What a product's price history can and cannot tell."""

from collections.abc import Iterable, Mapping

import numpy as np

from forecasting.panel import Panel
from forecasting.pricing.market import weeks_after
from forecasting.pricing.outlook import Outlook
from forecasting.pricing.plan import Asked, Rows, asked
from forecasting.pricing.response import STEP_POINTS, PriceResponse
from forecasting.pricing.supply import Supply
from forecasting.scope import PlanChange
from tenants.errors import CannotAnswer

# Where stores have stock for less of demand than this, stock is said to be short.
SERVED = 0.97
_SHORT = (
    "Stores usually have stock for about {:.0f}% of what would be wanted; this counts all of it."
)

_STRONGER = (
    "Customers of '{}' answer to prices about {:.0f}% {} strongly than those of all stores "
    "together (95% range {}% to {}%); this is counted."
)
# A store that answers otherwise by less than this is not worth a sentence.
_WORTH_SAYING = 0.05
_WIDE = 1.96


def check_known(response: PriceResponse, product: str, name: str) -> None:
    """Refuse a product whose answer to price is not known.

    Raises:
        CannotAnswer: With the reason.
    """
    if why := _unknown(response, product, name):
        raise CannotAnswer(why)


def discount_notes(
    response: PriceResponse,
    names: Mapping[str, str],
    discount_pct: float,
    *,
    sees_offers: bool = False,
) -> tuple[str, ...]:
    """Return what must be said of a forecast of these products at a discount.

    Args:
        response: How demand answers to price.
        names: The products asked about: name by id.
        discount_pct: Percent off the regular price.
        sees_offers: The forecaster has learned itself what offers do, of products too that have
            no response of their own.

    Raises:
        CannotAnswer: For none of the products can the discount's effect be told.
    """
    if not discount_pct:
        return ()
    unknown = {
        name: why
        for key, name in names.items()
        if not sees_offers and (why := _unknown(response, key, name))
    }
    beyond = {
        name: why
        for key, name in names.items()
        if name not in unknown and (why := _beyond(response, key, name, discount_pct))
    }
    if len(unknown) + len(beyond) == len(names):
        raise CannotAnswer(next(iter((unknown | beyond).values()), "There is nothing to discount."))
    notes = []
    if unknown:
        notes.append(f"The discount's effect is not known, so not counted, for {_list(unknown)}.")
    if beyond:
        notes.append(f"The discount's effect is counted only as far as tried for {_list(beyond)}.")
    return tuple(notes)


def strength_notes(response: PriceResponse, store: str, name: str) -> tuple[str, ...]:
    """Return what must be said of a store whose customers answer otherwise than those of all.

    Args:
        response: How demand answers to price.
        store: The store's id.
        name: What people call it.
    """
    known = response.stores.get(store)
    if known is None or abs(known.factor - 1) < _WORTH_SAYING:
        return ()
    away, wide = abs(known.factor - 1), _WIDE * known.error
    more = "more" if known.factor > 1 else "less"
    lower, upper = (round(100 * one) for one in (away - wide, away + wide))
    return (_STRONGER.format(name, 100 * away, more, lower, upper),)


def stock_notes(outlook: Outlook, *plans: Asked) -> tuple[str, ...]:
    """Return what must be said where stores lack stock for what one of these plans would sell."""
    least = min((outlook.stocked(plan) for plan in plans), default=1.0)
    return () if least >= SERVED else (_SHORT.format(100 * least),)


def demand_notes(
    panel: Panel,
    response: PriceResponse,
    rows: Rows,
    columns: tuple[int, int],
    *,
    discount_pct: float,
    had: Supply | None,
) -> tuple[str, ...]:
    """Return what must be said of a forecast of demand that stores lack the stock for.

    Args:
        panel: Plan and history.
        response: How demand answers to price.
        rows: The series.
        columns: First period column, and the one after the last.
        discount_pct: Percent off the regular price.
        had: What stores usually have stock for; None where nothing tells.
    """
    # Only the next two weeks may be short, as in `Outlook.served`: for later ones one can order.
    soon = panel.history + weeks_after(panel) - columns[0]
    if had is None or not discount_pct or soon <= 0:
        return ()
    plan = asked(panel, rows, columns, PlanChange(discount_pct=discount_pct))
    series = panel.series.iloc[rows]
    offered = response.factor(series, plan.ratio, plan.promoted, plan.discount)
    usual, none = plan.ratio / np.float32(1 - discount_pct / 100), np.zeros_like(plan.promoted)
    plain = response.factor(series, usual, none, none)
    factor = np.exp(np.log(offered / plain).mean(axis=1)).astype(np.float64)
    size = factor * np.nan_to_num(panel.sales[rows]).mean(axis=1)
    if not size.any():
        return ()
    served = np.average(had.served(factor, np.full(len(rows), discount_pct)), weights=size)
    share = float(1 - (1 - served) * min(1.0, soon / (columns[1] - columns[0])))
    if share >= SERVED:
        return ()
    return (_SHORT.format(100 * share),)


def _unknown(response: PriceResponse, product: str, name: str) -> str:
    known = response.of(product)
    if known is None:
        return f"There is no sales history of {name!r} to learn from."
    return known.why_not and f"How {name!r} answers to its price is not known. {known.why_not}"


def _beyond(response: PriceResponse, product: str, name: str, discount_pct: float) -> str:
    known = response.of(product)
    if known is None or discount_pct <= (deepest := known.max_discount + STEP_POINTS):
        return ""
    return (
        f"{discount_pct:g}% off was never tried for {name!r}; the deepest discount on record is "
        f"{known.max_discount:.0f}%, and up to {deepest:.0f}% can be told."
    )


def _list(names: Iterable[str]) -> str:
    *rest, last = sorted(names)
    return f"{', '.join(rest)} and {last}" if rest else last
