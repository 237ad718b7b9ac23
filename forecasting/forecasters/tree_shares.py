"""What each group of features adds to what trees say: Shapley values, with groups as players.

The value of some groups together is the trees' mean over training rows where the other groups'
splits are taken in proportion to the rows that went either way: the path-dependent expectation of
Lundberg, Erion and Lee, "Consistent Individualized Feature Attribution for Tree Ensembles" (2018).
A group's features enter together, so that the shares of groups are Shapley values themselves and
not sums of them. The share of a leaf depends only on which groups' splits a row satisfies on the
path to it; it is tabulated for every such pattern beforehand, after Yang, "Fast TreeSHAP" (2021).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import factorial
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from forecasting.forecasters import lightgbm_core as lgb
from forecasting.forecasters.tree_splits import Splits
from forecasting.origin import Floats

# Rows worked out at once: their patterns stay in the processor's cache.
_BLOCK = 64
_Ints = NDArray[np.int64]
_Patterns = NDArray[np.uint16]


@dataclass(frozen=True)
class _Step:
    """The nodes of one depth, reached from the splits above them.

    Attributes:
        node: [steps] where their patterns stand.
        parent: [steps] the node above each.
        split: [steps] the split that leads to it.
        right: [steps, 1] whether it lies to the right of that.
        bit: [steps, 1] the bit of that split's group on this path.
    """

    node: _Ints
    parent: _Ints
    split: _Ints
    right: NDArray[np.bool_]
    bit: _Patterns


class TreeShares:
    """The shares of groups of features in what a booster says."""

    def __init__(self, splits: Splits, leaves: Sequence["Leaf"], steps: Sequence[_Step]) -> None:
        """Tabulate the shares of every leaf; use `of` to read a booster."""
        self._splits, self._steps = splits, steps
        self._nodes = 1 + max((int(step.node.max()) for step in steps), default=0)
        self.usual = sum(leaf.value * float(np.prod(leaf.chance)) for leaf in leaves)
        parts = list(_tables(leaves))
        group = np.concatenate([part.group for part in parts] or [np.empty(0, np.int64)])
        order = np.argsort(group, kind="stable")
        self._leaf = np.concatenate([p.leaf for p in parts] or [group])[order]
        self._table = np.concatenate([part.table for part in parts] or [np.empty(0)])
        begin = np.cumsum([0, *(len(part.table) for part in parts)])
        offset = [p.offset + at for p, at in zip(parts, begin, strict=False)]
        self._offset = np.concatenate(offset or [group])[order][:, None].astype(np.int32)
        self._groups, first = np.unique(group[order], return_index=True)
        self._spans = [slice(a, b) for a, b in pairwise([*first.tolist(), len(group)])]

    @classmethod
    def of(cls, booster: lgb.Booster, group: Sequence[int]) -> Self:
        """Read a booster.

        Args:
            booster: The trees.
            group: [features] the group that each belongs to, from 0.
        """
        reader = _Reader(group)
        for tree in booster.dump_model()["tree_info"]:
            reader.read(tree["tree_structure"])
        return cls(Splits.of(reader.splits), reader.leaves, list(reader.steps()))

    def shares(self, table: NDArray[np.floating], groups: int) -> Floats:
        """Return [rows, groups] what each group adds to the usual; they sum to the raw score.

        Args:
            table: [rows, features].
            groups: How many groups there are.
        """
        found = np.zeros((len(table), groups))
        if len(self._table):
            for start in range(0, len(table), _BLOCK):
                part = slice(start, start + _BLOCK)
                pattern = self._patterns(self._splits.left(table[part]))
                cell = self._offset + pattern[self._leaf]
                share = self._table.take(cell)
                for number, span in zip(self._groups, self._spans, strict=True):
                    found[part, number] = share[span].sum(axis=0)
        return found

    def _patterns(self, left: NDArray[np.bool_]) -> _Patterns:
        """Return [nodes, rows] which groups' splits on the way to each node are not satisfied."""
        pattern = np.zeros((self._nodes, left.shape[1]), dtype=np.uint16)
        for step in self._steps:
            away = left[step.split] == step.right
            pattern[step.node] = pattern[step.parent] | (away * step.bit)
        return pattern


@dataclass(frozen=True)
class Leaf:
    """One leaf and the groups on the path to it.

    Attributes:
        node: Where its pattern stands.
        value: What it adds to the score.
        groups: The groups on its path, in the order of their bits.
        chance: By group, the share of rows that went its way at that group's splits.
    """

    node: int
    value: float
    groups: tuple[int, ...]
    chance: tuple[float, ...]


class _Reader:
    """Reads trees one after the other into flat lists."""

    def __init__(self, group: Sequence[int]) -> None:
        self.splits: list[dict[str, Any]] = []
        self.leaves: list[Leaf] = []
        self._group = group
        self._nodes = 0
        self._depths: list[list[tuple[int, int, int, bool, int]]] = []

    def read(self, root: dict[str, Any]) -> None:
        """Take in one tree."""
        self._nodes += 1
        waiting: list[tuple[dict[str, Any], int, int, dict[int, float]]]
        waiting = [(root, self._nodes - 1, 0, {})]
        while waiting:
            node, at, depth, chance = waiting.pop()
            if "split_feature" not in node:
                shares = tuple(chance.values())
                self.leaves.append(Leaf(at, float(node["leaf_value"]), tuple(chance), shares))
                continue
            self.splits.append(node)
            group = self._group[node["split_feature"]]
            for right, child in enumerate((node["left_child"], node["right_child"])):
                share = _count(child) / max(_count(node), 1)
                on_path = chance | {group: chance.get(group, 1.0) * share}
                bit = 1 << list(on_path).index(group)
                if len(self._depths) == depth:
                    self._depths.append([])
                step = (self._nodes, at, len(self.splits) - 1, bool(right), bit)
                self._depths[depth].append(step)
                waiting.append((child, self._nodes, depth + 1, on_path))
                self._nodes += 1

    def steps(self) -> Iterator[_Step]:
        """Yield the steps down, by depth."""
        for found in self._depths:
            node, parent, split, right, bit = (np.array(part) for part in zip(*found, strict=True))
            yield _Step(node, parent, split, right[:, None], bit.astype(np.uint16)[:, None])


def _count(node: dict[str, Any]) -> int:
    return int(node.get("internal_count", node.get("leaf_count", 0)))


@dataclass(frozen=True)
class _Part:
    """The shares of leaves with equally many groups on their paths.

    Attributes:
        table: Shares, by leaf, group and pattern.
        offset: [leaves * groups] where the patterns of each leaf and group begin.
        leaf: [leaves * groups] the leaf's node.
        group: [leaves * groups] the group.
    """

    table: Floats
    offset: _Ints
    leaf: _Ints
    group: _Ints


def _tables(leaves: Sequence[Leaf]) -> Iterator[_Part]:
    for players in sorted({len(leaf.groups) for leaf in leaves} - {0}):
        some = [leaf for leaf in leaves if len(leaf.groups) == players]
        value = np.array([leaf.value for leaf in some])
        table = value[:, None, None] * leaf_shares(np.array([leaf.chance for leaf in some]))
        yield _Part(
            table=table.ravel(),
            offset=np.arange(len(some) * players) << players,
            leaf=np.repeat([leaf.node for leaf in some], players),
            group=np.array([leaf.groups for leaf in some]).ravel(),
        )


def leaf_shares(chance: Floats) -> Floats:
    """Return [leaves, players, patterns] Shapley values in reaching a leaf worth 1.

    Args:
        chance: [leaves, players] what a player counts while absent; present, it counts 1, or 0
            in patterns with its bit set.
    """
    leaves, players = chance.shape
    away = (np.arange(1 << players)[:, None] >> np.arange(players)) & 1
    met = 1.0 - away
    weight = [
        factorial(size) * factorial(players - 1 - size) / factorial(players)
        for size in range(players)
    ]
    found = np.empty((leaves, players, 1 << players))
    for player in range(players):
        # Coefficients by how many of the others are present: a product of (absent + present x).
        by_size = np.zeros((players, leaves, 1 << players))
        by_size[0] = 1.0
        for other in range(players):
            if other != player:
                moved = by_size[:-1] * met[None, None, :, other]
                by_size *= chance[None, :, other, None]
                by_size[1:] += moved
        added = np.tensordot(weight, by_size, axes=1)
        found[:, player] = added * (met[None, :, player] - chance[:, player, None])
    return found


class Account:
    """Says why trees say what they say, by the drivers of their features; read when first asked."""

    def __init__(self, booster: lgb.Booster, drivers: Sequence[str]) -> None:
        self._booster, self._drivers = booster, drivers

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the drivers, each once."""
        return tuple(dict.fromkeys(self._drivers))

    @cached_property
    def _shares(self) -> TreeShares:
        number = {name: at for at, name in enumerate(self.names)}
        return TreeShares.of(self._booster, [number[driver] for driver in self._drivers])

    def of(self, table: NDArray[np.floating], shape: tuple[int, int]) -> tuple[float, Floats]:
        """Return the usual raw score, and [drivers, *shape] what each adds to it.

        Args:
            table: [rows * columns, features].
            shape: Rows and columns.
        """
        found = self._shares.shares(table, len(self.names))
        return self._shares.usual, np.moveaxis(found.reshape(*shape, len(self.names)), 2, 0)
