"""The distribution of a sum agrees with the intervals that are shown of it."""

import numpy as np
import pytest

from forecasting.intervals.demanded import quantiles
from forecasting.training import train
from tests.builders import make_panel


@pytest.fixture(scope="module")
def panel():
    return make_panel(history=420, seed=9)


@pytest.fixture(scope="module")
def model(panel):
    return train(panel, budget="fast", seed=1)


def forecast(model, panel, rows, days):
    made = model.predict(panel, np.array(rows), panel.history, panel.history + days)
    return made.mean.astype(float), made.sd.astype(float)


@pytest.mark.parametrize("level", [50, 80, 95])
@pytest.mark.parametrize(("rows", "days"), [([0], 14), ([0, 1, 4], 7), ([2], 1)])
def test_quantiles_are_the_ends_of_the_intervals(model, panel, rows, days, level):
    mean, sd = forecast(model, panel, rows, days)
    series = panel.series.iloc[rows]

    found = quantiles(model.intervals, mean, sd, np.array([0.5 - level / 200, 0.5 + level / 200]),
                      series)  # fmt: skip

    whole = model.intervals.total(mean, sd, level, series)
    assert found == pytest.approx([whole.lower, whole.upper])


@pytest.mark.parametrize(("rows", "days"), [([0], 14), ([0, 1, 4], 7), ([2], 1)])
def test_a_higher_probability_never_has_a_lower_quantile(model, panel, rows, days):
    mean, sd = forecast(model, panel, rows, days)

    found = quantiles(model.intervals, mean, sd, np.linspace(0.001, 0.999, 200))

    assert (np.diff(found) >= -1e-9).all()
    assert found[0] >= 0
    assert found.mean() == pytest.approx(mean.sum(), rel=0.05)
