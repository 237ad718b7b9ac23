"""A demo world: raw source files to load, and a truth to ask."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from forecasting.data.demo.axis import PLAN_DAYS, Axis, axis_until, stream
from forecasting.data.demo.blueprint import Blueprint, blueprint
from forecasting.data.demo.demand import Demand, draw_demand
from forecasting.data.demo.faults import FaultMaker, Reported, calm_rows
from forecasting.data.demo.files import month_file, write_files
from forecasting.data.demo.outcomes import Outcome, draw_outcome
from forecasting.data.demo.plan import Plan, draw_plan
from forecasting.data.demo.scenario import Scenarios
from forecasting.data.demo.tables import Tables, source_tables
from forecasting.data.demo.truth import Truth

MARCH = 3
# Where faults of a whole store strike: store and days before the end of the history.
STORE_DROP = "2"
MISSING_DAY = ("4", 137)
WRONG_UNIT = ("5", 503)
LATE_CORRECTIONS = ("4", 70)
LATE_DAYS = 7


@dataclass(frozen=True)
class World:
    """An invented retailer over three years.

    Attributes:
        blueprint: Its name, catalogue, currency and calendar.
        until: Last day of the history (a Sunday in a weekly world).
        seed: Which world of this kind it is.
        tables: What its source files hold.
        truth: What only its maker knows.
        twice: The month whose sales file is delivered twice.
    """

    blueprint: Blueprint
    until: date
    seed: int
    tables: Tables
    truth: Truth
    twice: pd.Period

    @property
    def products(self) -> pd.DataFrame:
        """Return the catalogue of products: product, name, category, list_price, cost."""
        return self.blueprint.products

    @property
    def stores(self) -> pd.DataFrame:
        """Return the catalogue of stores: store, name, region, format, opened."""
        return self.blueprint.stores

    def known_on(self, day: date) -> "World":
        """Return the same world with the files as they stood in the evening of a past day."""
        told, kept = self.tables, {}
        for name in ("sales", "corrections", "online", "markdowns", "stock"):
            # A week is known when it is over.
            ends = getattr(told, name)["date"] + timedelta(days=self.blueprint.step - 1)
            kept[name] = getattr(told, name)[ends <= pd.Timestamp(day)]
        planned = pd.Timestamp(day) + timedelta(days=PLAN_DAYS)
        prices = told.prices[told.prices["date"] <= planned]
        promotions = told.promotions[told.promotions["start"] <= planned]
        return replace(self, tables=replace(told, prices=prices, promotions=promotions, **kept))

    def write(self, folder: Path) -> list[Path]:
        """Write the raw source files and return their paths: the same bytes for the same world."""
        return write_files(self.tables, self.twice, folder)

    def write_faults(self, path: Path) -> Path:
        """Write the labelled faults as CSV; keep it out of the folder that is loaded."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.truth.faults.to_csv(path, index=False, date_format="%Y-%m-%d", lineterminator="\n")
        return path


def make_world(name: str, *, until: date, seed: int = 7, hidden_confounder: bool = False) -> World:
    """Return a world of a retailer; the same arguments give the same world to the byte.

    Args:
        name: `harbor` (groceries, daily) or `summit` (outdoor gear, weekly).
        until: Last day of its history; a weekly world ends with the last whole week before it.
        seed: Which world of this kind.
        hidden_confounder: Let a driver that no file holds move demand and promotions together.
    """
    made_of = blueprint(name)
    axis = axis_until(made_of, until)
    demand = draw_demand(made_of, axis, seed, hidden=hidden_confounder)
    plan = draw_plan(made_of, axis, demand, seed)
    scenarios = Scenarios(made_of, axis, demand, plan)
    outcome = draw_outcome(made_of, axis, demand, plan, log_mean=scenarios.planned, seed=seed)
    twice = pd.Period(year=axis.last_known.year - 1, month=MARCH, freq="M")
    reported = _reported(axis, demand, plan, outcome, twice=twice, rng=stream(seed, name, "faults"))
    return World(
        blueprint=made_of,
        until=axis.last_known,
        seed=seed,
        tables=source_tables(made_of, axis, demand, plan, outcome=outcome, reported=reported),
        truth=Truth(
            scenarios=scenarios,
            faults=reported.labels,
            stock_outs=_stock_outs(axis, demand, outcome),
            seed=seed,
        ),
        twice=twice,
    )


def _reported(
    axis: Axis,
    demand: Demand,
    plan: Plan,
    outcome: Outcome,
    *,
    twice: pd.Period,
    rng: np.random.Generator,
) -> Reported:
    history = slice(axis.history)
    calm = calm_rows(
        outcome.stocked_out, plan.discount[:, history], demand.parts["holidays"][:, history]
    )
    last_store = str(demand.series["store"][demand.series["store"].ne("online")].iloc[-1])
    fourth = MISSING_DAY[0] if axis.step == 1 else last_store
    maker = FaultMaker(axis, demand, outcome.sold, calm, rng)
    maker.missing_day(fourth, MISSING_DAY[1])
    maker.wrong_unit(WRONG_UNIT[0] if axis.step == 1 else last_store, WRONG_UNIT[1])
    maker.late_corrections(fourth, LATE_CORRECTIONS[1], LATE_DAYS)
    maker.store_drop(STORE_DROP)
    maker.spikes_and_drops()
    maker.delivered_twice(twice, ", ".join(month_file(twice)))
    return maker.reported()


def _stock_outs(axis: Axis, demand: Demand, outcome: Outcome) -> pd.DataFrame:
    """Return date, store, product, demand, sold where customers left empty-handed."""
    period, row = np.nonzero(outcome.stocked_out.T)
    return pd.DataFrame(
        {
            "date": axis.starts[period],
            "store": demand.series["store"].to_numpy()[row],
            "product": demand.series["product"].to_numpy()[row],
            "demand": outcome.demand[row, period],
            "sold": outcome.sold[row, period],
        }
    )
