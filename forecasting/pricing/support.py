"""What a product's price history can and cannot tell."""

from collections.abc import Iterable, Mapping

from forecasting.pricing.response import STEP_POINTS, PriceResponse
from tenants.errors import CannotAnswer


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
