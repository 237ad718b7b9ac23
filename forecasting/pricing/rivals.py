"""Products of one plan among each other, as the discounts of the others leave each of them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from forecasting.pricing.market import Market
from forecasting.pricing.outlook import Outlook
from forecasting.scope import PlanChange

Floats = NDArray[np.float64]


class Rivals:
    """What is asked for each product now, and what that takes from the others.

    A change of one product's discount touches its own series only, so that going through a long
    plan product by product stays cheap; what a discount adds is worked out once.
    """

    def __init__(self, outlooks: Sequence[Outlook], discounts: Sequence[float | None]) -> None:
        """Begin where each product asks a discount, or None as planned; all of one market."""
        self._outlooks = outlooks
        self._planned = planned = outlooks[0].market
        self._known: dict[tuple[int, float], tuple[Floats, Floats, Floats]] = {}
        if planned is None:
            return
        self._at = [planned.at(one.rows) for one in outlooks]
        self._added = np.zeros((len(planned.rows), planned.width))
        self._sold, self._paid = planned.mean.copy(), planned.paid.copy()
        for at, discount in enumerate(discounts):
            if discount is not None:
                self.ask(at, discount)

    def ask(self, at: int, discount: float | None) -> None:
        """Let one product ask another discount; None as planned."""
        if self._planned is None:
            return
        rows, width = self._at[at], self._planned.width
        if discount is None:
            self._added[rows] = 0.0
            self._sold[rows], self._paid[rows] = self._planned.mean[rows], self._planned.paid[rows]
            return
        added, sold, paid = self._worked_out(at, discount)
        self._added[rows], self._sold[rows, :width] = added, sold
        known = np.isfinite(paid)
        self._paid[rows, :width] = np.where(known, paid, self._planned.paid[rows, :width])

    def pressed(self, at: int) -> Outlook:
        """Return one product's outlook with what the others take from it counted."""
        own = self._outlooks[at]
        if self._planned is None:
            return own
        market, taken = self._left_of(self._planned)
        return replace(own, mean=own.mean * np.exp(taken[self._at[at]]), market=market)

    @property
    def market(self) -> Market | None:
        """Return the market as the discounts leave it; None where there is none."""
        return None if self._planned is None else self._left_of(self._planned)[0]

    def _left_of(self, planned: Market) -> tuple[Market, Floats]:
        """Return what neighbours stand to lose from now on, and what is taken from each.

        Units are cut by the mean of what is taken on the way there, `expm1(x) / x`, so that
        shares of the loss add up to all of it.
        """
        taken = planned.pressed(self._added)
        mean = self._sold.copy()
        mean[:, : planned.width] *= np.divide(
            np.expm1(taken), taken, out=np.ones_like(taken), where=taken != 0
        )
        return replace(planned, mean=mean, paid=self._paid.copy()), taken

    def _worked_out(self, at: int, discount: float) -> tuple[Floats, Floats, Floats]:
        """Return [rows, h] what a discount adds in log points, what it sells and what it asks."""
        if (at, discount) not in self._known:
            outlook = self._outlooks[at]
            other = outlook.asked(PlanChange(discount_pct=discount))
            paid = other.paid.astype(np.float64)
            self._known[at, discount] = outlook.added(other), outlook.sold(other), paid
        return self._known[at, discount]
