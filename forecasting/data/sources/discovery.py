"""Which files of a folder hold which table."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from forecasting.data.contract import SOURCES
from forecasting.data.mapping import Mapping
from forecasting.data.names import folded, nearest
from forecasting.data.sources.csv_text import CsvText
from forecasting.data.sources.parquet_file import ParquetFile
from forecasting.data.sources.source import Source
from tenants.errors import BadInput

_TEXT = frozenset({".csv", ".tsv", ".txt"})
_READABLE = _TEXT | {".parquet", ".pq"}


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
    return find_files(Path(place), mapping)


def find_files(place: Path, mapping: Mapping) -> Found:
    """Find the tables in a folder, or the one in a file.

    A file belongs to the table whose pattern in the mapping it fits, else to the table its
    name or its folder's name begins with (`sales-2024.csv`, `sales/2024.parquet`). Files of a
    table are loaded in the order of their names, numbers by value.

    Raises:
        BadInput: There is no such place, or nothing in it belongs to a table.
    """
    if place.is_file():
        return Found(_of_file(place, mapping))
    if not place.is_dir():
        raise BadInput(f"There is no file or folder {str(place)!r}; check the path.")
    found: list[tuple[str, Source]] = []
    unknown: list[str] = []
    for path in sorted(_files(place), key=lambda path: _natural(path.relative_to(place))):
        name = path.relative_to(place).as_posix()
        table = mapping.table_for(name) or table_named(name)
        if table and path.suffix.lower() in _READABLE:
            found.append((table, _open(path, name, table, mapping)))
        else:
            unknown.append(name)
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


def _of_file(path: Path, mapping: Mapping) -> tuple[tuple[str, Source], ...]:
    table = mapping.table_for(path.name) or table_named(path.name)
    if table:
        return ((table, _open(path, path.name, table, mapping)),)
    fitting = [
        (name, _open(path, path.name, name, mapping))
        for name in SOURCES
        if _fits(name, _open(path, path.name, name, mapping).headers(), mapping)
    ]
    if len(fitting) != 1:
        near = nearest(path.stem, SOURCES, limit=1)
        hint = f"; did you mean {near[0]!r}?" if near else "."
        raise BadInput(
            f"It is not clear which table {path.name!r} holds; name the file after one of "
            f"{', '.join(SOURCES)} or give a mapping with file patterns{hint}"
        )
    return tuple(fitting)


def _fits(name: str, headers: list[str], mapping: Mapping) -> bool:
    """Tell whether headers hold what only this table has: its own values under their names."""
    given = mapping.table(name).columns
    have = {folded(header) for header in headers}
    needed = [column.name for column in SOURCES[name].columns if column.required]
    if name == "sales":
        return all(folded(given.get(ours, ours)) in have for ours in needed) and any(
            folded(given.get(ours, ours)) in have for ours in ("units", "revenue")
        )
    only = {"stores": "format", "products": "category"}.get(name)
    if name in ("online", "markdowns", "events"):
        return False
    wanted = [*needed, only] if only else needed
    return all(folded(given.get(ours, ours)) in have for ours in wanted)


def _open(path: Path, name: str, table: str, mapping: Mapping) -> Source:
    opened: dict[str, Callable[[], Source]] = {
        ".parquet": lambda: ParquetFile(path, name),
        ".pq": lambda: ParquetFile(path, name),
    }
    suffix = path.suffix.lower()
    if suffix in opened:
        return opened[suffix]()
    if suffix in _TEXT:
        return CsvText(path, name, mapping.text_format(table))
    raise BadInput(
        f"{name!r} is of a kind that is not read; give CSV, Parquet, Excel or JSON lines."
    )


def _files(folder: Path) -> list[Path]:
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and not path.name.startswith((".", "~$"))
    ]


def _natural(path: Path) -> list[tuple[int, int | str]]:
    """Order names as people do: `sales-2` before `sales-10`."""
    parts = re.split(r"([0-9]+)", path.as_posix().lower())
    return [(0, int(part)) if part.isdigit() else (1, part) for part in parts]
