"""The forecasts people were told, kept to be held against later ones."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from forecasting.scope import Estimate, Scope
from forecasting.told.book import ToldForecasts
from forecasting.told.records import Told

MONDAY, SUNDAY = date(2026, 7, 6), date(2026, 7, 12)
TOLD = Told(
    scope=Scope(("1",), ("2", "3")),
    start=MONDAY,
    end=SUNDAY,
    figure=Estimate(120.5, 100.0, 140.25),
    unit="units",
    level=80,
    model="GradientBoosting_v20260629",
    data_version="abc@1",
    cutoff=date(2026, 6, 28),
    told_on=date(2026, 6, 29),
)


@pytest.fixture
def book(either_workspace):
    return ToldForecasts(either_workspace.database)


def test_what_was_told_is_kept_whole(book):
    book.remember(TOLD)

    assert list(book.of(TOLD.scope, MONDAY, SUNDAY)) == [TOLD]


def test_the_order_of_names_makes_no_other_scope(book):
    book.remember(TOLD)

    assert len(book.of(Scope(("1",), ("3", "2")), MONDAY, SUNDAY)) == 1


@pytest.mark.parametrize(
    "scope", [Scope(), Scope(("1",)), Scope(("1",), ("2",)), Scope(("2",), ("2", "3"))]
)
def test_another_scope_was_told_nothing(book, scope):
    book.remember(TOLD)

    assert list(book.of(scope, MONDAY, SUNDAY)) == []


def test_everything_is_a_scope_of_its_own(book):
    book.remember(replace(TOLD, scope=Scope()))

    assert book.of(Scope(), MONDAY, SUNDAY)[0].scope == Scope()


def test_told_again_it_is_kept_once_with_the_first_day(book):
    book.remember(TOLD)
    book.remember(replace(TOLD, told_on=TOLD.told_on + timedelta(days=1)))

    assert [one.told_on for one in book.of(TOLD.scope, MONDAY, SUNDAY)] == [TOLD.told_on]


def test_another_model_or_newer_data_tell_another_forecast(book):
    book.remember(TOLD)
    book.remember(replace(TOLD, model="GradientBoosting_v20260701"))
    book.remember(replace(TOLD, data_version="abc@2"))

    assert [one.data_version for one in book.of(TOLD.scope, MONDAY, SUNDAY)] == [
        "abc@2",
        "abc@1",
        "abc@1",
    ]


def test_just_these_days_come_before_newer_ones_for_longer(book):
    longer = replace(TOLD, end=SUNDAY + timedelta(days=7), data_version="abc@2")
    book.remember(TOLD)
    book.remember(longer)

    assert list(book.of(TOLD.scope, MONDAY, SUNDAY)) == [TOLD, longer]


def test_days_that_were_not_all_told_are_not_found(book):
    book.remember(TOLD)

    assert list(book.of(TOLD.scope, MONDAY, SUNDAY + timedelta(days=1))) == []


def test_the_oldest_make_room(either_workspace):
    book = ToldForecasts(either_workspace.database, most=3)
    for number in range(5):
        book.remember(replace(TOLD, data_version=f"abc@{number}"))

    kept = [one.data_version for one in book.of(TOLD.scope, MONDAY, SUNDAY)]
    assert kept == ["abc@4", "abc@3", "abc@2"]
