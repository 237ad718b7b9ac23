"""AutoGluon-TimeSeries with its fast presets, without weights that must be downloaded."""

import tempfile

import pandas as pd
from autogluon.timeseries import TimeSeriesDataFrame, TimeSeriesPredictor

from benchmarks.peers.exchange import KEYS, Task, run

_NEEDS_DOWNLOAD = ["Chronos", "Chronos2", "Toto", "TotoModel"]
_METRIC = "MAPE"


def forecast(task: Task) -> pd.DataFrame:
    """Return the medians of the coming periods."""
    with tempfile.TemporaryDirectory() as folder:
        predictor = TimeSeriesPredictor(
            target="y",
            prediction_length=task.horizon,
            freq=_frequency(task),
            eval_metric=_METRIC,
            known_covariates_names=task.known,
            path=folder,
            verbosity=1,
        )
        seen = TimeSeriesDataFrame.from_data_frame(
            task.history,
            id_column="unique_id",
            timestamp_column="ds",
            static_features_df=task.statics,
        )
        predictor.fit(seen, presets="fast_training", excluded_model_types=_NEEDS_DOWNLOAD)
        ahead = TimeSeriesDataFrame.from_data_frame(
            task.future, id_column="unique_id", timestamp_column="ds"
        )
        found = predictor.predict(seen, known_covariates=ahead).reset_index()
    named = found.rename(columns={"item_id": "unique_id", "timestamp": "ds", "mean": "yhat"})
    return named[[*KEYS, "yhat"]]


def _frequency(task: Task) -> str:
    day = task.history["ds"].iloc[0]
    return task.frequency if task.frequency == "D" else f"W-{day.day_name()[:3].upper()}"


if __name__ == "__main__":
    run(forecast)
