"""What products of a category take from each other, fitted together with the category's weeks.

What an offer takes is counted by what it adds: neighbours lose a share of the mean log points that
the others' prices and promotions add to their own sales, one share a category. Next to free weeks
of the category it is told by offers of single stores and by what not all stores sell: in weeks of
many offers, sales may differ for reasons that no table tells of. Where there is little of that,
the share is taken as in the literature: a third of what offers add comes from other brands of the
category (van Heerde, Leeflang and Wittink, 2004), give or take.
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from forecasting.panel import Panel
from forecasting.pricing.curvature import Bend
from forecasting.pricing.design import NEIGHBOURS, PRICE, PROMOTION, Beside
from forecasting.pricing.effects import Grouping, explained, precision
from forecasting.pricing.exposure import Exposure
from forecasting.pricing.joint import Arrow, Layout, left_out
from forecasting.pricing.uncertainty import Jackknife, products
from forecasting.pricing.working import Working

Floats = NDArray[np.float64]

_USUAL_SHARE, _SHARE_SPREAD = 0.3, 0.2
# A category's week is as good as free: how busy weeks are must not speak of what offers take.
_OPEN = 1.0
_STEP = 2.0
_SWEEPS = 3
# No offer is believed to add less than nothing, or more than this elasticity and lift would.
_STEEPEST, _MOST_LIFT = 10.0, 2.0
_FULL = -np.log(0.8)


@dataclass(frozen=True)
class Sharing:
    """What one category's products have in common.

    Attributes:
        layout: Which series and weeks belong together.
        beside: Which series stand beside each other.
        slopes: [2, n, t] log points that price and promotion add, per unit of their coefficients.
        at: Where price, promotion and neighbours stand among the regressors.
        own: Where all but neighbours stand.
    """

    layout: Layout
    beside: Beside
    slopes: Floats
    at: tuple[int, int, int]
    own: tuple[int, ...]

    @classmethod
    def of(cls, panel: Panel, exposure: Exposure, columns: dict[str, Floats]) -> Self:
        """Return what the products of a panel share."""
        names = list(columns)
        price, lift, beside = (names.index(one) for one in (PRICE, PROMOTION, NEIGHBOURS))
        return cls(
            Layout.of(panel, exposure),
            Beside.of(panel),
            np.stack([columns[PRICE], columns[PROMOTION]]),
            (price, lift, beside),
            tuple(number for number in range(len(names)) if number != beside),
        )

    def bent(self, bend: Bend, cut: Floats) -> Self:
        """Return the same where demand bends with the depth of a cut."""
        return replace(self, slopes=np.stack(bend.slopes(self.slopes[0], cut, self.slopes[1])))

    def begin(self, work: Working) -> None:
        """Let every category take what is usual."""
        work.coefficients[:, self.at[2]] = _USUAL_SHARE

    def press(self, work: Working, kept: float = 0.0) -> None:
        """Set the regressor of neighbours to what they add to their own sales, below zero.

        Args:
            work: Where the fit stands.
            kept: How much of what was thought before is kept, so that where shares can hardly be
                told, they and what is added do not chase each other.
        """
        beside = self.beside.mean(self.added(work))
        pressed = kept * work.columns[self.at[2]] - (1 - kept) * beside
        work.columns[self.at[2]] = np.where(work.usable, pressed, 0.0)
        work.answer()

    def added(self, work: Working) -> Floats:
        """Return [n, t] log points that price and promotion add to demand."""
        price, lift = self._believed(work)
        gain = self.slopes[0] * price[work.product, None]
        gain += self.slopes[1] * lift[work.product, None]
        return np.asarray(gain)

    def rest(self, work: Working) -> Floats:
        """Return [k, n, t] what own effects leave of the regressors, neighbours last."""
        return work.rest([*self.own, self.at[2]])

    def arrow(self, work: Working, rest: Floats, tells: Floats | float = 1.0) -> Arrow:
        """Return the second derivatives where the fit stands.

        Args:
            work: Where that is.
            rest: [k, n, t] what own effects leave of the regressors, neighbours last.
            tells: [n, t] how much each sale tells; steps take what was wanted for sold.
        """
        observed, expected = work.weight * work.sales, work.weight * work.expected()
        return Arrow.of(
            rest,
            expected * tells,
            self.layout,
            prior=precision(work.shared[-1], observed, expected / work.effects[-1]),
            held=work.penalty[:, self.own],
            held_share=_SHARE_SPREAD**-2,
        )

    def step(self, work: Working, arrow: Arrow, rest: Floats) -> float:
        """Move coefficients, weeks and shares one Newton step, and return the largest move."""
        expected = work.weight * work.expected()
        short = work.weight * work.sales - expected
        slope = self.layout.per_product(products(rest[:-1], short[None])[:, :, 0])
        slope -= arrow.held * work.coefficients[:, self.own]
        step, shared = arrow.solve(slope, self._slope_shared(work, arrow, rest[-1], short))
        most = max(float(np.abs(step).max()), float(np.abs(shared[:, -1]).max()))
        shrunk = min(1.0, _STEP / most) if most else 1.0
        self._move(work, shrunk * step, shrunk * shared, expected)
        return most

    def jackknifed(self, work: Working) -> Jackknife:
        """Return how well the coefficients are known; see `joint.left_out`."""
        order = [*self.own, self.at[2]]
        tells = work.informed()
        rest = work.rest(order, beside=work.shared[:-1], tells=tells)
        arrow = self.arrow(work, rest, tells)
        short = work.weight * (work.sales - work.expected())
        score = np.moveaxis(self.layout.by_stretch(rest * short), 0, -1)
        known = left_out(
            arrow,
            self.layout.per_product(score[..., :-1]),
            self.layout.per_category(score[..., -1]),
        )
        back = np.argsort(order)
        covariance = known.covariance[:, back][:, :, back]
        return Jackknife(known.moves[:, :, back], covariance, known.clusters)

    def per_price(self, work: Working) -> Floats:
        """Return [p] what usual offers of each product's category add per log point of price.

        As much as that log point where none of its products is known to add anything.
        """
        price, lift = self._believed(work)
        slope = -price + lift / _FULL
        of = self.layout.category_of
        means = [
            slope[mine].mean() if (mine := (slope > 0) & (of == number)).any() else 1.0
            for number in range(int(of.max()) + 1)
        ]
        return np.asarray(means)[of]

    def _believed(self, work: Working) -> tuple[Floats, Floats]:
        price, lift = (work.coefficients[:, one] for one in self.at[:2])
        return np.clip(price, -_STEEPEST, 0.0), np.clip(lift, -_MOST_LIFT, _MOST_LIFT)

    def _slope_shared(self, work: Working, arrow: Arrow, taken: Floats, short: Floats) -> Floats:
        """Return [c, w + 1] first derivatives of weeks and shares."""
        layout = self.layout
        weekly = layout.by_week(short)
        mass = layout.by_week(work.weight * work.expected())
        level = np.add.reduceat(weekly, layout.firsts, axis=1)
        level /= np.maximum(np.add.reduceat(mass, layout.firsts, axis=1), 1e-9)
        weeks = layout.per_category(weekly - mass * level[:, layout.stretch])
        weeks -= arrow.prior * (self._one_each(work.effects[-1][:, layout.starts]) - 1)
        share = self._one_each(work.coefficients[work.product, self.at[2]])
        shares = layout.per_category((taken * short).sum(axis=1))
        shares -= arrow.held_share * (share - _USUAL_SHARE)
        return np.concatenate([weeks, shares[:, None]], axis=1)

    def _one_each(self, values: Floats) -> Floats:
        """Return [c, ...] what all series of a category have alike."""
        return np.asarray(values[np.unique(self.layout.category, return_index=True)[1]])

    def _move(self, work: Working, step: Floats, shared: Floats, expected: Floats) -> None:
        """Move the coefficients and weeks, and own effects by what they then explain of it."""
        layout = self.layout
        coefficients = work.coefficients.copy()
        coefficients[:, self.own] += step
        coefficients[:, self.at[2]] += shared[layout.category_of, -1]
        width = np.diff([*layout.starts, layout.periods])
        field = np.repeat(np.clip(shared[:, :-1], -1, 1), width, axis=1)[layout.category]
        work.effects[-1] = work.effects[-1] * np.exp(field)
        moved = (coefficients - work.coefficients)[work.product]
        for column, by in zip(work.columns, moved.T, strict=True):
            field += column * by[:, None]
        taken = explained(field, expected, work.kept(), _SWEEPS)
        for number, one in enumerate(taken, start=1):
            work.effects[number] = work.effects[number] * np.exp(-np.clip(one, -1, 1))
        work.coefficients = coefficients
        work.answer()


def opened(weeks: Grouping) -> Grouping:
    """Return a category's weeks as they are next to shares: as good as free."""
    return replace(weeks, least=_OPEN, most=_OPEN)
