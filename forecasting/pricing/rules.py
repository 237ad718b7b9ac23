"""What a retailer has ruled about the price of a product: no discounts, and how prices end.

Both may stand in the table of products, as `no_discount` (or `discountable`) and `price_endings`
("0.99 0.49"). Endings that nearly all prices on record have are a rule too, whether anybody
wrote it down or not.
"""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.panel import Panel

_NO = frozenset({"", "0", "0.0", "false", "no", "n", "nan", "none", "nein", "-"})
_FORBIDS, _ALLOWS, _ENDINGS = "no_discount", "discountable", ("price_endings", "price_ending")
# "0.99", ",99" and "99"; a comma behind a digit stands between two endings.
_ENDING = re.compile(r"(?<!\d)0?[.,]\d{1,2}|\d{1,2}")
# A ladder has at most so many endings, and nearly all of at least so many prices have them.
_MOST, _NEARLY_ALL, _LEAST_PRICES = 3, 0.9, 12
_HUNDRED = 100


@dataclass(frozen=True)
class Rules:
    """What holds for one product.

    Attributes:
        no_discount: It must not be discounted.
        endings: Cents that its prices end in while discounted; any if there are none.
        shelf_endings: Cents that prices usually end in on the shelf; any if there are none.
    """

    no_discount: bool = False
    endings: tuple[int, ...] = ()
    shelf_endings: tuple[int, ...] = ()

    def ladder(self, least: float, most: float) -> list[float]:
        """Return the prices from least to most that end as they must."""
        return _prices(self.endings, least, most)

    def on_shelf(self, price: float) -> float | None:
        """Return the nearest price with a usual ending; None where there is none."""
        near = _prices(self.shelf_endings, price - 1, price + 1)
        return min(near, key=lambda one: abs(one - price), default=None)


def rules(panel: Panel, products: pd.DataFrame) -> dict[str, Rules]:
    """Return the rules of every product of a catalogue.

    Args:
        panel: Prices on record.
        products: `product` and whatever attributes the retailer gives.
    """
    return panel.once("rules", lambda: _read(panel, products), products)


def _read(panel: Panel, products: pd.DataFrame) -> dict[str, Rules]:
    usual = _usual_endings(panel)
    return {
        str(row["product"]): Rules(
            _forbidden(row), _given(row) or usual[0], _given(row) or usual[1]
        )
        for row in products.to_dict(orient="records")
    }


def _forbidden(row: Mapping[Hashable, object]) -> bool:
    if _FORBIDS in row and row[_FORBIDS] is not None:
        return _text(row[_FORBIDS]) not in _NO
    return _ALLOWS in row and _text(row[_ALLOWS]) in _NO - {"", "nan", "none"}


def _given(row: Mapping[Hashable, object]) -> tuple[int, ...]:
    for name in _ENDINGS:
        if name in row and (found := _ENDING.findall(_text(row[name]))):
            numbers = [float(one.replace(",", ".")) for one in found]
            cents = [one if one >= 1 else _HUNDRED * one for one in numbers]
            return tuple(sorted({round(one) % _HUNDRED for one in cents}))
    return ()


def _text(value: object) -> str:
    return str(value).strip().lower()


def _usual_endings(panel: Panel) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the endings of discounted prices, and of regular ones."""
    regular = panel.price[:, : panel.history]
    discount = np.nan_to_num(panel.discount[:, : panel.history])
    cut = discount > 0
    paid = regular[cut] * (1 - discount[cut] / 100)
    return _endings(paid), _endings(regular[np.isfinite(regular)])


def _endings(prices: NDArray[np.floating]) -> tuple[int, ...]:
    cents = np.unique(np.round(_HUNDRED * prices[np.isfinite(prices)].astype(np.float64)))
    if len(cents) < _LEAST_PRICES:
        return ()
    ending, count = np.unique(cents.astype(np.int64) % _HUNDRED, return_counts=True)
    order = np.argsort(-count)[:_MOST]
    common = [int(ending[at]) for at in order if count[at] > 1]
    share = sum(int(count[at]) for at in order if count[at] > 1) / len(cents)
    return tuple(sorted(common)) if share >= _NEARLY_ALL else ()


def _prices(endings: tuple[int, ...], least: float, most: float) -> list[float]:
    whole = range(max(0, int(least) - 1), int(most) + 1)
    found = sorted(one + ending / _HUNDRED for one in whole for ending in endings)
    return [price for price in found if least <= price <= most and price > 0]
