"""Columns from Python values, for sources that give rows one by one."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa

_PLAIN = (
    pa.types.is_null,
    pa.types.is_boolean,
    pa.types.is_integer,
    pa.types.is_floating,
    pa.types.is_decimal,
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_date,
    pa.types.is_timestamp,
)


def plain(column: pa.Array) -> pa.Array:
    """Return a column as numbers, days, moments, words or text; the rules know nothing else."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return column if _is_plain(kind.value_type) else plain(column.dictionary_decode())
    if _is_plain(kind):
        return column
    return pa.array([_text(value) for value in column.to_pylist()], pa.string())


def _is_plain(kind: pa.DataType) -> bool:
    return any(test(kind) for test in _PLAIN)


def column_of(values: Sequence[Any]) -> pa.Array:
    """Return values as one Arrow column; of mixed kinds, as text that the rules then read."""
    try:
        return plain(pa.array(values))
    except (pa.ArrowException, OverflowError, TypeError, ValueError):
        return pa.array([_text(value) for value in values], pa.string())


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if isinstance(value, (date, datetime)):
        return value.isoformat(*((" ",) if isinstance(value, datetime) else ()))
    return str(value)
