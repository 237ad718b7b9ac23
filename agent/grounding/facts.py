"""What results hold that an answer may quote: each figure with its slot."""

from collections.abc import Mapping
from dataclasses import dataclass

ALL = "*"
"""Stands for every product or every store in a fact's place."""

Period = tuple[str, str]
Place = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One number of a result.

    Attributes:
        number: Its value.
        unit: Its unit.
        kind: What kind of figure it is.
        stance: How it is meant.
        name: The field's name.
        bound: `low` or `high` when it is one end of an interval.
        interval: The interval it bounds, or which bounds it; 0 for none.
        owners: The objects it is in, the outermost first.
        place: Product, store, category and id it belongs to; `*` for all.
        periods: The periods it may be said to belong to; none when that says nothing.
        own: The part of its place that only its row in a list says.
    """

    number: float
    unit: str
    kind: str
    stance: str
    name: str
    bound: str
    interval: int
    owners: tuple[int, ...]
    place: Place
    periods: tuple[Period, ...]
    own: Place = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the results of a turn hold.

    Attributes:
        figures: Every number with its slot.
        texts: Every text that is a sentence or an id.
        names: What things are called: kind, id, name.
        days: Every day, as ISO text.
        told_days: Those on which more happened than that the data end.
        cutoffs: The days through which data go.
        times: Every time of day.
        spans: Every period.
        ids: Every id of a model, alert, recommendation or approval.
        roles: What models are: id to `production`, `staging` or `archived`.
        inside: Whether an actual figure lay in its range, where a result says so.
        ranked: The main figures of each list, in its order.
        orders: How lists of sales are ordered: `desc` or `asc`, one for each list.
        asked: In which units numbers were asked about: those of the calls' arguments.
        told_of: For each text, the things that only its row in a list is about.
        aims: What advice is to raise: units, revenue or profit.
    """

    figures: tuple[Fact, ...]
    texts: tuple[str, ...]
    names: tuple[tuple[str, str, str], ...]
    days: frozenset[str]
    told_days: frozenset[str]
    cutoffs: frozenset[str]
    times: frozenset[str]
    spans: frozenset[Period]
    roles: Mapping[str, set[str]]
    inside: tuple[bool, ...]
    ranked: tuple[tuple[Fact, ...], ...]
    orders: tuple[str, ...]
    asked: Mapping[float, set[str]]
    told_of: Mapping[str, frozenset[tuple[str, str]]]
    aims: frozenset[str]
