"""Look at a tenant's newest data and production model, and raise alerts of what is wrong."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol

from forecasting.alerts.book import AlertBook, Update
from forecasting.alerts.records import Sign
from forecasting.anomalies.detector import detect
from forecasting.anomalies.findings import Finding
from forecasting.lifecycle.contest import measure_decay
from forecasting.lifecycle.registry import Registry
from forecasting.lifecycle.schedule import DECAY_PCT
from forecasting.panel import Panel
from forecasting.serving import Served
from forecasting.spans import freshness_notes, last_day
from tenants.errors import BadInput, CannotAnswer

DAYS = 28
"""Alerts are raised of this many last days with data."""

# What began before these days and goes on in them is told whole when the days before are seen too.
_BEFORE = 28
_PERCENT = "percent"


class Watched(Protocol):
    """What raising alerts needs of one tenant's engine."""

    @property
    def panel(self) -> Panel:
        """Return the data as they are now."""
        ...

    @property
    def registry(self) -> Registry:
        """Return the tenant's models."""
        ...

    @property
    def production(self) -> Served:
        """Return the model that answers."""
        ...

    @property
    def alerts(self) -> AlertBook:
        """Return the tenant's alerts."""
        ...

    @property
    def today(self) -> date:
        """Return the tenant's local date."""
        ...


def raise_alerts(engine: Watched) -> Update:
    """Raise alerts of what the newest data show, and clear those they no longer show.

    Without a production model nothing is raised: it takes one to know what a promotion or a
    price was expected to bring.
    """
    if engine.registry.production() is None:
        return Update()
    try:
        panel, served = engine.panel, engine.production
    except (BadInput, CannotAnswer):
        return Update()
    first = _first_column(panel, last_day(panel) - timedelta(days=DAYS - 1))
    since = panel.periods[first].date()
    signs = [
        *(sign for sign in _odd_days(panel, served) if sign.end >= since),
        *_stale(panel, engine.today),
        *_decayed(panel, served),
    ]
    signs.sort(key=lambda sign: (sign.start, -abs(sign.score or 0.0)))
    return engine.alerts.update(signs, since=since, today=engine.today)


def _odd_days(panel: Panel, served: Served) -> list[Sign]:
    """Return findings that nothing known explains; days in a row are one."""
    first = _first_column(panel, last_day(panel) - timedelta(days=DAYS + _BEFORE - 1))
    found = detect(panel, response=served.model.response, first=first)
    return _in_a_row([_sign(one, panel.unit) for one in found if one.alarm])


def _sign(one: Finding, unit: str) -> Sign:
    return Sign(
        kind=one.kind,
        start=one.start,
        end=one.end,
        store=one.store,
        product=one.product,
        actual=one.actual,
        expected=one.expected,
        score=one.score,
        factor=one.factor,
        unit=unit,
        series=one.series,
    )


def _in_a_row(signs: Sequence[Sign]) -> list[Sign]:
    """Return the signs with the same thing on following days, or weeks, told as one."""
    merged: list[Sign] = []
    ordered = sorted(signs, key=lambda one: (one.kind, one.store, one.product or "", one.start))
    for sign in ordered:
        before = merged[-1] if merged else None
        if before is not None and _goes_on(before, sign):
            merged[-1] = replace(
                before,
                end=sign.end,
                actual=None if before.actual is None else before.actual + (sign.actual or 0.0),
                expected=(before.expected or 0.0) + (sign.expected or 0.0),
                score=max(before.score or 0.0, sign.score or 0.0, key=abs),
                series=max(before.series, sign.series),
            )
        else:
            merged.append(sign)
    return merged


def _goes_on(before: Sign, sign: Sign) -> bool:
    of_one = (before.kind, before.store, before.product, before.factor)
    follows = before.end + timedelta(days=1) == sign.start
    return follows and of_one == (sign.kind, sign.store, sign.product, sign.factor)


def _stale(panel: Panel, today: date) -> list[Sign]:
    if not freshness_notes(panel, today):
        return []
    missing = last_day(panel) + timedelta(days=1)
    return [Sign("stale_data", missing, today, unit=panel.unit, series=panel.n)]


def _decayed(panel: Panel, served: Served) -> list[Sign]:
    wape = served.model.metrics.get("WAPE")
    then = float(wape) if isinstance(wape, int | float) else None
    decay = measure_decay(panel, served.model, then)
    if decay is None or decay.worse_pct <= DECAY_PCT:
        return []
    return [
        Sign(
            "decay",
            served.model.cutoff + timedelta(days=1),
            last_day(panel),
            actual=decay.now_pct,
            expected=decay.then_pct,
            unit=_PERCENT,
            series=panel.n,
            model=served.id,
        )
    ]


def _first_column(panel: Panel, day: date) -> int:
    """Return the first period of the history that begins on a day or later."""
    starts = panel.periods[: panel.history]
    return min(int(starts.searchsorted(day.isoformat())), panel.history - 1)
