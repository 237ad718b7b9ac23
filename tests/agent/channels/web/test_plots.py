import pytest

from agent.channels.web.plots import forecast_plot, plot_of, side_by_side
from tests.agent.planner.wording.results import RESULTS, Invented

ITEM = {"id": "1", "name": "<b>Tea</b>"}
SPAN = {"start": "2026-06-29", "end": "2026-07-05", "cutoff": "2026-06-28"}
SCOPE = {"product": ITEM, "store": None, "category": None}


def point(day, mean):
    return {"start": day, "end": day, "mean": mean, "lower": mean - 2, "upper": mean + 3}


FORECAST = {
    **SPAN,
    **SCOPE,
    "unit": "units",
    "level": 80,
    "points": [point("2026-06-29", 10.0), point("2026-06-30", 12.0)],
}


def succeeded(tool, result):
    return {"tool": tool, "arguments": {}, "outcome": "succeeded", "result": result}


def test_a_forecast_is_drawn_with_its_range_after_the_past():
    past = {"rows": [{"start": "2026-06-28", "value": 9.0}, {"start": "2026-06-27", "value": 8.0}]}
    traces = forecast_plot(FORECAST, past).data

    assert [trace.name for trace in traces] == ["sold", None, "80% range", "forecast"]
    assert list(traces[0].x) == ["2026-06-27", "2026-06-28"]
    assert list(traces[1].y) == [13.0, 15.0]
    assert list(traces[2].y) == [8.0, 10.0]
    assert list(traces[3].y) == [10.0, 12.0]


def test_one_figure_needs_no_plot():
    assert forecast_plot(FORECAST | {"points": []}) is None


def test_names_in_a_plot_are_plain_text():
    assert "<b>" not in forecast_plot(FORECAST).layout.title.text


def test_a_refused_call_is_not_drawn():
    assert plot_of([{"tool": "forecast", "outcome": "refused", "result": None}]) is None
    assert plot_of([]) is None


def test_history_by_product_is_bars_and_by_day_a_line():
    rows = [
        {"name": "Tea", "start": "2026-06-02", "value": 5.0, "previous": 4.0},
        {"name": "Milk", "start": "2026-06-01", "value": 3.0, "previous": None},
    ]
    result = {**SPAN, **SCOPE, "measure": "units", "unit": "units", "rows": rows}
    by_product = plot_of([succeeded("sales_history", result | {"group_by": "product"})])
    by_day = plot_of([succeeded("sales_history", result | {"group_by": "day"})])

    assert list(by_product.data[0].x) == [5.0, 3.0]
    assert list(by_day.data[0].y) == [3.0, 5.0]
    assert by_day.data[1].name == "compared with"


def test_a_what_if_shows_the_change_with_its_range():
    change = {"change_pct": 12.0, "change_pct_lower": 4.0, "change_pct_upper": 21.0}
    result = {**SPAN, **SCOPE, "level": 80, "units": change, "revenue": None, "profit": None}
    bar = plot_of([succeeded("what_if", result)]).data[0]

    assert (list(bar.x), list(bar.error_x.array), list(bar.error_x.arrayminus)) == ([12], [9], [8])


def test_drivers_are_a_waterfall_from_reference_to_figure():
    drivers = [{"name": "weekday", "effect": 5.0}, {"name": "price", "effect": -2.0}]
    result = {
        **SPAN,
        **SCOPE,
        "about": "forecast",
        "unit": "units",
        "reference": 10.0,
        "figure": 13.0,
        "drivers": drivers,
    }
    drawn = plot_of([succeeded("explain", result)]).data[0]

    assert list(drawn.x) == ["recent normal", "weekday", "price", "forecast"]
    assert list(drawn.y) == [10.0, 5.0, -2.0, 13.0]


def test_unusual_days_show_what_was_sold_beside_what_was_expected():
    anomaly = {
        "start": "2026-06-20",
        "store": {"id": "1", "name": "Riverside"},
        "product": None,
        "actual": 90.0,
        "expected": 30.0,
        "score": 8.0,
        "unit": "units",
    }
    missing = anomaly | {"actual": None}
    result = {"unit": "units", "anomalies": [anomaly, missing]}
    expected, sold = plot_of([succeeded("detect_anomalies", result)]).data

    assert (list(expected.x), list(sold.x)) == ([30.0], [90.0])
    assert list(sold.y) == ["2026-06-20 Riverside"]


@pytest.mark.parametrize("tool", sorted(RESULTS))
def test_whatever_a_tool_finds_is_drawn_or_needs_no_plot(tool):
    for seed in range(12):
        plot_of([succeeded(tool, Invented(seed).result(tool))])


def test_alerts_are_drawn_as_what_was_sold_beside_what_was_expected():
    alert = {
        "start": "2026-06-20",
        "store": None,
        "product": ITEM,
        "actual": 90.0,
        "expected": 30.0,
        "unit": "units",
    }
    expected, sold = plot_of([succeeded("list_alerts", {"alerts": [alert]})]).data

    assert (list(expected.x), list(sold.x)) == ([30.0], [90.0])


def test_forecasts_of_several_things_stand_side_by_side():
    tea = {**SPAN, **SCOPE, "unit": "units", "mean": 10.0, "lower": 8.0, "upper": 13.0}
    milk = tea | {"product": {"id": "2", "name": "Milk"}, "mean": 20.0, "lower": 15.0}
    drawn = side_by_side("forecast", [tea, milk]).data[0]

    assert list(drawn.y) == ["&lt;b&gt;Tea&lt;/b&gt;", "Milk"]
    assert list(drawn.x) == [10.0, 20.0]


def test_one_thing_in_two_weeks_is_told_apart_by_its_days():
    first = {**SPAN, **SCOPE, "unit": "units", "value": 10.0}
    second = first | {"start": "2026-07-06", "end": "2026-07-12", "value": 12.0}
    drawn = side_by_side("sales_history", [first, second]).data[0]

    assert list(drawn.y) == ["2026-06-29 to 2026-07-05", "2026-07-06 to 2026-07-12"]


def test_units_and_money_are_not_drawn_on_one_axis():
    units = {**SPAN, **SCOPE, "unit": "units", "value": 10.0}

    assert side_by_side("sales_history", [units, units | {"unit": "USD"}]) is None
