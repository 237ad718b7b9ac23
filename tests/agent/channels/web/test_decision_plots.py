from agent.channels.web.decision_plots import counterfactual, discount_curve, plan_inventory
from agent.channels.web.plots import plot_of

CHIPS = {"id": "2", "name": "Chips"}
GAIN = {"unit": "USD", "gain": 100.0, "gain_lower": 60.0, "gain_upper": 150.0}
BETTER = {"product": CHIPS, "action": "discount", "discount_pct": 15.0, "objective": GAIN}
ADVICE = {
    "objective": "profit",
    "level": 80,
    "advice": [{"product": CHIPS, "action": "keep"}, BETTER],
}


def depth(discount, gain):
    return {
        "discount_pct": discount,
        "unit": "USD",
        "gain": gain,
        "gain_lower": gain - 10,
        "gain_upper": gain + 20,
    }


def offer(discount, units):
    return {
        "discount_pct": discount,
        "units": units,
        "units_lower": units - 5,
        "units_upper": units,
    }


def test_advice_is_drawn_where_it_leaves_the_plan():
    call = {"tool": "optimize_discount", "outcome": "succeeded", "result": ADVICE}
    bar = plot_of([call]).data[0]

    assert (list(bar.y), list(bar.x)) == (["Chips · 15%"], [100.0])
    assert plot_of([call | {"result": ADVICE | {"advice": ADVICE["advice"][:1]}}]) is None


def test_a_discount_curve_runs_through_what_was_weighed():
    curve = [depth(20, 40.0), depth(10, 60.0), depth(30, -50.0)]
    drawn = discount_curve(ADVICE | {"advice": [BETTER | {"curve": curve}]})

    assert list(drawn.data[-1].x) == [10, 20, 30]
    assert list(drawn.data[-1].y) == [60.0, 40.0, -50.0]
    assert list(drawn.data[0].y) == [80.0, 60.0, -30.0]
    assert drawn.layout.shapes[0].x0 == 15.0


def test_too_few_discounts_make_no_curve():
    result = ADVICE | {"advice": [BETTER | {"curve": [depth(20, 40.0)]}]}

    assert list(discount_curve(result).data[0].y) == ["Chips · 15%"]


def test_ways_to_a_target_are_drawn_against_it():
    result = {
        "product": CHIPS,
        "unit": "units",
        "level": 80,
        "target_units": 120.0,
        "planned": offer(0.0, 80.0),
        "least": offer(18.0, 121.0),
        "most": offer(30.0, 150.0),
    }
    drawn = counterfactual(result)

    assert list(drawn.data[0].y) == ["as planned", "18% off", "30% off"]
    assert list(drawn.data[0].x) == [80.0, 121.0, 150.0]
    assert drawn.layout.shapes[0].x0 == 120.0


def test_stock_stands_beside_demand_where_stock_is_known():
    known = {
        "product": CHIPS,
        "store": {"id": "1", "name": "Riverside"},
        "on_hand": 40.0,
        "demand": 90.0,
        "demand_lower": 80.0,
        "demand_upper": 101.0,
    }
    span = {"start": "2026-07-01", "end": "2026-07-14", "level": 80, "unit": "units"}
    lines = [known, known | {"on_hand": None}]
    stock, demand = plan_inventory({**span, "product": CHIPS, "lines": lines}).data

    assert (list(stock.x), list(demand.x)) == ([40.0], [90.0])
    assert list(stock.y) == ["Riverside"]
    assert plan_inventory({**span, "product": None, "lines": lines}).data[0].y[0] == "Chips"
