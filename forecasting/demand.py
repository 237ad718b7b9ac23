"""A panel seen as demand: what would have sold at the usual price, and all known in advance.

Nothing here depends on sales after any origin: the price response scales each sale by its own
planned price, and the rest comes from plans, calendars and attributes.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Protocol, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forecasting.assumed import assumed, recoded
from forecasting.calendar import calendar_features, last_year
from forecasting.grouping import sum_by
from forecasting.offers.asked import Offers
from forecasting.offers.changed import at_usual_price, planned_otherwise, ratios_tried
from forecasting.panel import Mask, Matrix, Panel
from forecasting.pricing.exposure import price_ratio
from forecasting.pricing.plan import asked
from forecasting.scope import PlanChange
from forecasting.spells import Spells, spells
from forecasting.units import Frequency

# Attributes with more words than this name the item rather than describe it.
_MOST_WORDS = 250
# Days after a promotion in which sales may be lower because people have stocked up.
_AFTERMATH_DAYS = 28
_FLAGS = 3
_HALF = 0.5
# What a changed plan leaves as it was: found once for all what-ifs.
_OF_NO_PLAN = (
    *("adjusted", "answers", "calendar", "phase", "closures", "event", "weekly_season"),
    *("static_words", "statics", "_rivals"),
)
# And what only a change of covariates would.
_OF_KNOWN = ("known", "flags", "cell", "runs", "spells")
_Found = TypeVar("_Found")


class Response(Protocol):
    """How demand answers to price and promotion."""

    @property
    def table(self) -> pd.DataFrame:
        """Return what is known of each product; column `usable`: whether its factor counts."""
        ...

    def factor(
        self, series: pd.DataFrame, price_ratio: Matrix, promoted: Matrix, discount: Matrix
    ) -> Matrix:
        """Return [n, h] the multiplier on demand at the usual price without promotion."""
        ...

    def to_json(self) -> str:
        """Return the response as JSON text."""
        ...


@dataclass(frozen=True)
class Demand:
    """A panel with its price response taken out of sales.

    Attributes:
        panel: Sales and plans.
        response: What price and promotion did to them.
        words: The words behind the codes of each categorical attribute or covariate; those a
            model has learned, or empty to take the panel's own.
        original: The demand by the plan, where this one is by a change of it: their histories
            are the same.
        changed: The series that the change is for, its first column, and the one after its last.
    """

    panel: Panel
    response: Response
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    original: "Demand | None" = None
    changed: tuple[NDArray[np.int64], int, int] | None = None
    _kept: dict[Hashable, Any] = field(default_factory=dict, init=False, compare=False)

    def once(self, name: Hashable, work: Callable[[], _Found]) -> _Found:
        """Return what `work` finds: done when first asked for, as every question asks again."""
        if name not in self._kept:
            self._kept[name] = work()
        found: _Found = self._kept[name]
        return found

    def until(self, cutoff: int) -> "Demand":
        """Return the demand as known after the first `cutoff` periods."""
        return Demand(self.panel.until(cutoff), self.response, self.words)

    def under(self, change: PlanChange, rows: NDArray[np.int64], first: int, last: int) -> "Demand":
        """Return the demand with another plan, for forecasters that see offers themselves.

        Args:
            change: What differs, in every period asked about.
            rows: The series it is for.
            first: First column.
            last: Column after the last.
        """
        tried = self.once("ratios tried", lambda: ratios_tried(self.panel))
        panel = planned_otherwise(self.panel, change, rows, first, last, tried=tried)
        changed = self._with(panel, rows, first, last)
        changed.__dict__.update({name: getattr(self, name) for name in _OF_KNOWN})
        changed.__dict__["own_offers"] = self.own_offers.under(panel, rows)
        return changed

    def without_offers(self, rows: NDArray[np.int64], first: int, last: int) -> "Demand":
        """Return the demand at the usual price without promotion, and without flags of its own.

        Args:
            rows: The series that nothing is offered of.
            first: First column.
            last: Column after the last.
        """
        flags = tuple(self.own_offers.flags)
        panel = at_usual_price(self.panel, flags, rows, first, last)
        plain = self._with(panel, rows, first, last)
        plain.__dict__["own_offers"] = self.own_offers.without(panel, rows, first, last)
        return plain

    def _with(self, panel: Panel, rows: NDArray[np.int64], first: int, last: int) -> "Demand":
        """Return the demand beside another plan of some cells."""
        changed = replace(self, panel=panel, original=self, changed=(rows, first, last))
        changed.__dict__.update({name: getattr(self, name) for name in _OF_NO_PLAN})
        return changed

    @cached_property
    def factor(self) -> Matrix:
        """Return [n, t + f] what the planned price and promotion do to demand."""
        panel, series = self.panel, self.panel.series
        if self.original is None or self.changed is None:
            return self.response.factor(series, price_ratio(panel), panel.promoted, panel.discount)
        factor, (rows, first, last) = self.original.factor.copy(), self.changed
        plan = asked(panel, rows, (first, last))
        factor[rows, first:last] = self.response.factor(
            series.iloc[rows], plan.ratio, plan.promoted, plan.discount
        )
        return factor

    @cached_property
    def adjusted(self) -> Matrix:
        """Return [n, t] sales at the usual price; NaN where stock ran out or none are known."""
        panel = self.panel
        sales = panel.sales / self.factor[:, : panel.history]
        return np.where(panel.stocked_out, np.float32(np.nan), sales).astype(np.float32)

    @cached_property
    def calendar(self) -> dict[str, NDArray[np.float32]]:
        """Return the calendar of each period by feature name."""
        panel = self.panel
        return calendar_features(panel.periods, panel.frequency, panel.country)

    @cached_property
    def last_year(self) -> dict[str, NDArray[np.int64]]:
        """Return [t + f] how many days before each day its like of last year was."""
        return last_year(self.panel.periods)

    @cached_property
    def known(self) -> dict[str, Matrix]:
        """Return known covariates [n, t + f], with plans not given assumed to repeat."""
        panel = self.panel
        values = {}
        for name, matrix in panel.known.items():
            own = panel.categories.get(name, ())
            coded = recoded(matrix, own, self.words.get(name, own)) if own else matrix
            values[name] = assumed(coded, panel.history, panel.frequency)
        return values

    @cached_property
    def flags(self) -> dict[str, Mask]:
        """Return the known covariates that are either on or off, at most three."""
        flags = {}
        for name, matrix in self.known.items():
            past = self.panel.known[name][:, : self.panel.history]
            if name not in self.panel.categories and set(np.unique(past[~np.isnan(past)])) == {
                0,
                1,
            }:
                flags[name] = matrix > _HALF
        return dict(list(flags.items())[:_FLAGS])

    @cached_property
    def phase(self) -> NDArray[np.int64]:
        """Return [t + f] the weekday of daily data, 0 throughout for longer periods."""
        periods = self.panel.periods
        if self.panel.frequency is Frequency.DAY:
            return periods.day_of_week.to_numpy().astype(np.int64)
        return np.zeros(len(periods), dtype=np.int64)

    @cached_property
    def weekly_season(self) -> bool:
        """Return whether last year's weeks tell of a season, not of last year's offers."""
        return self.panel.frequency is Frequency.WEEK and not self.own_offers.vary

    @cached_property
    def cell(self) -> NDArray[np.int64]:
        """Return [n, t + f] the cell of each period: its weekday and which flags are on."""
        cell = np.broadcast_to(self.phase, (self.panel.n, len(self.phase))).copy()
        for number, flag in enumerate(self.flags.values()):
            cell += flag * (7 << number)
        return cell

    @property
    def cells(self) -> int:
        """Return how many cells there can be."""
        return 7 << len(self.flags)

    @cached_property
    def runs(self) -> dict[str, Matrix]:
        """Return, for each flag, how long it has been on and how long it stays on."""
        runs = {}
        for name, flag in self.flags.items():
            runs[f"{name}_since"] = _run(flag)
            runs[f"{name}_left"] = _run(flag[:, ::-1])[:, ::-1]
        return runs

    @cached_property
    def closures(self) -> dict[str, Matrix]:
        """Return periods since the last and until the next closing; NaN where no plan says."""
        opened = self.panel.open
        if opened is None:
            return {}
        unknown = np.isnan(opened)
        since = np.minimum(_run(opened > 0), 14)
        left = np.minimum(_run(opened[:, ::-1] > 0)[:, ::-1], 14)
        return {
            "open_since": np.where(unknown, np.nan, since).astype(np.float32),
            "open_left": np.where(unknown, np.nan, left).astype(np.float32),
        }

    @cached_property
    def spells(self) -> dict[str, Spells]:
        """Return what the plans of daily data say of the days around each one."""
        panel = self.panel
        if panel.frequency is not Frequency.DAY:
            return {}
        words = {name: self.known[name] for name in panel.categories}
        return spells(self.flags, words, panel.open, self.statics, panel.periods)

    @cached_property
    def event(self) -> Matrix:
        """Return [n, t + f] the code of the local event, 0 for none."""
        names = self.words.get("event") or tuple(sorted(self.panel.events))
        code = np.zeros((self.panel.n, len(self.panel.periods)), dtype=np.float32)
        for number, name in enumerate(names, start=1):
            if name in self.panel.events:
                code[self.panel.events[name]] = number
        return code

    @cached_property
    def answers(self) -> Mask:
        """Return [n] whether the series' price response is known."""
        usable = self.response.table["usable"].reindex(self.panel.series["product"])
        return usable.fillna(False).to_numpy(dtype=bool)

    @cached_property
    def offers(self) -> dict[str, Matrix]:
        """Return own offers where no response speaks for them, and those of rivals, if any.

        Rivals are the other products of the same store and category.
        """
        panel = self.panel
        silent = ~self.answers[:, None]
        discount = np.nan_to_num(panel.discount)
        offers = {
            "own_discount": discount * silent,
            "own_promoted": np.nan_to_num(panel.promoted) * silent,
            "rival_discount": _others(discount, self._rivals),
            "after_promotion": _aftermath(panel.promoted > 0, panel.frequency),
        }
        return {name: values for name, values in offers.items() if values.any()}

    @cached_property
    def own_offers(self) -> Offers:
        """Return prices, discounts and flags of every series and of its rivals."""
        words = self.panel.categories
        known = {name: values for name, values in self.known.items() if name not in words}
        return Offers.of(self.panel, known, self._rivals)

    @cached_property
    def statics(self) -> dict[str, NDArray[np.float32]]:
        """Return [n] attributes: numbers as they are, words as codes (NaN: a new word)."""
        values: dict[str, NDArray[np.float32]] = {}
        for name, column in _attributes(self.panel.series):
            if pd.api.types.is_numeric_dtype(column):
                values[name] = column.to_numpy(dtype=np.float32, na_value=np.nan)
            elif words := self.static_words.get(name):
                code = pd.Index(words).get_indexer(pd.Index(column.astype(str))).astype(np.float32)
                values[name] = np.where(code < 0, np.float32(np.nan), code)
        return values

    @cached_property
    def static_words(self) -> dict[str, tuple[str, ...]]:
        """Return the words of each attribute in words that describes rather than names."""
        found: dict[str, tuple[str, ...]] = {}
        for name, column in _attributes(self.panel.series):
            if name in self.words:
                found[name] = self.words[name]
            elif not pd.api.types.is_numeric_dtype(column):
                words = tuple(sorted(column.dropna().astype(str).unique()))
                if 1 < len(words) <= _MOST_WORDS:
                    found[name] = words
        return found

    def learned_words(self) -> dict[str, tuple[str, ...]]:
        """Return all words behind codes, for a model to keep."""
        events = {"event": tuple(sorted(self.panel.events))} if self.panel.events else {}
        return self.static_words | self.panel.categories | events

    @cached_property
    def _rivals(self) -> NDArray[np.int64]:
        series = self.panel.series
        named = series.assign(kind=series.get("product_category", ""))
        group = named.groupby(["store", "kind"], dropna=False).ngroup()
        return np.asarray(group, dtype=np.int64)


def _attributes(series: pd.DataFrame) -> list[tuple[str, pd.Series]]:
    return [(str(name), series[name]) for name in series]


def _run(on: Mask) -> Matrix:
    """Return how many periods in a row the mask has been on, this one included."""
    number = np.arange(on.shape[1])
    off = np.maximum.accumulate(np.where(on, -1, number), axis=1)
    return (number - off).astype(np.float32)


def _aftermath(promoted: Mask, frequency: Frequency) -> Matrix:
    """Return periods since the last promotion ended; 0 while one runs or long after."""
    most = max(1, round(_AFTERMATH_DAYS / frequency.days))
    since = _run(~promoted)
    never = np.maximum.accumulate(promoted, axis=1)
    return np.where(never & (since <= most), since, 0).astype(np.float32)


def _others(values: Matrix, group: NDArray[np.int64]) -> Matrix:
    """Return the mean of the other rows of each row's group; 0 where there are none."""
    total = sum_by(values, group)
    count = np.bincount(group, minlength=len(total))[group][:, None]
    return ((total[group] - values) / np.maximum(count - 1, 1)).astype(np.float32)
