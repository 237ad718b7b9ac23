"""What the model and the tools will be able to do with the data, in sentences."""

import pandas as pd
import pyarrow as pa

from forecasting.data.contract import ALL
from forecasting.data.shape import Shape
from forecasting.data.store import SalesStore
from forecasting.units import LEAST_PERIODS, Target


def usable(store: SalesStore, shape: Shape) -> tuple[str, ...]:
    """Return what the stored data allow, and what is missing for the rest."""
    if shape.last is None or shape.first is None:
        return ("no sales → nothing can be forecast yet",)
    sold = store.arrow("sales", columns=["product", "price", "revenue"])
    products = set(sold["product"].unique().to_pylist())
    return (
        _history(shape),
        *_products(shape),
        _prices(store, sold, products),
        _costs(store, products),
        _revenue(shape, sold),
        *_promotions(store, shape),
        *_stock(store),
        *_events(store),
        *_covariates(shape),
    )


def _history(shape: Shape) -> str:
    profile = shape.profile
    assert shape.first is not None and shape.last is not None  # noqa: S101, PT018 - told by the caller
    span = (shape.last - shape.first).days / profile.frequency.days + 1
    seasons = span / {"D": 365.25, "W": 52.18, "M": 12.0}[profile.frequency.value]
    enough = (
        "yearly seasons can be learned"
        if seasons >= 2  # noqa: PLR2004 - a season shows itself the second time
        else "too short to learn a yearly season"
    )
    possible = (
        f"forecasts possible; {enough}"
        if span >= LEAST_PERIODS
        else f"too short to train: {LEAST_PERIODS} {profile.frequency.word}s are needed"
    )
    return (
        f"sales: {profile.unit} per {profile.frequency.word}, {shape.series} series, "
        f"{seasons:.1f} years → {possible}"
    )


def _products(shape: Shape) -> tuple[str, ...]:
    return () if shape.products else ("no products → forecasts by store only",)


def _prices(store: SalesStore, sold: pa.Table, products: set[str]) -> str:
    if products == {ALL}:
        return "no products → discount advice not possible"
    catalogue = store.read("products")
    priced = set(store.read("prices")["product"])
    priced |= set(sold.filter(sold["price"].is_valid())["product"].unique().to_pylist())
    priced |= set(catalogue.loc[catalogue["list_price"].notna(), "product"])
    known = len(priced & products)
    if not known:
        return "no prices → discount advice not possible"
    return f"prices: known for {known} of {len(products)} products → discount advice possible"


def _costs(store: SalesStore, products: set[str]) -> str:
    catalogue = store.read("products")
    known = len(set(catalogue.loc[catalogue["cost"].notna(), "product"]) & products)
    if not known:
        return "no product costs → profit objective not possible"
    return f"costs: known for {known} of {len(products)} products → profit objective possible"


def _revenue(shape: Shape, sold: pa.Table) -> str:
    given = sold.num_rows - sold["revenue"].null_count
    if shape.profile.target is Target.REVENUE:
        return "no units → revenue is forecast; questions about units cannot be answered"
    if given:
        return f"revenue: given in {given:,} of {sold.num_rows:,} rows → revenue can be answered"
    return "no revenue → it is derived as units times price where a price is known"


def _promotions(store: SalesStore, shape: Shape) -> tuple[str, ...]:
    promotions = store.read("promotions")
    if promotions.empty:
        return ("no promotions → their effect is not known",)
    ahead = int((promotions["end"] > pd.Timestamp(str(shape.last))).sum())
    return (f"promotions: {len(promotions):,}, of which {ahead:,} run after the last sale",)


def _stock(store: SalesStore) -> tuple[str, ...]:
    stock = store.arrow("stock", columns=["date"]).num_rows
    if not stock:
        return ("no stock levels → days without stock look like days without demand",)
    return (f"stock: {stock:,} levels → days without stock are told apart",)


def _events(store: SalesStore) -> tuple[str, ...]:
    events = len(store.read("events"))
    return (f"events: {events:,} local events",) if events else ()


def _covariates(shape: Shape) -> tuple[str, ...]:
    said = []
    if shape.profile.known:
        said.append(
            f"known in advance: {', '.join(shape.profile.known)} → a plan file may hold them"
        )
    if shape.profile.past:
        said.append(f"known afterwards only: {', '.join(shape.profile.past)}")
    return tuple(said)
