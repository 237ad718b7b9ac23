"""Why a forecast moved: every step is a forecast of its own, and they add up."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecasting.explanation.revision import explain_revision, followed
from forecasting.explanation.then import Then
from forecasting.spans import Span
from tests.tools.small_engine import small_model, small_panel

CUT, HISTORY = 392, 420
COLUMNS = np.arange(HISTORY + 7, HISTORY + 14)
SPAN = Span(date(2025, 3, 4), date(2025, 3, 10), COLUMNS, np.ones(7))


@pytest.fixture(scope="module")
def now():
    return small_panel()


@pytest.fixture(scope="module")
def model(now):
    return small_model(now.until(CUT))


@pytest.fixture(scope="module")
def newer(now):
    return small_model(now)


def revised(model, then):
    rows = np.arange(then.panel.n)
    found = explain_revision(
        model, rows, SPAN, then, rows_then=np.arange(then.earlier.n), told=None
    )
    named = {one.name: one.effect for one in found.drivers}
    assert sum(named.values()) == pytest.approx(found.after - found.before, abs=1e-6)
    return found, named


def seen(now, **changes):
    """Return the data of before, with what was different then."""
    return replace(now.until(CUT), **changes)


def total(model, panel):
    return float(model.predict(panel, np.arange(panel.n), COLUMNS[0], COLUMNS[-1] + 1).mean.sum())


def test_with_nothing_but_newer_sales_they_are_all_that_moved(now, model):
    found, named = revised(model, Then(now, model, seen(now)))

    assert set(named) == {"sales since then"}
    assert found.after == pytest.approx(total(model, now))
    assert found.before == pytest.approx(total(model, now.until(CUT)))


def test_another_model_is_told_by_asking_both(now, model, newer):
    _, named = revised(newer, Then(now, model, seen(now)))

    assert named["another model"] == pytest.approx(total(newer, now) - total(model, now), rel=1e-5)


def test_a_changed_plan_is_told_as_one(now, model):
    discount = now.discount.copy()
    discount[:, COLUMNS] = 30 - discount[:, COLUMNS]
    earlier = seen(now, discount=discount)

    _, named = revised(model, Then(now, model, earlier))

    moved = total(model, now.until(CUT)) - total(model, earlier)
    assert named["changed prices, promotions and plans"] == pytest.approx(moved, rel=1e-5)


def test_corrected_records_are_told_as_such(now, model):
    sales = now.sales[:, :CUT].copy()
    sales[:, -20:] *= 0.5
    earlier = seen(now, sales=sales)

    _, named = revised(model, Then(now, model, earlier))

    moved = total(model, now.until(CUT)) - total(model, earlier)
    assert moved > 0
    assert named["corrected past data"] == pytest.approx(moved, rel=1e-5)
    assert "changed prices, promotions and plans" not in named


def test_a_series_that_was_not_there_is_told_as_new(now, model):
    kept = np.flatnonzero(now.series["product"] != "3")

    _, named = revised(model, Then(now, model, seen(now).only(kept)))

    new = now.rows(products=("3",))
    first, last = int(COLUMNS[0]), int(COLUMNS[-1]) + 1
    expected = float(model.predict(now, new, first, last).mean.sum())
    assert named["new and discontinued items"] == pytest.approx(expected, rel=1e-5)


def test_a_series_no_longer_forecast_is_taken_off(now, model):
    rows = np.flatnonzero(now.series["product"] != "3")

    found = followed(model, rows, SPAN, Then(now, model, seen(now)), rows_then=np.arange(now.n))

    assert found.gone > 0
    assert found.steps["new and discontinued items"] == pytest.approx(-found.gone)
    assert found.total + sum(found.steps.values()) == pytest.approx(float(found.after.sum()))


def test_the_figure_that_was_told_is_what_it_is_held_against(now, model):
    rows, then = np.arange(now.n), Then(now, model, seen(now))

    found = explain_revision(model, rows, SPAN, then, rows_then=rows, told=1000.0)

    assert found.before == 1000.0
    assert sum(one.effect for one in found.drivers) == pytest.approx(found.after - 1000.0)
