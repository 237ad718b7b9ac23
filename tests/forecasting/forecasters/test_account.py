"""What the base of the trees is told to be made of."""

import numpy as np
import pytest

from forecasting.demand import Demand
from forecasting.forecasters.account import base_reasons
from forecasting.origin import Origin
from forecasting.pricing.response import estimate_response
from forecasting.units import Frequency
from tests.forecasting.worlds import panel_of

ROWS = np.arange(4)


def told(panel, columns):
    origin = Origin(Demand(panel, estimate_response(panel)), panel.history)
    parts = base_reasons(origin, ROWS, columns)
    with np.errstate(divide="ignore", invalid="ignore"):
        return parts, np.log(origin.base(ROWS, columns) / origin.level[ROWS][:, None])


def test_weekday_and_plan_share_what_the_base_is_above_the_level():
    flag = np.zeros((4, 350), dtype=np.float32)
    flag[:, np.arange(350) % 14 < 6] = 1
    week = np.where(np.arange(280) % 7 == 5, 20.0, 10.0)
    sales = week * np.where(flag[:, :280] > 0, 2.0, 1.0)
    columns = np.arange(280, 294)

    parts, whole = told(panel_of(sales, plan=70, known={"leaflet": flag}), columns)

    weekday, plan = parts["day of the week"], parts["known plans"]
    on = flag[0, columns] > 0
    np.testing.assert_allclose(weekday + plan, whole)
    assert plan[:, on].min() > 0.1
    assert plan[:, ~on & (columns % 7 < 6)].max() < -0.1
    assert weekday[:, columns % 7 == 5] == pytest.approx(
        weekday[:, columns % 7 == 0] + 0.69, abs=0.1
    )


def test_of_longer_periods_it_is_the_season():
    panel = panel_of(np.full((4, 60), 10.0), frequency=Frequency.WEEK)

    parts, whole = told(panel, np.arange(60, 64))

    assert list(parts) == ["time of year"]
    np.testing.assert_allclose(parts["time of year"], whole)


def test_what_never_sold_has_no_reasons():
    parts, _ = told(panel_of(np.zeros((4, 100))), np.arange(100, 107))

    assert all(np.isfinite(part).all() for part in parts.values())
