"""How trees of every kind are grown and run: LightGBM, the same on any machine, on free cores."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecasting.features.contract import Feature
from forecasting.forecasters import lightgbm_core as lgb
from forecasting.forecasters.base import Progress
from forecasting.origin import Floats

# Below this many rows, starting threads costs more than it saves.
_SMALL = 5_000
# Rows that bounds of bins are found from.
_BIN_ROWS = 50_000
# Of fewer rows than this a thread has too little to do: threads wait for each other at work.
_ROWS_A_THREAD = 100_000


@dataclass(frozen=True)
class Examples:
    """What trees learn from.

    Attributes:
        table: [rows, features].
        label: [rows] what is to be predicted.
        weight: [rows] how much each row says.
        features: What the columns are.
    """

    table: NDArray[np.float32]
    label: NDArray[np.floating]
    weight: NDArray[np.float32]
    features: Sequence[Feature]


def grown(
    examples: Examples,
    parameters: dict[str, Any],
    *,
    trees: int,
    bins: int,
    seed: int,
    progress: Progress,
) -> lgb.Booster:
    """Return trees grown one after the other.

    Args:
        examples: What they learn from.
        parameters: The loss, and sizes and steps of the trees, by LightGBM's names.
        trees: How many.
        bins: Into how many steps each feature is cut.
        seed: The same seed grows the same trees.
        progress: Told the fraction done.
    """
    threads = int(np.clip(len(examples.label) // _ROWS_A_THREAD, 1, _free_threads()))
    common = {
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "lambda_l2": 5.0,
        "cat_smooth": 20.0,
        "monotone_constraints": [int(one.rising) for one in examples.features],
        "max_bin": bins,
        "seed": seed,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": threads,
        "verbose": -1,
    }

    def told(state: Any) -> None:
        progress((state.iteration + 1) / trees, "growing trees")

    data = _dataset(examples, bins, threads)
    return lgb.train(parameters | common, data, num_boost_round=trees, callbacks=[told])


def _dataset(examples: Examples, bins: int, threads: int) -> lgb.Dataset:
    return lgb.Dataset(
        examples.table,
        label=examples.label,
        weight=examples.weight,
        feature_name=[f"f{number}" for number in range(len(examples.features))],
        categorical_feature=[n for n, one in enumerate(examples.features) if one.categorical],
        params={
            "max_bin": bins,
            "bin_construct_sample_cnt": _BIN_ROWS,
            "verbose": -1,
            "num_threads": threads,
        },
    )


def fitted(booster: lgb.Booster | None) -> lgb.Booster:
    """Return the trees.

    Raises:
        RuntimeError: They have not been grown.
    """
    if booster is None:
        raise RuntimeError("The model has not been fitted.")
    return booster


def run(booster: lgb.Booster | None, table: NDArray[np.float32]) -> Floats:
    """Return what trees say of each row."""
    threads = 1 if len(table) < _SMALL else _free_threads()
    return np.asarray(fitted(booster).predict(table, num_threads=threads))


def _free_threads() -> int:
    """Return how many cores nobody else is using: spinning on busy ones is slower than waiting."""
    cores = os.cpu_count() or 1
    return max(1, min(cores, cores - round(os.getloadavg()[0]) + 1))
