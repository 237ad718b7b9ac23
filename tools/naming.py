"""Read a tenant's names from its catalogue, and say which series a call is about."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from forecasting.engine import ForecastEngine
from forecasting.scope import Scope
from tenants.errors import NeedsDetail
from tools.catalogue import NamedItem, NamedStore, Vocabulary
from tools.contract import Item, ToolContext

_ALIASES = "aliases"


def read_vocabulary(engine: ForecastEngine) -> Vocabulary:
    """Return the names of the engine's catalogue; empty while there are no data."""
    catalogue = engine.catalogue
    products = tuple(
        NamedItem(row["product"], row["name"], row.get("category", ""), _aliases(row))
        for row in _rows(catalogue.products, "product", "name", "category", _ALIASES)
    )
    stores = tuple(
        NamedStore(row["store"], row["name"], row.get("region", ""), row.get("format", ""))
        for row in _rows(catalogue.stores, "store", "name", "region", "format")
    )
    categories = tuple(dict.fromkeys(item.category for item in products if item.category))
    if not engine.store.version:
        return Vocabulary(products, stores, categories)
    return Vocabulary(products, stores, categories, cutoff=engine.cutoff, first=first_day(engine))


def _aliases(row: dict[str, Any]) -> tuple[str, ...]:
    """Return what else a product is called: "milky;big milk"."""
    said = (alias.strip() for alias in row.get(_ALIASES, "").split(";"))
    return tuple(alias for alias in said if alias)


def first_day(engine: ForecastEngine) -> date:
    """Return the first day with data."""
    day: date = engine.panel.periods[0].date()
    return day


@dataclass(frozen=True, slots=True)
class Subject:
    """What a call is about, by id for the engine and by name for people.

    Attributes:
        product: None means all products of the category, or all.
    """

    scope: Scope
    product: Item | None
    store: Item | None
    category: str | None


def subject(
    ctx: ToolContext,
    *,
    product: str | None = None,
    store: str | None = None,
    category: str | None = None,
) -> Subject:
    """Return the series that these catalogue ids, as the gateway resolved them, stand for.

    Raises:
        NeedsDetail: The product is not of the category.
    """
    names = Names(ctx)
    products: tuple[str, ...] | None = None
    if category is not None:
        listed = ctx.forecasting.catalogue.products
        products = tuple(listed.loc[listed["category"].astype("string") == category, "product"])
    if product is not None:
        if products is not None and product not in products:
            raise NeedsDetail(
                f"{names.product(product).name} is not in {category}; leave one of the two out.",
                asks_for=["product", "category"],
            )
        products = (product,)
    return Subject(
        scope=Scope(products=products, stores=None if store is None else (store,)),
        product=None if product is None else names.product(product),
        store=None if store is None else names.store(store),
        category=category,
    )


def item_name(ctx: ToolContext, kind: str | None, key: str) -> str:
    """Return how people call a product or store; anything else is its own name."""
    if kind not in {"product", "store"}:
        return key
    names = Names(ctx)
    return (names.product(key) if kind == "product" else names.store(key)).name


class Names:
    """The names people read."""

    def __init__(self, ctx: ToolContext) -> None:
        self._catalogue = ctx.forecasting.catalogue

    def product(self, id_: str) -> Item:
        """Return a product; one that is no longer listed goes by its id."""
        return Item(id=id_, name=self._catalogue.product_names.get(id_, id_))

    def store(self, id_: str) -> Item:
        """Return a store; one that is no longer listed goes by its id."""
        return Item(id=id_, name=self._catalogue.store_names.get(id_, id_))


def _rows(listed: pd.DataFrame, *columns: str) -> list[dict[str, Any]]:
    there = [column for column in columns if column in listed]
    texts = listed[there].astype("string").fillna("")
    return [dict(zip(there, row, strict=True)) for row in texts.itertuples(index=False, name=None)]
