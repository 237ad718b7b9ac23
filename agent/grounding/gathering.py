"""Walking through the results of a turn, from which every figure is taken with its slot."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from agent.grounding.facts import Fact, Facts, Period, Place
from agent.grounding.fields import COUNT, MONEY, field_of, number_in
from agent.grounding.reading import day_of
from agent.grounding.slots import ITEMS, Around, inside, measured, own, periods, place_of, stance
from agent.plain_text import shown_text

_ISO_DAY = 10
_SEVERAL = 2
_ID = "id"


class _Gatherer:
    """Walks through results once."""

    def __init__(self) -> None:
        self.figures: list[Fact] = []
        self.texts: list[str] = []
        self.names: list[tuple[str, str, str]] = []
        self.days: set[str] = set()
        self.told_days: set[str] = set()
        self.cutoffs: set[str] = set()
        self.times: set[str] = set()
        self.spans: set[Period] = set()
        self.roles: dict[str, set[str]] = {}
        self.inside: list[bool] = []
        self.ranked: list[tuple[Fact, ...]] = []
        self.orders: list[str] = []
        self.asked: dict[float, set[str]] = {}
        self.sides: dict[str, str] = {}
        self.told_of: dict[str, set[tuple[str, str]]] = {}
        self.aims: set[str] = set()
        self.missed: set[int] = set()
        self._owners = 0

    def take(self, call: Mapping[str, Any]) -> None:
        """Gather one call."""
        result = call.get("result")
        arguments = call.get("arguments")
        around = Around(key=str(call.get("tool", "")))
        if isinstance(result, Mapping):
            self._object(result, around)
            self.lengths(_NORMAL if result.get("about") == "forecast" else ())
        if isinstance(arguments, Mapping):
            self._asked(arguments, replace(around, unit="units"))

    def lengths(self, found: Iterable[tuple[float, str]]) -> None:
        """Note lengths of time."""
        for number, name in found:
            self.figures.append(Fact(number, COUNT, "period", "", name, "", 0, (), (), ()))

    def _asked(self, arguments: Mapping[str, Any], around: Around) -> None:
        """Gather what was asked for; of the days it is about a result knows better."""
        told, before = set(self.spans), len(self.figures)
        self._object(arguments, around)
        self.spans = told or self.spans
        for one in self.figures[before:]:
            self.asked.setdefault(abs(one.number), set()).add(one.unit)
        for kind in ("product", "store"):
            if str(arguments.get(kind, "")).isdigit():
                self.asked.setdefault(float(arguments[kind]), set()).add(_ID)

    def _object(self, found: Mapping[str, Any], around: Around) -> None:
        self._owners += 1
        inner = inside(found, around, self._owners)
        if inner.period:
            self.spans.add(inner.period)
        if inner.compared:
            self.spans.add(inner.compared)
        if found.get("about") == "miss":
            self.missed.add(self._owners)
        self._note(found, around, inner)
        for name, value in found.items():
            if isinstance(value, Mapping):
                self._object(value, replace(inner, key=name))
            elif isinstance(value, list | tuple):
                self._list(name, value, inner)
            elif isinstance(value, bool):
                self.inside += [value] if name == "inside" else []
            elif isinstance(value, int | float):
                self._figure(name, float(value), inner, around.key)
            elif isinstance(value, str):
                self._text(name, value, inner)

    def _note(self, found: Mapping[str, Any], around: Around, inner: Around) -> None:
        """Note what an object says things are called and what models are."""
        self._note_roles(found, around.key)
        if around.key in _SIDES and isinstance(found.get("id"), str):
            self.sides[_SIDES[around.key]] = found["id"]
        kind = _kind_of(around.outer if around.key == "item" else around.key)
        if kind in ITEMS:
            self._note_name(found, kind)
        if inner.group and isinstance(found.get("name"), str) and "key" in found:
            self.names.append((inner.group, str(found["key"]), str(found["name"])))
        if "effect" in found and isinstance(found.get("name"), str):
            self.names.append(("driver", found["name"], found["name"]))

    def _list(self, name: str, found: Sequence[Any], inner: Around) -> None:
        before = len(self.figures)
        for one in found:
            if isinstance(one, Mapping):
                self._object(one, replace(inner, key=name))
            elif isinstance(one, str):
                self._text("notes" if " " in one else name, one, inner)
        if found and isinstance(found[0], Mapping):
            self.count(len(found), name, inner)
            self.ranked.append(_values(self.figures[before:]))
            self.orders.append(inner.order)

    def count(self, number: int, name: str, inner: Around) -> None:
        """Note how many things a list holds; one alone is no count."""
        if number < _SEVERAL:
            return
        self.figures.append(
            Fact(number, COUNT, "counted", "", name, "", 0, inner.owners, inner.place, ())
        )

    def _figure(self, name: str, number: float, inner: Around, parent: str) -> None:
        if name in _IDENTIFIES:
            return
        field = field_of(name)
        kind = field.kind or measured(field.stem, parent, inner, field.unit)
        unit = field.unit or inner.unit
        if inner.currency and kind in ("revenue", "profit", "price"):
            unit = inner.currency
        elif unit == MONEY:
            unit = inner.unit if inner.unit not in ("", "units", "percent") else MONEY
        if not unit:
            unit = COUNT if number == int(number) else "plain"
        if parent == "by_outcome":
            kind, unit = "outcomes", COUNT
        meant = stance(field.stance, name, parent, inner)
        kind = "error" if meant == "improvement" else kind
        interval = hash((inner.owners[-1], field.stem)) if field.bound else 0
        fact = Fact(
            number, unit, kind, meant, name, field.bound, interval, inner.owners,
            (*place_of(kind, inner), *self._side(name)),
            periods(kind, meant, field.stem, inner),
            own(inner),
        )  # fmt: skip
        self.figures.append(fact)
        for said in number_in(name):
            meant = "inside" if kind == "coverage" else ""
            level = replace(
                fact, number=said, unit="percent", kind="level", stance=meant, interval=0
            )
            self.figures += [level] if unit == "percent" else []
            self.figures.append(replace(fact, number=said, unit=COUNT, stance=""))

    def _side(self, name: str) -> Place:
        """Return which of two compared models a field is about: `bias_a_pct` of model a."""
        side = next((one for one in self.sides if one in name), None)
        return ((_ID, self.sides[side]),) if side else ()

    def _text(self, name: str, value: str, inner: Around) -> None:
        moment = day_of(value) if len(value) >= _ISO_DAY else None
        if moment:
            self.days.add(moment.isoformat())
            self.times.add(value[11:16])
            kind = self.cutoffs if name in _CUTOFFS else self.told_days
            kind.add(moment.isoformat())
        elif name == "objective":
            self.aims.add(value)
        elif name == "category" or (name == "store" and not value.isdigit()):
            self.names.append((name, value, value))
        elif name == "name":
            self.names += [("", "", value)] if not inner.key else []
        elif name not in _IDENTIFIES or not value.isdigit():
            self.texts.append(value)
            if " " in value:
                self.told_of.setdefault(value, set()).update(own(inner))

    def _note_name(self, found: Mapping[str, Any], key: str) -> None:
        if isinstance(found.get("name"), str):
            self.names.append((key, str(found.get("id", "")), str(found["name"])))

    def _note_roles(self, found: Mapping[str, Any], key: str) -> None:
        for role in ("production", "staging"):
            if isinstance(found.get(role), str):
                self.roles.setdefault(found[role], set()).add(role)
        if isinstance(found.get("id"), str) and isinstance(found.get("stage"), str):
            self.roles.setdefault(found["id"], set()).add(found["stage"])
        elif key == "model_status" and isinstance(found.get("model"), str):
            self.roles.setdefault(found["model"], set()).add("production")


# What identifies an item counts nothing: product 1 does not vouch for "1%".
_IDENTIFIES = frozenset({"id", "key", "product", "store", "sequence"})
# Whose figures are told apart by a part of the fields' names.
_SIDES = {"model_a": "_a_", "model_b": "_b_"}
_CUTOFFS = frozenset({"cutoff", "trained_through", "data_through", "through"})
# What a forecast is explained against: the days before it, as the tool says.
_NORMAL = ((28, "days"), (4, "weeks"))
# How long an offer is felt afterwards, as the tools say.
_LATER = ((14, "days"), (2, "weeks"))


def gathered(results: Sequence[Mapping[str, Any]]) -> Facts:
    """Return everything that the calls of a turn hold, as `Answer.calls` lists them."""
    found = _Gatherer()
    for call in results:
        found.take(call)
    found.count(sum("tool" in call for call in results), "calls", Around())
    if any(one.name.startswith("later") for one in found.figures):
        found.lengths(_LATER)
    for start, end in found.spans:
        found.lengths(_lengths(start, end))
    return Facts(
        figures=tuple(_with_intervals(found.figures, found.missed)),
        texts=tuple(dict.fromkeys(found.texts)),
        names=tuple(dict.fromkeys(_names(found.names))),
        days=frozenset(found.days),
        told_days=frozenset(found.told_days),
        cutoffs=frozenset(found.cutoffs),
        times=frozenset(found.times),
        spans=frozenset(found.spans),
        roles=found.roles,
        inside=tuple(found.inside),
        ranked=tuple(found.ranked),
        orders=tuple(found.orders),
        asked=found.asked,
        told_of={text: frozenset(places) for text, places in found.told_of.items()},
        aims=frozenset(found.aims),
    )


def _kind_of(key: str) -> str:
    """Return what a field holds one or more of: `other_stores` holds stores."""
    return key.rpartition("_")[2].removesuffix("s")


def _names(names: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    for kind, key, name in names:
        yield kind, key, name
        if shown_text(name) != name:
            yield kind, key, shown_text(name)


def _lengths(start: str, end: str) -> Iterator[tuple[float, str]]:
    days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
    yield days, "days"
    if days % 7 == 0:
        yield days // 7, "weeks"
    months = (int(end[:4]) - int(start[:4])) * 12 + int(end[5:7]) - int(start[5:7]) + 1
    if start.endswith("-01") and months > 1:
        yield months, "months"


def _with_intervals(figures: Sequence[Fact], missed: Container[int]) -> Iterator[Fact]:
    """Yield every fact, a figure that an interval surrounds with that interval."""
    currencies = {one.unit for one in figures} - {
        "",
        "units",
        COUNT,
        "plain",
        "percent",
        "ms",
        MONEY,
    }
    if len(currencies) == 1:
        unit = min(currencies)
        figures = [replace(one, unit=unit) if one.unit == MONEY else one for one in figures]
    intervals = {one.interval for one in figures if one.bound}
    for one in figures:
        if one.bound or one.interval or not intervals or not one.owners:
            yield one
            continue
        stem = hash((one.owners[-1], one.name))
        plain = hash((one.owners[-1], ""))
        is_miss = one.owners[-1] in missed
        is_middle = plain in intervals and _is_middle(one, is_miss=is_miss)
        own = stem if stem in intervals else plain if is_middle else 0
        yield replace(one, interval=own) if own else one


def _is_middle(fact: Fact, *, is_miss: bool) -> bool:
    """Tell whether an interval without a name of its own surrounds a figure.

    Of a forecast that was missed it surrounds the forecast, not what was sold.
    """
    if fact.name == "mean":
        return True
    return (
        fact.name == "reference" if is_miss else fact.name == "figure" and fact.stance != "actual"
    )


def _values(figures: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the main figure of each row."""
    return tuple(one for one in figures if one.name in ("value", "mean"))
