"""Totals that are the sums of their parts, with what forecasts of the totals know besides.

Sums of many small forecasts miss what only shows in the total: the whole chain growing, say.
Forecasts of stores, categories and the company made on their own sales see it, but do not add up.
Trace minimisation (Wickramasuriya, Athanasopoulos and Hyndman 2019, "Optimal forecast
reconciliation for hierarchical and grouped time series through trace minimization") moves every
part by its share of the difference, in proportion to how unsure part and total are; the totals
are then the sums of the moved parts. With W the variances of the parts and V those of the totals,

    moved = parts + W C' (C W C' + V)⁻¹ (totals - C parts)

Variances come from backtest errors, and it is used only where it lowered the error of a backtest
that had not chosen them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# A level of the hierarchy with fewer parts a total than this knows nothing that the parts do not.
_LEAST_PARTS = 2
_LEAST_VARIANCE = 1e-9
# So many periods stand for parts that err alone.
_PRIOR_PERIODS = 14.0
# By so much must the error of totals fall in windows left out for it to be used.
_LEAST_GAIN = 0.01


@dataclass(frozen=True)
class Hierarchy:
    """Which series each total adds up.

    Attributes:
        names: [totals] e.g. `everything`, `store 3`, `category Dairy`.
        sums: [totals, n] 1 where a total holds a series.
    """

    names: tuple[str, ...]
    sums: Floats

    @classmethod
    def of(cls, series: pd.DataFrame) -> "Hierarchy":
        """Return the company, its stores and its categories, as far as they hold several series.

        Args:
            series: [n] with columns `store` and `product`, and perhaps `product_category`.
        """
        names, rows = ["everything"], [np.ones(len(series))]
        for column, word in (("store", "store"), ("product_category", "category")):
            if column not in series:
                continue
            words = series[column].astype(str)
            counts = words.value_counts()
            several = sorted(counts.index[counts >= _LEAST_PARTS])
            if len(counts) > 1:
                names += [f"{word} {one}" for one in several]
                rows += [(words == one).to_numpy(dtype=np.float64) for one in several]
        return cls(tuple(names), np.stack(rows))


@dataclass(frozen=True)
class Reconciliation:
    """How far parts follow totals.

    Attributes:
        hierarchy: What adds up to what.
        gain: [n, totals] by how much each part moves for a difference of 1 in each total.
        helps: Whether it lowered the error of totals in windows left out.
    """

    hierarchy: Hierarchy
    gain: Floats
    helps: bool

    def apply(self, parts: Floats, totals: Floats) -> Floats:
        """Return [n, h] parts moved towards totals; unmoved where it does not help.

        Args:
            parts: [n, h] forecasts of the series.
            totals: [totals, h] forecasts of the totals; NaN where there is none.
        """
        return _moved(self.hierarchy, self.gain, parts, totals) if self.helps else parts


def fitted(
    hierarchy: Hierarchy,
    actual: Sequence[Floats],
    parts: Sequence[Floats],
    totals: Sequence[Floats],
) -> Reconciliation:
    """Fit from backtest windows, and judge on each window what the others say.

    Args:
        hierarchy: What adds up to what.
        actual: By window, [n, h] sales; NaN, where not known, counts on neither side.
        parts: By window, [n, h] forecasts of the series.
        totals: By window, [totals, h] forecasts of the totals of what is known.
    """
    windows = range(len(actual))
    before = after = 0.0
    for left_out in windows:
        others = [one for one in windows if one != left_out]
        if not others:
            break
        gain = _gain(
            hierarchy, *([list_[one] for one in others] for list_ in (actual, parts, totals))
        )
        known = ~np.isnan(actual[left_out])
        own = np.where(known, parts[left_out], 0.0)
        moved = np.where(known, _moved(hierarchy, gain, own, totals[left_out]), 0.0)
        truth = hierarchy.sums @ np.where(known, actual[left_out], 0.0)
        before += float(np.abs(hierarchy.sums @ own - truth).sum())
        after += float(np.abs(hierarchy.sums @ moved - truth).sum())
    gain = _gain(hierarchy, actual, parts, totals)
    return Reconciliation(hierarchy, gain, helps=after < (1 - _LEAST_GAIN) * before)


def _gain(
    hierarchy: Hierarchy,
    actual: Sequence[Floats],
    parts: Sequence[Floats],
    totals: Sequence[Floats],
) -> Floats:
    """Return W C' (C W C' + V)⁻¹ from the windows' mean squared errors."""
    own = np.hstack([one - truth for one, truth in zip(parts, actual, strict=True)])
    sums = hierarchy.sums
    of_totals = np.hstack(
        [one - sums @ np.nan_to_num(truth) for one, truth in zip(totals, actual, strict=True)]
    )
    whole = np.maximum(_mean_square(of_totals), _LEAST_VARIANCE)
    # Parts err together, so that W is far from diagonal: of W C' the part seen in few periods is
    # shrunk to that of parts which err alone.
    error = np.nan_to_num(own)
    seen = error @ (sums @ error).T / max(error.shape[1], 1)
    alone = (sums * np.maximum(_mean_square(own), _LEAST_VARIANCE)).T
    share = error.shape[1] / (error.shape[1] + _PRIOR_PERIODS)
    spread = share * seen + (1 - share) * alone
    return np.asarray(np.linalg.solve(sums @ spread + np.diag(whole), spread.T).T)


def _mean_square(errors: Floats) -> Floats:
    known = ~np.isnan(errors)
    square = np.where(known, errors, 0.0) ** 2
    return np.asarray(square.sum(axis=1) / np.maximum(known.sum(axis=1), 1))


def _moved(hierarchy: Hierarchy, gain: Floats, parts: Floats, totals: Floats) -> Floats:
    """Return parts moved; never below 0, and nothing for what is not forecast to sell."""
    difference = np.nan_to_num(totals - hierarchy.sums @ parts)
    moved = np.maximum(parts + gain @ difference, 0.0)
    return np.where(parts > 0, moved, 0.0)
