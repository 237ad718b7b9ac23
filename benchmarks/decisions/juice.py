"""Orange juice in supermarkets: elasticities by brand, and what to charge in the next week."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.decisions.kept import Result
from benchmarks.decisions.unseen_offers import unseen_offers
from benchmarks.real_data import folder
from benchmarks.worlds.asking import Desk, desk
from tenants.errors import AppError

NAME = "orange_juice"
# Cost is worked out from price and margin of this many last weeks.
_COST_WEEKS = 4
_WEEK_DAYS = 7
# Advertised in a store where at least this share of the brand's packs was.
_ADVERTISED = 0.5
_MAPPING = Path(__file__).with_name("orange_juice.toml")


def there() -> bool:
    """Tell whether the data are here."""
    return (folder() / NAME).is_dir()


def asked(budget: str) -> Result:
    """Load all weeks, and ask for the best discounts of the week after the last one.

    A promotion is an advertised week, so that advice is of offers that are advertised, as three
    of four advertised weeks there are offers. The files hold margins, not costs: a brand's cost is
    its price less its margin, on average over stores in the last weeks. Their units are ounces, so
    they are counted in packs here.
    """
    with tempfile.TemporaryDirectory(prefix="tillsight-juice-") as place:
        source = Path(place) / "files"
        shutil.copytree(folder() / NAME, source)
        last = _prepare(source)
        first = last + pd.Timedelta(days=_WEEK_DAYS)
        with desk(source, first.date(), budget=budget, mapping=_MAPPING) as ready:
            said = _advice(ready, first)
            table = ready.response.table
            offers = [one._asdict() for one in unseen_offers(ready.engine.panel)]
    brands = pd.read_csv(folder() / NAME / "brands.csv", dtype={"brand": str})
    names = dict(zip(brands["brand"], brands["name"], strict=True))
    return {
        "week": str(first.date()),
        "brands": {
            names[str(product)]: _known(row)
            for product, row in table.to_dict(orient="index").items()
        },
        "advice": {one["product"]["name"]: _told(one) for one in said["advice"]},
        "total": said["total"],
        "offers": offers,
    }


def _advice(ready: Desk, first: pd.Timestamp) -> Result:
    """Return the advice for the week that begins on a day; none where nothing may be said."""
    last = first + pd.Timedelta(days=_WEEK_DAYS - 1)
    try:
        return ready.ask("optimize_discount", start=first.date(), end=last.date())
    except AppError:
        return {"advice": [], "total": None}


def _prepare(source: Path) -> pd.Timestamp:
    """Count packs, and add promotions and what brands cost; return the last week's first day."""
    sales = pd.read_parquet(source / "sales.parquet")
    brands = pd.read_csv(source / "brands.csv")
    ounces = sales["brand"].map(brands.set_index("brand")["ounces"])
    sales["units"] = (sales["units"] / ounces).round().astype("int64")
    sales.to_parquet(source / "sales.parquet")
    day = pd.to_datetime(sales["week_start"])
    _promotions(sales, day).to_csv(source / "promotions.csv", index=False)
    late = sales[day > day.max() - pd.Timedelta(days=_COST_WEEKS * _WEEK_DAYS)]
    cost = (late["price"] * (1 - late["margin_pct"] / 100)).groupby(late["brand"]).mean()
    brands["cost"] = brands["brand"].map(cost).round(4)
    brands["category"] = "Refrigerated orange juice"
    brands.to_csv(source / "brands.csv", index=False)
    return pd.Timestamp(day.max())


def _promotions(sales: pd.DataFrame, day: pd.Series) -> pd.DataFrame:
    """Return the advertised weeks by store and brand; prices tell how deep their offers are."""
    advertised = sales["feature"] >= _ADVERTISED
    first = day[advertised]
    return pd.DataFrame(
        {
            "start": first.dt.date,
            "end": (first + pd.Timedelta(days=_WEEK_DAYS - 1)).dt.date,
            "store": sales["store"][advertised],
            "product": sales["brand"][advertised],
            "discount_pct": 0.0,
        }
    )


def _known(row: dict[Any, Any]) -> Result:
    named = ("elasticity", "elasticity_se", "promotion_lift", "promotion_lift_se")
    return {name: float(row[name]) for name in named} | {"why_not": str(row["why_not"])}


def _told(one: dict[str, Any]) -> Result:
    return {
        "action": one["action"],
        "discount_pct": one["discount_pct"],
        "planned_discount_pct": one["planned_discount_pct"],
        "planned": one["objective"]["planned"],
        "gain": one["objective"]["gain"],
        "lower": one["objective"]["gain_lower"],
        "upper": one["objective"]["gain_upper"],
    }
