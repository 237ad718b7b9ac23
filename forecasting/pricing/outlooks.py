"""The production model's outlook for each product asked about, and why some have none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri

from forecasting import serving
from forecasting.origin import Rows
from forecasting.panel import Panel
from forecasting.pricing.design import shelves
from forecasting.pricing.market import Market, weeks_after
from forecasting.pricing.outlook import Outlook
from forecasting.pricing.rules import Rules, rules
from forecasting.pricing.supply import Supply, supply
from forecasting.pricing.support import check_known
from forecasting.scope import Scope
from forecasting.serving import Served, Span
from tenants.errors import CannotAnswer

Floats = NDArray[np.float64]

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
        untold: The series of products on sale of which only the answer to price is not known.
        costs: Cost of a unit by product id, where it is known.
    """

    known: dict[str, Outlook]
    not_known: dict[str, str]
    span: Span
    notes: tuple[str, ...]
    untold: dict[str, Rows]
    costs: dict[str, float]


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
    names = panel.once("product names", lambda: _names(products), products)
    asked = panel.rows(scope.products, scope.stores)
    listed = sorted(panel.series["product"].iloc[asked].astype(str).unique())
    rows, untold, not_known = {}, {}, {}
    for product in sorted({*listed, *(scope.products or ())}):
        own = panel.rows((product,), scope.stores)
        try:
            check_known(served.model.response, product, str(names.get(product, product)))
            rows[product], _ = serving.answerable(panel, own, named=False)
        except CannotAnswer as why:
            not_known[product] = str(why)
            if not serving.no_longer_sold(panel)[own].all():
                untold[product] = own[~serving.no_longer_sold(panel)[own]]
    costs = panel.once("costs", lambda: _costs(products), products)
    market = _market(served, panel, rows, span, costs)
    known = {}
    if market is not None:
        known = in_market(*market, rules(panel, products), supply(panel))
    notes = (*serving.freshness_notes(panel, today), *clipped)
    return Outlooks(known, not_known, span, notes, untold, costs)


def in_market(
    market: Market,
    rows: Mapping[str, Rows],
    relative_error: Mapping[str, float],
    ruled: Mapping[str, Rules] | None = None,
    had: Supply | None = None,
) -> dict[str, Outlook]:
    """Return the outlook of each product, given by its series, among its neighbours.

    Args:
        market: What all of them are planned to sell.
        rows: The series of each product; its response is known.
        relative_error: Standard error of a product's planned total, over that total.
        ruled: What the retailer has ruled about prices, where anything is.
        had: What stores usually have stock for; None where nothing tells.
    """
    width = market.columns[1] - market.columns[0]
    found = {}
    for product, own in rows.items():
        at = np.searchsorted(market.rows, own)
        cost = float(market.cost[at[0]])
        found[product] = Outlook(
            product=product,
            panel=market.panel,
            rows=own,
            columns=market.columns,
            mean=market.mean[at, :width],
            relative_error=relative_error[product],
            response=market.response,
            unit_cost=cost if np.isfinite(cost) else None,
            market=market,
            rules=(ruled or {}).get(product, Rules()),
            supply=had,
        )
    return found


def _market(
    served: Served, panel: Panel, asked: dict[str, Rows], span: Span, costs: dict[str, float]
) -> tuple[Market, dict[str, Rows], dict[str, float]] | None:
    """Return what is planned of the products asked about and their neighbours.

    And the series of each product, and the relative standard error of its planned total. None
    where no product is asked about.
    """
    if not asked:
        return None
    every = np.concatenate(list(asked.values()))
    first, last = int(span.columns[0]), int(span.columns[-1]) + 1
    until = min(last + weeks_after(panel), len(panel.periods))
    rows = np.union1d(every, _neighbours(panel, every))
    # A model that is only tried out forecasts, but gives no advice.
    prediction = replace(served, tried=None).predict(panel, rows, first, until)
    mean = prediction.mean.astype(np.float64)
    mean[:, : last - first] *= span.share
    deviation = prediction.sd[:, : last - first].astype(np.float64) * span.share
    products = panel.series["product"].iloc[rows].astype(str)
    cost = np.asarray(products.map(costs), dtype=np.float64)
    market = Market.of(panel, rows, (first, last), mean, cost=cost, response=served.model.response)
    errors = {}
    for product, own in asked.items():
        at = market.at(own)
        series = panel.series.iloc[own]
        total = served.model.intervals.total(
            mean[at, : last - first], deviation[at], _LEVEL, series
        )
        width = (total.upper - total.lower) / (2 * ndtri(0.5 + _LEVEL / 200))
        errors[product] = float(width / max(total.mean, _LEAST_UNITS))
    return market, asked, errors


def _neighbours(panel: Panel, asked: Rows) -> Rows:
    """Return the series on sale beside the ones asked about: of the same store and category."""
    shelf = shelves(panel)
    beside = np.flatnonzero(np.isin(shelf, shelf[asked]))
    kept, _ = serving.answerable(panel, beside, named=False)
    return kept


def _names(products: pd.DataFrame) -> dict[str, str]:
    return dict(zip(products["product"].astype(str), products["name"].astype(str), strict=True))


def _costs(products: pd.DataFrame) -> dict[str, float]:
    if "cost" not in products:
        return {}
    known = products.dropna(subset=["cost"])
    keys: Sequence[str] = known["product"].astype(str).tolist()
    return dict(zip(keys, known["cost"].astype(float).tolist(), strict=True))
