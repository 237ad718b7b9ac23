from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecasting.pricing.optimiser import Limits, candidates
from forecasting.pricing.planning import plan_discounts
from forecasting.pricing.rules import Rules, rules
from tests.builders import make_panel
from tests.forecasting.pricing.shop import outlooks_in, small_shop


def ruled(panel=None, **columns):
    products = pd.DataFrame(
        {"product": ["1"], **{name: [value] for name, value in columns.items()}}
    )
    return rules(panel or make_panel(history=60), products)["1"]


@pytest.mark.parametrize("value", [1, True, "yes", "X", "contract"])
def test_a_product_marked_so_is_not_to_be_discounted(value):
    assert ruled(no_discount=value).no_discount


@pytest.mark.parametrize("value", [0, False, "no", "", None, float("nan")])
def test_a_product_not_marked_may_be_discounted(value):
    assert not ruled(no_discount=value).no_discount


def test_not_discountable_says_the_same():
    assert ruled(discountable="no").no_discount
    assert not ruled(discountable=None).no_discount


@pytest.mark.parametrize(
    "value", ["0.99 0.49", ".99;.49", "99, 49", "0,49 / 0,99", "0.99,0.49", "49,99"]
)
def test_endings_are_read_as_people_write_them(value):
    assert ruled(price_endings=value).endings == (49, 99)


def test_endings_that_nearly_all_discounted_prices_have_are_a_rule():
    panel = make_panel(history=420)
    price = np.linspace(4, 30, panel.n)[:, None] * np.ones_like(panel.price)
    offered = np.floor(price * (1 - panel.discount / 100)) + 0.99
    ladder = replace(
        panel,
        price=price.astype(np.float32),
        discount=(100 * (1 - offered / price)).astype(np.float32),
    )

    assert ruled(ladder).endings == (99,)
    assert ruled(panel).endings == ()


def test_a_ladder_holds_the_prices_between_two():
    assert Rules(endings=(49, 99)).ladder(3.0, 5.0) == pytest.approx([3.49, 3.99, 4.49, 4.99])


def test_the_nearest_price_on_the_shelf_is_proposed():
    assert Rules(shelf_endings=(49, 99)).on_shelf(4.30) == pytest.approx(4.49)
    assert Rules().on_shelf(4.30) is None


def test_only_prices_on_the_ladder_are_weighed():
    panel, response = small_shop()
    outlook = replace(outlooks_in(panel, response, ["2"])["2"], rules=Rules(endings=(49, 99)))

    weighed = candidates(outlook, objective="profit", limits=Limits()).candidates[2:]

    cents = {round(100 * 5 * (1 - one.discount_pct / 100)) % 100 for one in weighed}
    assert cents == {49, 99}


def test_what_must_not_be_discounted_keeps_its_price_and_says_why():
    panel, response = small_shop()
    outlook = replace(outlooks_in(panel, response, ["2"])["2"], rules=Rules(no_discount=True))

    (planned,) = plan_discounts(
        [candidates(outlook, objective="profit", limits=Limits())], Limits()
    )

    assert planned.best.discount_pct is None
    assert planned.limits == ("no_discount",)
