"""Arrow types of stored columns, and the way from Arrow to pandas."""

from collections.abc import Mapping

import pandas as pd
import pyarrow as pa

from forecasting.data.contract import KNOWN_AT, Kind

MOMENT = pa.timestamp("us", tz="UTC")

_TYPES = {
    Kind.DAY: pa.date32(),
    Kind.ID: pa.string(),
    Kind.LABEL: pa.string(),
    Kind.NUMBER: pa.float64(),
}


def type_of(kind: Kind) -> pa.DataType:
    """Return the type a column of that kind is stored as."""
    return _TYPES[kind]


def empty(columns: Mapping[str, Kind]) -> pa.Table:
    """Return a table of these columns without rows."""
    fields = [(name, type_of(kind)) for name, kind in columns.items()]
    return pa.schema([*fields, (KNOWN_AT, MOMENT)]).empty_table()


def as_frame(table: pa.Table, *, encoded: bool = False) -> pd.DataFrame:
    """Return a frame: days as datetime64[us], text as `str`, figures as float64.

    Args:
        table: What to convert.
        encoded: Leave text that is encoded as it is, which makes categories of it: millions of
            rows then need not hold their text.
    """
    columns = [_for_pandas(column, encoded=encoded) for column in table.columns]
    frame: pd.DataFrame = pa.table(columns, names=table.column_names).to_pandas()
    return frame


def _for_pandas(column: pa.ChunkedArray, *, encoded: bool) -> pa.ChunkedArray:
    if pa.types.is_date(column.type):
        return column.cast(pa.timestamp("us"))
    if not pa.types.is_dictionary(column.type):
        return column
    return column.unify_dictionaries() if encoded else column.cast(pa.string())
