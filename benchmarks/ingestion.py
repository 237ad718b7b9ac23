"""How fast rows are loaded from Parquet, every rule applied."""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.measure import Measure, timed
from forecasting.data.ingest import ingest
from forecasting.data.store import SalesStore

PART = "ingest"
ROWS = 1_000_000
STORES, PRODUCTS, DAYS = 40, 25, 1000
TODAY = date(2026, 1, 1)
TARGET_ROWS_A_SECOND = 300_000


def measures() -> Iterator[Measure]:
    """Load a million rows of sales, and load them again."""
    with tempfile.TemporaryDirectory(prefix="tillsight-bench-") as folder:
        source = Path(folder) / "raw"
        source.mkdir()
        pq.write_table(_sales(), source / "sales.parquet")
        for name, target in (("first load", TARGET_ROWS_A_SECOND), ("same file again", None)):
            with timed() as watch:
                report = ingest(
                    str(source), SalesStore(Path(folder) / "data"), today=TODAY, currency="USD"
                )
            found = report.to_dict()["tables"][0]
            note = f"{ROWS:,} rows in {watch.seconds:.2f} s: {found['new']:,} new"
            yield Measure(PART, name, ROWS / watch.seconds, "rows/s", least=target, note=note)


def _sales() -> pa.Table:
    rng = np.random.default_rng(1)
    place = np.arange(ROWS)
    units = rng.poisson(20, ROWS)
    price = np.round(rng.uniform(1, 10, ROWS), 2)
    first = np.datetime64("2023-01-01")
    return pa.table(
        {
            "date": first + place // (STORES * PRODUCTS),
            "store": pa.array((place // PRODUCTS) % STORES + 1),
            "product": pa.array(place % PRODUCTS + 1),
            "units": units,
            "revenue": np.round(units * price, 2),
            "price": price,
        }
    )
