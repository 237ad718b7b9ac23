"""A plan file: what is known in advance of future dates, under the mapping of the last load."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from forecasting.data.arrow import as_frame
from forecasting.data.binding import Binding, bind
from forecasting.data.changes import find_repeats
from forecasting.data.contract import ALL, Column, Kind, SourceTable
from forecasting.data.frequency import Rhythm, days_of
from forecasting.data.mapping import Mapping, parse_mapping
from forecasting.data.profile import DatasetProfile
from forecasting.data.quality import LINE, Rules
from forecasting.data.series import distinguishes
from forecasting.data.sources.discovery import open_file
from forecasting.data.sources.source import Source
from forecasting.data.store import SalesStore
from forecasting.units import Target
from tenants.errors import BadInput

_KEYS = ("date", "store", "product")
_ANY_DAY = date(2100, 1, 1)  # how far ahead a plan is of use is for the forecast to say

_PLAN = SourceTable(
    "sales",
    (
        Column("date", Kind.DAY, required=True, future=True),
        Column("store", Kind.ID, absent=ALL),
        Column("product", Kind.ID, absent=ALL),
        Column("price", Kind.NUMBER, above=0.0, empty=True),
        Column("discount_pct", Kind.NUMBER, least=0.0, most=90.0, empty=True),
    ),
    stored="plan",
    keys=_KEYS,
)


def read_plan(path: Path, store: SalesStore) -> pd.DataFrame:
    """Read the known covariates of future dates from one file, of any name.

    Columns are named as in the sales files, or as we name them. Sales themselves and covariates
    known only afterwards may be in the file; they are not read. A plan is used whole or not at
    all, since a forecast with a row left out would be wrong without a sign.

    Returns:
        Columns `date`, `store`, `product`, and those of `price`, `discount_pct` and the known
        covariates that the file has; one row a key.

    Raises:
        BadInput: The file cannot be read, lacks a column, or a row breaks a rule; the message
            gives its line.
    """
    profile = store.profile
    if not path.is_file():
        raise BadInput(f"There is no plan file {str(path)!r}; check the path.")
    mapping = parse_mapping(profile.mapping)
    source = open_file(path, path.name, "sales", mapping)
    binding = _bind(source, mapping, profile)
    _require_ids(binding, source, store)
    rows = _read(source, binding)
    _check_dates(rows, profile, source.name)
    repeats = find_repeats(rows, _KEYS)
    if len(repeats.conflicting):
        line = rows[LINE][int(repeats.conflicting[0])].as_py()
        raise BadInput(
            f"{source.name!r} gives two different rows for one date, store and product, the first "
            f"at line {line}; keep one."
        )
    rhythm = Rhythm(profile.frequency, profile.week_anchor)
    kept = rows.take(pa.array(repeats.kept))
    starts = rhythm.starts(days_of(kept["date"])).astype("datetime64[D]")
    columns = [*_KEYS, *_given(binding)]
    frame = as_frame(_decoded(kept.select(columns)))
    return frame.assign(date=starts.astype("datetime64[us]"))


def _bind(source: Source, mapping: Mapping, profile: DatasetProfile) -> Binding:
    """Bind the columns a plan may have, whatever else the file holds."""
    given = mapping.table("sales")
    ours = {column.name for column in _PLAN.columns}
    columns = {name: theirs for name, theirs in given.columns.items() if name in ours}
    narrowed = given.model_copy(update={"columns": columns, "past": {}})
    tables = mapping.tables | {"sales": narrowed}
    binding = bind(
        _PLAN, source.headers(), mapping.model_copy(update={"tables": tables}), source.name
    )
    # Where a missing row means closed, the days alone say when a series is open.
    if not _given(binding) and profile.missing != "closed":
        wanted = ", ".join(repr(name) for name in ("price", "discount_pct", *profile.known))
        raise BadInput(f"{source.name!r} plans nothing; give at least one of the columns {wanted}.")
    return binding


def _given(binding: Binding) -> list[str]:
    planned = [name for name in ("price", "discount_pct") if name in binding.columns]
    return planned + list(binding.covariates)


def _require_ids(binding: Binding, source: Source, store: SalesStore) -> None:
    """Refuse a plan that does not say which store or product, where the data have several."""
    missing = [key for key in ("store", "product") if key not in binding.columns]
    for key in missing:
        if distinguishes(store, key):
            raise BadInput(
                f"{source.name!r} has no column for {key!r}, and the sales are told apart by it; "
                "add it."
            )


def _read(source: Source, binding: Binding) -> pa.Table:
    rules = Rules(binding, today=_ANY_DAY, target=Target.UNITS)
    wanted = [*binding.columns.values(), *binding.covariates.values()]
    parts = []
    for chunk in source.chunks(wanted):
        checked = rules.check(chunk, 0)
        if checked.refused.num_rows:
            first = checked.refused.slice(0, 1).to_pylist()[0]
            raise BadInput(
                f"Line {first[LINE]} of {source.name!r} cannot be planned with: {first['reason']}; "
                "correct it."
            )
        parts.append(checked.accepted)
    if not sum(part.num_rows for part in parts):
        raise BadInput(f"{source.name!r} has no rows; give one a date, store and product.")
    return pa.concat_tables(parts, promote_options="default").unify_dictionaries().combine_chunks()


def _check_dates(rows: pa.Table, profile: DatasetProfile, name: str) -> None:
    rhythm = Rhythm(profile.frequency, profile.week_anchor)
    stray = np.flatnonzero(rhythm.strays(days_of(rows["date"])))
    if len(stray):
        line = rows[LINE][int(stray[0])].as_py()
        raise BadInput(
            f"Line {line} of {name!r} cannot be planned with: {rhythm.reason}; correct it."
        )


def _decoded(rows: pa.Table) -> pa.Table:
    columns = [
        column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
        for column in rows.columns
    ]
    return pa.table(columns, names=rows.column_names)
