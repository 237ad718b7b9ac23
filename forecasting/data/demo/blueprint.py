"""The two invented retailers: their catalogue, calendar and size."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from forecasting.units import Frequency
from tenants.errors import UnknownItem

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Blueprint:
    """What stays the same in every world of one retailer, whatever the seed.

    Attributes:
        name: `harbor` or `summit`.
        title: What people call the retailer.
        frequency: How often its tills report.
        periods: Periods of history.
        stores: Catalogue of stores; `store` is text.
        products: Catalogue of products; `product` is text.
        demand: Per product, the middle around which a seed draws the truth: `level` (units a day
            in a store of scale 1), `elasticity`, `lift` (log points while promoted),
            `pull_forward` (share of the effect taken from the days after), `flyers` (chain-wide
            promotions a year), days before the end of launch and delisting, sold `online`,
            `perishable`.
        scale: Size of each store, the online store included.
        late: For a store, the products it took up only in the middle of the history.
        premium: For a store, its mark-up by category, as a factor on the chain's price.
        intermittent: Series (store, product) that sell only now and then, with units a day.
        event_names: Local events by store ("" = the whole chain).
    """

    name: str
    title: str
    frequency: Frequency
    periods: int
    stores: pd.DataFrame
    products: pd.DataFrame
    demand: pd.DataFrame
    scale: dict[str, float]
    late: dict[str, tuple[str, ...]]
    premium: dict[str, dict[str, float]]
    intermittent: dict[tuple[str, str], float]
    event_names: dict[str, tuple[str, ...]]
    currency: str = "USD"
    country: str = "US"
    locale: str = "en-US"
    timezone: str = "America/New_York"

    @property
    def step(self) -> int:
        """Return the days in a period."""
        return int(self.frequency.days)


def _table(name: str, key: str) -> pd.DataFrame:
    return pd.read_csv(HERE / f"{name}.csv", dtype={key: str})


@cache
def _harbor() -> Blueprint:
    return Blueprint(
        name="harbor",
        stores=_table("harbor_stores", "store"),
        products=_table("harbor_products", "product"),
        demand=_table("harbor_demand", "product").set_index("product"),
        title="Harbor Market",
        frequency=Frequency.DAY,
        periods=1095,
        scale={"1": 1.0, "2": 0.5, "3": 0.4, "4": 0.85, "5": 1.5, "online": 0.25},
        late={"3": ("13", "14", "15", "16", "21", "22")},
        premium={"3": {"Beverages": 1.08, "Snacks": 1.08}},
        intermittent={("3", "24"): 0.25},
        event_names={
            "": ("Harbor Loyalty Weekend",),
            "1": ("Riverside Street Fair", "Boat Race"),
            "2": ("Downtown Marathon", "Jazz Nights"),
            "3": ("Air Show", "Trade Fair"),
            "4": ("Hillcrest School Fair", "Open Gardens"),
            "5": ("Lakeside Festival", "Triathlon"),
        },
    )


@cache
def _summit() -> Blueprint:
    return Blueprint(
        name="summit",
        stores=_table("summit_stores", "store"),
        products=_table("summit_products", "product"),
        demand=_table("summit_demand", "product").set_index("product"),
        title="Summit Outfitters",
        frequency=Frequency.WEEK,
        periods=156,
        scale={"1": 1.3, "2": 0.7, "3": 1.0},
        late={"3": ("11",)},
        premium={},
        intermittent={},
        event_names={
            "": ("Members' Week",),
            "1": ("Trail Running Cup",),
            "2": ("Valley Hiking Days",),
            "3": ("Coast Walk",),
        },
    )


def blueprint(name: str) -> Blueprint:
    """Return the retailer of that name: `harbor` or `summit`."""
    makers = {"harbor": _harbor, "summit": _summit}
    if name not in makers:
        raise UnknownItem(
            f"There is no demo world {name!r}: choose 'harbor' or 'summit'.", nearest=list(makers)
        )
    return makers[name]()
