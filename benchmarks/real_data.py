"""Public retail data: loading, training, and backtests beside seasonal naive."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import serving
from benchmarks.measure import Measure, timed
from forecasting.backtesting import backtest
from forecasting.data.ingest import ingest
from forecasting.data.store import SalesStore
from forecasting.forecast_store import ForecastStore
from forecasting.model import TrainedModel
from forecasting.panel import Panel
from forecasting.panel_builder import build_panel
from forecasting.serving import Served
from forecasting.training import train

ROOT = Path(__file__).parent.parent
DATA = "TILLSIGHT_DATA"


FEATURE_SECONDS = 3


@dataclass(frozen=True)
class Dataset:
    """One public dataset and how it is backtested.

    Attributes:
        name: Its folder; its mapping has the same name.
        country: Whose public holidays it knows.
        currency: What its money is in.
        horizon: Periods ahead, as its competition or study asked for.
        windows: Past days to forecast from.
    """

    name: str
    country: str
    currency: str
    horizon: int
    windows: int


DATASETS = (
    Dataset("rossmann", "DE", "EUR", horizon=42, windows=3),
    Dataset("orange_juice", "US", "USD", horizon=8, windows=4),
)


def folder() -> Path:
    """Return where the public data are looked for."""
    return Path(os.environ.get(DATA) or ROOT.parent / "shared" / "data")


def measures() -> Iterator[Measure]:
    """Measure each dataset that is there, and say which is not."""
    for dataset in DATASETS:
        source = folder() / dataset.name
        if source.is_dir():
            yield from _measure(dataset, source)
        else:
            note = f"no folder {str(source)!r}: name its parent in {DATA}"
            yield Measure(dataset.name, "not measured", None, "", note=note)


def _measure(dataset: Dataset, source: Path) -> Iterator[Measure]:
    mapping = ROOT / "docs" / "examples" / f"{dataset.name}.toml"
    with tempfile.TemporaryDirectory(prefix="tillsight-bench-") as temporary:
        store = SalesStore(Path(temporary))
        with timed() as watch:
            report = ingest(
                str(source),
                store,
                mapping=mapping,
                today=datetime.now(UTC).date(),
                currency=dataset.currency,
            )
        rows = sum(table["read"] for table in report.to_dict()["tables"])
        note = f"{rows:,} rows, {rows / watch.seconds:,.0f} a second"
        yield Measure(dataset.name, "load", watch.seconds, "s", note=note)
        panel = build_panel(store, country=dataset.country)
        with timed() as watch:
            model = train(panel)
        yield Measure(dataset.name, "train", watch.seconds, "s", note=f"{panel.n:,} series")
        yield from _serving(dataset, panel, model, Path(temporary))
    with timed() as watch:
        found = backtest(panel, horizon=dataset.horizon, windows=dataset.windows).overall
    word = panel.frequency.word
    yield Measure(
        dataset.name,
        f"WAPE, {dataset.horizon} {word}s ahead",
        100 * found.model.wape,
        "%",
        most=100 * found.naive.wape,
        beside=f"seasonal naive {100 * found.naive.wape:.1f} %",
        note=f"{dataset.windows} windows, trained anew in each, {watch.seconds:.0f} s",
    )


def _serving(
    dataset: Dataset, panel: Panel, model: TrainedModel, folder: Path
) -> Iterator[Measure]:
    served, about = Served("bench", model), (panel, dataset.name, dataset.horizon)
    yield from serving.of_features(model, panel, dataset.name, FEATURE_SECONDS)
    yield from serving.of_model(served, *about)
    yield from serving.of_store(ForecastStore(folder / "forecasts"), served, *about)
