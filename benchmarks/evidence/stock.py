"""What stock advice is worth beside a rule of thumb, replayed day by day in worlds not seen.

The rule holds the mean sales of the last four weeks over the lead time and the week until one
orders again, and half as much again. (Over the lead time alone it would leave more than a third
of demand unserved, and be no rival.)
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial

import numpy as np

from benchmarks.decisions.kept import FOLDER, Kept, Result, fingerprint_of
from benchmarks.evidence.ledger import Evidence
from benchmarks.real_data import ROOT
from benchmarks.stock.compare import PROFIT, RULE, SERVICE, Figures, compared

SEEDS = range(101, 121)
_SOURCES = ("forecasting", "tools", "tenants", "benchmarks/stock")
_DRAWS = 2000
_HOW = (
    "Harbor, five weeks after two to begin with, orders weekly, lead time 7 days, service level "
    "95 %; bread keeps 8 days, produce 10, dairy 21"
)


@dataclass(frozen=True)
class _Measure:
    """A figure of some worlds.

    Attributes:
        key: Its name in the ledger.
        unit: What it is measured in.
        of: Works it out.
        goal: What was hoped for.
        what: What it says.
    """

    key: str
    unit: str
    of: Callable[["_Added"], float]
    goal: str
    what: str


@dataclass(frozen=True)
class _Added:
    """The figures of some worlds added up, by way to order: [figures]."""

    by: dict[str, dict[str, float]]

    def less(self, way: str, figure: str) -> float:
        """Return by how many percent a figure is below the rule's."""
        return 100 * (1 - self.by[way][figure] / self.by[RULE][figure])

    def served(self, way: str) -> float:
        """Return the percent of demand that was served."""
        return 100 * self.by[way]["sold"] / self.by[way]["wanted"]

    def better_served(self, way: str) -> float:
        """Return by how many points more of demand was served than by the rule."""
        return self.served(way) - self.served(RULE)


_MEASURES = (
    _Measure(
        "waste_reduction_pct",
        "%",
        lambda added: added.less(SERVICE, "wasted"),
        "at least 22",
        "units thrown away, below the rule of thumb's",
    ),
    _Measure(
        "service_change_points",
        "points",
        lambda added: added.better_served(SERVICE),
        "at least 0",
        "share of demand served, above the rule of thumb's",
    ),
    _Measure(
        "stock_served_pct",
        "%",
        lambda added: added.served(SERVICE),
        "",
        "share of demand served",
    ),
    _Measure(
        "stock_rule_served_pct",
        "%",
        lambda added: added.served(RULE),
        "",
        "share of demand served by the rule of thumb",
    ),
    _Measure(
        "stock_held_less_pct",
        "%",
        lambda added: added.less(SERVICE, "held"),
        "",
        "mean stock, below the rule of thumb's",
    ),
    _Measure(
        "stock_lasted_pct",
        "%",
        lambda added: 100 * added.by[SERVICE]["lasted"],
        "at least 95",
        "weeks from delivery to delivery in which a shelf lost no sale",
    ),
    _Measure(
        "waste_reduction_by_cost_pct",
        "%",
        lambda added: added.less(PROFIT, "wasted"),
        "",
        "the same with the service level that pays best for each shelf",
    ),
    _Measure(
        "service_change_by_cost_points",
        "points",
        lambda added: added.better_served(PROFIT),
        "",
        "the same with the service level that pays best for each shelf",
    ),
    _Measure(
        "stock_profit_gain_pct",
        "%",
        lambda added: -added.less(PROFIT, "profit"),
        "",
        "money taken less the cost of what was sold and thrown away, above the rule of thumb's, "
        "with the service level that pays best for each shelf",
    ),
)


def stock_proofs(seeds: Sequence[int] = SEEDS) -> Iterator[Evidence]:
    """Replay orders in one world a seed, and yield what came of them; worlds done are kept."""
    kept = Kept(FOLDER, fingerprint_of(ROOT, _SOURCES))
    worlds = [kept.result(f"stock {seed}", partial(_replayed, seed)) for seed in seeds]
    yield from measured([_read(world) for world in worlds], seeds)


def _replayed(seed: int) -> Result:
    return {way: asdict(figures) for way, figures in compared(seed).items()}


def _read(world: Result) -> dict[str, Figures]:
    return {way: Figures(**figures) for way, figures in world.items()}


def measured(worlds: Sequence[dict[str, Figures]], seeds: Sequence[int]) -> Iterator[Evidence]:
    """Yield the figures of worlds, with the interval that redrawing whole worlds gives.

    Args:
        worlds: What came of each way to order, a world a seed.
        seeds: The seeds.
    """
    drawn = np.random.default_rng(0).integers(len(worlds), size=(_DRAWS, len(worlds)))
    for one in _MEASURES:
        again = [one.of(_added([worlds[n] for n in some])) for some in drawn.tolist()]
        low, high = np.quantile(again, [0.025, 0.975])
        yield Evidence(
            key=one.key,
            value=one.of(_added(worlds)),
            unit=one.unit,
            n=len(worlds),
            interval=(float(low), float(high)),
            seed=seeds[0],
            goal=one.goal,
            note=f"{one.what}; seeds {seeds[0]} to {seeds[-1]}; {_HOW}",
        )


def _added(worlds: Sequence[dict[str, Figures]]) -> _Added:
    """Add up units and money of worlds; shares are averaged."""
    by = {}
    for way in worlds[0]:
        own = [world[way] for world in worlds]
        by[way] = {
            name: sum(getattr(one, name) for one in own)
            for name in ("wanted", "sold", "wasted", "held", "profit")
        } | {"lasted": sum(one.lasted for one in own) / len(own)}
    return _Added(by)
