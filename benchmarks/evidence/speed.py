"""How fast a loaded model of the default budget answers."""

from collections.abc import Iterator

from benchmarks import serving
from benchmarks.evidence.ledger import Evidence
from benchmarks.measure import percentile
from benchmarks.real_data import DATASETS, folder, loaded
from forecasting.training import train

_BUDGET, _SEED = "normal", 7


def proofs() -> Iterator[Evidence]:
    """Measure single series and whole catalogues on Rossmann, where it is there."""
    dataset = DATASETS[0]
    if not (folder() / dataset.name).is_dir():
        return
    with loaded(dataset) as data:
        panel = data.panel
    model = train(panel, budget=_BUDGET, seed=_SEED)
    about = f"{dataset.name}, {dataset.horizon} days, {_BUDGET} budget, features included"
    one = serving.one_series(model, panel, dataset.horizon)
    yield Evidence(
        "predict_p95_ms",
        percentile(one, 95),
        "ms",
        len(one),
        seed=_SEED,
        goal="below 8",
        note=f"CPU, one series, {about}; median {percentile(one, 50):.2f} ms",
    )
    seconds = serving.all_series(model, panel, dataset.horizon)
    pairs = panel.n * dataset.horizon
    yield Evidence(
        "batch_series_days_per_s",
        pairs / seconds,
        "series-days a CPU s",
        pairs,
        seed=_SEED,
        goal="at least 20,000",
        note=f"all {panel.n:,} series, {about}",
    )
