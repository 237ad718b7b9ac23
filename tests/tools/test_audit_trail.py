"""Who called which tool, asked for over the counter."""

import pytest


def trail(shop, **arguments):
    return shop.call("admin1", "audit_trail", **arguments).to_dict()["result"]


def test_calls_are_listed_newest_first_with_canonical_arguments_and_ending(shop):
    shop.call("viewer1", "forecast", product="1", level=80)
    shop.call("viewer1", "promote")

    told = trail(shop, user="viewer1", limit=2)

    assert [(e["tool"], e["outcome"]) for e in told["entries"]] == [
        ("promote", "refused"),
        ("forecast", "succeeded"),
    ]
    assert told["entries"][1]["arguments"] == '{"product":"1"}'
    assert told["calls"] >= 2


def test_only_calls_that_ended_so_are_counted(shop):
    shop.call("viewer1", "retrain")

    told = trail(shop, outcome="refused", tool="retrain", user="viewer1")

    assert told["by_outcome"] == {"refused": told["calls"]}
    assert all(entry["outcome"] == "refused" for entry in told["entries"])


def test_the_period_is_the_last_28_days_with_records_and_said(shop):
    told = trail(shop)

    assert (told["start"], told["end"]) == ("2026-06-04", "2026-07-01")
    assert any("28 days" in note for note in told["notes"])


def test_days_without_records_have_none(shop):
    assert trail(shop, start="2026-01-01", end="2026-01-31")["calls"] == 0


@pytest.mark.parametrize(
    ("arguments", "asks_for"),
    [
        ({"start": "2026-06-09", "end": "2026-06-01"}, ("start", "end")),
        ({"end": "2026-06-01"}, ("start",)),
    ],
)
def test_dates_that_make_no_period_are_asked_about(shop, arguments, asks_for):
    assert shop.call("admin1", "audit_trail", **arguments).asks_for == asks_for


def test_only_an_administrator_may_read_it(shop):
    assert shop.call("manager1", "audit_trail").reason == "permission"
