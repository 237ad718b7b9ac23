"""One demo world, asked for elasticities, best discounts and what-ifs, against its truth."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.decisions import plain
from benchmarks.decisions.joint import Joint
from benchmarks.decisions.kept import Result
from benchmarks.worlds.asking import Desk, desk
from forecasting.data.demo import make_world
from forecasting.data.demo.axis import Ints
from forecasting.data.demo.world import World
from forecasting.data.ingest import ingest
from forecasting.data.store import SalesStore
from forecasting.panel import Panel
from forecasting.panel_builder import build_panel
from forecasting.pricing.response import PriceResponse, estimate_response
from forecasting.scope import PlanChange
from tenants.errors import AppError

NAME, UNTIL = "harbor", date(2026, 6, 28)
TODAY = UNTIL + timedelta(days=1)
# Weeks asked about: the next one, and one that is planned further ahead.
WEEKS = (0, 3)
_LOTS, _WHAT_IFS = 5, 40
_MEASURES = ("units", "revenue", "profit")


def hidden(seed: int) -> Result:
    """Return how many products claim a response where the promotions' driver is in no table."""
    with _source(seed, hidden=True) as (world, source):
        response = estimate_response(panel_of(source))
    knowable = world.truth.responses["knowable"]
    table = response.table.loc[knowable.index[knowable]]
    return {"knowable": len(table), "claimed": int((table["why_not"] == "").sum())}


def asked(seed: int) -> Result:
    """Return what was said of one world beside what is true."""
    with _source(seed) as (world, source), desk(source, TODAY) as place:
        response = place.response
        weeks = [_advice(place, world, week, seed) for week in WEEKS]
        return {
            "elasticity": elasticities(response, world),
            "silent": _silent(response, world),
            "weeks": weeks,
            "what_if": list(_what_ifs(place, world, seed)),
        }


def elasticities(response: PriceResponse, world: World) -> list[tuple[float, float, float]]:
    """Return estimate, standard error and truth of every product with a response."""
    table = response.table[response.table["why_not"] == ""]
    return [
        (
            float(row["elasticity"]),
            float(row["elasticity_se"]),
            world.truth.elasticity(str(product)),
        )
        for product, row in table.iterrows()
    ]


def panel_of(source: Path) -> Panel:
    """Load a folder of files and lay it out."""
    with tempfile.TemporaryDirectory(prefix="tillsight-panel-") as folder:
        store = SalesStore(Path(folder))
        ingest(str(source), store, today=TODAY, currency="USD")
        return build_panel(store, country="US")


@contextmanager
def _source(seed: int, *, hidden: bool = False) -> Iterator[tuple[World, Path]]:
    world = make_world(NAME, until=UNTIL, seed=seed, hidden_confounder=hidden)
    with tempfile.TemporaryDirectory(prefix="tillsight-harbor-") as folder:
        source = Path(folder) / "files"
        world.write(source)
        yield world, source


def _silent(response: PriceResponse, world: World) -> dict[str, Any]:
    """Return which products that could be known have no response, and why."""
    knowable = world.truth.responses["knowable"]
    table = response.table.loc[knowable.index[knowable]]
    return {
        "knowable": len(table),
        "why": {str(product): str(why) for product, why in table["why_not"].items() if why},
    }


def _advice(place: Desk, world: World, week: int, seed: int) -> Result:
    start = TODAY + timedelta(weeks=week)
    end = start + timedelta(days=6)
    said = place.ask("optimize_discount", start=start, end=end)
    joint = Joint(world.truth.scenarios, start, end)
    able = sorted(one["product"]["id"] for one in said["advice"])
    changed = [one for one in said["advice"] if one["action"] != "keep"]
    advice = {one["product"]["id"]: one["discount_pct"] for one in changed}
    costs = dict(
        zip(
            world.products["product"].astype(str), world.products["cost"].astype(float), strict=True
        )
    )
    rng = np.random.default_rng([seed, week])
    lots = [joint.profit(plain.at_random(able, rng)) for _ in range(_LOTS)]
    return {
        "answered": len(able),
        "changed": len(changed),
        "promised": said["total"]["gain"],
        "range": (said["total"]["gain_lower"], said["total"]["gain_upper"]),
        "planned": joint.profit({}),
        "period": joint.profit_of_period(),
        "followed": joint.profit(advice),
        "best": joint.profit(joint.best(able)),
        "nothing": joint.profit(dict.fromkeys(able, 0.0)),
        "regressed": joint.profit(plain.regressed(place.engine.panel, costs, able)),
        "lots": float(np.mean(lots)),
    }


@dataclass(frozen=True)
class _Question:
    product: str
    store: str | None
    discount_pct: float


def _what_ifs(place: Desk, world: World, seed: int) -> Iterator[Result]:
    """Ask what another discount would do, and look up the true change."""
    end = TODAY + timedelta(days=6)
    at = world.truth.scenarios.between(TODAY, end)
    for one in _questions(place.response, world, seed):
        try:
            said = place.ask("what_if", **_words(one), start=TODAY, end=end)
        except AppError:
            continue  # e.g. not sold there any more
        truth = _true_change(world, one, at)
        for measure in _MEASURES:
            told = said[measure]
            # What is planned anyway changes nothing, and no range is needed for that.
            if told is not None and told["change_lower"] < told["change_upper"]:
                yield {
                    "measure": measure,
                    "of": "store" if one.store else "all",
                    "lower": told["change_lower"],
                    "upper": told["change_upper"],
                    "mean": told["change"],
                    "true": truth[measure],
                }


def _words(asked: _Question) -> dict[str, object]:
    return {name: value for name, value in vars(asked).items() if value is not None}


def _questions(response: PriceResponse, world: World, seed: int) -> Iterator[_Question]:
    rng = np.random.default_rng([seed, 17])
    table = response.table[response.table["why_not"] == ""]
    stores = [None, *world.stores["store"].astype(str)]
    for number in range(_WHAT_IFS if len(table) else 0):
        product = str(rng.choice(table.index.to_numpy(dtype=str)))
        known = response.of(product)
        deepest = 0.0 if known is None else known.max_discount
        depths = np.arange(0.0, deepest + 1, 5.0)
        # Half of the questions are of all stores.
        store = stores[int(rng.integers(1, len(stores)))] if number % 2 else None
        yield _Question(product, store, float(rng.choice(depths)))


def _true_change(world: World, asked: _Question, at: Ints) -> dict[str, float]:
    scenarios = world.truth.scenarios
    rows = scenarios.rows(asked.product, asked.store)
    cost = float(scenarios.cost[rows[0]])
    planned = scenarios.mean(rows, at, PlanChange())
    changed = scenarios.mean(rows, at, PlanChange(discount_pct=asked.discount_pct))
    before = scenarios.plan.regular[rows[:, None], at] * (
        1 - scenarios.plan.discount[rows[:, None], at] / 100
    )
    after = scenarios.paid(rows, at, asked.discount_pct)
    return {
        "units": float((changed - planned).sum()),
        "revenue": float((changed * after - planned * before).sum()),
        "profit": float((changed * (after - cost) - planned * (before - cost)).sum()),
    }
