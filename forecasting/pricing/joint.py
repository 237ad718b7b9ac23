"""One step of a category's products together with its weeks and what they take from each other.

Products of a category share good and bad weeks, and take sales from each other. In weeks of many
offers the three can hardly be told apart, so that steps of one product at a time leave to
hundreds of rounds what all of them move together. The system of all is an arrow: a small block
for each product, and one of what a category shares. It is solved by its blocks (Schur complement,
as the equations of mixed models are; Henderson, 1975), each series' own effects taken out
beforehand.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from forecasting.grouping import sum_by
from forecasting.panel import Panel
from forecasting.pricing.exposure import Exposure
from forecasting.pricing.partitions import categories, stretches
from forecasting.pricing.uncertainty import Jackknife, effective, products
from forecasting.units import Frequency

Floats = NDArray[np.float64]
Groups = NDArray[np.int64]

_LEAST = 1e-9


@dataclass(frozen=True)
class Layout:
    """Which series and which periods belong together.

    Attributes:
        product: [n] product of each series.
        category: [n] category of each series.
        starts: [w] first period of each week (of each period, where those are longer).
        stretch: [w] stretch of history of each week, rising.
        periods: How many periods there are.
    """

    product: Groups
    category: Groups
    starts: Groups
    stretch: Groups
    periods: int

    @classmethod
    def of(cls, panel: Panel, exposure: Exposure) -> Self:
        """Return the layout of a panel's history."""
        starts = np.arange(0, panel.history, 7 if panel.frequency is Frequency.DAY else 1)
        stretch = stretches(panel)[starts]
        return cls(exposure.product, categories(panel), starts, stretch, panel.history)

    @cached_property
    def category_of(self) -> Groups:
        """Return [p] the category of each product."""
        of = np.zeros(int(self.product.max()) + 1, dtype=np.int64)
        of[self.product] = self.category
        return of

    @cached_property
    def firsts(self) -> Groups:
        """Return [g] the first week of each stretch."""
        return np.flatnonzero(np.diff(self.stretch, prepend=-1)).astype(np.int64)

    def by_week(self, values: Floats) -> Floats:
        """Return [..., w] sums over the periods of each week."""
        return np.asarray(np.add.reduceat(values, self.starts, axis=-1))

    def by_stretch(self, values: Floats) -> Floats:
        """Return [..., g] sums over the periods of each stretch."""
        return np.asarray(np.add.reduceat(values, self.starts[self.firsts], axis=-1))

    def per_product(self, values: Floats) -> Floats:
        """Return [p, ...] sums over the series of each product."""
        return sum_by(values, self.product, len(self.category_of))

    def per_category(self, values: Floats) -> Floats:
        """Return [c, ...] sums over the series of each category."""
        return sum_by(values, self.category, int(self.category.max()) + 1)


@dataclass(frozen=True)
class Arrow:
    """Second derivatives: p products of k coefficients, c categories of w weeks and one share.

    Attributes:
        own: [g, p, k, k] by stretch of history.
        beside: [g, p, k] coefficients with the category's share, by stretch.
        weeks: [p, k, w] coefficients with the category's weeks.
        share: [g, c] the share with itself, by stretch.
        share_weeks: [c, w] the share with the weeks.
        between: [c, w, w] the weeks with each other.
        layout: What belongs together.
        prior: Precision of a week's effect about none.
        held: [p, k] precision of each coefficient about zero.
        held_share: Precision of the share about what is usual.
    """

    own: Floats
    beside: Floats
    weeks: Floats
    share: Floats
    share_weeks: Floats
    between: Floats
    layout: Layout
    prior: float
    held: Floats
    held_share: float

    @classmethod
    def of(
        cls,
        rest: Floats,
        expected: Floats,
        layout: Layout,
        *,
        prior: float,
        held: Floats,
        held_share: float,
    ) -> Self:
        """Work out the derivatives.

        Args:
            rest: [k + 1, n, t] what own effects leave of the regressors; the last is what
                neighbours gain.
            expected: [n, t] weighted expectation.
            layout: What belongs together.
            prior: Precision of a week's effect about none.
            held: [p, k] precision of each coefficient about zero.
            held_share: Precision of the share about what is usual.
        """
        cuts = [*layout.starts[layout.firsts], layout.periods]
        weighed = rest * expected
        table = np.stack(
            [products(weighed[:, :, a:b], rest[:, :, a:b]) for a, b in pairwise(cuts)],
            axis=1,
        )
        mine = np.moveaxis(layout.per_product(table), 1, 0)
        weekly = np.moveaxis(layout.by_week(weighed), 0, 1)
        return cls(
            own=mine[:, :, :-1, :-1],
            beside=mine[:, :, :-1, -1],
            weeks=layout.per_product(weekly[:, :-1]),
            share=layout.per_category(table[:, :, -1, -1]).T,
            share_weeks=layout.per_category(weekly[:, -1]),
            between=_between(expected, layout),
            layout=layout,
            prior=prior,
            held=held,
            held_share=held_share,
        )

    def solve(
        self, slope: Floats, slope_shared: Floats, without: int | None = None
    ) -> tuple[Floats, Floats]:
        """Return the Newton step of coefficients [p, k], and of weeks and share [c, w + 1].

        Args:
            slope: [p, k] first derivatives of the coefficients.
            slope_shared: [c, w + 1] of the weeks and the share.
            without: The stretch of history to leave out, if any.
        """
        weeks, index = len(self.layout.starts), np.arange(len(self.layout.starts))
        kept = np.ones(weeks, dtype=bool) if without is None else self.layout.stretch != without
        own, beside, share = (_left(one, without) for one in (self.own, self.beside, self.share))
        at = np.arange(own.shape[1])
        own[:, at, at] += self.held
        border = np.concatenate([self.weeks * kept, beside[:, :, None]], axis=2)
        corner = np.zeros((len(self.between), weeks + 1, weeks + 1))
        corner[:, :weeks, :weeks] = self.between * (kept[:, None] & kept)
        corner[:, :weeks, weeks] = corner[:, weeks, :weeks] = self.share_weeks * kept
        corner[:, weeks, weeks] = share + self.held_share
        corner[:, index, index] += self.prior
        solved = np.linalg.solve(own, np.concatenate([border, slope[..., None]], axis=2))
        back = sum_by(border.transpose(0, 2, 1) @ solved, self.layout.category_of, len(corner))
        wanted = slope_shared * np.append(kept, 1.0) - back[:, :, -1]
        shared = np.linalg.solve(corner - back[:, :, :-1], wanted[..., None])
        moved = solved[:, :, :-1] @ shared[self.layout.category_of]
        return solved[:, :, -1] - moved[..., 0], shared[..., 0]


def left_out(arrow: Arrow, scores: Floats, scores_shared: Floats) -> Jackknife:
    """Leave out one stretch after the other where products move together with what they share.

    What is believed of a share before any data is one more thing it rests on, and may be as
    wrong as its spread.

    Args:
        arrow: Second derivatives of the k coefficients of products with weeks and shares.
        scores: [p, g, k] first derivatives by stretch.
        scores_shared: [c, g] of the shares.

    Returns:
        The jackknife of all coefficients, the category's share last.
    """
    category, weeks = arrow.layout.category_of, arrow.between.shape[1]
    none = np.zeros((len(scores_shared), weeks))
    moves = np.zeros((*scores.shape[:2], scores.shape[2] + 1))
    for number in range(scores.shape[1]):
        slope = np.concatenate([none, scores_shared[:, [number]]], axis=1)
        own, shared = arrow.solve(scores[:, number], slope, without=number)
        moves[:, number] = np.concatenate([own, shared[category, -1:]], axis=1)
    doubt = np.full((len(scores_shared), 1), np.sqrt(arrow.held_share))
    own, shared = arrow.solve(0 * scores[:, 0], np.concatenate([none, doubt], axis=1))
    believed = np.concatenate([own, shared[category, -1:]], axis=1)
    clusters, wide = effective(arrow.own[:, :, 0, 0].T)
    covariance = np.einsum("pgk,pgj->pkj", moves, moves) * wide[:, None, None]
    covariance += believed[:, :, None] * believed[:, None, :]
    return Jackknife(moves, covariance, clusters)


def _left(parts: Floats, without: int | None) -> Floats:
    """Return the sum over stretches, one left out."""
    total = np.asarray(parts.sum(axis=0))
    return total if without is None else total - parts[without]


def _between(expected: Floats, layout: Layout) -> Floats:
    """Return [c, w, w] second derivatives of the weeks, each series' level of a stretch taken out.

    Weeks of different stretches have nothing in common then.
    """
    mass = layout.by_week(expected)
    weeks = len(layout.starts)
    total = np.zeros((int(layout.category.max()) + 1, weeks, weeks))
    index = np.arange(weeks)
    total[:, index, index] = layout.per_category(mass)
    ends = [*layout.firsts[1:], weeks]
    for number in range(len(total)):
        mine = mass[layout.category == number]
        for a, b in zip(layout.firsts, ends, strict=True):
            part = mine[:, a:b]
            level = np.maximum(part.sum(axis=1, keepdims=True), _LEAST)
            total[number, a:b, a:b] -= (part / level).T @ part
    return total
