"""Columns from Python values, for sources that give rows one by one."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa


def column_of(values: Sequence[Any]) -> pa.Array:
    """Return values as one Arrow column; of mixed kinds, as text that the rules then read."""
    try:
        column = pa.array(values)
    except (pa.ArrowException, OverflowError, TypeError, ValueError):
        return pa.array([_text(value) for value in values], pa.string())
    kind = column.type
    if pa.types.is_nested(kind) or pa.types.is_time(kind) or pa.types.is_duration(kind):
        return pa.array([_text(value) for value in values], pa.string())
    if pa.types.is_binary(kind):
        return pa.array([_text(value) for value in values], pa.string())
    return column


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
