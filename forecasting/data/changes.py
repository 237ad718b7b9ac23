"""What a load changes: duplicates inside it, and its rows against those already stored."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from forecasting.data.contract import KNOWN_AT
from forecasting.data.keys import Codes, key_codes
from forecasting.data.quality import FILE, LINE

Mask = NDArray[np.bool_]

_PROVENANCE = (FILE, LINE, KNOWN_AT)


@dataclass(frozen=True, slots=True)
class Repeats:
    """Rows of a load that share their key with a later one.

    Attributes:
        kept: Row numbers that count: the last of each key, in file order.
        same: Row numbers of exact repeats of a kept row.
        conflicting: Row numbers of earlier rows with other values.
    """

    kept: NDArray[np.int64]
    same: NDArray[np.int64]
    conflicting: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows of a load against the stored table.

    Attributes:
        new: Which rows have a key that was not stored.
        changed: Which rows say something else than the stored row.
        rows: The new rows, then the changed ones with what they leave open filled from the
            stored row: an empty cell never erases what was known.
    """

    new: Mask
    changed: Mask
    rows: pa.Table


def find_repeats(rows: pa.Table, keys: tuple[str, ...]) -> Repeats:
    """Sort out rows of one load with equal keys: the last in file order wins."""
    none = np.zeros(0, dtype=np.int64)
    (codes,) = key_codes([rows], keys)
    everything = np.arange(len(codes), dtype=np.int64)
    if bool((np.diff(codes) > 0).all()):
        return Repeats(everything, none, none)
    order = np.argsort(codes, kind="stable")
    last = np.append(codes[order][1:] != codes[order][:-1], True)
    if last.all():
        return Repeats(everything, none, none)
    group = np.concatenate([[0], np.cumsum(last)[:-1]])
    winners = order[last]
    losers, their_winner = order[~last], winners[group[~last]]
    differs = np.zeros(len(losers), dtype=bool)
    for name in _values(rows, keys):
        differs |= _differ(rows[name], losers, rows[name], their_winner)
    return Repeats(np.sort(winners), np.sort(losers[~differs]), np.sort(losers[differs]))


def compare(rows: pa.Table, stored: pa.Table, keys: tuple[str, ...]) -> Changes:
    """Compare rows of distinct keys with the stored table."""
    if stored.num_rows == 0:
        every = np.ones(rows.num_rows, dtype=bool)
        return Changes(every, ~every, rows)
    ours, theirs = key_codes([rows, stored], keys)
    place = _places(ours, theirs)
    new = place < 0
    matched, at = np.flatnonzero(~new), place[~new]
    differs = np.zeros(len(matched), dtype=bool)
    for name in _values(rows, keys):
        if name in stored.column_names:
            differs |= _differ(rows[name], matched, stored[name], at, only_given=True)
        else:
            differs |= ~_nulls(rows[name].take(pa.array(matched)))
    changed = np.zeros(rows.num_rows, dtype=bool)
    changed[matched[differs]] = True
    corrected = _filled(_decoded(rows.take(pa.array(matched[differs]))), stored, at[differs])
    fresh = _decoded(rows.filter(pa.array(new)))
    return Changes(new, changed, pa.concat_tables([fresh, corrected], promote_options="default"))


def _values(rows: pa.Table, keys: tuple[str, ...]) -> list[str]:
    return [name for name in rows.column_names if name not in keys and name not in _PROVENANCE]


def _places(ours: Codes, theirs: Codes) -> NDArray[np.int64]:
    """Return for each of our codes its row in the stored table, or -1."""
    order = np.argsort(theirs, kind="stable")
    found = np.minimum(np.searchsorted(theirs, ours, sorter=order), len(theirs) - 1)
    rows = order[found]
    return np.where(theirs[rows] == ours, rows, -1)


def _differ(
    left: pa.ChunkedArray,
    left_rows: NDArray[np.int64],
    right: pa.ChunkedArray,
    right_rows: NDArray[np.int64],
    *,
    only_given: bool = False,
) -> Mask:
    """Tell where two selections differ; with `only_given`, an empty left cell never does."""
    a, b = _plain(left.take(pa.array(left_rows))), _plain(right.take(pa.array(right_rows)))
    unlike = pc.not_equal(a, b).fill_null(False).to_numpy()
    a_null, b_null = _nulls(a), _nulls(b)
    blank = (~a_null & b_null) if only_given else (a_null != b_null)
    return np.asarray(unlike | blank, dtype=bool)


def _filled(rows: pa.Table, stored: pa.Table, at: NDArray[np.int64]) -> pa.Table:
    """Return rows with their empty cells, and columns they lack, taken from the stored rows."""
    before = stored.take(pa.array(at))
    for name in before.column_names:
        if name in _PROVENANCE:
            continue
        old = _plain(before[name])
        if name in rows.column_names:
            place = rows.column_names.index(name)
            rows = rows.set_column(place, name, pc.coalesce(rows[name], old))
        else:
            rows = rows.append_column(name, old)
    return rows


def _decoded(rows: pa.Table) -> pa.Table:
    return pa.table([_plain(column) for column in rows.columns], names=rows.column_names)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        return column.cast(column.type.value_type)
    return column.cast(pa.string()) if pa.types.is_large_string(column.type) else column


def _nulls(column: pa.ChunkedArray) -> Mask:
    return np.asarray(column.is_null().to_numpy(), dtype=bool)
