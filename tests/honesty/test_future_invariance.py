"""What happens after the cutoff changes nothing, to the last byte (Q1).

Rows after the cutoff are changed, deleted and shuffled. Every file of the trained model (features,
encoders, weights, the model selected, intervals) and every forecast must stay the same.
"""

import hashlib

import numpy as np
import pytest

from forecasting.forecasters import base
from forecasting.training import train
from tests.forecasting.worlds import TINY
from tests.honesty.effort import effort
from tests.honesty.rich_panel import rich_panel, with_future

AT, AHEAD = 200, 20
WEEKLY = (False, True)


def changed(panel):
    return with_future(panel, AT, np.full(panel.sales.shape, 9999.0))


def deleted(panel):
    return with_future(panel, AT, np.full(panel.sales.shape, np.nan))


def shuffled(panel):
    rng = np.random.default_rng(3)
    return with_future(panel, AT, rng.permuted(panel.sales, axis=1))


def reversed_in_time(panel):
    return with_future(panel, AT, panel.sales[:, ::-1])


ALTERATIONS = [changed, deleted, shuffled, reversed_in_time][: effort(2, 4)]


@pytest.fixture(scope="module", params=WEEKLY, ids=["daily", "weekly"])
def world(request, tmp_path_factory):
    panel = rich_panel(weekly=request.param)
    return panel, learned(panel, tmp_path_factory.mktemp("model"))


def learned(panel, folder):
    """Return the digest of every file of a model trained on the history, and of its forecasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(base.BUDGETS, "fast", TINY)
        seen = panel.until(AT)
        model = train(seen, budget="fast")
    model.save(folder)
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    digests = {str(path.relative_to(folder)): digest(path.read_bytes()) for path in files}
    found = model.predict(seen, np.arange(panel.n), AT, AT + AHEAD)
    return digests | {"mean": digest(found.mean.tobytes()), "sd": digest(found.sd.tobytes())}


def digest(content):
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("alter", ALTERATIONS)
def test_the_future_changes_no_byte_of_model_and_forecast(world, alter, tmp_path):
    panel, before = world

    assert learned(alter(panel), tmp_path) == before


def test_the_past_does_change_them(world, tmp_path):
    panel, before = world
    sales = panel.sales.copy()
    sales[:, AT - 5 : AT] *= 2

    after = learned(with_future(panel, AT - 5, sales), tmp_path)

    assert after["mean"] != before["mean"]
