"""Intervals hold exactly what they promise when the future is like the past (Q9).

The shape of the test is that of MAPIE's own: many splits of exchangeable errors, and one-sided
t-tests, corrected for their number (Bonferroni, family-wise error 1 %), that mean coverage is
neither below the promise d nor above d + 1 / (n + 1).
"""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ttest_1samp

from forecasting.intervals.calibrating import Window, calibrate
from forecasting.units import Frequency
from tests.honesty.effort import effort

SPLITS = effort(100, 1000)
LEVELS = (50, 80, 90, 95)
CALIBRATED, NEW = 100, 1000
FAMILY_ERROR = 0.01
ONE = pd.DataFrame({"store": ["1"], "product": ["1"]})
LAWS = {
    "symmetric": lambda rng, size: rng.normal(100, 10, size),
    "skewed": lambda rng, size: rng.gamma(4, 25, size),
    "heavy-tailed": lambda rng, size: 100 + 5 * rng.standard_t(3, size).clip(-19, 50),
}


def coverages(law, seed):
    """Return by level the share of new sales inside intervals calibrated on others."""
    rng = np.random.default_rng(seed)
    sold = LAWS[law](rng, (CALIBRATED // 10, 1, 10))
    windows = [Window(one, np.full((1, 10), 100.0)) for one in sold]
    found = calibrate(windows, ONE, Frequency.WEEK, independent=len(windows))
    new, mean = LAWS[law](rng, (1, NEW)), np.full((1, NEW), 100.0)
    deviation = found.deviation(mean, np.arange(NEW) % 10 + 1, found.scale_of(ONE))
    shares = []
    for level in LEVELS:
        lower, upper = found.cells(mean, deviation, level)
        shares.append(((new >= lower) & (new <= upper)).mean())
    return shares


@pytest.mark.parametrize("law", LAWS)
def test_coverage_is_neither_below_nor_above_the_promise(law):
    found = np.array([coverages(law, seed) for seed in range(SPLITS)])
    least = FAMILY_ERROR / (2 * len(LEVELS) * len(LAWS))
    for level, shares in zip(LEVELS, found.T, strict=True):
        promise = level / 100

        assert ttest_1samp(shares, promise, alternative="less").pvalue > least
        most = promise + 1 / (CALIBRATED + 1)
        assert ttest_1samp(shares, most, alternative="greater").pvalue > least
