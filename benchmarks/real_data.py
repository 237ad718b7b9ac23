"""Public retail data: loading, training, and backtests beside seasonal naive."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import serving
from benchmarks.measure import Measure, timed
from forecasting.backtesting.rolling import backtest
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


@dataclass(frozen=True)
class Loaded:
    """A dataset as the product holds it.

    Attributes:
        folder: Where it is stored.
        rows: Rows of its files.
        panel: Its sales and plans.
    """

    folder: Path
    rows: int
    panel: Panel


def folder() -> Path:
    """Return where the public data are looked for."""
    return Path(os.environ.get(DATA) or ROOT.parent / "shared" / "data")


def measures() -> Iterator[Measure]:
    """Measure each dataset that is there, and say which is not."""
    for dataset in DATASETS:
        source = folder() / dataset.name
        if source.is_dir():
            yield from _measure(dataset)
        else:
            note = f"no folder {str(source)!r}: name its parent in {DATA}"
            yield Measure(dataset.name, "not measured", None, "", note=note)


@contextmanager
def loaded(dataset: Dataset) -> Iterator[Loaded]:
    """Load a dataset into a temporary store by its mapping."""
    mapping = ROOT / "docs" / "examples" / f"{dataset.name}.toml"
    with tempfile.TemporaryDirectory(prefix="tillsight-bench-") as temporary:
        place = Path(temporary)
        store = SalesStore(place)
        report = ingest(
            str(folder() / dataset.name),
            store,
            mapping=mapping,
            today=datetime.now(UTC).date(),
            currency=dataset.currency,
        )
        rows = sum(table["read"] for table in report.to_dict()["tables"])
        yield Loaded(place, rows, build_panel(store, country=dataset.country))


def _measure(dataset: Dataset) -> Iterator[Measure]:
    with ExitStack() as stack:
        with timed() as watch:
            found = stack.enter_context(loaded(dataset))
        panel = found.panel
        note = f"{found.rows:,} rows, {found.rows / watch.seconds:,.0f} a second"
        yield Measure(dataset.name, "load and lay out", watch.seconds, "s", note=note)
        with timed() as watch:
            model = train(panel)
        beside, note = f"{watch.seconds:.1f} s by the clock", f"{panel.n:,} series"
        yield Measure(dataset.name, "train", watch.processor, "CPU s", beside=beside, note=note)
        yield from _serving(dataset, panel, model, found.folder)
    with timed() as watch:
        errors = backtest(panel, horizon=dataset.horizon, windows=dataset.windows).overall
    word = panel.frequency.word
    yield Measure(
        dataset.name,
        f"WAPE, {dataset.horizon} {word}s ahead",
        100 * errors.model.wape,
        "%",
        most=100 * errors.naive.wape,
        beside=f"seasonal naive {100 * errors.naive.wape:.1f} %",
        note=f"{dataset.windows} windows, trained anew in each, {watch.seconds:.0f} s",
    )


def _serving(
    dataset: Dataset, panel: Panel, model: TrainedModel, folder: Path
) -> Iterator[Measure]:
    served, about = Served("bench", model), (panel, dataset.name, dataset.horizon)
    yield from serving.of_features(model, panel, dataset.name, FEATURE_SECONDS)
    yield from serving.of_model(served, *about)
    yield from serving.of_store(ForecastStore(folder / "forecasts"), served, *about)
