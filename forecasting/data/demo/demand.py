"""What customers want, before price and promotion: the part of the truth a plan cannot move."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from forecasting.data.demo import happenings, seasons, shapes
from forecasting.data.demo.axis import Axis, Bools, Floats, Ints, stream
from forecasting.data.demo.blueprint import Blueprint

ONLINE_SINCE_DAYS = 420


@dataclass(frozen=True)
class Demand:
    """Everything about demand but the plan; n series, T periods of history and future.

    Attributes:
        series: One row a series: `store`, `product`, `category`, `format`.
        first: [n] first period on sale.
        last: [n] period after the last on sale.
        parts: Log effects by name, [n, T] each: level, weekly, yearly, trend, holidays, events,
            lifecycle, hidden. Their sum is the log of demand at the list price, unpromoted.
        elasticity: [n] percent more units per percent more price, negative.
        lift: [n] log points while promoted, beside the price.
        pull_forward: [n] share of a promotion's effect missing right after it.
        cross: [n, n] log points lost per log point that a neighbour's promotion gains.
        dispersion: [n] a of the noise: variance = mean + a * mean².
        events: Local events: day, date, name, store ("" = all), effect.
        confounder: [category, T] the hidden driver; zero unless switched on.
    """

    series: pd.DataFrame
    first: Ints
    last: Ints
    parts: dict[str, Floats]
    elasticity: Floats
    lift: Floats
    pull_forward: Floats
    cross: Floats
    dispersion: Floats
    events: pd.DataFrame
    confounder: pd.DataFrame

    @cached_property
    def base(self) -> Floats:
        """Return [n, T] log demand at the list price without any promotion."""
        return np.asarray(np.add.reduce(list(self.parts.values())), dtype=np.float64)

    @cached_property
    def on_sale(self) -> Bools:
        """Return [n, T] whether the store sells the product then."""
        period = np.arange(self.base.shape[1])
        return (period >= self.first[:, None]) & (period < self.last[:, None])


def draw_demand(blueprint: Blueprint, axis: Axis, seed: int, *, hidden: bool) -> Demand:
    """Return the demand of one world; the same arguments give the same demand."""

    def rng(purpose: str) -> np.random.Generator:
        return stream(seed, blueprint.name, purpose)

    series = _series(blueprint)
    traits = blueprint.demand.loc[series["product"]]
    launched, delisted = _days(traits, "launched_before_end"), _days(traits, "delisted_before_end")
    first, last = _on_sale(blueprint, axis, series, launched, delisted)
    events = happenings.draw_events(blueprint, axis, rng("events"))
    confounder = happenings.draw_confounder(
        sorted(series["category"].unique()), axis, rng("confounder"), hidden=hidden
    )
    parts = {
        "level": _level(blueprint, axis, series, rng("level")),
        "weekly": seasons.weekly(axis, series, rng("weekly")),
        "yearly": seasons.yearly(axis, series, rng("yearly")),
        "trend": seasons.trend(axis, series, rng("trend")),
        "holidays": seasons.public_holidays(axis, series, blueprint.country, rng("holidays")),
        "events": happenings.event_effects(axis, series, events),
        "lifecycle": happenings.lifecycle(axis, launched, delisted),
        "hidden": confounder.loc[series["category"]].to_numpy(),
    }
    spread = seasons.per_product(series, rng("response"))
    jitter = np.clip(spread(0.0, 0.12), -0.2, 0.2)
    elasticity = traits["elasticity"].to_numpy(dtype=float) + jitter
    return Demand(
        series=series,
        first=first,
        last=last,
        parts=parts,
        elasticity=np.clip(elasticity, -3.5, -0.6),
        lift=traits["lift"].to_numpy(dtype=float) * np.exp(spread(0.0, 0.15)),
        pull_forward=traits["pull_forward"].to_numpy(dtype=float),
        cross=_cross(series, np.exp(parts["level"][:, 0])),
        dispersion=_dispersion(blueprint, series, rng("noise")),
        events=events,
        confounder=confounder,
    )


def _days(traits: pd.DataFrame, name: str) -> Floats:
    return traits[name].to_numpy(dtype=float)


def _series(blueprint: Blueprint) -> pd.DataFrame:
    formats = blueprint.stores.set_index("store")["format"].to_dict() | {"online": "online"}
    sold_online = blueprint.demand["online"].eq(1).to_dict()
    items = list(zip(blueprint.products["product"], blueprint.products["category"], strict=True))
    rows = [
        (store, product, category, formats[store])
        for store in blueprint.scale
        for product, category in items
        if store != "online" or sold_online[product]
    ]
    return pd.DataFrame(rows, columns=["store", "product", "category", "format"])


def _on_sale(
    blueprint: Blueprint, axis: Axis, series: pd.DataFrame, launched: Floats, delisted: Floats
) -> tuple[Ints, Ints]:
    """Return the first period on sale and the one after the last, by series."""
    keys = zip(series["store"], series["product"], strict=True)
    late = np.array([product in blueprint.late.get(store, ()) for store, product in keys])
    first = np.where(late, axis.history // 2, 0)
    first[series["store"].eq("online")] = axis.back(ONLINE_SINCE_DAYS)
    launch = axis.history - np.round(np.nan_to_num(launched) / axis.step)
    first = np.where(np.isnan(launched), first, np.maximum(first, launch))
    end = axis.history - np.round(np.nan_to_num(delisted) / axis.step)
    return first.astype(np.int64), np.where(np.isnan(delisted), axis.size, end).astype(np.int64)


def _level(
    blueprint: Blueprint, axis: Axis, series: pd.DataFrame, rng: np.random.Generator
) -> Floats:
    scale = series["store"].map(blueprint.scale).to_numpy(dtype=float)
    daily = blueprint.demand.loc[series["product"], "level"].to_numpy(dtype=float) * scale
    daily *= np.exp(rng.normal(0, 0.18, size=len(series)))
    for row, key in enumerate(zip(series["store"], series["product"], strict=True)):
        daily[row] = blueprint.intermittent.get(key, daily[row])
    return np.repeat(np.log(daily * axis.step)[:, None], axis.size, axis=1)


def _cross(series: pd.DataFrame, level: Floats) -> Floats:
    """Return what a neighbour's promotion takes: more, the bigger the neighbour."""
    category, store = series["category"].to_numpy(), series["store"].to_numpy()
    neighbours = (category[:, None] == category) & (store[:, None] == store)
    np.fill_diagonal(neighbours, val=False)
    weight = neighbours * level
    strength = np.array([shapes.CANNIBALISATION[name] for name in category])
    shares = weight / np.maximum(weight.sum(axis=1, keepdims=True), 1e-9)
    return np.asarray(strength[:, None] * shares, dtype=np.float64)


def _dispersion(blueprint: Blueprint, series: pd.DataFrame, rng: np.random.Generator) -> Floats:
    dispersion = rng.uniform(0.02, 0.06, size=len(series))
    for row, key in enumerate(zip(series["store"], series["product"], strict=True)):
        if key in blueprint.intermittent:
            dispersion[row] = 1.5
    return dispersion
