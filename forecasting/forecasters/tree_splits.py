"""Which way rows go at every split of a booster, all splits and rows at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

# LightGBM takes what is nearer to zero than this for a missing value where zero means missing.
_ZERO = 1e-35


@dataclass(frozen=True)
class Splits:
    """Splits of numbers and of codes, as LightGBM decides them.

    Attributes:
        feature: [splits] the column.
        threshold: [splits, 1] numbers up to it go left; infinite for codes.
        missing_left: [splits, 1] whether what is missing goes left.
        missing_nan: [splits, 1] whether NaN is missing; elsewhere it counts as 0.
        missing_zero: [splits, 1] whether 0 is missing.
        coded: The splits of codes.
        codes: [coded, codes + 1] whether each code goes left; the last for all others.
    """

    feature: NDArray[np.int64]
    threshold: NDArray[np.float64]
    missing_left: NDArray[np.bool_]
    missing_nan: NDArray[np.bool_]
    missing_zero: NDArray[np.bool_]
    coded: NDArray[np.int64]
    codes: NDArray[np.bool_]

    @classmethod
    def of(cls, nodes: Sequence[dict[str, Any]]) -> Self:
        """Read the splits of a dumped model."""
        by_code = [at for at, node in enumerate(nodes) if node["decision_type"] == "=="]
        chosen = [[int(code) for code in nodes[at]["threshold"].split("||")] for at in by_code]
        codes = np.zeros((len(chosen), 2 + max((max(one) for one in chosen), default=0)), bool)
        for row, one in enumerate(chosen):
            codes[row, one] = True
        number = [
            np.inf if node["decision_type"] == "==" else float(node["threshold"]) for node in nodes
        ]
        missing = np.array([node["missing_type"] for node in nodes])[:, None]
        return cls(
            feature=np.array([node["split_feature"] for node in nodes], dtype=np.int64),
            threshold=np.array(number)[:, None],
            missing_left=np.array([bool(node["default_left"]) for node in nodes])[:, None],
            missing_nan=missing == "NaN",
            missing_zero=missing == "Zero",
            coded=np.array(by_code, dtype=np.int64),
            codes=codes,
        )

    def left(self, table: NDArray[np.floating]) -> NDArray[np.bool_]:
        """Return [splits, rows] whether each row goes left at each split."""
        values = table.T.astype(np.float64)
        unknown = np.isnan(values)
        number = np.where(unknown, 0.0, values)
        left = number[self.feature] <= self.threshold
        missing = self.missing_nan & unknown[self.feature]
        missing |= self.missing_zero & (np.abs(number) <= _ZERO)[self.feature]
        np.copyto(left, self.missing_left, where=missing)
        if len(self.coded):
            left[self.coded] = self._by_code(values[self.feature[self.coded]])
        return left

    def _by_code(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        others = self.codes.shape[1] - 1
        known = (values >= 0) & (values < others)  # NaN is neither
        code = np.where(known, values, others).astype(np.int64)
        return np.take_along_axis(self.codes, code, axis=1)
