"""Prophet, fitted for every series by itself, with the covariates as regressors."""

import logging

import pandas as pd
from prophet import Prophet

from benchmarks.peers.exchange import KEYS, Task, run


def forecast(task: Task) -> pd.DataFrame:
    """Return the means of the coming periods."""
    logging.getLogger("cmdstanpy").setLevel(logging.WARNING)
    ahead = dict(tuple(task.future.groupby("unique_id")))
    parts = [
        _series(series, ahead[name], task.known)
        for name, series in task.history.groupby("unique_id")
        if name in ahead
    ]
    return pd.concat(parts, ignore_index=True)


def _series(history: pd.DataFrame, future: pd.DataFrame, known: list[str]) -> pd.DataFrame:
    # What it cannot learn from closed days is no part of its task.
    opened = history[history["shut"] == 0] if "shut" in history else history
    names = [name for name in known if name != "shut" and opened[name].std() > 0]
    model = Prophet(
        yearly_seasonality=True,
        weekly_seasonality=bool(opened["ds"].diff().min() < pd.Timedelta(days=7)),
        daily_seasonality=False,
        seasonality_mode="multiplicative",
        uncertainty_samples=0,
    )
    for name in names:
        model.add_regressor(name, mode="multiplicative")
    model.fit(opened[["ds", "y", *names]])
    found = model.predict(future[["ds", *names]])
    return future[KEYS].assign(yhat=found["yhat"].to_numpy())


if __name__ == "__main__":
    run(forecast)
