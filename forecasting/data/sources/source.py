"""What every kind of source gives: headers, then rows in chunks with their line numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

CHUNK_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Damaged:
    """A line that holds no row: wrong number of cells, not JSON, or alike."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a source under its own headers, and where they stand.

    Attributes:
        rows: One column a header; text or native types, nothing read into them yet.
        lines: The line (row, in a source without lines) of each, counted from 1.
        damaged: Lines met on the way that are no rows.
        unsound: Rows that were read but cannot be trusted, by reason.
    """

    rows: pa.Table
    lines: NDArray[np.int64]
    damaged: tuple[Damaged, ...] = ()
    unsound: dict[str, NDArray[np.bool_]] = field(default_factory=dict)


class Source(Protocol):
    """One table in one file or database."""

    @property
    def name(self) -> str:
        """Return what people know it by: a path below the folder, or a table; no secrets."""

    def headers(self) -> list[str]:
        """Return its own column names.

        Raises:
            BadInput: It is not what its name says, or cannot be read.
        """

    def chunks(self, wanted: list[str]) -> Iterator[Chunk]:
        """Yield its rows, with at least the wanted columns.

        Raises:
            BadInput: It is damaged beyond single rows.
        """
