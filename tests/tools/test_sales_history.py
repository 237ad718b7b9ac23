"""Past sales, asked for over the counter."""

import pytest

from tools.gateway import Succeeded


def told(shop, **arguments):
    answer = shop.call("viewer1", "sales_history", **arguments)
    assert isinstance(answer, Succeeded), answer
    return answer.to_dict()["result"]


JUNE = {"start": "2026-06-01", "end": "2026-06-28"}


def test_without_a_period_it_is_the_last_28_days_with_data(shop):
    found = told(shop)

    assert (found["start"], found["end"], found["cutoff"]) == ("2026-06-01",) + ("2026-06-28",) * 2
    assert any("28 days" in note for note in found["notes"])


def test_groups_add_up_to_the_whole_and_carry_names(shop):
    found = told(shop, **JUNE, group_by="store")

    assert sum(row["value"] for row in found["rows"]) == pytest.approx(found["value"])
    names = {store.name for store in shop.counter.vocabulary(shop.person("viewer1")).stores}
    assert {row["name"] for row in found["rows"]} <= names
    assert found["groups"] == len(found["rows"])


def test_the_best_and_the_worst_are_the_ends_of_one_ranking(shop):
    best = told(shop, **JUNE, group_by="product", top=3)["rows"]
    worst = told(shop, **JUNE, group_by="product", top=3, order="asc")["rows"]

    assert best[0]["value"] >= best[1]["value"] >= best[2]["value"] >= worst[2]["value"]
    assert worst[0]["value"] <= worst[1]["value"]


def test_it_is_compared_with_the_same_weekdays_a_year_earlier(shop):
    found = told(shop, **JUNE, compare_to="last_year")
    earlier = told(shop, start="2025-06-02", end="2025-06-29")

    assert (found["previous_start"], found["previous_end"]) == ("2025-06-02", "2025-06-29")
    assert found["previous"] == pytest.approx(earlier["value"])
    assert found["change_pct"] == pytest.approx(100 * (found["value"] / earlier["value"] - 1))


def test_a_comparison_with_days_before_the_data_is_left_out_and_said(shop):
    first = shop.counter.vocabulary(shop.person("viewer1")).first

    found = told(shop, start=f"{first}", compare_to="previous_period")

    assert found["previous_start"] is found["previous"] is found["compare_to"] is None
    assert any("too late to compare" in note for note in found["notes"])


def test_price_and_discount_have_units_of_their_own(shop):
    assert told(shop, product="1", measure="price")["unit"] == "USD per unit"
    assert told(shop, product="1", measure="discount")["unit"] == "percent"
    assert told(shop, measure="revenue")["unit"] == "USD"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"top": 0}, "out_of_range"),
        ({"top": 501}, "out_of_range"),
        ({"start": "2020-01-01", "end": "2020-12-31"}, "out_of_range"),
        ({"start": "2026-07-06", "end": "2026-07-12"}, "out_of_range"),
        ({"product": "no such thing"}, "unknown_item"),
    ],
)
def test_what_cannot_be_looked_up_is_refused_with_its_class(shop, arguments, reason):
    assert shop.call("viewer1", "sales_history", **arguments).reason == reason
