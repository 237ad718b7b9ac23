from dataclasses import replace
from datetime import date, timedelta

import pytest

from forecasting.alerts.book import AlertBook
from forecasting.alerts.records import Sign
from tenants.errors import UnknownItem

TODAY = date(2026, 7, 1)
SINCE = date(2026, 6, 3)
DROP = Sign(
    "drop",
    date(2026, 6, 20),
    date(2026, 6, 20),
    store="2",
    product="7",
    actual=3.0,
    expected=30.0,
    score=-5.0,
    unit="units",
)
STALE = Sign("stale_data", date(2026, 6, 21), TODAY, unit="units", series=9)


@pytest.fixture
def book(either_workspace):
    return AlertBook(either_workspace.database)


def update(book, *signs, since=SINCE, today=TODAY):
    return book.update(signs, since=since, today=today)


def test_a_sign_becomes_an_open_alert_with_all_it_says(book):
    assert update(book, DROP).raised == ("AL-1",)

    (alert,) = book.list()

    assert (alert.id, alert.status, alert.sign) == ("AL-1", "open", DROP)
    assert alert.raised_on == TODAY


def test_the_same_sign_raises_no_second_alert(book):
    update(book, DROP)

    again = update(book, DROP)

    assert again.raised == again.cleared == ()
    assert len(book.list()) == 1


def test_a_corrected_figure_changes_the_alert_and_not_its_id(book):
    update(book, DROP)
    update(book, replace(DROP, kind="zero", actual=0.0))

    assert [(one.id, one.sign.kind, one.sign.actual) for one in book.list()] == [
        ("AL-1", "zero", 0.0)
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"store": "3"},
        {"product": None},
        {"kind": "missing"},
        {"start": date(2026, 6, 21), "end": date(2026, 6, 21)},
    ],
)
def test_another_store_product_kind_or_day_is_another_alert(book, other):
    update(book, DROP)

    assert update(book, DROP, replace(DROP, **other)).raised == ("AL-2",)


def test_what_goes_on_stays_one_alert_that_grows(book):
    update(book, DROP)
    update(book, replace(DROP, end=date(2026, 6, 23), actual=9.0, expected=120.0))

    (alert,) = book.list()

    assert (alert.sign.end, alert.sign.expected) == (date(2026, 6, 23), 120.0)


def test_the_part_of_an_alert_that_is_still_looked_at_does_not_stand_for_all_of_it(book):
    update(book, replace(DROP, end=date(2026, 6, 23), expected=120.0))
    update(book, replace(DROP, start=date(2026, 6, 22), end=date(2026, 6, 24), expected=90.0))

    (alert,) = book.list()

    assert (alert.sign.start, alert.sign.end) == (date(2026, 6, 20), date(2026, 6, 24))
    assert alert.sign.expected == 120.0


def test_what_newer_data_no_longer_show_is_cleared_and_comes_back_under_its_id(book):
    update(book, DROP)

    assert update(book).cleared == ("AL-1",)
    assert book.list("open") == []
    assert update(book, DROP).raised == ("AL-1",)
    assert book.get("AL-1").status == "open"


def test_alerts_of_days_before_those_looked_at_stay_open(book):
    update(book, DROP)

    update(book, since=DROP.start + timedelta(days=1))

    assert book.get("AL-1").status == "open"


def test_stale_data_are_one_alert_until_newer_ones_come(book):
    update(book, STALE)
    update(book, replace(STALE, end=TODAY + timedelta(days=3)))
    assert [one.sign.end for one in book.list("open")] == [TODAY + timedelta(days=3)]

    update(book, since=TODAY)

    assert [one.status for one in book.list()] == ["cleared"]


def test_an_acknowledged_alert_says_who_looked_when_and_what_they_found(book):
    update(book, DROP)

    alert, is_first = book.acknowledge("AL-1", by="analyst1", today=TODAY, note="the freezer broke")

    assert is_first
    assert (alert.status, alert.acknowledged_by) == ("acknowledged", "analyst1")
    assert (alert.acknowledged_on, alert.note) == (TODAY, "the freezer broke")
    assert (book.count("open"), book.count("acknowledged")) == (0, 1)


def test_who_looked_first_stays_on_record(book):
    update(book, DROP)
    book.acknowledge("AL-1", by="analyst1", today=TODAY, note="the freezer broke")

    alert, is_first = book.acknowledge("AL-1", by="manager1", today=TODAY)

    assert not is_first
    assert (alert.acknowledged_by, alert.note) == ("analyst1", "the freezer broke")


def test_an_acknowledged_alert_stays_so_when_it_grows_or_is_over(book):
    update(book, DROP)
    book.acknowledge("AL-1", by="analyst1", today=TODAY)

    update(book, replace(DROP, end=date(2026, 6, 25)))
    update(book)

    assert book.get("AL-1").status == "acknowledged"


@pytest.mark.parametrize("written", ["AL-2", "al-2", "AL2", "al 2", " 2 ", "#2"])
def test_an_id_is_found_however_it_is_written(book, written):
    update(book, DROP, STALE)

    assert book.get(written).id == "AL-2"


@pytest.mark.parametrize("unknown", ["AL-99", "RC-1", "all", "", "AL-99999999999999999999"])
def test_an_unknown_id_is_answered_with_the_open_ones(book, unknown):
    update(book, DROP, STALE)
    book.acknowledge("AL-1", by="analyst1", today=TODAY)

    with pytest.raises(UnknownItem, match="open are AL-2") as refused:
        book.get(unknown)

    assert refused.value.nearest == ("AL-2",)


def test_alerts_of_the_newest_days_come_first(book):
    update(book, DROP, STALE, replace(DROP, start=date(2026, 6, 5), end=date(2026, 6, 5)))

    assert [one.id for one in book.list()] == ["AL-2", "AL-1", "AL-3"]
