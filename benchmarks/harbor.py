"""Harbor from nothing: making the world, loading, training, forecasting the whole catalogue."""

import statistics
from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from benchmarks import serving
from benchmarks.measure import Measure, each, timed
from benchmarks.workplace import TENANT, Workplace
from forecasting.data.demo import World, make_world
from forecasting.engine import ForecastEngine

PART = "harbor"
WEEKS = 8
TRAINING_SECONDS = 20
CATALOGUE_SECONDS = 1


def measures(place: Workplace) -> Iterator[Measure]:
    """Prepare Harbor step by step; the workplace holds a trained model afterwards."""
    raw = place.home / "raw"
    with timed() as watch:
        world = make_world(TENANT, until=place.until)
        world.write(raw)
    rows = len(world.tables.sales)
    yield Measure(PART, "make the world and write it", watch.seconds, "s", note=f"{rows:,} sales")
    with timed() as watch:
        place.operate("ingest", source=str(raw))
    yield Measure(PART, "load all source files", watch.seconds, "s")
    with timed() as watch:
        trained = place.operate("train", stage="production")
    yield Measure(
        PART,
        "train",
        watch.processor,
        "CPU s",
        most=TRAINING_SECONDS,
        beside=f"{watch.seconds:.1f} s by the clock",
        note=str(trained.get("model", "")),
    )
    yield from _forecasts(place, world)


def _forecasts(place: Workplace, world: World) -> Iterator[Measure]:
    installation = place.installation
    workspace = installation.workspace(place.principal.tenant_id)
    engine = ForecastEngine.open(workspace, installation.clock)
    start, end = place.until + timedelta(days=1), place.until + timedelta(weeks=WEEKS)
    with timed() as first:
        table = engine.forecast_table(start, end)
    seconds = statistics.median(each(lambda _run: engine.forecast_table(start, end), 3))
    name = f"forecast the catalogue, {WEEKS} weeks"
    yield Measure(
        PART,
        name,
        seconds,
        "s",
        most=CATALOGUE_SECONDS,
        beside=f"first {first.seconds:.2f} s",
        note=f"{len(table):,} rows, median of 3",
    )
    yield from serving.of_questions(engine, TENANT, WEEKS * 7)
    yield from serving.of_model(engine.production, engine.panel, TENANT, WEEKS * 7)
    truth = world.truth.expected_table(start, end)
    both = truth.merge(
        table.assign(date=table["date"].astype(truth["date"].dtype)),
        on=["date", "store", "product"],
    )
    error = float(np.abs(both["mean"] - both["units"]).sum() / both["units"].sum())
    yield Measure(
        PART,
        "distance of the forecast from the true expected units",
        100 * error,
        "% WAPE",
        note=f"{len(both):,} series-days of the next {WEEKS} weeks, noise left out",
    )
