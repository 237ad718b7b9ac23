"""One Delta table in a folder: read a version, add rows, correct rows."""

import os
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake

from forecasting.data.commits import sync_folder


class Delta:
    """A Delta table that may not exist yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, version: int, columns: list[str] | None = None) -> pa.Table:
        """Return the rows of one version."""
        return DeltaTable(self._folder, version=version).to_pyarrow_table(columns=columns)

    def append(self, rows: pa.Table, version: int | None) -> int:
        """Add rows to a version and return the new version; None begins a new table."""
        self._return_to(version)
        if version is None:
            write_deltalake(self._folder, rows, mode="overwrite", schema_mode="overwrite")
        else:
            write_deltalake(self._folder, rows, mode="append", schema_mode="merge")
        return self._settle()

    def merge(self, rows: pa.Table, version: int, keys: tuple[str, ...]) -> int:
        """Replace the rows with equal keys, add the others, and return the new version."""
        self._return_to(version)
        same = " AND ".join(f"old.{key} = new.{key}" for key in keys)
        (
            DeltaTable(self._folder)
            .merge(rows, same, source_alias="new", target_alias="old", merge_schema=True)
            .when_matched_update_all()
            .when_not_matched_insert_all()
            .execute()
        )
        return self._settle()

    def _return_to(self, version: int | None) -> None:
        """Undo what a load that died wrote after `version` but never put in force."""
        if version is not None:
            table = DeltaTable(self._folder)
            if table.version() != version:
                table.restore(version)

    def _settle(self) -> int:
        """Make the newest version survive a power cut and return its number."""
        table = DeltaTable(self._folder)
        log = self._folder / "_delta_log"
        entry = log / f"{table.version():020d}.json"
        newest = entry.stat().st_mtime - 600
        for path in [*self._folder.glob("*.parquet"), entry]:
            if path.stat().st_mtime >= newest:
                with path.open("rb") as file:
                    os.fsync(file.fileno())
        sync_folder(log)
        sync_folder(self._folder)
        return int(table.version())
