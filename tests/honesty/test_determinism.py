"""The same data, seed and version give the same forecast, in any process (Q30)."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from forecasting.forecasters import base
from forecasting.training import train
from tests.forecasting.worlds import TINY
from tests.honesty.effort import effort
from tests.honesty.rich_panel import rich_panel
from tests.test_architecture import ROOT

SEEDS = range(effort(1, 5))
ALONE = "from tests.honesty.test_determinism import forecast; print(forecast({weekly}, {seed}))"


def forecast(weekly, seed):
    """Return the digest of a forecast by a model trained from nothing."""
    base.BUDGETS["fast"], usual = TINY, base.BUDGETS["fast"]
    panel = rich_panel(history=160, weekly=weekly)
    model = train(panel, budget="fast", seed=seed)
    base.BUDGETS["fast"] = usual
    found = model.predict(panel, np.arange(panel.n), panel.history, panel.history + 20)
    return hashlib.sha256(found.mean.tobytes() + found.sd.tobytes()).hexdigest()


def in_a_process_of_its_own(weekly, seed, **environment):
    answer = subprocess.run(  # noqa: S603 - this very file
        [sys.executable, "-c", ALONE.format(weekly=weekly, seed=seed)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.strip()


@pytest.mark.parametrize("weekly", [False, True], ids=["daily", "weekly"])
@pytest.mark.parametrize("seed", SEEDS)
def test_another_process_forecasts_the_same_to_the_last_bit(weekly, seed):
    here = forecast(weekly, seed)

    there = in_a_process_of_its_own(
        weekly, seed, PYTHONHASHSEED="12345", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1"
    )

    assert there == here


def test_the_order_in_which_covariates_are_named_changes_nothing_that_counts():
    panel = rich_panel(history=160)
    turned = replace(panel, known=dict(reversed(panel.known.items())))
    found = []
    for one in (panel, turned):
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(base.BUDGETS, "fast", TINY)
            model = train(one, budget="fast")
        found.append(model.predict(one, np.arange(one.n), 160, 180).mean)

    np.testing.assert_allclose(found[1].sum(), found[0].sum(), rtol=0.03)
