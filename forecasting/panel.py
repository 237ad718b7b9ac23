"""All series of one tenant side by side: a row a series, a column a period."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.units import Aim, Frequency, Target

Matrix = NDArray[np.float32]
Mask = NDArray[np.bool_]
_Found = TypeVar("_Found")


@dataclass(frozen=True)
class Panel:
    """Sales and covariates as matrices, aligned on the same series and periods.

    n series, t periods with history, f periods of plan after the last history period.

    Attributes:
        series: One row a series with columns `store`, `product` (ids as text) and static
            attributes of either (`store_format`, `product_category`, ...); row i is row i of
            every matrix.
        periods: Start of each of the t + f periods, history first.
        history: t, the number of periods with history; the last one holds the cutoff.
        frequency: How long a period is.
        target: What `sales` measures.
        unit: The word or currency code of `sales`, e.g. `units`, `USD`.
        sales: [n, t] target per period; NaN where not known or not on sale.
        price: [n, t + f] regular price in force before any discount; NaN where not known.
        discount: [n, t + f] percent off the regular price; 0 where none is known.
        promoted: [n, t + f] 1.0 while a promotion runs.
        known: Further covariates known in advance, by name: [n, t + f], NaN where not known.
        categories: The words behind the codes of known covariates that were text.
        past: Covariates known only afterwards, by name: [n, t].
        events: Local events by name: a mask [n, t + f].
        stocked_out: [n, t] periods in which stock ran out: sales understate demand.
        revenue: [n, t] money taken per period, or None when the data have none.
        open: [n, t + f] 1 open, 0 closed, NaN where no plan says; None where a missing record
            does not mean closed.
        closed_when_missing: A period without a record means closed, not unknown.
        country: ISO 3166 code whose public holidays count, or an empty string.
        aim: What forecasts of single periods are judged by.
        known_from: [n, t] from which period on a late record is known, 0 for one in good time;
            None where none came late.
        version: Names the data this was read from, so that a model can name what it saw.
    """

    series: pd.DataFrame
    periods: pd.DatetimeIndex
    history: int
    frequency: Frequency
    target: Target
    unit: str
    sales: Matrix
    price: Matrix
    discount: Matrix
    promoted: Matrix
    stocked_out: Mask
    version: str
    known: dict[str, Matrix] = field(default_factory=dict)
    categories: dict[str, tuple[str, ...]] = field(default_factory=dict)
    past: dict[str, Matrix] = field(default_factory=dict)
    events: dict[str, Mask] = field(default_factory=dict)
    revenue: Matrix | None = None
    open: Matrix | None = None
    closed_when_missing: bool = False
    country: str = ""
    aim: Aim = Aim.EXPECTED
    known_from: NDArray[np.int32] | None = None

    @property
    def n(self) -> int:
        """Return the number of series."""
        return len(self.series)

    @property
    def cutoff(self) -> pd.Timestamp:
        """Return the start of the last period with history."""
        return self.periods[self.history - 1]

    def once(self, name: str, work: Callable[[], _Found], given: object = None) -> _Found:
        """Return what `work` finds: done when first asked for, as every question asks again.

        Args:
            name: What is found.
            work: Finds it in this panel, which never changes, and in what is given.
            given: What else it depends on; with another one it is found anew.
        """
        held = self._kept.get(name)
        if held is None or held[0] is not given:
            held = self._kept[name] = (given, work())
        found: _Found = held[1]
        return found

    def has(self, name: str) -> bool:
        """Tell whether something was found already."""
        return name in self._kept

    @cached_property
    def _kept(self) -> dict[str, tuple[object, Any]]:
        return {}

    @cached_property
    def ids(self) -> list[tuple[str, str]]:
        """Return [n] store and product of each series."""
        return list(zip(self.series["store"], self.series["product"], strict=True))

    @cached_property
    def first_seen(self) -> NDArray[np.int64]:
        """Return [n] the first period with a record, or `history` where there is none."""
        known = ~np.isnan(self.sales)
        return np.where(known.any(axis=1), known.argmax(axis=1), self.history)

    @cached_property
    def last_seen(self) -> NDArray[np.int64]:
        """Return [n] the last period with a record, or -1 where there is none."""
        known = ~np.isnan(self.sales)
        last = self.history - 1 - known[:, ::-1].argmax(axis=1)
        return np.where(known.any(axis=1), last, -1)

    @cached_property
    def last_sold(self) -> NDArray[np.int64]:
        """Return [n] the last period with sales above zero, or -1 where there is none."""
        with np.errstate(invalid="ignore"):
            sold = self.sales > 0
        last = self.history - 1 - sold[:, ::-1].argmax(axis=1)
        return np.where(sold.any(axis=1), last, -1)

    @cached_property
    def times_sold(self) -> NDArray[np.int64]:
        """Return [n] how many periods have sales above zero."""
        with np.errstate(invalid="ignore"):
            return np.asarray((self.sales > 0).sum(axis=1), dtype=np.int64)

    @cached_property
    def times_known(self) -> NDArray[np.int64]:
        """Return [n] how many periods have a record."""
        return np.asarray((~np.isnan(self.sales)).sum(axis=1), dtype=np.int64)

    def rows(
        self, products: tuple[str, ...] | None = None, stores: tuple[str, ...] | None = None
    ) -> NDArray[np.int64]:
        """Return the row numbers of the series of these products and stores (None: all)."""
        of_products = None if products is None else _together(self._places["product"], products)
        of_stores = None if stores is None else _together(self._places["store"], stores)
        if of_products is not None and of_stores is not None:
            return np.intersect1d(of_products, of_stores, assume_unique=True)
        both = of_stores if of_products is None else of_products
        return np.arange(self.n) if both is None else both

    @cached_property
    def _places(self) -> dict[str, dict[str, NDArray[np.int64]]]:
        """Return the rows of each product and of each store, found once for all questions."""
        return {
            key: {
                str(name): np.asarray(rows, dtype=np.int64)
                for name, rows in self.series.groupby(key).indices.items()
            }
            for key in ("product", "store")
        }

    def only(self, rows: NDArray[np.int64]) -> "Panel":
        """Return the panel of some of its series, in the order given."""

        def of_these(matrices: dict[str, Any]) -> dict[str, Any]:
            return {name: values[rows] for name, values in matrices.items()}

        matrices = ("sales", "price", "discount", "promoted", "stocked_out")
        perhaps = ("revenue", "open", "known_from")
        changes = of_these({name: getattr(self, name) for name in matrices})
        given = {name: getattr(self, name) for name in perhaps}
        changes |= of_these({name: one for name, one in given.items() if one is not None})
        changes |= {name: of_these(getattr(self, name)) for name in ("known", "past", "events")}
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        series = self.series.iloc[rows].reset_index(drop=True)
        return Panel(**(fields | changes | {"series": series}))

    def until(self, cutoff: int) -> "Panel":
        """Return the panel as it looked after its first `cutoff` periods.

        Sales, revenue, stock and past covariates after it are gone, and so are records of before
        that came late; what was known in advance stays: the plan is all that a forecast may see
        of the future.
        """
        changes: dict[str, Any] = {
            "history": cutoff,
            "sales": self.sales[:, :cutoff],
            "stocked_out": self.stocked_out[:, :cutoff],
            "past": {name: values[:, :cutoff] for name, values in self.past.items()},
            "revenue": None if self.revenue is None else self.revenue[:, :cutoff],
        }
        if self.known_from is not None and cutoff < self.history:
            changes |= self._before_late_records(changes, cutoff)
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return Panel(**(fields | changes))

    def _before_late_records(self, changes: dict[str, Any], cutoff: int) -> dict[str, Any]:
        arrived = np.asarray(self.known_from)[:, :cutoff]
        unknown = arrived > cutoff

        def hidden(values: Matrix) -> Matrix:
            return np.where(unknown, np.float32(np.nan), values)

        revenue = changes["revenue"]
        return {
            "known_from": arrived,
            "sales": hidden(changes["sales"]),
            "past": {name: hidden(values) for name, values in changes["past"].items()},
            "revenue": None if revenue is None else hidden(revenue),
        }


def _together(places: dict[str, NDArray[np.int64]], names: tuple[str, ...]) -> NDArray[np.int64]:
    """Return the rows of all these names, in order."""
    found = [places[name] for name in dict.fromkeys(names) if name in places]
    if len(found) == 1:
        return found[0]
    return np.sort(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
