"""CSV files, streamed in blocks; every cell stays text until the rules read it."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
from numpy.typing import NDArray

from forecasting.data.mapping import TextFormat
from forecasting.data.sources.sniff import check_text, head_of
from forecasting.data.sources.source import Chunk, Damaged
from tenants.errors import BadInput

_BLOCK_BYTES = 8 << 20
_MOST_COLUMNS = 1_000
_LONGEST_CELL = 1_000
_LONGEST_HEADER = 30_000
_DELIMITERS = (",", ";", "\t", "|")

_SEVERAL_LINES = "a cell runs over several lines (is a quote left open?)"
_TOO_LONG = f"a cell is longer than {_LONGEST_CELL} characters"


class CsvText:
    """One CSV file with a header line."""

    def __init__(self, path: Path, name: str, form: TextFormat) -> None:
        self._path = path
        self.name = name
        self._form = form

    def headers(self) -> list[str]:
        """Return the names in the first line.

        Raises:
            BadInput: The file is empty, not text, not in its encoding, or has no usable header.
        """
        head = head_of(self._path, self.name)
        check_text(head, self.name, self._form.encoding)
        line = self._first_line(head)
        names = next(csv.reader([line], delimiter=self._delimiter(line)), [])
        if not any(name.strip() for name in names):
            raise BadInput(f"{self.name!r} has no header line; its first line must name columns.")
        if len(names) > _MOST_COLUMNS:
            raise BadInput(
                f"{self.name!r} has {len(names)} columns; at most {_MOST_COLUMNS} are read."
            )
        return [name or f"(column {place})" for place, name in enumerate(names, 1)]

    def chunks(self, wanted: list[str]) -> Iterator[Chunk]:
        """Yield the rows, a block of the file at a time.

        All columns are read, so that a wrong byte is found wherever it stands.

        Raises:
            BadInput: A line is not in the file's encoding, or endless.
        """
        del wanted
        headers = self.headers()
        places = _Places()
        try:
            for batch in self._open(headers, places.note):
                table = pa.Table.from_batches([batch])
                filled, unsound, breaks = _look(table)
                lines, damaged = places.give(breaks)
                if not filled.all():
                    table, lines = table.filter(pa.array(filled)), lines[filled]
                    unsound = {reason: mask[filled] for reason, mask in unsound.items()}
                yield Chunk(table, lines, damaged, unsound)
        except (pa.ArrowInvalid, UnicodeError) as error:
            raise BadInput(self._why(str(error))) from error
        if places.torn:
            none = pa.table({header: pa.array([], pa.string()) for header in headers})
            yield Chunk(none, np.array([], dtype=np.int64), tuple(places.torn))

    def _open(self, headers: list[str], note: object) -> arrow_csv.CSVStreamingReader:
        return arrow_csv.open_csv(
            self._path,
            read_options=arrow_csv.ReadOptions(
                column_names=headers,
                skip_rows=1,
                block_size=_BLOCK_BYTES,
                use_threads=False,  # threads would lose the numbers of torn lines
                encoding=self._form.encoding or "utf8",
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=self._delimiter(self._first_line(head_of(self._path, self.name))),
                newlines_in_values=False,
                ignore_empty_lines=False,
                invalid_row_handler=note,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(headers, pa.string()), strings_can_be_null=False
            ),
        )

    def _first_line(self, head: bytes) -> str:
        encoding = self._form.encoding or "utf-8-sig"
        try:
            # The head may end inside a character.
            text = codecs.getincrementaldecoder(encoding)().decode(head)
        except LookupError as error:
            raise BadInput(f"There is no encoding {encoding!r}; name one Python knows.") from error
        except UnicodeDecodeError as error:
            raise BadInput(self._not_utf8(error.object[: error.start].count(b"\n") + 1)) from error
        line = text.removeprefix("\ufeff").splitlines()[0] if text.strip() else ""
        if len(line) >= _LONGEST_HEADER:
            raise BadInput(f"The first line of {self.name!r} is endless; is it a CSV file?")
        return line

    def _delimiter(self, line: str) -> str:
        if self._form.delimiter:
            return self._form.delimiter
        return max(_DELIMITERS, key=line.count)

    def _why(self, error: str) -> str:
        if "UTF8" in error or "decode" in error:
            return self._not_utf8(self._bad_line())
        if "straddling" in error or "block size" in error:
            return (
                f"{self.name!r} has a line longer than {_BLOCK_BYTES >> 20} MB; is it a CSV file?"
            )
        return f"{self.name!r} cannot be read as CSV; check its quotes and line ends."

    def _not_utf8(self, line: int) -> str:
        encoding = self._form.encoding or "UTF-8"
        where = f" from line {line}" if line else ""
        return (
            f"{self.name!r} is not {encoding}{where}; save it as UTF-8 or name its encoding in the "
            'mapping, e.g. format.encoding = "latin-1".'
        )

    def _bad_line(self) -> int:
        with self._path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    line.decode(self._form.encoding or "utf-8")
                except UnicodeDecodeError:
                    return number
        return 0


class _Places:
    """Where rows stand in a file that is read in blocks, with torn lines left out."""

    def __init__(self) -> None:
        self.torn: list[Damaged] = []
        self._next = 2  # the header is line 1
        self._breaks = 0  # line breaks inside cells so far

    def note(self, row: arrow_csv.InvalidRow) -> str:
        """Take down a line with too few or too many cells; it is no row."""
        reason = f"has {row.actual_columns} cells, not {row.expected_columns}"
        self.torn.append(Damaged(row.number, reason, row.text))
        return "skip"

    def give(self, breaks: NDArray[np.int64]) -> tuple[NDArray[np.int64], tuple[Damaged, ...]]:
        """Return the lines of the next rows, and the torn lines among and just after them.

        Args:
            breaks: The line breaks inside the cells of each row.
        """
        torn = [item.line for item in self.torn]
        numbers = np.arange(self._next, self._next + len(breaks) + len(torn), dtype=np.int64)
        numbers = numbers[~np.isin(numbers, torn)][: len(breaks)] if torn else numbers
        last = int(numbers[-1]) if len(numbers) else self._next - 1
        # Blocks are parsed ahead: a torn line further on belongs to a later block.
        told = [item for item in self.torn if item.line <= last + 1]
        self.torn = [item for item in self.torn if item.line > last + 1]
        before = self._breaks + np.concatenate([[0], np.cumsum(breaks)])
        damaged = tuple(
            Damaged(
                item.line + int(before[np.searchsorted(numbers, item.line)]), item.reason, item.text
            )
            for item in told
        )
        self._next = max([last, *(item.line for item in told)]) + 1
        self._breaks = int(before[-1])
        return numbers + before[:-1], damaged


def _look(
    table: pa.Table,
) -> tuple[NDArray[np.bool_], dict[str, NDArray[np.bool_]], NDArray[np.int64]]:
    """Return which rows have any cell, which cannot be trusted, and line breaks inside each."""
    rows = table.num_rows
    filled, several, long = (np.zeros(rows, dtype=bool) for _ in range(3))
    breaks = np.zeros(rows, dtype=np.int64)
    for column in table.columns:
        lengths = pc.binary_length(column).to_numpy()
        filled |= lengths > 0
        if lengths.max(initial=0) > _LONGEST_CELL:
            long |= pc.greater(pc.utf8_length(column), _LONGEST_CELL).to_numpy()
        found = pc.count_substring(column, "\n").to_numpy()
        if found.any():
            breaks += found
            several |= found > 0
    unsound = {_SEVERAL_LINES: several, _TOO_LONG: long}
    return filled, {reason: mask for reason, mask in unsound.items() if mask.any()}, breaks
