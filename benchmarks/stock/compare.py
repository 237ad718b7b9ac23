"""What comes of advised orders and of a rule of thumb in one demo world.

Harbor's own files say how long nothing keeps; here its products table also holds
`shelf_life_days` of fresh goods, as a grocer's would. All else is the demo's: three years of
sales with stock-outs, promotions and holidays, from which a model is trained before the first
order. The weeks after are drawn from the world's truth, the same for every way to order; sales
cut short by an empty shelf are all that later orders see of them.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from benchmarks.stock.policies import Advised, RuleOfThumb, usual
from benchmarks.stock.replay import REVIEW_DAYS, Outcome, Policy, Setting, Situation, replayed
from benchmarks.stock.shelves import Floats, Ints
from benchmarks.worlds.asking import desk
from forecasting.data.demo import World, make_world
from forecasting.inventory import Supply
from forecasting.on_sale import answerable
from forecasting.panel import Panel
from forecasting.served import Served

KEEPS_DAYS = {"Bakery": 8, "Produce": 10, "Dairy": 21}
"""Days that a delivery of each category can be sold."""

RULE, SERVICE, PROFIT = "rule of thumb", "service", "profit"

_NAME, _UNTIL = "harbor", date(2026, 6, 28)
_LEAD_DAYS, _SERVICE_PCT = 7, 95.0
# The world's plan is known for eight weeks: seven in which one orders, and the last delivery's.
_DAYS, _WARM_UP = 49, 14
# Everybody starts with the sales of so many usual days.
_START_DAYS = 10
_FOR_EVER = 1000


@dataclass(frozen=True)
class Figures:
    """What came of one way to order; units, and money of the world.

    Attributes:
        wanted: Units customers wanted.
        sold: Units they got.
        wasted: Units thrown away.
        held: Units on the shelves at closing, on a mean day.
        profit: Money taken for what was sold, less the cost of that and of what was thrown away.
        lasted: Share of weeks from delivery to delivery in which a shelf lost no sale.
    """

    wanted: float
    sold: float
    wasted: float
    held: float
    profit: float
    lasted: float


def compared(seed: int) -> dict[str, Figures]:
    """Return what came of each way to order in one world."""
    world = _with_shelf_lives(make_world(_NAME, until=_UNTIL, seed=seed))
    with _opened(world) as (panel, served):
        setting = _setting(world, panel, seed)
        start = np.ceil(_START_DAYS * usual(Situation(panel, setting.rows, np.zeros(0))))
        policies: dict[str, Policy] = {
            RULE: RuleOfThumb(_LEAD_DAYS + REVIEW_DAYS),
            SERVICE: Advised(served, Supply(_LEAD_DAYS, _SERVICE_PCT)),
            PROFIT: Advised(served, Supply(_LEAD_DAYS, _SERVICE_PCT, "profit")),
        }
        return {
            name: _figures(setting, replayed(setting, policy, start), world)
            for name, policy in policies.items()
        }


def _with_shelf_lives(world: World) -> World:
    keeps = world.products["category"].map(KEEPS_DAYS)
    products = world.tables.products.assign(shelf_life_days=keeps.to_numpy())
    return replace(world, tables=replace(world.tables, products=products))


@contextmanager
def _opened(world: World) -> Iterator[tuple[Panel, Served]]:
    """Load a world's files and train a model, on the day after its history."""
    with tempfile.TemporaryDirectory(prefix="tillsight-stock-") as folder:
        source = Path(folder) / "files"
        world.write(source)
        with desk(source, world.until + timedelta(days=1)) as place:
            yield place.engine.panel, place.engine.production


def _setting(world: World, panel: Panel, seed: int) -> Setting:
    """Return the shelves of all shops, and what their customers will want."""
    rows, _notes = answerable(panel, np.arange(panel.n), named=False)
    rows = rows[panel.series["store"].iloc[rows].ne("online").to_numpy()]
    days = [world.until + timedelta(days=1 + number) for number in range(_DAYS)]
    drawn = [
        world.truth.sample(product, store, days, seed=seed)
        for store, product in (panel.ids[row] for row in rows.tolist())
    ]
    category = panel.series["product_category"].iloc[rows]
    return Setting(
        panel=panel,
        rows=rows,
        wanted=np.array(drawn, dtype=np.float64),
        keeps=np.asarray(category.map(KEEPS_DAYS).fillna(_FOR_EVER), dtype=np.int64),
        lead_days=_LEAD_DAYS,
        counted_from=_WARM_UP,
    )


def _figures(setting: Setting, came: Outcome, world: World) -> Figures:
    panel, rows = setting.panel, setting.rows
    days = np.arange(panel.history + setting.counted_from, panel.history + _DAYS)
    paid = (panel.price * (1 - panel.discount / 100))[np.ix_(rows, days)]
    cost = _cost(world, panel, rows)[:, None]
    profit = (paid - cost) * came.sold - cost * came.wasted
    weeks = (came.wanted - came.sold).reshape(len(rows), -1, REVIEW_DAYS).sum(axis=2)
    return Figures(
        wanted=float(came.wanted.sum()),
        sold=float(came.sold.sum()),
        wasted=float(came.wasted.sum()),
        held=float(came.held.sum(axis=0).mean()),
        profit=float(profit.sum()),
        lasted=float((weeks == 0).mean()),
    )


def _cost(world: World, panel: Panel, rows: Ints) -> Floats:
    """Return [rows] what a unit costs."""
    cost = world.products.set_index("product")["cost"]
    return np.asarray(cost.loc[panel.series["product"].iloc[rows]], dtype=np.float64)
