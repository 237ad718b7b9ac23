import numpy as np
import pytest

from forecasting.pricing.curvature import FAMILY, PLAIN, Bend
from forecasting.pricing.response import PriceResponse, estimate_response
from tests.builders import make_panel, series_of

DEPTH = np.array([0.1, 0.2, 0.3])


def world(uplift):
    """Return a panel whose sales rise by these log points at a depth."""
    panel = make_panel(stores=6, products=4, history=730, seed=5)
    panel.discount[panel.discount == 15] = 5
    rng = np.random.default_rng(5)
    depth = panel.discount[:, : panel.history] / 100
    mean = 40 * np.exp(uplift(depth) + 0.1 * (depth > 0.08))
    panel.sales[:] = rng.poisson(mean)
    return panel


@pytest.mark.parametrize("name", FAMILY)
def test_all_shapes_agree_at_twenty_percent(name):
    bent = Bend.only(name).price(np.log(np.array([0.8])))

    assert bent[0] == pytest.approx(np.log(0.8))


@pytest.mark.parametrize("name", FAMILY)
def test_deeper_cuts_never_sell_less(name):
    bent = Bend.only(name).price(np.log(1 - np.linspace(0, 0.6, 61)))

    assert (np.diff(bent) <= 1e-12).all()


def test_a_higher_price_follows_the_elasticity_whatever_the_shape():
    assert Bend.only("kinked_8").price(np.array([0.1]))[0] == pytest.approx(0.1)


@pytest.mark.parametrize(
    "uplift",
    [
        pytest.param(lambda d: -2.0 * np.log1p(-d), id="constant elasticity"),
        pytest.param(lambda d: 2.2 * d, id="straight"),
        pytest.param(lambda d: -0.55 * np.expm1(-d / 0.1), id="first points do most"),
    ],
)
def test_what_a_cut_adds_is_found_at_every_depth_whatever_the_shape(uplift):
    response = estimate_response(world(uplift))
    promoted = np.ones((1, len(DEPTH)))

    ratio, off = (1 - DEPTH)[None], 100 * DEPTH[None]
    found = np.log(response.factor(series_of("1"), ratio, promoted, off))[0]

    assert found == pytest.approx(uplift(DEPTH) + 0.1 * (DEPTH > 0.08), abs=0.06)


def test_the_shape_survives_being_written_and_read_and_old_answers_have_none():
    response = estimate_response(world(lambda d: 2.0 * 0.2231 * -np.expm1(-d / 0.1) / 0.8647))
    text = response.to_json()

    assert PriceResponse.from_json(text).bend == response.bend != PLAIN
    assert PriceResponse.from_json(text.replace('"bend"', '"once"')).bend == PLAIN


def test_how_strong_a_hidden_driver_must_be_is_told_at_the_depth_it_bends_to():
    def uplift(depth):
        return 2.0 * 0.2231 * -np.expm1(-depth / 0.1) / 0.8647

    response = estimate_response(world(uplift))
    deepest = response.table["max_discount"].iloc[0] / 100

    at_most = 100 * np.expm1(uplift(deepest) + 0.1)
    assert response.bend != PLAIN
    assert 0.8 * at_most < response.table["flips_at_pct"].median() < at_most
