"""The size of a dataset: series, dates, gaps."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from forecasting.data.frequency import Rhythm, days_of
from forecasting.data.keys import key_codes
from forecasting.data.profile import DatasetProfile
from forecasting.data.store import SalesStore


@dataclass(frozen=True, slots=True)
class Gaps:
    """Periods without a row between the first and last row of a series.

    Attributes:
        series: How many series have any.
        periods: How many there are in all.
        longest: The longest run, in periods.
    """

    series: int = 0
    periods: int = 0
    longest: int = 0


@dataclass(frozen=True, slots=True)
class Shape:
    """All sales now stored, in figures.

    Attributes:
        rows: Rows of sales, all channels.
        series: Pairs of store and product with sales.
        stores: Stores with sales, the online one not counted.
        products: Products with sales; 0 where the data have none.
        first: The first day.
        last: The last day.
        gaps: Of sales in stores; online and clearance rows come as they come.
        profile: Frequency, target and covariates.
    """

    rows: int
    series: int
    stores: int
    products: int
    first: date | None
    last: date | None
    gaps: Gaps
    profile: DatasetProfile

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        profile = self.profile.to_dict()
        profile.pop("mapping")
        return {
            "rows": self.rows,
            "series": self.series,
            "stores": self.stores,
            "products": self.products,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "gaps": asdict(self.gaps),
            **profile,
            "frequency": self.profile.frequency.word,
        }


def measure(store: SalesStore) -> Shape:
    """Return the shape of the sales a store holds."""
    sales = store.arrow("sales", columns=["date", "store", "product", "channel"])
    profile = store.profile
    if sales.num_rows == 0:
        return Shape(0, 0, 0, 0, None, None, Gaps(), profile)
    days = days_of(sales["date"])
    (series,) = key_codes([sales], ("store", "product"))
    regular = pc.equal(sales["channel"], "store").to_numpy()
    shops = pc.unique(sales["store"].filter(pa.array(regular))).to_pylist()
    products = pc.unique(sales["product"]).to_pylist()
    return Shape(
        rows=sales.num_rows,
        series=len(np.unique(series)),
        stores=0 if shops == ["all"] else len(shops),
        products=0 if products == ["all"] else len(products),
        first=_day(days.min()),
        last=_day(days.max()),
        gaps=_gaps(series[regular], days[regular], profile),
        profile=profile,
    )


def _gaps(series: Any, days: Any, profile: DatasetProfile) -> Gaps:
    if not len(series):
        return Gaps()
    periods = Rhythm(profile.frequency, profile.week_anchor).numbers(days)
    first = periods.min()
    width = periods.max() - first + 1
    cells = np.sort(series * width + (periods - first))  # series after series, in order of time
    step = np.diff(cells)
    same = cells[1:] // width == cells[:-1] // width
    holes = same & (step > 1)
    skipped = step[holes] - 1
    return Gaps(
        series=len(np.unique(cells[1:][holes] // width)),
        periods=int(skipped.sum()),
        longest=int(skipped.max(initial=0)),
    )


def _day(number: Any) -> date:
    return date(1970, 1, 1) + timedelta(days=int(number))
