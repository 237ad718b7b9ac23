"""What is known that may explain a surprise: holidays, events, promotions, prices, stock."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecasting.calendar import public_holidays
from forecasting.panel import Mask, Panel
from forecasting.units import Frequency

# A holiday is felt from this many days before it to this many after.
_BEFORE, _AFTER = 4, 1
_PRICE_DAYS = 7
# A known event explains a day of up to this many times the expectation, or one part of it.
MOST_EXPLAINED = 2.5


@dataclass(frozen=True)
class Reasons:
    """Masks [n, t] by what they may explain, strongest first.

    Attributes:
        masks: By words that finish "likely because of …".
        only_low: Those that explain too little, never too much.
    """

    masks: dict[str, Mask]
    only_low: frozenset[str]

    def of(self, row: int, column: int, *, low: bool) -> str:
        """Return the words of what may explain one period of one series, or nothing."""
        return self.of_rows(np.array([row]), column, low=low)

    def of_rows(self, rows: NDArray[np.int64], column: int, *, low: bool) -> str:
        """Return what holds for most of these series in this period, or nothing."""
        for words, mask in self.masks.items():
            if (low or words not in self.only_low) and mask[rows, column].mean() > 1 / 2:
                return words
        return ""


def reasons(panel: Panel) -> Reasons:
    """Return what is known of a panel's history; nothing later than each period is used."""
    return panel.once("reasons", lambda: _found(panel))


def _found(panel: Panel) -> Reasons:
    t = panel.history
    masks: dict[str, Mask] = {"a stock-out": panel.stocked_out}
    for name, mask in panel.events.items():
        masks[f"the event {name!r}"] = mask[:, :t]
    masks["a public holiday"] = np.broadcast_to(_holidays(panel), (panel.n, t))
    promoted = np.nan_to_num(panel.promoted[:, :t]) > 0
    masks["a promotion"] = promoted
    masks["a price change"] = _price_change(panel)
    masks["the days after a promotion"] = _after(promoted, panel.frequency)
    only_low = frozenset({"a stock-out", "the days after a promotion"})
    return Reasons(masks, only_low)


def _holidays(panel: Panel) -> Mask:
    periods = panel.periods[: panel.history]
    starts = periods.to_numpy().astype("datetime64[D]")
    near = np.zeros(len(periods), dtype=bool)
    if panel.frequency is Frequency.MONTH:
        return near
    for day in public_holidays(panel.country, periods[0].year, periods[-1].year + 1):
        at = np.datetime64(day.date())
        first = int(np.searchsorted(starts, at - _BEFORE))
        last = int(np.searchsorted(starts, at + _AFTER, side="right"))
        near[max(first - (panel.frequency is Frequency.WEEK), 0) : last] = True
    return near


def _price_change(panel: Panel) -> Mask:
    price = panel.price[:, : panel.history]
    changed = np.zeros(price.shape, dtype=bool)
    with np.errstate(invalid="ignore"):
        changed[:, 1:] = np.abs(price[:, 1:] / price[:, :-1] - 1) > 0.01  # noqa: PLR2004 - rounding
    return _spread(changed, max(1, round(_PRICE_DAYS / panel.frequency.days)))


def _after(promoted: Mask, frequency: Frequency) -> Mask:
    span = max(1, round(_PRICE_DAYS / frequency.days))
    return _spread(promoted, span + 1) & ~promoted


def _spread(mask: Mask, periods: int) -> Mask:
    """Return the mask with the periods that follow, `periods` in all."""
    wide = mask.copy()
    for lag in range(1, periods):
        wide[:, lag:] |= mask[:, :-lag]
    return wide
