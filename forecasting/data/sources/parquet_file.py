"""Parquet files, read a batch at a time."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from forecasting.data.sources.sniff import check_parquet, head_of
from forecasting.data.sources.source import CHUNK_ROWS, Chunk
from forecasting.data.sources.values import plain
from tenants.errors import BadInput


class ParquetFile:
    """One Parquet file; its lines are rows, counted from 1."""

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self.name = name

    def headers(self) -> list[str]:
        """Return the column names.

        Raises:
            BadInput: The file is empty, damaged, or no Parquet.
        """
        check_parquet(head_of(self._path, self.name), self.name)
        return list(self._open().schema_arrow.names)

    def chunks(self, wanted: list[str]) -> Iterator[Chunk]:
        """Yield the wanted columns of its rows.

        Raises:
            BadInput: The file is damaged, or a wanted column holds lists.
        """
        file = self._open()
        for name in wanted:
            if pa.types.is_nested(file.schema_arrow.field(name).type):
                raise BadInput(f"Column {name!r} of {self.name!r} holds lists; give single values.")
        first = 1
        try:
            for batch in file.iter_batches(batch_size=CHUNK_ROWS, columns=wanted):
                lines = np.arange(first, first + batch.num_rows, dtype=np.int64)
                first += batch.num_rows
                columns = [plain(column) for column in batch.columns]
                yield Chunk(pa.table(columns, names=batch.schema.names), lines)
        except (pa.ArrowException, OSError) as error:
            raise BadInput(self._damaged()) from error

    def _open(self) -> pq.ParquetFile:
        try:
            return pq.ParquetFile(self._path)
        except (pa.ArrowException, OSError) as error:
            raise BadInput(self._damaged()) from error

    def _damaged(self) -> str:
        return f"{self.name!r} is a damaged Parquet file; export it again."
