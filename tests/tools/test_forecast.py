"""Forecasts, asked for over the counter."""

from datetime import date

import pytest

from forecasting.scope import Scope
from forecasting.told.book import ToldForecasts
from tools.gateway import Failed, Succeeded


def figures(answer):
    assert isinstance(answer, Succeeded), answer
    return answer.to_dict()["result"]


def test_a_forecast_names_its_subject_period_unit_data_and_model(shop):
    told = figures(shop.call("viewer1", "forecast", product="1", store="1"))

    assert told["product"]["id"] == told["store"]["id"] == "1"
    assert (told["start"], told["end"]) == ("2026-07-06", "2026-07-12")
    assert (told["unit"], told["cutoff"]) == ("units", "2026-06-28")
    assert told["model"] == shop.report["tenants"][0]["model"]
    assert 0 <= told["lower"] < told["mean"] < told["upper"]
    assert any("next week" in note for note in told["notes"])


def test_what_is_told_is_kept_to_be_held_against_later(shop):
    shop.call("viewer1", "forecast", product="2", store="1", discount_pct=10)
    shop.call("viewer1", "forecast", product="2", store="1", measure="revenue")
    told = figures(shop.call("viewer1", "forecast", product="2", store="1"))

    workspace = shop.counter.installation.workspace(shop.person("viewer1").tenant_id)
    scope, week = Scope(("2",), ("1",)), (date(2026, 7, 6), date(2026, 7, 12))
    kept = ToldForecasts(workspace.database).of(scope, *week)
    assert [one.figure.mean for one in kept] == [pytest.approx(told["mean"])]


def test_points_add_up_to_the_total(shop):
    told = figures(
        shop.call("viewer1", "forecast", start="2026-07-06", end="2026-08-30", granularity="month")
    )

    assert [point["start"] for point in told["points"]] == ["2026-07-06", "2026-08-03"]
    assert sum(point["mean"] for point in told["points"]) == pytest.approx(told["mean"])


def test_a_total_comes_without_points(shop):
    assert figures(shop.call("viewer1", "forecast"))["points"] == []


def test_revenue_is_in_the_tenants_currency(shop):
    told = figures(shop.call("viewer1", "forecast", product="1", measure="revenue"))

    assert told["unit"] == "USD"


def test_a_category_adds_up_its_products(shop):
    category = shop.counter.vocabulary(shop.person("viewer1")).categories[0]
    products = [
        item.id
        for item in shop.counter.vocabulary(shop.person("viewer1")).products
        if item.category == category
    ]
    whole = figures(shop.call("viewer1", "forecast", category=category.lower()))
    parts = [figures(shop.call("viewer1", "forecast", product=id_)) for id_ in products]

    assert whole["category"] == category
    assert whole["mean"] == pytest.approx(sum(part["mean"] for part in parts), rel=1e-6)


def test_a_product_outside_the_category_is_asked_about(shop):
    names = shop.counter.vocabulary(shop.person("viewer1"))
    other = next(item for item in names.products if item.category != names.categories[0])

    answer = shop.call("viewer1", "forecast", product=other.id, category=names.categories[0])

    assert answer.asks_for == ("product", "category")


@pytest.mark.parametrize(
    ("arguments", "reason", "words"),
    [
        ({"discount_pct": 95}, "out_of_range", "discount_pct must be from 0 to 90"),
        ({"level": 30}, "out_of_range", "level must be from 50 to 99"),
        ({"start": "2028-01-01", "end": "2028-01-31"}, "out_of_range", "366 days ahead"),
        ({"start": "2026-06-01", "end": "2026-06-07"}, "out_of_range", "recorded through"),
        ({"product": "99"}, "unknown_item", "There is no product '99'"),
        ({"measure": "profit"}, "", "measure: Input should be"),
    ],
)
def test_what_cannot_be_forecast_is_refused_with_its_class(shop, arguments, reason, words):
    answer = shop.call("viewer1", "forecast", **arguments)

    assert isinstance(answer, Failed)
    assert answer.reason == reason
    assert words in answer.message


def test_what_is_worked_out_beforehand_changes_no_answer(shop):
    asked = {"product": "2", "granularity": "week"}
    before = figures(shop.call("viewer1", "forecast", **asked))

    shop.counter.prepare(shop.person("viewer1"))

    after = figures(shop.call("viewer1", "forecast", **asked))
    for name in ("mean", "lower", "upper"):
        # Many series at once are added up in another order than one.
        assert after[name] == pytest.approx(before[name], rel=1e-6)
    assert after["model"] == before["model"]
