"""Which files of a folder hold which table."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from forecasting.data.contract import SOURCES
from forecasting.data.mapping import Mapping
from forecasting.data.names import folded
from forecasting.data.sources.csv_text import CsvText
from forecasting.data.sources.excel import ExcelSheet, sheet_names
from forecasting.data.sources.json_lines import JsonLines
from forecasting.data.sources.parquet_file import ParquetFile
from forecasting.data.sources.source import Source
from forecasting.data.sources.sql import find_tables
from tenants.errors import BadInput

_TEXT = frozenset({".csv", ".tsv", ".txt"})
_PARQUET = frozenset({".parquet", ".pq"})
_JSON = frozenset({".jsonl", ".ndjson", ".json"})
_EXCEL = frozenset({".xlsx", ".xlsm"})
_READABLE = _TEXT | _PARQUET | _JSON | _EXCEL

# The columns by which a single file of any name is recognised; any one group is enough.
_TELLING: dict[str, tuple[tuple[str, ...], ...]] = {
    "sales": (("date", "units"), ("date", "revenue")),
    "stock": (("date", "on_hand"),),
    "prices": (("date", "product", "price"),),
    "promotions": (("start", "end", "discount_pct"),),
    "stores": (("store", "region"), ("store", "format")),
    "products": (("product", "category"), ("product", "cost"), ("product", "list_price")),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a place holds.

    Attributes:
        sources: Every table found, by canonical name, in the order they are loaded.
        unknown: Files or tables that belong to no table; they are reported, not read.
    """

    sources: tuple[tuple[str, Source], ...] = ()
    unknown: tuple[str, ...] = field(default=())


def find(place: str, mapping: Mapping) -> Found:
    """Find the tables in a folder, a file or a database.

    Raises:
        BadInput: There is no such place, or nothing in it belongs to a table.
    """
    if "://" in place:
        tables, others = find_tables(place, mapping)
        return Found(tuple(tables), tuple(others))
    return find_files(Path(place), mapping)


def find_files(place: Path, mapping: Mapping) -> Found:
    """Find the tables in a folder, or those in one file.

    A file belongs to the table whose pattern in the mapping it fits, else to the table its
    name or its folder's name begins with (`sales-2024.csv`, `sales/2024.parquet`); the sheets
    of another workbook to the tables they are named after. Files of a table are loaded in the
    order of their names, numbers by value.

    Raises:
        BadInput: There is no such place, or nothing in it belongs to a table.
    """
    if place.is_file():
        tables = _of_file(place, mapping)
        return Found(tuple(tables), tuple(_left(place, place.name, tables)))
    if not place.is_dir():
        raise BadInput(f"There is no file or folder {str(place)!r}; check the path.")
    found: list[tuple[str, Source]] = []
    unknown: list[str] = []
    for path in sorted(_files(place), key=lambda path: _natural(path.relative_to(place))):
        name = path.relative_to(place).as_posix()
        tables = _tables_in(path, name, mapping)
        found += tables
        unknown += _left(path, name, tables)
    if not found:
        raise BadInput(
            f"No file in {str(place)!r} belongs to a table; name them {', '.join(SOURCES)} "
            "(e.g. 'sales.csv') or give a mapping with file patterns."
        )
    return Found(tuple(found), tuple(unknown))


def table_named(name: str) -> str:
    """Return the table a path's file or folder is named after, or ""."""
    for part in reversed(name.split("/")):
        word = re.split(r"[^a-z]", part.lower(), maxsplit=1)[0]
        if word in SOURCES:
            return word
    return ""


def open_file(path: Path, name: str, table: str, mapping: Mapping) -> Source:
    """Return a file as a source of one table, by its ending.

    Raises:
        BadInput: No reader knows the ending.
    """
    suffix = path.suffix.lower()
    if suffix in _TEXT:
        return CsvText(path, name, mapping.text_format(table))
    if suffix in _PARQUET:
        return ParquetFile(path, name)
    if suffix in _JSON:
        return JsonLines(path, name, mapping.text_format(table))
    if suffix in _EXCEL:
        return ExcelSheet(path, name, _sheet(path, name, table, mapping))
    raise BadInput(
        f"{name!r} is of a kind that is not read; give CSV, Parquet, Excel (.xlsx) or JSON lines."
    )


def _tables_in(path: Path, name: str, mapping: Mapping) -> list[tuple[str, Source]]:
    if path.suffix.lower() not in _READABLE:
        return []
    tables = mapping.tables_for(name) or [table_named(name)]
    if tables == [""] and path.suffix.lower() in _EXCEL:
        tables = [sheet.casefold() for sheet in sheet_names(path, name)]
        tables = [table for table in tables if table in SOURCES]
    return [(table, open_file(path, name, table, mapping)) for table in tables if table]


def _left(path: Path, name: str, tables: list[tuple[str, Source]]) -> list[str]:
    """Return what of a file is not read: all of it, or sheets of a workbook."""
    if not tables:
        return [name]
    read = [source.name for _table, source in tables]
    if path.suffix.lower() not in _EXCEL or read == [name]:
        return []
    sheets = [f"{name}#{sheet}" for sheet in sheet_names(path, name)]
    return [sheet for sheet in sheets if sheet not in read]


def _of_file(path: Path, mapping: Mapping) -> list[tuple[str, Source]]:
    if tables := _tables_in(path, path.name, mapping):
        return tables
    fitting: list[tuple[str, Source]] = []
    for name in _TELLING:
        source = open_file(path, path.name, name, mapping)
        if _fits(name, source.headers(), mapping):
            fitting.append((name, source))
    if len(fitting) != 1:
        raise BadInput(
            f"It is not clear which table {path.name!r} holds; name the file after one of "
            f"{', '.join(SOURCES)} or give a mapping with file patterns."
        )
    return fitting


def _fits(name: str, headers: list[str], mapping: Mapping) -> bool:
    """Tell whether headers have the columns by which a table is recognised."""
    given = mapping.table(name).columns
    have = {folded(header) for header in headers}
    return any(
        all(folded(given.get(ours, ours)) in have or ours in have for ours in telling)
        for telling in _TELLING[name]
    )


def _sheet(path: Path, name: str, table: str, mapping: Mapping) -> str:
    """Return the sheet that holds a table: the mapped one, one of its name, or the first."""
    sheets = sheet_names(path, name)
    wanted = mapping.table(table).sheet
    if wanted and wanted.casefold() not in {sheet.casefold() for sheet in sheets}:
        raise BadInput(f"{name!r} has no sheet {wanted!r}; it has {', '.join(sheets)}.")
    named = (sheet for sheet in sheets if sheet.casefold() == (wanted or table).casefold())
    return next(named, sheets[0])


def _files(folder: Path) -> list[Path]:
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and not path.name.startswith((".", "~$"))
    ]


def _natural(path: Path) -> list[tuple[int, int | str]]:
    """Order names as people do: `sales-2` before `sales-10`."""
    parts = re.split(r"([0-9]+)", path.as_posix().lower())
    return [(0, int(part)) if part.isdecimal() else (1, part) for part in parts]
