"""What a load did: counts that add up, and what the data can now be used for."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecasting.data.commits import Commit
from forecasting.data.gather import Gathered
from forecasting.data.shape import Shape, measure
from forecasting.data.store import SalesStore
from forecasting.data.usable import usable


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the accepted rows of one stored table.

    Attributes:
        files: The number of the source of each row compared.
        repeated: The number of the source of each exact repeat.
        new: Which of the rows compared have a key that was not stored.
        changed: Which of them correct a stored row.
    """

    files: NDArray[np.int32]
    repeated: NDArray[np.int32]
    new: NDArray[np.bool_]
    changed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TableReport:
    """One source table in one load; the rows read are the sum of the five fates.

    Attributes:
        table: Its canonical name.
        files: The files or database tables it came from.
        read: Rows read.
        new: Rows with a key that was not stored.
        changed: Rows that corrected a stored row.
        unchanged: Rows that said what was stored.
        duplicates: Exact repeats inside this load; one of each was used.
        quarantined: Rows refused, by reason.
        unknown_columns: Columns without a meaning, which were not read.
        absent_columns: Columns the mapping names that the file has not.
    """

    table: str
    files: tuple[str, ...]
    read: int
    new: int
    changed: int
    unchanged: int
    duplicates: int
    quarantined: dict[str, int]
    unknown_columns: tuple[str, ...]
    absent_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """A whole load.

    Attributes:
        version: The data version in force afterwards.
        version_before: The one before; equal when the load changed nothing.
        tables: One report a source table.
        unknown_files: Files or database tables that belong to no table; not read.
        shape: Size, dates and gaps of all the sales now stored.
        usable: Sentences: what the data can be used for and what is missing for more.
    """

    version: str
    version_before: str
    tables: tuple[TableReport, ...]
    unknown_files: tuple[str, ...]
    shape: Shape
    usable: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether the load left another version than it found."""
        return self.version != self.version_before

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "version": self.version,
            "version_before": self.version_before,
            "changed": self.changed,
            "tables": [_listed(asdict(table)) for table in self.tables],
            "unknown_files": list(self.unknown_files),
            **self.shape.to_dict(),
            "usable": list(self.usable),
        }


def make_report(
    gathered: Gathered,
    outcomes: dict[str, Outcome],
    unknown: tuple[str, ...],
    store: SalesStore,
    before: Commit,
) -> LoadReport:
    """Count the fates of all rows and look at the stored whole."""
    reasons = _reasons(gathered)
    fates = _fates(gathered, outcomes)
    tables = []
    for table in dict.fromkeys(item.table for item in gathered.bound):
        numbers = [n for n, item in enumerate(gathered.bound) if item.table == table]
        bindings = [gathered.bound[n].binding for n in numbers]
        tables.append(
            TableReport(
                table=table,
                files=tuple(gathered.bound[n].source.name for n in numbers),
                read=sum(gathered.read[n] for n in numbers),
                **{fate: int(counts[numbers].sum()) for fate, counts in fates.items()},
                quarantined=dict(reasons.get(table, Counter()).most_common()),
                unknown_columns=_distinct(name for b in bindings for name in b.unknown),
                absent_columns=_distinct(name for b in bindings for name in b.absent),
            )
        )
    shape = measure(store)
    return LoadReport(
        version=store.version,
        version_before=before.version,
        tables=tuple(tables),
        unknown_files=unknown,
        shape=shape,
        usable=usable(store, shape),
    )


def _fates(gathered: Gathered, outcomes: dict[str, Outcome]) -> dict[str, NDArray[np.int64]]:
    """Return per fate the number of rows of each source."""
    size = len(gathered.bound)
    counts = {
        fate: np.zeros(size, np.int64) for fate in ("new", "changed", "unchanged", "duplicates")
    }
    for outcome in outcomes.values():
        new, changed = outcome.new, outcome.changed
        picked = {"new": new, "changed": changed, "unchanged": ~(new | changed)}
        for fate, mask in picked.items():
            counts[fate] += np.bincount(outcome.files[mask], minlength=size)
        counts["duplicates"] += np.bincount(outcome.repeated, minlength=size)
    return counts


def _reasons(gathered: Gathered) -> dict[str, Counter[str]]:
    reasons: dict[str, Counter[str]] = {}
    for refused in gathered.refused:
        grouped = refused.group_by(["table", "reason"]).aggregate([("line", "count")])
        for row in grouped.to_pylist():
            reasons.setdefault(row["table"], Counter())[row["reason"]] += row["line_count"]
    return reasons


def _distinct(names: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _listed(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: list(value) if isinstance(value, tuple) else value for key, value in values.items()
    }
