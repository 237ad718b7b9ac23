"""What backtests find on the demo world Harbor, and whether ranges of sums hold."""

from collections.abc import Iterator
from typing import Any

from benchmarks.evidence.ledger import Evidence
from benchmarks.real_data import DATASETS, folder, loaded
from benchmarks.workplace import TENANT, workplace
from forecasting.backtesting.rolling import backtest
from forecasting.data.demo import make_world

_HORIZON, _WINDOWS = 28, 3
_SUMS = "all sums"
_SEED = 7


def proofs() -> Iterator[Evidence]:
    """Backtest Harbor, and the ranges of sums on Rossmann where it is there."""
    yield from _harbor()
    yield from _sums()


def _harbor() -> Iterator[Evidence]:
    with workplace() as place:
        raw = place.home / "raw"
        make_world(TENANT, until=place.until).write(raw)
        place.operate("ingest", source=str(raw))
        found = place.operate("backtest", horizon=_HORIZON, windows=_WINDOWS)
    overall: dict[str, Any] = found["overall"]
    pairs = overall["pairs"]
    note = f"backtest, {_HORIZON} days × {_WINDOWS}, up to {place.until}"
    beside = f"{note}; seasonal naive {overall['naive_wape_pct']:.1f} %"
    yield Evidence("harbor_wape_pct", overall["wape_pct"], "%", pairs, seed=_SEED, note=beside)
    yield Evidence(
        "harbor_skill_vs_snaive_pct",
        overall["skill_pct"],
        "%",
        pairs,
        seed=_SEED,
        goal="above 0",
        note=f"{note}; percent of seasonal naive's WAPE",
    )


def _sums() -> Iterator[Evidence]:
    dataset = DATASETS[0]
    if not (folder() / dataset.name).is_dir():
        return
    with loaded(dataset) as data:
        found = backtest(data.panel, horizon=dataset.horizon, windows=dataset.windows)
    sums = next(one for one in found.promises if one.what == _SUMS)
    kinds = [f"{one.what} {100 * one.held['80']:.0f} %" for one in found.promises]
    yield Evidence(
        "coverage_80_sums_pct",
        100 * sums.held["80"],
        "%",
        sums.count,
        seed=_SEED,
        goal="77 to 83",
        note=(
            f"{dataset.name}, backtest, {dataset.horizon} days × {dataset.windows}, "
            f"ranges of 80 %: {'; '.join(kinds)}"
        ),
    )
