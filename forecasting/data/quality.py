"""The rules: every row of a source is accepted, or refused with its reason."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from forecasting.data import cells
from forecasting.data.binding import Binding
from forecasting.data.cells import MISSING, Cells, Mask
from forecasting.data.contract import Column, Kind
from forecasting.data.sources.source import Chunk
from forecasting.units import Target

FILE, LINE = "_file", "_line"

_FIRST_DAY = date(1900, 1, 1)
_PLAN_YEARS = 10
_ROW_TEXT = 500


@dataclass(frozen=True, slots=True)
class Checked:
    """One chunk after the rules.

    Attributes:
        accepted: The rows as they will be stored, with `_file` and `_line`.
        refused: Columns line, reason, row.
    """

    accepted: pa.Table
    refused: pa.Table


class Verdicts:
    """The first reason against each row of a chunk."""

    def __init__(self, rows: int) -> None:
        self.codes: NDArray[np.int32] = np.zeros(rows, dtype=np.int32)
        self.reasons: list[str] = [""]

    def refuse(self, mask: Mask, reason: str) -> None:
        """Refuse rows; one that is refused already keeps its first reason."""
        if mask.any():
            self.reasons.append(reason)
            self.codes[mask & (self.codes == 0)] = len(self.reasons) - 1


class Rules:
    """Checks the chunks of one source.

    Args:
        binding: What its columns mean.
        today: Sales and stock dated later are refused.
        target: The sales column that must be filled.
    """

    def __init__(self, binding: Binding, *, today: date, target: Target) -> None:
        self._binding = binding
        self._today = today
        self._target = target.value if binding.table.stored == "sales" else ""

    def check(self, chunk: Chunk, file: int) -> Checked:
        """Return the accepted rows of a chunk, and the refused ones with reasons."""
        count = len(chunk.lines)
        verdicts = Verdicts(count)
        for reason, mask in chunk.unsound.items():
            verdicts.refuse(mask, reason)
        stored = self._columns(chunk.rows, verdicts)
        self._judge_spans(stored, verdicts)
        table = pa.table(
            stored | {FILE: pa.array(np.full(count, file, np.int32)), LINE: pa.array(chunk.lines)}
        )
        bad = verdicts.codes > 0
        refused = _refused(chunk, verdicts, np.flatnonzero(bad))
        return Checked(table.filter(pa.array(~bad)) if bad.any() else table, refused)

    def _columns(self, rows: pa.Table, verdicts: Verdicts) -> dict[str, pa.Array]:
        binding, count = self._binding, rows.num_rows
        stored: dict[str, pa.Array] = {}
        for column in binding.table.columns:
            if header := binding.columns.get(column.name):
                stored[column.name] = self._read(column, _whole(rows, header), verdicts)
            elif column.absent is not None:
                stored[column.name] = _constant(column.absent, count)
        for name, text in binding.table.constants.items():
            stored[name] = _constant(text, count)
        for name, header in binding.covariates.items():
            stored[name] = self._covariate(name, _whole(rows, header), verdicts)
        for name, header in binding.attributes.items():
            stored[name] = cells.read_labels(_whole(rows, header)).values
        return stored

    def _read(self, column: Column, values: pa.Array, verdicts: Verdicts) -> pa.Array:
        form = self._binding.form
        if column.kind is Kind.DAY:
            read = cells.read_days(values, form)
        elif column.kind is Kind.NUMBER:
            read = cells.read_numbers(values, form)
        else:
            read = (cells.read_ids if column.kind is Kind.ID else cells.read_labels)(values)
        missing = read.missing
        for mask, words in read.faults:
            verdicts.refuse(mask, f"{column.name} {words}")
        if column.blank is not None and missing.any():
            read.values = _fill(read.values, column.blank)
        elif not column.empty or column.name == self._target:
            verdicts.refuse(missing, f"{column.name} {MISSING}")
        if column.kind is Kind.NUMBER:
            _judge_size(column, read, verdicts)
        elif column.kind is Kind.DAY:
            self._judge_day(column, read, verdicts)
        elif column.choices:
            read.values = _choose(column, read.values, verdicts)
        return read.values

    def _covariate(self, name: str, values: pa.Array, verdicts: Verdicts) -> pa.Array:
        if name in self._binding.words:
            read = cells.read_ids(values)
        else:
            read = cells.read_numbers(cells.flags_as_numbers(values), self._binding.form)
        for mask, words in read.faults:
            verdicts.refuse(mask, f"{name} {words}")
        return read.values

    def _judge_day(self, column: Column, read: Cells, verdicts: Verdicts) -> None:
        days = read.values.cast(pa.int32()).fill_null(0).to_numpy()
        known = ~cells.nulls(read.values)
        last = self._today
        if column.future:
            last += timedelta(days=366 * _PLAN_YEARS)
            reason = f"{column.name} is more than {_PLAN_YEARS} years ahead"
        else:
            reason = f"{column.name} is after today"
        verdicts.refuse(known & (days > _ordinal(last)), reason)
        verdicts.refuse(known & (days < _ordinal(_FIRST_DAY)), f"{column.name} is before 1900")

    def _judge_spans(self, stored: dict[str, pa.Array], verdicts: Verdicts) -> None:
        if "end" in stored and "start" in stored:
            backwards = pc.less(stored["end"], stored["start"]).fill_null(False)
            verdicts.refuse(backwards.to_numpy(zero_copy_only=False), "end is before start")


def _judge_size(column: Column, read: Cells, verdicts: Verdicts) -> None:
    numbers = read.values.to_numpy(zero_copy_only=False)
    with np.errstate(invalid="ignore"):
        if column.above is not None:
            verdicts.refuse(numbers <= column.above, f"{column.name} is not above {column.above:g}")
        if column.least is not None:
            verdicts.refuse(numbers < column.least, _too_small(column))
        verdicts.refuse(numbers > column.most, f"{column.name} is above {column.most:g}")


def _too_small(column: Column) -> str:
    if column.name == "units":
        return "units is negative (returns have a column of their own)"
    return f"{column.name} is negative"


def _choose(column: Column, values: pa.DictionaryArray, verdicts: Verdicts) -> pa.Array:
    words = [word.casefold() for word in values.dictionary.to_pylist()]
    strange = np.array([*(word not in column.choices for word in words), False])
    codes = values.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    verdicts.refuse(strange[codes], f"{column.name} is none of {', '.join(column.choices)}")
    folded = pa.DictionaryArray.from_arrays(values.indices, pa.array(words, pa.string()))
    return cells.read_ids(folded).values


def _refused(chunk: Chunk, verdicts: Verdicts, rows: NDArray[np.int64]) -> pa.Table:
    reasons = pa.array(verdicts.reasons, pa.string()).take(pa.array(verdicts.codes[rows]))
    damaged = chunk.damaged
    return pa.table(
        {
            LINE: pa.array([*chunk.lines[rows], *(item.line for item in damaged)], pa.int64()),
            "reason": pa.array(
                [*reasons.to_pylist(), *(item.reason for item in damaged)], pa.string()
            ),
            "row": pa.array(
                [*row_text(chunk.rows, rows), *(item.text[:_ROW_TEXT] for item in damaged)],
                pa.string(),
            ),
        }
    ).sort_by(LINE)


def row_text(table: pa.Table, rows: NDArray[np.int64]) -> list[str]:
    """Return rows as `header=value; …`, at most 500 characters, for people to recognise."""
    if not len(rows):
        return []
    picked = table.take(pa.array(rows))
    parts = []
    for header in picked.column_names:
        column = picked[header].combine_chunks()
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        text = column.cast(pa.string()).fill_null("")
        parts.append(pc.binary_join_element_wise(f"{header}=", text, ""))
    joined = pc.binary_join_element_wise(*parts, "; ")
    shown = pc.replace_substring_regex(joined, r"\p{C}", " ")
    return [str(text) for text in pc.utf8_slice_codeunits(shown, 0, _ROW_TEXT).to_pylist()]


def _whole(rows: pa.Table, header: str) -> pa.Array:
    column = rows[header].combine_chunks()
    if isinstance(column, pa.ChunkedArray):
        column = column.chunk(0) if column.num_chunks else pa.array([], column.type)
    return pa.nulls(len(column), pa.string()) if pa.types.is_null(column.type) else column


def _constant(word: str, count: int) -> pa.Array:
    indices = pa.array(np.zeros(count, dtype=np.int32))
    return pa.DictionaryArray.from_arrays(indices, pa.array([word], pa.string()))


def _fill(values: pa.DictionaryArray, word: str) -> pa.Array:
    words = values.dictionary.to_pylist()
    if word not in words:
        words.append(word)
    indices = values.indices.fill_null(words.index(word))
    return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string()))


def _ordinal(day: date) -> int:
    return (day - date(1970, 1, 1)).days
