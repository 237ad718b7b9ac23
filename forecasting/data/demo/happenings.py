"""What happens once: local events, launches and delistings, and a driver nobody records."""

import numpy as np
import pandas as pd

from forecasting.data.demo.axis import Axis, Floats
from forecasting.data.demo.blueprint import Blueprint

LAUNCH_RAMP_DAYS = 35
FADE_DAYS = 60
SATURDAY = 5


def draw_events(blueprint: Blueprint, axis: Axis, rng: np.random.Generator) -> pd.DataFrame:
    """Return each local event about twice a year, with its effect in log points.

    An event lasts a weekend, in a weekly world a week. Columns: day (place among the axis' days),
    date, name, store ("" = every store), effect; one row a day.
    """
    begins, lasts = (SATURDAY, 2) if axis.step == 1 else (0, axis.step)
    rows = []
    for store, names in blueprint.event_names.items():
        for name in names:
            effect = rng.uniform(0.18, 0.42)
            day = int(rng.integers(20, 160))
            while day < len(axis.days) - 14:
                first = day + (begins - axis.days[day].weekday()) % 7
                rows += [(first + later, name, store, effect) for later in range(lasts)]
                day += int(rng.integers(150, 215))
    events = pd.DataFrame(rows, columns=["day", "name", "store", "effect"])
    events.insert(1, "date", axis.days[events["day"].to_numpy()])
    return events.sort_values(["day", "name"], ignore_index=True)


def event_effects(axis: Axis, series: pd.DataFrame, events: pd.DataFrame) -> Floats:
    """Return what the events add; an event of the whole chain leaves the online shop alone."""
    effect = np.zeros((len(series), len(axis.days)))
    stores = series["store"].to_numpy()
    for day, store, size in zip(events["day"], events["store"], events["effect"], strict=True):
        rows = stores == store if store else stores != "online"
        effect[rows, day] += size
    return axis.averaged(effect)


def lifecycle(axis: Axis, launched: Floats, delisted: Floats) -> Floats:
    """Return the slow start of launched products and the fading of delisted ones.

    Args:
        axis: The world's time.
        launched: [n] days before the end of the history, NaN where not launched within it.
        delisted: [n] days before the end of the history, NaN where not delisted within it.
    """
    end = axis.history * axis.step
    day = np.arange(len(axis.days))
    since = day - (end - launched[:, None])
    ramp = np.log(np.clip(0.35 + 0.65 * since / LAUNCH_RAMP_DAYS, 0.35, 1.0))
    left = (end - delisted[:, None]) - day
    fade = -0.5 * np.clip(1 - left / FADE_DAYS, 0.0, 1.0)
    return axis.averaged(np.nan_to_num(ramp) + np.nan_to_num(fade))


def draw_confounder(
    categories: list[str], axis: Axis, rng: np.random.Generator, *, hidden: bool
) -> pd.DataFrame:
    """Return [category, period] log points of a weekly driver; all zero unless switched on.

    Those who plan promotions see it and promote when it is high; no file holds it.
    """
    weeks = int(axis.week.max()) + 1
    shock = rng.normal(0, 0.17, size=(len(categories), weeks))
    for week in range(1, weeks):
        shock[:, week] += 0.7 * shock[:, week - 1]
    return pd.DataFrame(
        shock[:, axis.week] * float(hidden), index=pd.Index(categories), columns=axis.starts
    )
