"""One Delta table in a folder: read a version, add rows, correct rows."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.dataset as ds
from deltalake import DeltaTable, write_deltalake

from forecasting.data.commits import sync_folder
from tenants.errors import Unavailable

_BATCH_ROWS = 200_000


class Delta:
    """A Delta table that may not exist yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(
        self, version: int, columns: list[str] | None = None, encoded: Sequence[str] = ()
    ) -> pa.Table:
        """Return the rows of one version.

        Args:
            version: Which one.
            columns: Which columns; all when left out.
            encoded: Text columns to return as dictionaries, which repeat no text.
        """
        table = DeltaTable(self._folder, version=version)
        schema = pa.schema(table.schema().to_arrow())
        for name in encoded:
            place = schema.get_field_index(name)
            schema = schema.set(place, pa.field(name, pa.dictionary(pa.int32(), pa.string())))
        # Arrow opens the files itself: through deltalake's own Python file system its threads
        # may still need the interpreter while it shuts down, which aborts the process.
        form = ds.ParquetFileFormat(
            read_options=ds.ParquetReadOptions(dictionary_columns=set(encoded))
        )
        # The table's own addresses escape blanks and accents of the folder; its name does not.
        files = [str(self._folder / address.rsplit("/", 1)[1]) for address in table.file_uris()]
        return ds.dataset(files, schema=schema, format=form).to_table(columns=columns)

    def append(self, rows: pa.Table, version: int | None) -> int:
        """Add rows to a version and return the new version; None begins a new table.

        Raises:
            Unavailable: The folder's path cannot hold a Delta table.
        """
        if "%" in str(self._folder.absolute()):
            raise Unavailable(
                f"The folder {str(self._folder)!r} has a percent sign in its path, which tables "
                "cannot be kept under; set TILLSIGHT_HOME to another folder."
            )
        self._return_to(version)
        mode: tuple[Literal["overwrite", "append"], Literal["overwrite", "merge"]] = (
            ("overwrite", "overwrite") if version is None else ("append", "merge")
        )
        write_deltalake(self._folder, _decoded(rows), mode=mode[0], schema_mode=mode[1])
        return self._settle()

    def merge(self, rows: pa.Table, version: int, keys: tuple[str, ...]) -> int:
        """Replace the rows with equal keys, add the others, and return the new version."""
        self._return_to(version)
        same = " AND ".join(f"old.{key} = new.{key}" for key in keys)
        (
            DeltaTable(self._folder)
            .merge(_decoded(rows), same, source_alias="new", target_alias="old", merge_schema=True)
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


def _decoded(rows: pa.Table) -> pa.RecordBatchReader:
    """Return rows with plain text, a batch at a time: whole columns of it would fill memory."""
    fields = [
        pa.field(field.name, field.type.value_type) if pa.types.is_dictionary(field.type) else field
        for field in rows.schema
    ]
    schema = pa.schema(fields)
    batches = (batch.cast(schema) for batch in rows.to_batches(max_chunksize=_BATCH_ROWS))
    return pa.RecordBatchReader.from_batches(schema, batches)
