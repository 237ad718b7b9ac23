"""How fast a loaded model answers: one series, a what-if, the whole catalogue; worked out and read.

Processor seconds, so that what else the machine does counts little; the wall clock stands beside.
"""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import numpy as np

from benchmarks.measure import Measure, percentile
from forecasting.engine import ForecastEngine
from forecasting.features import build, features_of
from forecasting.forecast_store import ForecastStore
from forecasting.model import TrainedModel
from forecasting.on_sale import no_longer_sold
from forecasting.origin import Origin, Rows
from forecasting.panel import Panel
from forecasting.scope import PlanChange, Scope
from forecasting.serving import Served

PART = "serving"
QUESTIONS = 200
PEER_MILLISECONDS = "mlforecast 372 ms, recursive"
ONE_MILLISECONDS, STORED_MILLISECONDS, WHAT_IF_MILLISECONDS = 8.0, 1.0, 15.0
BATCH_SPEED, STORED_SPEED = 20_000, 1_000_000
# Periods of each origin whose features are built.
_AHEAD = 42


def of_model(served: Served, panel: Panel, name: str, horizon: int) -> Iterator[Measure]:
    """Measure the model alone: no question, no data version to check, no audit."""
    model, word = served.model, panel.frequency.word
    yield _latency(
        f"{name}: one series × {horizon} {word}s, features and all",
        one_series(model, panel, horizon),
        ONE_MILLISECONDS,
        beside=PEER_MILLISECONDS,
    )
    if not np.isnan(panel.price).all():
        changed = one_series(model, panel, horizon, PlanChange(discount_pct=15))
        yield _latency(f"{name}: a what-if of one series", changed, WHAT_IF_MILLISECONDS)
    seconds = all_series(model, panel, horizon)
    yield Measure(
        PART,
        f"{name}: all {panel.n:,} series × {horizon} {word}s",
        panel.n * horizon / seconds,
        f"series-{word}s a CPU s",
        least=BATCH_SPEED,
        beside=f"{seconds:.2f} CPU s",
    )


def one_series(
    model: TrainedModel, panel: Panel, horizon: int, change: PlanChange | None = None
) -> list[float]:
    """Return the milliseconds of forecasting one series after the other.

    The state of the panel's history is worked out before: once for a version of the data.
    """
    first, last = panel.history, panel.history + horizon

    def one(number: int) -> None:
        model.predict(panel, np.array([number % panel.n]), first, last, change)

    return _milliseconds(one)


def all_series(model: TrainedModel, panel: Panel, horizon: int) -> float:
    """Return the seconds of forecasting all series at once."""
    first, last = panel.history, panel.history + horizon
    return _seconds(lambda: model.predict(panel, np.arange(panel.n), first, last))


def of_store(
    store: ForecastStore, served: Served, panel: Panel, name: str, horizon: int
) -> Iterator[Measure]:
    """Measure what is worked out beforehand: writing it, and reading it back."""
    began = time.process_time()
    held = store.fill(served.id, served.model, panel)
    seconds = time.process_time() - began
    if held is None:
        return
    stored = next(iter(held.figures.values())).size
    what = f"{name}: working out {stored:,} forecasts beforehand"
    yield Measure(PART, what, seconds, "CPU s")
    first, last = panel.history, panel.history + horizon

    def read(rows: Rows) -> float:
        # Adding them up touches every figure: a map alone reads nothing.
        found = held.prediction(panel, rows, first, last)
        return 0.0 if found is None else float(found.mean.sum() + found.sd.sum())

    what = f"{name}: one series read from the store"
    single = _milliseconds(lambda number: read(np.array([number % panel.n])))
    yield _latency(what, single, STORED_MILLISECONDS)
    seconds = _seconds(lambda: read(np.arange(panel.n)))
    what, rows = f"{name}: all series read from the store", panel.n * horizon
    yield Measure(PART, what, rows / seconds, "rows a CPU s", least=STORED_SPEED)


def of_questions(engine: ForecastEngine, name: str, horizon: int) -> Iterator[Measure]:
    """Measure whole questions, before and after their answers are worked out beforehand."""
    panel = engine.panel
    start = engine.cutoff + timedelta(days=1)
    end = engine.cutoff + timedelta(days=round(horizon * panel.frequency.days))
    known = np.flatnonzero(~no_longer_sold(panel))

    def ask(number: int) -> None:
        series = panel.series.iloc[known[number % len(known)]]
        scope = Scope((str(series["product"]),), (str(series["store"]),))
        engine.forecast(scope, start, end)

    what = f"{name}: a whole question of one series"
    yield _latency(f"{what}, worked out", _milliseconds(ask), ONE_MILLISECONDS)
    engine.precompute()
    yield _latency(f"{what}, read", _milliseconds(ask), None)
    seconds = _seconds(lambda: engine.forecast_table(start, end))
    rows = len(known) * horizon
    what = f"{name}: the whole catalogue as a table, read"
    yield Measure(PART, what, rows / seconds, "rows a CPU s", least=STORED_SPEED)


def of_features(model: TrainedModel, panel: Panel, name: str, most: float) -> Iterator[Measure]:
    """Measure the trees' input for as many rows as there are sales, at origin after origin."""
    demand = model.demand(panel)
    features, rows = features_of(demand), np.arange(panel.n)
    seen, made, at = int((~np.isnan(panel.sales)).sum()), 0, panel.history
    began = time.process_time()
    while made < seen and at > _AHEAD:
        at -= _AHEAD
        table, _base = build(features, Origin(demand, at), rows, np.arange(at, at + _AHEAD))
        made += len(table)
    seconds = time.process_time() - began
    what = f"{name}: {len(features)} features of {made:,} rows"
    yield Measure(PART, what, seconds, "CPU s", most=most)


def _latency(
    name: str, milliseconds: list[float], most: float | None, *, beside: str = ""
) -> Measure:
    note = f"p50 {percentile(milliseconds, 50):.2f} ms, {len(milliseconds)} times"
    value = percentile(milliseconds, 95)
    return Measure(PART, f"{name}, p95", value, "ms", most=most, beside=beside, note=note)


def _milliseconds(action: Callable[[int], object]) -> list[float]:
    """Return the processor time of each of many runs, after one that is not counted."""
    action(0)
    found = []
    for number in range(QUESTIONS):
        began = time.process_time()
        action(number)
        found.append(1000 * (time.process_time() - began))
    return found


def _seconds(action: Callable[[], object]) -> float:
    action()
    began = time.process_time()
    action()
    return time.process_time() - began
