"""That the demo worlds' files are loaded like anybody's, and say what their makers meant."""

from datetime import date

import numpy as np
import pytest

from forecasting.data.ingest import ingest
from forecasting.data.store import SalesStore
from forecasting.panel_builder import build_panel

TODAY = date(2026, 6, 29)


@pytest.fixture(scope="module")
def loaded(world, tmp_path_factory):
    folder = tmp_path_factory.mktemp(world.blueprint.name)
    world.write(folder / "raw")
    store = SalesStore(folder / "data")
    report = ingest(str(folder / "raw"), store, today=TODAY, currency="USD").to_dict()
    return world, store, report


def places(world, panel):
    """Return the truth's row of each of the panel's series."""
    series = world.truth.scenarios.demand.series
    row_of = {key: row for row, key in enumerate(zip(series.store, series["product"], strict=True))}
    keys = zip(panel.series["store"], panel.series["product"], strict=True)
    return np.array([row_of[key] for key in keys])


def test_every_file_is_understood(loaded):
    _, _, report = loaded

    assert report["unknown_files"] == []
    assert all(not table["unknown_columns"] for table in report["tables"])


def test_nothing_is_refused_but_what_a_correction_replaced(loaded):
    world, store, _ = loaded
    refused = store.quarantine()

    assert set(refused["table"]) == {"sales"}
    assert len(refused) == len(world.tables.corrections)


def test_the_second_delivery_of_a_month_adds_no_row(loaded):
    world, store, report = loaded
    sales = next(table for table in report["tables"] if table["table"] == "sales")
    till = store.read("sales").query("channel == 'store'")

    assert len(till) == len(world.tables.sales)
    assert (
        sales["duplicates"] == (world.tables.sales["date"].dt.to_period("M") == world.twice).sum()
    )


def test_corrected_rows_hold_what_was_sold(loaded):
    world, store, _ = loaded
    keys = ["date", "store", "product"]
    till = store.read("sales").query("channel == 'store'")
    stored = till.assign(date=till["date"].astype("datetime64[s]"))
    late = world.truth.faults.query("fault == 'late_correction'").merge(stored, on=keys)

    assert len(late) == len(world.tables.corrections)
    assert (late["units"] == late["actual"]).all()


def test_the_panel_has_the_prices_and_promotions_that_were_planned(loaded):
    world, store, _ = loaded
    panel = build_panel(store, country="US")
    scenarios = world.truth.scenarios
    width = panel.history + scenarios.axis.plan
    rows = places(world, panel)
    on_sale = scenarios.demand.on_sale[rows, :width]

    assert panel.history == scenarios.axis.history
    assert np.array_equal(
        panel.discount[:, :width][on_sale], scenarios.plan.discount[rows, :width][on_sale]
    )
    assert np.allclose(
        panel.price[:, :width][on_sale], scenarios.plan.regular[rows, :width][on_sale]
    )


def test_the_panel_knows_every_empty_shelf(loaded):
    world, store, _ = loaded
    panel = build_panel(store, country="US")
    gone = world.truth.stock_outs
    rows = {key: row for row, key in enumerate(panel.series[["store", "product"]].apply(tuple, 1))}
    at = panel.periods.get_indexer(gone["date"])
    found = [
        panel.stocked_out[rows[key], period]
        for key, period in zip(zip(gone["store"], gone["product"], strict=True), at, strict=True)
    ]

    assert all(found)
