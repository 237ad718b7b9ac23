"""Attributes of stores and products: numbers where every value is one, text otherwise."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

# Not 007: leading zeros belong to codes, and a code is no number.
_PLAIN = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?$"


def settle(
    rows: pa.Table, names: list[str], stored: pa.Schema | None
) -> tuple[pa.Table, dict[str, NDArray[np.bool_]]]:
    """Give each attribute its type; one already stored keeps it.

    Returns:
        The rows, and by reason the rows whose value does not fit the stored type.
    """
    unfit: dict[str, NDArray[np.bool_]] = {}
    for name in names:
        text = rows[name].cast(pa.string())
        fits = pc.match_substring_regex(text, _PLAIN).fill_null(True)
        before = stored.field(name).type if stored is not None and name in stored.names else None
        if before is None:
            numeric = bool(pc.all(fits).as_py()) and text.null_count < len(text)
        else:
            numeric = pa.types.is_floating(before)
        if numeric:
            wrong = ~np.asarray(fits.to_numpy(), dtype=bool)
            if wrong.any():
                unfit[f"{name} is not a number, as it was so far"] = wrong
                text = pc.if_else(fits, text, pa.scalar(None, pa.string()))
            text = text.cast(pa.float64())
        rows = rows.set_column(rows.column_names.index(name), name, text)
    return rows, unfit
