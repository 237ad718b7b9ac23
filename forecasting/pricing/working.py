"""What a fit of prices works on: sales, regressors, effects, and where they stand."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from forecasting.panel import Mask, Panel
from forecasting.pricing.censoring import told, wanted
from forecasting.pricing.design import PRICE, PROMOTION
from forecasting.pricing.effects import (
    Grouping,
    effect,
    partial_out,
    shares_within,
    shrinkage,
)
from forecasting.pricing.exposure import Exposure
from forecasting.pricing.partitions import own

Floats = NDArray[np.float64]

_OUTLIER = 6.0
# Prior standard deviations (log points per unit) that keep weak regressors in place.
_LOOSE, _CONTROL = 10.0, 0.5
_EXTRA = 0.03
_SWEEPS = 4
_PINNED = 1e12


@dataclass
class Working:
    """The state of a fit of n series; matrices are [n, t], columns [k, n, t].

    Attributes:
        names: The k regressors.
        sales: What was sold or, where the shelf was empty, is thought to have been wanted.
        usable: Which sales count.
        censored: Where the shelf was empty.
        columns: The regressors; 0 where unusable.
        product: [n] product of each series.
        penalty: [p, k] precision of each coefficient about zero.
        coefficients: [p, k].
        weight: [n, 1] one over a series' dispersion.
        own: What each series has for itself.
        shared: What series share.
        effects: Level, then the effects of `own` and `shared`.
        floor: What was to be had where the shelf was empty.
        multiplier: What the coefficients make of demand.
        extra: Variance beyond Poisson noise, as a share of the mean squared.
    """

    names: tuple[str, ...]
    sales: Floats
    usable: Mask
    censored: Mask
    columns: Floats
    product: NDArray[np.int64]
    penalty: Floats
    coefficients: Floats
    weight: Floats
    own: tuple[Grouping, ...]
    shared: tuple[Grouping, ...]
    effects: list[Floats]
    floor: Floats
    multiplier: Floats
    extra: float = _EXTRA

    @classmethod
    def of(
        cls,
        panel: Panel,
        exposure: Exposure,
        columns: dict[str, Floats],
        pinned: NDArray[np.bool_],
        shared: tuple[Grouping, ...],
    ) -> Self:
        """Return where a fit begins; see `fitting.fit`."""
        usable = exposure.usable | exposure.censored
        sales = np.where(usable, np.nan_to_num(panel.sales), 0.0).astype(np.float64)
        _drop_impossible(sales, usable)
        sales *= usable
        loose = [_LOOSE if name in (PRICE, PROMOTION) else _CONTROL for name in columns]
        mean = sales.sum(axis=1) / np.maximum(usable.sum(axis=1), 1)
        start = np.maximum(mean, 1e-3)[:, None] * np.ones_like(sales)
        alone = own(panel)
        return cls(
            names=tuple(columns),
            sales=sales,
            usable=usable,
            censored=exposure.censored & usable,
            columns=np.stack([np.where(usable, values, 0.0) for values in columns.values()]),
            product=exposure.product,
            penalty=np.where(pinned, _PINNED, 1 / np.square(loose)[None, :]),
            coefficients=np.zeros((len(exposure.products), len(columns))),
            weight=np.ones((len(sales), 1)),
            own=alone,
            shared=shared,
            effects=[start, *(np.ones_like(sales) for _ in alone + shared)],
            floor=sales.copy(),
            multiplier=np.ones_like(sales),
        )

    def answer(self) -> None:
        """Work out the multiplier of the coefficients as they are now."""
        linear = np.zeros(self.sales.shape)
        for column, coefficient in zip(self.columns, self.coefficients.T, strict=True):
            linear += column * coefficient[self.product, None]
        self.multiplier = np.exp(np.clip(linear, -8, 8))

    def expected(self) -> Floats:
        """Return [n, t] what should have sold; 0 where unusable."""
        product = self.multiplier * self.usable
        for values in self.effects:
            product *= values
        return product

    def informed(self) -> Floats:
        """Return [n, t] how much a sale tells of demand: all, but where the shelf was empty."""
        share = np.ones(self.sales.shape)
        empty = self.censored & self.usable
        if empty.any():
            share[empty] = told(self.floor[empty], self.expected()[empty], self.extra)
        return share

    def update_effects(self) -> None:
        """Set each effect in turn to what the rest leaves of sales."""
        expected = self.expected()
        if self.censored.any():
            empty = self.censored
            self.sales[empty] = wanted(self.floor[empty], expected[empty], self.extra)
        observed, expected = self.weight * self.sales, self.weight * expected
        order = [*enumerate(self.own + self.shared, start=1)]
        # Own levels come last, so that what is left speaks of no stretch's level.
        for at, grouping in order + order[1 : len(self.own)]:
            expected /= self.effects[at]
            self.effects[at] = effect(grouping, observed, expected)
            expected *= self.effects[at]

    def kept(self) -> tuple[tuple[Grouping, Floats], ...]:
        """Return what each series has for itself, with the share of its own mean it keeps."""
        observed, weighted = self.weight * self.sales, self.weight * self.expected()
        return tuple((each, shrinkage(each, observed, weighted)[1]) for each in self.own)

    def taken_out(
        self, owner: NDArray[np.int64], beside: tuple[Grouping, ...]
    ) -> tuple[tuple[Grouping, Floats], ...]:
        """Return what is taken out of regressors, each with the share of its mean that goes.

        Own levels go last, so that nothing of them is left: weeks are told within a stretch only.

        Args:
            owner: [n] the number of what each series' regressor belongs to.
            beside: Shared effects of which an owner's part is taken out, next to each series' own.
        """
        observed, weighted = self.weight * self.sales, self.weight * self.expected()
        shared = (shares_within(each, owner, observed, weighted) for each in beside)
        return *shared, *self.kept()

    def rest(
        self,
        of: list[int] | None = None,
        beside: tuple[Grouping, ...] = (),
        tells: Floats | float = 1.0,
    ) -> Floats:
        """Return what effects leave of the columns.

        Args:
            of: Only these columns; all by default.
            beside: Shared effects of which a product's part is taken out, next to its own.
            tells: [n, t] how much each sale tells.
        """
        weighted = self.weight * self.expected()
        kept = self.taken_out(self.product, beside)
        columns = self.columns if of is None else self.columns[of]
        return partial_out(columns, weighted * tells, kept, _SWEEPS if beside else _SWEEPS // 2)

    def weigh(self) -> None:
        """Weigh series down for over-dispersion, and drop sales nothing here can explain."""
        expected = self.expected()
        short = self.sales - expected
        counted = self.usable & ~self.censored
        count = np.maximum(self.usable.sum(axis=1), 1)
        noise = ((short**2 - expected) * counted).sum(axis=1) / count
        size = (expected**2 * counted).sum(axis=1) / count
        known = size > 0
        extra = np.median(noise[known] / size[known]) if known.any() else 0.0
        mean = (expected.sum(axis=1) / count)[:, None]
        self.extra = float(np.clip(extra, 0.0, 5.0))
        self.weight = 1 / (1 + self.extra * mean)
        spread = np.sqrt(np.maximum(expected, 0.3) * (1 + self.extra * expected))
        odd = (np.abs(short) > _OUTLIER * spread) & ~self.censored
        self.usable = self.usable & ~odd
        self.sales = self.sales * self.usable
        self.columns *= self.usable
        self.answer()


def _drop_impossible(sales: Floats, usable: Mask) -> None:
    """Leave out sales far beyond anything the series shows: a wrong unit, not demand."""
    positive = np.where(usable & (sales > 0), sales, np.nan)
    known = np.isfinite(positive).any(axis=1)
    high = np.full(len(sales), np.inf)
    high[known] = 8 * np.nanquantile(positive[known], 0.9, axis=1) + 10
    usable &= sales <= high[:, None]
