"""That promotions are not random, so that a naive regression is wrong and a careful one is not."""

from datetime import date

import numpy as np

from forecasting.data.demo import make_world

UNTIL = date(2026, 6, 28)


def often_promoted(world):
    responses = world.truth.responses
    return responses.index[responses["promotions"] >= 30]


def slope(x, y):
    x, y = x - x.mean(), y - y.mean()
    return (x @ y) / (x @ x)


def observations(world, product, *, known=()):
    """Log price ratio and log units of all shop days; the effects in `known` are taken out."""
    scenarios = world.truth.scenarios
    days = scenarios.axis.history
    sales = world.tables.sales
    own = sales[sales["product"].eq(product) & sales["units"].between(1, 5000)]
    at = scenarios.axis.starts.get_indexer(own["date"])
    row_of = {store: scenarios.rows(product, store)[0] for store in own["store"].unique()}
    row = own["store"].map(row_of).to_numpy()
    assert at.max() < days
    ratio = np.log(1 - scenarios.plan.discount[row, at] / 100)
    units = np.log(own["units"].to_numpy(dtype=float))
    units -= scenarios.demand.parts["level"][row, at]
    for part in known:
        units -= scenarios.demand.parts[part][row, at]
    if known:
        units -= scenarios.demand.lift[row] * (ratio < 0)
        units += scenarios.taken[row, at]
    return ratio, units


def test_naive_regression_of_log_units_on_discount_is_biased(seeded):
    truth = seeded.truth
    products = often_promoted(seeded)
    naive = np.array([slope(*observations(seeded, product)) for product in products])
    true = truth.responses.loc[products, "elasticity"].to_numpy()

    error = naive - true
    standard_error = error.std(ddof=1) / np.sqrt(len(error))
    assert error.mean() < -0.3
    assert abs(error.mean()) > 5 * standard_error


def test_season_and_lift_taken_out_the_same_regression_finds_the_truth(seeded):
    parts = ("weekly", "yearly", "trend", "holidays", "events", "lifecycle")
    products = often_promoted(seeded)
    careful = np.array([slope(*observations(seeded, product, known=parts)) for product in products])
    true = seeded.truth.responses.loc[products, "elasticity"].to_numpy()

    assert abs((careful - true).mean()) < 0.12


def test_chain_promotions_are_planned_for_weeks_of_high_demand(seeded):
    scenarios = seeded.truth.scenarios
    parts = scenarios.demand.parts
    season = parts["yearly"] + parts["holidays"] + parts["events"]
    promoted = scenarios.plan.discount[:, : scenarios.axis.history] > 0
    season = season[:, : scenarios.axis.history]
    season = season - season.mean(axis=1, keepdims=True)

    assert season[promoted].mean() > 0.03
    assert season[~promoted].mean() < 0


def test_deeper_discounts_go_with_higher_demand(seeded):
    scenarios = seeded.truth.scenarios
    parts = scenarios.demand.parts
    season = (parts["yearly"] + parts["holidays"] + parts["events"])[:, : scenarios.axis.history]
    discount = scenarios.plan.discount[:, : scenarios.axis.history]

    deep, shallow = season[discount >= 25].mean(), season[(discount > 0) & (discount <= 10)].mean()
    assert deep > shallow


def test_stores_promote_on_their_own_what_sells_slowly(seeded):
    scenarios = seeded.truth.scenarios
    trend = scenarios.demand.parts["trend"]
    trend = (trend - trend.mean(axis=1, keepdims=True)) / trend.std(axis=1, keepdims=True)
    specials = seeded.tables.promotions.query("kind == 'store special'")
    at = scenarios.axis.starts.get_indexer(specials["start"])
    rows = [
        scenarios.rows(product, store)[0]
        for product, store in zip(specials["product"], specials["store"], strict=True)
    ]

    assert trend[rows, at].mean() < -0.15


def test_without_the_switch_nothing_is_hidden(seeded):
    assert (seeded.truth.hidden_confounder["effect"] == 0).all()


def test_the_switch_moves_demand_and_promotions_together(confounded):
    scenarios = confounded.truth.scenarios
    hidden = scenarios.demand.parts["hidden"]
    promoted = scenarios.plan.discount > 0
    planned = np.arange(scenarios.axis.size) < scenarios.axis.history

    assert hidden.std() > 0.15
    assert hidden[promoted].mean() > hidden[~promoted & planned].mean() + 0.05


def test_the_hidden_driver_is_in_no_file(summit, tmp_path):
    world = make_world("summit", until=UNTIL, hidden_confounder=True)

    names = [path.name for path in world.write(tmp_path / "hidden")]
    assert names == [path.name for path in summit.write(tmp_path / "plain")]
    for table in ("sales", "promotions", "events"):
        columns = list(getattr(world.tables, table).columns)
        assert columns == list(getattr(summit.tables, table).columns)
    assert world.truth.hidden_confounder["effect"].abs().max() > 0.2
    assert not world.tables.sales["units"].equals(summit.tables.sales["units"])


def test_with_the_hidden_driver_even_a_careful_regression_is_wrong(confounded):
    parts = ("weekly", "yearly", "trend", "holidays", "events", "lifecycle")
    products = often_promoted(confounded)
    careful = np.array(
        [slope(*observations(confounded, product, known=parts)) for product in products]
    )
    true = confounded.truth.responses.loc[products, "elasticity"].to_numpy()

    assert (careful - true).mean() < -0.15
