"""Cells of one column turned into days, ids, labels or numbers, whole columns at a time.

Nothing is coerced: a cell that cannot be read as what it should be is marked with the reason,
and its row is refused. Text that repeats (ids, days) is read once per distinct value.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from forecasting.data.words import LONGEST, clean_id, clean_label

Mask = NDArray[np.bool_]

_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?)?")
_NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$"
_NOT_A_NUMBER = ("nan", "-nan", "+nan")
_INFINITE = r"^[+-]?(inf|infinity)$"

MISSING = "is missing"
_TIMED = "has a time of day"


@dataclass(frozen=True, slots=True)
class Format:
    """How a source writes days and numbers, where it is not ISO and plain digits.

    Attributes:
        date_format: As for `strptime`, e.g. `%d.%m.%Y`; "" for ISO.
        decimal: The character before the fraction.
        thousands: The character between groups of three digits, "" for none.
        period_epoch: The first day of period 0, when days are given as period numbers.
        period_days: The length of such a period in days.
    """

    date_format: str = ""
    decimal: str = "."
    thousands: str = ""
    period_epoch: date | None = None
    period_days: int = 7


@dataclass(slots=True)
class Cells:
    """A column as read: its values, null where unknown, and the cells that could not be."""

    values: pa.Array
    faults: list[tuple[Mask, str]] = field(default_factory=list)

    @property
    def missing(self) -> Mask:
        """Return which values are null for want of a cell, not through a fault."""
        absent = nulls(self.values)
        for mask, _words in self.faults:
            absent &= ~mask
        return absent


def nulls(values: pa.Array) -> Mask:
    """Return which values are null."""
    return np.asarray(values.is_null().to_numpy(zero_copy_only=False), dtype=bool)


def read_ids(column: pa.Array) -> Cells:
    """Read ids; the result is dictionary-encoded."""
    return _read_distinct(
        column,
        clean_id,
        lambda text: f"is longer than {LONGEST} characters" if len(text) > LONGEST else "",
        pa.string(),
    )


def read_labels(column: pa.Array) -> Cells:
    """Read names and other text for people; the result is dictionary-encoded."""
    return _read_distinct(column, clean_label, lambda _text: "", pa.string())


def read_days(column: pa.Array, form: Format) -> Cells:
    """Read days: native dates, ISO text, the mapping's `date_format` or its period numbers."""
    kind = column.type
    if pa.types.is_date(kind):
        return Cells(column.cast(pa.date32()))
    if pa.types.is_timestamp(kind):
        return _read_moments(column)
    if pa.types.is_floating(kind):
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, kind), column)
    cells = _read_distinct(column, lambda value: _day(value, form), _day_fault, pa.date32())
    return Cells(cells.values.dictionary_decode(), cells.faults)


def read_numbers(column: pa.Array, form: Format) -> Cells:
    """Read numbers; empty cells and NaN are null, infinity and other text are faults."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    faults: list[tuple[Mask, str]] = []
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        column, faults = _numbers_from_text(column, form)
    elif not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)):
        wrong = ~nulls(column)
        return Cells(pa.nulls(len(column), pa.float64()), [(wrong, "is not a number")])
    # Integers beyond 2^53 lose digits here; `most` refuses them all.
    numbers = column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    endless = np.isinf(numbers)
    if endless.any():
        faults.append((endless, "is not finite"))
        numbers = np.where(endless, np.nan, numbers)
    return Cells(pa.array(numbers + 0.0, pa.float64(), from_pandas=True), faults)


def flags_as_numbers(column: pa.Array) -> pa.Array:
    """Return true and false, native or as words, as 1 and 0; all else as it is."""
    if pa.types.is_boolean(column.type):
        return column.cast(pa.int8())
    if not pa.types.is_string(column.type):
        return column
    word = pc.utf8_lower(pc.utf8_trim_whitespace(column))
    off = pc.if_else(pc.equal(word, "false"), "0", column)
    return pc.if_else(pc.equal(word, "true"), "1", off)


def _numbers_from_text(text: pa.Array, form: Format) -> tuple[pa.Array, list[tuple[Mask, str]]]:
    text = pc.utf8_trim_whitespace(text)
    text = pc.if_else(pc.equal(text, ""), pa.scalar(None, text.type), text)
    shape = _NUMBER
    if form.thousands or form.decimal != ".":
        shape, text = _localised(text, form)
    else:
        try:
            return text.cast(pa.float64()), []
        except pa.ArrowInvalid:
            pass
    plain = pc.match_substring_regex(text, shape)
    endless = pc.match_substring_regex(text, _INFINITE, ignore_case=True)
    absent = pc.is_in(pc.utf8_lower(text), pa.array(_NOT_A_NUMBER, text.type))
    known = pc.or_(pc.or_(plain, endless), absent)
    faults = [
        (_true(pc.invert(known)), "is not a number"),
        (_true(endless), "is not finite"),
    ]
    readable = pc.if_else(plain, text, pa.scalar(None, text.type))
    return readable.cast(pa.float64()), [fault for fault in faults if fault[0].any()]


def _localised(text: pa.Array, form: Format) -> tuple[str, pa.Array]:
    """Return text in plain digits; what does not follow the declared style is left to fail."""
    decimal, thousands = re.escape(form.decimal), re.escape(form.thousands)
    whole = rf"[0-9]{{1,3}}(?:{thousands}[0-9]{{3}})+|[0-9]+" if thousands else "[0-9]+"
    follows = pc.match_substring_regex(text, rf"^[+-]?(?:{whole})(?:{decimal}[0-9]*)?$")
    digits = pc.replace_substring(text, form.thousands, "") if thousands else text
    digits = pc.replace_substring(digits, form.decimal, ".")
    # "~" stands before text of another style, so that 1.5 is not taken for 15.
    return _NUMBER, pc.if_else(follows, digits, pc.binary_join_element_wise("~", text, ""))


def _read_moments(column: pa.Array) -> Cells:
    if column.type.tz is not None:
        column = pc.local_timestamp(column)
    days = column.cast(pa.date32(), safe=False)
    timed = _true(pc.not_equal(days.cast(column.type), column))
    return Cells(days, [(timed, _TIMED)] if timed.any() else [])


def _day(value: Any, form: Format) -> Any:
    """Return the day of one distinct value, None for blank, or words for what is wrong."""
    if isinstance(value, datetime):
        return value.date() if value.time() == datetime.min.time() else _TIMED
    if isinstance(value, date):
        return value
    text = clean_id(value)
    if text is None:
        return None
    try:
        return _day_of_text(text, form)
    except (ValueError, OverflowError):
        return _not_a_day(text)


def _day_of_text(text: str, form: Format) -> date:
    if form.period_epoch is not None and re.fullmatch("[0-9]{1,6}", text):
        return form.period_epoch + timedelta(days=int(text) * form.period_days)
    if form.date_format:
        return datetime.strptime(text, form.date_format).date()  # noqa: DTZ007 - a local day
    iso = _ISO.fullmatch(text)
    if iso is None:
        raise ValueError("not ISO")
    return date.fromisoformat(iso[1])


def _not_a_day(text: str) -> str:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+.*", text):
        return _TIMED
    return "is not a date"


def _day_fault(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _read_distinct(
    column: pa.Array, read: Callable[[Any], Any], fault: Callable[[Any], str], kind: pa.DataType
) -> Cells:
    """Read each distinct value once; equal readings share one code."""
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    codes = encoded.indices.cast(pa.int64()).fill_null(-1).to_numpy(zero_copy_only=False)
    readings = [read(value) for value in encoded.dictionary.to_pylist()]
    words = [fault(reading) if reading is not None else "" for reading in readings]
    distinct: dict[Any, int] = {}
    lookup = np.full(len(readings) + 1, -1, dtype=np.int32)  # the last stands for null
    for code, (reading, wrong) in enumerate(zip(readings, words, strict=True)):
        if reading is not None and not wrong:
            lookup[code] = distinct.setdefault(reading, len(distinct))
    faults = []
    for wrong in sorted(set(words) - {""}):
        marked = np.array([*(word == wrong for word in words), False])
        faults.append((marked[codes], wrong))
    indices = lookup[codes]
    values = pa.DictionaryArray.from_arrays(
        pa.array(indices, pa.int32(), mask=indices < 0), pa.array(list(distinct), kind)
    )
    return Cells(values, faults)


def _true(mask: pa.Array) -> Mask:
    return np.asarray(mask.fill_null(False).to_numpy(zero_copy_only=False), dtype=bool)
