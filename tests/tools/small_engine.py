"""A tenant's engine on a small panel with a real model, without files or databases."""

from datetime import date
from types import SimpleNamespace

import pandas as pd
from sqlalchemy import StaticPool, create_engine

from forecasting import serving
from forecasting.alerts.book import AlertBook
from forecasting.catalogue import Catalogue
from forecasting.decisions.journal import Journal
from forecasting.earlier import Earlier
from forecasting.explanation.room import Explanations
from forecasting.serving import Served
from forecasting.training import train
from tenants.database import Database
from tests.builders import make_panel
from tests.forecasting.fake_store import FakeStore, sale
from tools.contract import ToolContext

NAMES = {"1": "Cold Brew", "2": "Oat Bar", "3": "Bagel"}


class SmallEngine:
    """What the tools ask of an engine, answered by the real parts behind one."""

    def __init__(self, panel, model, *, records=(), production=True, store=None):
        self.panel = panel
        self.store = FakeStore({}) if store is None else store
        self.cutoff = serving.last_day(panel)
        self.catalogue = Catalogue(
            products=pd.DataFrame(
                [
                    {"product": id_, "name": name, "category": f"C{int(id_) % 2}", "cost": 2.0}
                    for id_, name in NAMES.items()
                ]
            ),
            stores=pd.DataFrame([{"store": "1", "name": "Quay"}, {"store": "2", "name": "Hill"}]),
        )
        database = Database(create_engine("sqlite://", poolclass=StaticPool))
        self.alerts, self.journal = AlertBook(database), Journal(database)
        self._served = Served("GradientBoosting_v20250225", model)
        self.registry = SimpleNamespace(
            production=lambda: self._served if production else None,
            previous_production=lambda: None,
            history=lambda **_limit: list(records),
        )
        self.earlier = Earlier(self.registry, store, "")
        self.explanations = Explanations(None, database)

    @property
    def production(self):
        return self._served

    def forecast(self, scope, start, end, *, level=80):
        span, clipped = serving.span_of(self.panel, start, end, self.cutoff)
        rows, left_out = serving.answerable(
            self.panel, self.panel.rows(scope.products, scope.stores), named=True
        )
        columns = int(span.columns[0]), int(span.columns[-1]) + 1
        made = self._served.model.predict(self.panel, rows, *columns)
        total = self._served.model.intervals.total(
            made.mean * span.share, made.sd * span.share, level
        )
        return SimpleNamespace(
            total=total, start=span.start, end=span.end, notes=(*clipped, *left_out)
        )


class VersionedStore:
    """A store that reads some panel's sales as one version, and another's as the next."""

    def __init__(self, **panels):
        self._stores = {
            version: FakeStore({"sales": rows_of(panel)}, version=version)
            for version, panel in panels.items()
        }

    def at(self, version):
        return self._stores[version]


def rows_of(panel):
    """Return a panel's history as rows of the sales table."""
    paid = panel.price * (1 - panel.discount / 100)
    days = [str(day.date()) for day in panel.periods[: panel.history]]
    return [
        sale(day, float(units), store=store, product=product, price=float(price))
        for row, (store, product) in enumerate(panel.series[["store", "product"]].to_numpy())
        for day, units, price in zip(
            days, panel.sales[row], paid[row, : panel.history], strict=True
        )
    ]


def small_panel(**changes):
    """Return two stores and three products over 420 days, with promotions."""
    return make_panel(**({"history": 420, "seed": 9, "elasticity": -3.0} | changes))


def small_model(panel):
    """Return a model trained on a panel, quickly."""
    return train(panel, budget="fast", seed=1)


def context(engine):
    """Return what a tool may reach."""
    tenant = SimpleNamespace(currency="USD", week_starts=0, country="US", timezone="UTC")
    return ToolContext(
        principal=SimpleNamespace(user="analyst1"),
        tenant=tenant,
        today=date.fromordinal(engine.cutoff.toordinal() + 1),
        forecasting=engine,
        knowledge=None,
        audit=None,
    )
