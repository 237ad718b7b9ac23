"""A tenant's data as it was loaded: validated, versioned tables."""

from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa

from forecasting.data.arrow import as_frame, empty
from forecasting.data.commits import Commit, CommitLog
from forecasting.data.contract import STORED, Kind
from forecasting.data.delta import Delta
from forecasting.data.profile import DatasetProfile
from tenants.errors import UnknownItem

__all__ = ["QUARANTINE", "DatasetProfile", "SalesStore"]

QUARANTINE = "quarantine"
QUARANTINE_SCHEMA = pa.schema(
    [
        ("table", pa.string()),
        ("file", pa.string()),
        ("line", pa.int64()),
        ("reason", pa.string()),
        ("row", pa.string()),
        ("known_at", pa.timestamp("us", tz="UTC")),
    ]
)


class SalesStore:
    """Reads the data of one tenant, now or at a version.

    Every frame has the columns of `contract.STORED` for its table (attributes of stores and
    products and covariates of sales come after them) and `known_at`. Days are datetime64, ids
    and labels `str`, figures float64 with NaN for what is not known.
    """

    def __init__(self, folder: Path, *, commit: Commit | None = None) -> None:
        self.folder = folder
        self._fixed = commit

    @cached_property
    def log(self) -> CommitLog:
        """Return the log of loads."""
        return CommitLog(self.folder / "loads")

    @property
    def commit(self) -> Commit:
        """Return the load whose tables are read: the newest, unless `at` fixed one."""
        return self._fixed or self.log.newest()

    @property
    def version(self) -> str:
        """Return the name of the data read, e.g. `prices@2,sales@4`; "" before any load."""
        return self.commit.version

    @property
    def profile(self) -> DatasetProfile:
        """Return the conventions of the data."""
        return self.commit.profile

    def at(self, version: str) -> "SalesStore":
        """Return a store that reads the data as they were at a version.

        Raises:
            UnknownItem: No load left that version.
        """
        commit = self.log.find(version)
        if commit is None:
            raise UnknownItem(
                f"There is no data version {version!r}; the current one is {self.version!r}.",
                nearest=[self.version],
            )
        return SalesStore(self.folder, commit=commit)

    def tables(self) -> list[str]:
        """Return the stored tables that have rows."""
        return sorted(self.commit.tables)

    def read(self, table: str, version: int | None = None) -> pd.DataFrame:
        """Return one stored table; a frame without rows when it was never loaded.

        Args:
            table: A name of `contract.STORED`.
            version: A Delta version of that table; the one in force when left out.
        """
        return as_frame(self.arrow(table, version))

    def arrow(
        self, table: str, version: int | None = None, columns: list[str] | None = None
    ) -> pa.Table:
        """Return one stored table, or some columns of it, as Arrow with ids encoded."""
        number = self.commit.tables.get(table) if version is None else version
        if number is None:
            nothing = empty(STORED[table])
            return nothing.select(columns) if columns is not None else nothing
        ids = [name for name, kind in STORED[table].items() if kind is Kind.ID]
        return self.delta(table).read(number, columns, encoded=ids)

    def quarantine(self) -> pd.DataFrame:
        """Return every refused row: table, file, line, reason, the row as text, known_at."""
        number = self.commit.quarantine
        if number is None:
            return as_frame(QUARANTINE_SCHEMA.empty_table())
        return as_frame(self.delta(QUARANTINE).read(number))

    def delta(self, table: str) -> Delta:
        """Return the Delta table behind a name."""
        return Delta(self.folder / table)
