from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from forecasting.alerts.book import AlertBook
from forecasting.alerts.raising import DAYS, raise_alerts
from tests.tools.small_engine import SmallEngine, small_model, small_panel


@pytest.fixture(scope="module")
def calm():
    panel = small_panel(promotions=False, history=300)
    return panel, small_model(panel)


class Engine(SmallEngine):
    """A small engine on some day, with a book for its alerts."""

    def __init__(self, panel, model, book, *, days_later=1, **options):
        super().__init__(panel, model, **options)
        self.alerts = book
        self.today = self.cutoff + timedelta(days=days_later)


@pytest.fixture
def book(workspace):
    return AlertBook(workspace.database)


def changed(panel, rows, columns, factor):
    sales = panel.sales.copy()
    sales[np.ix_(rows, columns)] = np.floor(sales[np.ix_(rows, columns)] * factor)
    return replace(panel, sales=sales)


def kinds(book):
    return [(one.sign.kind, one.sign.store, one.sign.product) for one in book.list("open")]


def test_a_spike_in_the_newest_days_raises_an_alert_with_its_figures(calm, book):
    panel, model = calm
    odd = changed(panel, [4], [297], 6)

    raise_alerts(Engine(odd, model, book))

    (alert,) = [one for one in book.list() if one.sign.start == panel.periods[297].date()]
    assert (alert.sign.kind, alert.sign.store, alert.sign.product) == ("spike", "2", "2")
    assert alert.sign.actual == odd.sales[4, 297]
    assert alert.sign.unit == "units"


def test_looking_again_raises_nothing_new(calm, book):
    panel, model = calm
    engine = Engine(changed(panel, [4], [297], 6), model, book)
    raise_alerts(engine)

    again = raise_alerts(engine)

    assert again.raised == again.cleared == ()


def test_the_same_on_days_in_a_row_is_one_alert(calm, book):
    panel, model = calm
    odd = replace(panel, sales=panel.sales.copy())
    odd.sales[4, 290:293] = 0

    raise_alerts(Engine(odd, model, book))

    (alert,) = [one for one in book.list() if one.sign.kind == "zero"]
    assert (alert.sign.end - alert.sign.start).days == 2
    assert alert.sign.actual == 0
    assert alert.sign.expected > 3 * 10


def test_what_is_older_than_four_weeks_raises_nothing(calm, book):
    panel, model = calm
    day = panel.history - DAYS - 1

    raise_alerts(Engine(changed(panel, [4], [day], 6), model, book))

    assert ("spike", "2", "2") not in kinds(book)


def test_what_something_known_explains_raises_nothing(calm, book):
    panel, model = calm
    odd = changed(panel, [4], [297], 2.2)
    fair = np.zeros(panel.price.shape, dtype=bool)
    fair[4, 297] = True

    raise_alerts(Engine(replace(odd, events={"fair": fair}), model, book))
    assert ("spike", "2", "2") not in kinds(book)

    raise_alerts(Engine(odd, model, book))
    assert ("spike", "2", "2") in kinds(book)


def test_corrected_data_clear_the_alert(calm, book):
    panel, model = calm
    raise_alerts(Engine(changed(panel, [4], [297], 6), model, book))

    raise_alerts(Engine(panel, model, book))

    assert ("spike", "2", "2") not in kinds(book)


def test_data_that_stopped_coming_raise_an_alert_that_newer_ones_clear(calm, book):
    panel, model = calm

    raise_alerts(Engine(panel, model, book, days_later=9))
    (alert,) = [one for one in book.list("open") if one.sign.kind == "stale_data"]
    raise_alerts(Engine(panel, model, book))

    assert alert.sign.start == panel.periods[panel.history].date()
    assert book.get(alert.id).status == "cleared"


def test_a_model_that_errs_far_more_than_in_its_backtest_raises_an_alert(calm, book):
    panel, model = calm
    longer = small_panel(promotions=False, history=330)
    rng = np.random.default_rng(5)
    wild = replace(longer, sales=longer.sales.copy())
    wild.sales[:, 300:] *= rng.choice([0.2, 3.0], size=(wild.n, 30)).astype(np.float32)
    assert model.cutoff == panel.periods[299].date()

    raise_alerts(Engine(wild, model, book))

    (alert,) = [one for one in book.list("open") if one.sign.kind == "decay"]
    assert alert.sign.actual > 1.5 * alert.sign.expected
    assert (alert.sign.unit, alert.sign.store) == ("percent", None)
    assert alert.sign.model


def test_without_a_production_model_nothing_is_raised(calm, book):
    panel, model = calm
    odd = changed(panel, [4], [297], 6)

    raise_alerts(Engine(odd, model, book, production=False))

    assert book.list() == []
