"""The production model's outlook for each product asked about, and why some have none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from scipy.special import ndtri

from forecasting import serving
from forecasting.origin import Rows
from forecasting.panel import Panel
from forecasting.pricing.outlook import Outlook
from forecasting.pricing.support import check_known
from forecasting.scope import Scope
from forecasting.serving import Served, Span
from tenants.errors import CannotAnswer

_LEVEL = 80
_LEAST_UNITS = 1e-6


@dataclass(frozen=True)
class Outlooks:
    """What may be weighed, and what not.

    Attributes:
        known: By product id.
        not_known: Why a product has none, by product id.
        span: The days they cover.
        notes: Sentences that must be said along.
    """

    known: dict[str, Outlook]
    not_known: dict[str, str]
    span: Span
    notes: tuple[str, ...]


def outlooks(
    served: Served,
    panel: Panel,
    scope: Scope,
    period: tuple[date, date],
    *,
    today: date,
    products: pd.DataFrame,
) -> Outlooks:
    """Return the planned forecast of every product in scope, added over its stores.

    Args:
        served: The production model.
        panel: The data.
        scope: Which products and stores.
        period: First and last day.
        today: The tenant's local date.
        products: The catalogue: `product`, `name`, and `cost` where it is known.

    Raises:
        OutOfRange: The period cannot be forecast.
        CannotAnswer: It lies too long after the data.
    """
    span, clipped = serving.span_of(panel, *period, today)
    names = products.set_index("product")["name"].to_dict()
    asked = panel.rows(scope.products, scope.stores)
    listed = sorted(panel.series["product"].iloc[asked].astype(str).unique())
    rows, not_known = {}, {}
    for product in sorted({*listed, *(scope.products or ())}):
        try:
            check_known(served.model.response, product, str(names.get(product, product)))
            own = panel.rows((product,), scope.stores)
            rows[product], _ = serving.answerable(panel, own, named=False)
        except CannotAnswer as why:
            not_known[product] = str(why)
    known = _predicted(served, panel, rows, span, _costs(products))
    return Outlooks(known, not_known, span, (*serving.freshness_notes(panel, today), *clipped))


def _predicted(
    served: Served,
    panel: Panel,
    rows: dict[str, Rows],
    span: Span,
    costs: dict[str, float],
) -> dict[str, Outlook]:
    if not rows:
        return {}
    columns = int(span.columns[0]), int(span.columns[-1]) + 1
    every = np.concatenate(list(rows.values()))
    prediction = served.model.predict(panel, every, *columns)
    mean = prediction.mean.astype(np.float64) * span.share
    deviation = prediction.sd.astype(np.float64) * span.share
    found, start = {}, 0
    for product, own in rows.items():
        at = slice(start, start + len(own))
        start += len(own)
        series = panel.series.iloc[own]
        total = served.model.intervals.total(mean[at], deviation[at], _LEVEL, series)
        width = (total.upper - total.lower) / (2 * ndtri(0.5 + _LEVEL / 200))
        found[product] = Outlook(
            product=product,
            panel=panel,
            rows=own,
            columns=columns,
            mean=mean[at],
            relative_error=float(width / max(total.mean, _LEAST_UNITS)),
            response=served.model.response,
            unit_cost=costs.get(product),
        )
    return found


def _costs(products: pd.DataFrame) -> dict[str, float]:
    if "cost" not in products:
        return {}
    known = products.dropna(subset=["cost"])
    keys: Sequence[str] = known["product"].astype(str).tolist()
    return dict(zip(keys, known["cost"].astype(float).tolist(), strict=True))
