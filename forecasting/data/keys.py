"""Rows as numbers: one integer per key, so that rows can be matched without Python loops."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Codes = NDArray[np.int64]


def key_codes(tables: list[pa.Table], keys: tuple[str, ...]) -> list[Codes]:
    """Return, per table, one code a row; equal codes across all tables mean equal keys."""
    counts = [table.num_rows for table in tables]
    codes = np.zeros(sum(counts), dtype=np.int64)
    for key in keys:
        column, size = _column_codes([table[key] for table in tables])
        if size and codes.size and int(codes.max()) > np.iinfo(np.int64).max // (size + 1):
            # Squeeze the codes so far before they overflow.
            codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
        codes = codes * size + column
    return list(np.split(codes, np.cumsum(counts)[:-1]))


def _column_codes(columns: list[pa.ChunkedArray]) -> tuple[Codes, int]:
    """Return small integers for the values of one column over all tables, and how many."""
    if all(pa.types.is_date(column.type) for column in columns):
        days = np.concatenate([column.cast(pa.int32()).to_numpy() for column in columns])
        if not days.size:
            return days.astype(np.int64), 1
        first = int(days.min())
        return days.astype(np.int64) - first, int(days.max()) - first + 1
    chunks = [chunk for column in columns for chunk in _encoded(column)]
    if not chunks:
        return np.zeros(0, dtype=np.int64), 1
    whole = pa.chunked_array(chunks).unify_dictionaries()
    size = len(whole.chunk(0).dictionary)
    indices = np.concatenate(
        [chunk.indices.to_numpy(zero_copy_only=False) for chunk in whole.chunks]
    )
    return indices.astype(np.int64), max(size, 1)


def _encoded(column: pa.ChunkedArray) -> list[pa.DictionaryArray]:
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    kind = pa.dictionary(pa.int32(), pa.string())
    return [chunk.cast(kind) for chunk in column.chunks]
