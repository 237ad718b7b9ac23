"""mlforecast with LightGBM: one model over all series, recursive, with its usual settings."""

import lightgbm
import numpy as np
import pandas as pd
from mlforecast import MLForecast
from mlforecast.lag_transforms import RollingMean
from mlforecast.target_transforms import GlobalSklearnTransformer, LocalStandardScaler
from sklearn.preprocessing import FunctionTransformer

from benchmarks.peers.exchange import KEYS, Task, opened, run

_TREES, _LEAVES, _RATE = 400, 63, 0.05
_DATES = {
    "D": ["dayofweek", "day", "month", "dayofyear"],
    "W": ["month", "dayofyear"],
}


def forecast(task: Task) -> pd.DataFrame:
    """Return the means of the coming periods."""
    season, daily = task.season, task.frequency == "D"
    lags = [1, season, 2 * season, 3 * season, 4 * season] if daily else [1, 2, 3, 4, 8, 13]
    near, far = (season, 4 * season) if daily else (4, 13)
    model = MLForecast(
        models={
            "yhat": lightgbm.LGBMRegressor(
                n_estimators=_TREES,
                num_leaves=_LEAVES,
                learning_rate=_RATE,
                subsample=0.8,
                subsample_freq=1,
                colsample_bytree=0.8,
                n_jobs=1,
                random_state=7,
                verbosity=-1,
            )
        },
        freq=task.frequency if daily else pd.offsets.Week(weekday=_weekday(task)),
        lags=lags,
        lag_transforms={1: [RollingMean(near), RollingMean(far)]},
        date_features=_DATES["D" if daily else "W"],
        target_transforms=[
            GlobalSklearnTransformer(FunctionTransformer(func=np.log1p, inverse_func=np.expm1)),
            LocalStandardScaler(),
        ],
    )
    # Lags that run over closed days as zeros cost it half its accuracy.
    history = opened(task.history).merge(task.statics, on="unique_id")
    statics = [name for name in task.statics if name != "unique_id"]
    model.fit(history, static_features=statics)
    future = task.future.drop(columns="shut", errors="ignore")
    return model.predict(task.horizon, X_df=future)[[*KEYS, "yhat"]]


def _weekday(task: Task) -> int:
    return int(task.history["ds"].iloc[0].dayofweek)


if __name__ == "__main__":
    run(forecast)
