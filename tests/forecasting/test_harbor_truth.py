"""The price response, the advice and the odd days of Harbor, held against its truth."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from forecasting.anomalies.detector import detect
from forecasting.data.demo.world import make_world
from forecasting.panel_builder import build_panel
from forecasting.pricing.response import estimate_response
from tests.forecasting.fake_store import FakeStore

UNTIL = date(2026, 6, 30)


class HarborStore(FakeStore):
    """Harbor's source tables as a store would hold them."""

    def __init__(self, tables):
        super().__init__({})
        keys = ["date", "store", "product"]
        stated = pd.concat([tables.sales, tables.corrections]).drop_duplicates(keys, keep="last")
        online = tables.online.assign(store="online")
        self._tables = {
            name: getattr(tables, name)
            for name in ("stores", "products", "prices", "promotions", "stock", "events")
        }
        self._tables["sales"] = pd.concat([stated, online], ignore_index=True)

    def read(self, table):
        return self._tables[table].copy()


@pytest.fixture(scope="module", params=[7, 8])
def harbor(request):
    world = make_world("harbor", until=UNTIL, seed=request.param)
    panel = build_panel(HarborStore(world.tables), country="US")
    return world, panel, estimate_response(panel)


def test_the_true_elasticities_are_found(harbor):
    world, _, response = harbor
    table = response.table[response.table["usable"]]
    gap = table["elasticity"] - world.truth.responses["elasticity"].reindex(table.index)

    assert np.median(np.abs(gap)) < 0.2
    assert abs(gap.mean()) < 0.12
    assert (np.abs(gap) < 1.96 * table["elasticity_se"]).mean() > 0.75


def test_products_that_nobody_could_know_are_not_answered_for(harbor):
    world, _, response = harbor
    knowable = world.truth.responses["knowable"].reindex(response.table.index)

    assert not (response.table["usable"] & ~knowable).any()
    # Granola bars are on sale for 17 weeks only.
    assert set(response.table.index[knowable & ~response.table["usable"]]) <= {"20"}


def test_labelled_faults_are_found_with_few_false_alarms(harbor):
    world, panel, response = harbor
    found = [one for one in detect(panel, response=response, first=60) if one.alarm]
    faults = world.truth.faults
    single = faults[faults["fault"].isin(["spike", "drop"])]
    whole = faults[faults["fault"].isin(["store_drop", "wrong_unit", "missing_day"])]
    by_cell = {(one.start, one.store, one.product) for one in found}

    hits = [
        (row.date.date(), row.store, row.product) in by_cell
        for row in single.itertuples(index=False)
    ]
    days = {(row.date.date(), row.store, None) for row in whole.itertuples(index=False)}

    assert np.mean(hits) >= 0.9
    assert days <= by_cell
    checked = np.isfinite(panel.sales[:, 60:]).sum()
    assert 1000 * (len(found) - sum(hits) - len(days)) / checked < 2.0
