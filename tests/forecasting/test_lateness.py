"""Records that came late, and what panels that end earlier know of them."""

import numpy as np
import pandas as pd
import pytest

from forecasting.panel_builder import build_panel
from tests.forecasting.fake_store import FakeStore, sale

DAYS = pd.date_range("2026-01-01", periods=10)


def loaded(day, units, at, **more):
    return sale(str(DAYS[day].date()), units, known_at=pd.Timestamp(at, tz="UTC"), **more)


@pytest.fixture
def nightly():
    """Ten days, each loaded the night after; day 3 is missing until the ninth."""
    rows = [loaded(d, 5.0, DAYS[d] + pd.Timedelta("26h")) for d in range(10) if d != 3]
    return [*rows, loaded(3, 70.0, DAYS[8] + pd.Timedelta("12h"))]


def test_a_late_record_is_unknown_to_panels_that_end_before_it_came(nightly):
    panel = build_panel(FakeStore({"sales": nightly}), horizon=0)

    seen = [panel.until(at).sales[0, 3] for at in (4, 8)]
    later = [panel.until(9).sales[0, 3], panel.sales[0, 3]]

    assert np.isnan(seen).all()
    assert later == [70.0, 70.0]


def test_records_in_good_time_are_known_as_soon_as_their_period_ends(nightly):
    panel = build_panel(FakeStore({"sales": nightly}), horizon=0)

    assert panel.until(8).sales[0].tolist()[4:] == [5.0] * 4


def test_a_history_loaded_in_one_go_was_never_late():
    rows = [loaded(d, 5.0, "2026-06-01") for d in range(10)]

    assert build_panel(FakeStore({"sales": rows}), horizon=0).known_from is None


def test_stores_loaded_one_after_the_other_were_never_late():
    rows = [loaded(d, 5.0, "2026-06-01") for d in range(10)]
    rows += [loaded(d, 5.0, "2026-06-02", store="2") for d in range(10)]

    assert build_panel(FakeStore({"sales": rows}), horizon=0).known_from is None


def test_a_corrected_day_is_unknown_before_its_correction(nightly):
    corrected = [
        row | {"known_at": pd.Timestamp("2026-01-20", tz="UTC")} if number == 0 else row
        for number, row in enumerate(nightly)
    ]
    panel = build_panel(FakeStore({"sales": corrected}), horizon=0)

    assert np.isnan(panel.until(9).sales[0, 0])
