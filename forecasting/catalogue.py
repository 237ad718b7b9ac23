"""What a tenant sells and where: the items that questions may name."""

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import pandas as pd


class Tables(Protocol):
    """Where canonical tables are read from: the sales store, or a fake of it."""

    def read(self, table: str) -> pd.DataFrame:
        """Return the canonical table, empty with its columns when absent."""
        ...


@dataclass(frozen=True)
class Catalogue:
    """Products and stores by id.

    Attributes:
        products: Columns `product`, `name` and further attributes such as `category`, `cost`
            and `list_price` where the data have them; one row an id, ids as text.
        stores: Columns `store`, `name` and further attributes such as `region`, `format`.
    """

    products: pd.DataFrame
    stores: pd.DataFrame

    @cached_property
    def product_names(self) -> dict[str, str]:
        """Return the products' names by id."""
        return _names(self.products, "product")

    @cached_property
    def store_names(self) -> dict[str, str]:
        """Return the stores' names by id."""
        return _names(self.stores, "store")


def read_catalogue(tables: Tables, sales: pd.DataFrame) -> Catalogue:
    """Return every product and store; one that only appears in sales is named by its id."""
    return Catalogue(
        products=_complete(tables.read("products"), "product", sales),
        stores=_complete(tables.read("stores"), "store", sales),
    )


def _complete(items: pd.DataFrame, key: str, sales: pd.DataFrame) -> pd.DataFrame:
    known = items.drop_duplicates(key, keep="last").reset_index(drop=True)
    known[key] = known[key].astype(str)
    only_sold = sorted(set(sales[key].astype(str).unique()) - set(known[key]))
    if only_sold:
        extra = pd.DataFrame({key: only_sold})
        known = extra if known.empty else pd.concat([known, extra], ignore_index=True)
    given = known["name"] if "name" in known else pd.Series(None, known.index, dtype="object")
    return known.assign(name=given.fillna(_by_id(key, known[key])).astype(str))


def _names(items: pd.DataFrame, key: str) -> dict[str, str]:
    return dict(zip(items[key].astype(str), items["name"].astype(str), strict=True))


def _by_id(key: str, ids: "pd.Series[str]") -> "pd.Series[str]":
    """Name items by their ids; a bare number would read as a figure."""
    return ids.where(ids.str.contains(r"[^\W\d]"), f"{key.capitalize()} " + ids)
