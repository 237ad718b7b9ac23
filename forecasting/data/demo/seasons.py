"""How demand moves with the weekday, the season, the years and the holidays, in log points."""

from collections.abc import Callable

import holidays
import numpy as np
import pandas as pd

from forecasting.data.demo import shapes
from forecasting.data.demo.axis import Axis, Floats

YEAR = 365.25
KNOT_DAYS = 30


def per_product(series: pd.DataFrame, rng: np.random.Generator) -> Callable[[float, float], Floats]:
    """Return a sampler that gives all series of a product the same normal draw."""
    codes, names = pd.factorize(series["product"])
    return lambda mean, sd: rng.normal(mean, sd, size=len(names))[codes]


def weekly(axis: Axis, series: pd.DataFrame, rng: np.random.Generator) -> Floats:
    """Return the weekly shape of the store's format, a little different in each category."""
    shape = np.log(np.array([shapes.WEEKLY[name] for name in series["format"]]))
    codes, categories = pd.factorize(series["category"])
    shape = shape + rng.normal(0, 0.04, size=(len(categories), 7))[codes]
    shape -= np.log(np.exp(shape).mean(axis=1, keepdims=True))
    return axis.averaged(shape[:, axis.days.day_of_week])


def yearly(axis: Axis, series: pd.DataFrame, rng: np.random.Generator) -> Floats:
    """Return the yearly shape of the category, a little different in each product."""
    draw = per_product(series, rng)
    seasons = [shapes.YEARLY[name] for name in series["category"]]
    height = np.array([season.height for season in seasons]) * np.exp(draw(0.0, 0.15))
    peak = np.array([season.peak for season in seasons]) + draw(0.0, 8.0)
    second = np.array([season.second_height for season in seasons])
    second_peak = np.array([season.second_peak for season in seasons])
    day = axis.days.day_of_year.to_numpy()
    wave = height[:, None] * np.cos(2 * np.pi * (day - peak[:, None]) / YEAR)
    wave += second[:, None] * np.cos(4 * np.pi * (day - second_peak[:, None]) / YEAR)
    return axis.averaged(wave)


def trend(axis: Axis, series: pd.DataFrame, rng: np.random.Generator) -> Floats:
    """Return a slope per product and store, and a slow wander of each series' own."""
    codes, stores = pd.factorize(series["store"])
    slope = per_product(series, rng)(0.01, 0.03) + rng.normal(0, 0.02, size=len(stores))[codes]
    years = (np.arange(len(axis.days)) - axis.history * axis.step) / YEAR
    knots = len(axis.days) // KNOT_DAYS + 2
    wander = rng.normal(0, 0.035, size=(len(series), knots))
    for knot in range(1, knots):
        wander[:, knot] += 0.9 * wander[:, knot - 1]
    place = np.arange(len(axis.days)) / KNOT_DAYS
    left = place.astype(int)
    between = wander[:, left] + (wander[:, left + 1] - wander[:, left]) * (place - left)
    return axis.averaged(slope[:, None] * years + between)


def public_holidays(
    axis: Axis, series: pd.DataFrame, country: str, rng: np.random.Generator
) -> Floats:
    """Return the full fridge before a holiday and the quiet shop on the day."""
    years = range(axis.days[0].year - 1, axis.days[-1].year + 2)
    strength = {name: rng.uniform(0.85, 1.15) for name in shapes.GREAT_HOLIDAYS}
    before, after = np.zeros(len(axis.days)), np.zeros(len(axis.days))
    for holiday, name in sorted(holidays.country_holidays(country, years=years).items()):
        if "observed" in name:
            continue
        at = (pd.Timestamp(holiday) - axis.days[0]).days
        for offset, effect in shapes.GREAT_HOLIDAYS.get(name, shapes.OTHER_HOLIDAY).items():
            if 0 <= at + offset < len(axis.days):
                part = before if offset < 0 else after
                part[at + offset] += effect * strength.get(name, 1.0)
    appetite = np.array([shapes.HOLIDAY_APPETITE.get(name, 1.0) for name in series["category"]])
    # An online shop never shuts its doors.
    shut = np.where(series["store"].eq("online"), 0.3, 1.0)
    return axis.averaged(appetite[:, None] * before + shut[:, None] * after)
