"""Excel workbooks: a sheet of the table's name, or the first one."""

import warnings
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import numpy as np
import openpyxl
import pyarrow as pa
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from forecasting.data.sources.sniff import head_of
from forecasting.data.sources.source import Chunk
from forecasting.data.sources.values import column_of
from tenants.errors import BadInput

_CHUNK_ROWS = 20_000
_LARGEST_BYTES = 1 << 30
_MOST_COLUMNS = 1_000
_DAMAGED = (zipfile.BadZipFile, InvalidFileException, LookupError, ValueError, OSError, ParseError)


class ExcelSheet:
    """One sheet; its first row names the columns, its lines are row numbers as Excel shows them."""

    def __init__(self, path: Path, name: str, sheet: str) -> None:
        self._path = path
        self._sheet = sheet
        self.name = f"{name}#{sheet}"

    def headers(self) -> list[str]:
        """Return the names in the first row.

        Raises:
            BadInput: The file is no workbook, or the sheet is empty.
        """
        first = next(self._rows(), ())
        names = ["" if cell is None else str(cell) for cell in first]
        while names and not names[-1].strip():
            names.pop()
        if not names:
            raise BadInput(f"{self.name!r} has no header row; its first row must name columns.")
        if len(names) > _MOST_COLUMNS:
            raise BadInput(
                f"{self.name!r} has {len(names)} columns; at most {_MOST_COLUMNS} are read."
            )
        return [
            name if name.strip() else f"(column {place})" for place, name in enumerate(names, 1)
        ]

    def chunks(self, wanted: list[str]) -> Iterator[Chunk]:
        """Yield the wanted cells of its rows; rows without any cell are passed over.

        Raises:
            BadInput: The workbook is damaged.
        """
        headers = self.headers()
        places = [headers.index(name) for name in wanted]
        rows = enumerate(self._rows(), 1)
        next(rows, None)
        while block := list(islice(rows, _CHUNK_ROWS)):
            full = [(n, row) for n, row in block if any(cell is not None for cell in row)]
            columns = [
                column_of([row[place] if place < len(row) else None for _n, row in full])
                for place in places
            ]
            lines = np.array([number for number, _row in full], dtype=np.int64)
            yield Chunk(pa.table(columns, names=wanted), lines)

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        book = _open(self._path, self.name)
        try:
            yield from book[self._sheet].iter_rows(values_only=True)
        except _DAMAGED as error:
            raise BadInput(f"{self.name!r} is a damaged workbook; save it again.") from error
        finally:
            book.close()


def sheet_names(path: Path, name: str) -> list[str]:
    """Return the sheets of a workbook.

    Raises:
        BadInput: It is no workbook.
    """
    book = _open(path, name)
    book.close()
    if not book.worksheets:
        raise BadInput(f"{name!r} has no sheet of cells; save the table as one.")
    return [sheet.title for sheet in book.worksheets]


def _open(path: Path, name: str) -> Workbook:
    if not head_of(path, name).startswith(b"PK\x03\x04"):
        raise BadInput(f"{name!r} is not an Excel workbook (.xlsx); save it as one.")
    try:
        with zipfile.ZipFile(path) as archive:
            # A small file may unpack to more than the machine holds.
            size = sum(member.file_size for member in archive.infolist())
        if size > _LARGEST_BYTES:
            raise BadInput(f"{name!r} unpacks to over 1 GB; export it as CSV or Parquet.")
        with warnings.catch_warnings():
            # Workbooks that other programs write lack styles or extensions; cells are all we read.
            warnings.simplefilter("ignore", UserWarning)
            return openpyxl.load_workbook(path, read_only=True, data_only=True)
    except _DAMAGED as error:
        raise BadInput(f"{name!r} is a damaged workbook; save it again.") from error
