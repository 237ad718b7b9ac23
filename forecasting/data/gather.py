"""Reading the sources of one load: accepted rows by stored table, refused rows with reasons."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from forecasting.data.binding import Binding, bind, require_target
from forecasting.data.contract import SOURCES
from forecasting.data.mapping import Mapping
from forecasting.data.quality import FILE, LINE, Rules, row_text
from forecasting.data.sources.discovery import Found
from forecasting.data.sources.source import Source
from forecasting.units import Target
from tenants.errors import BadInput

Progress = Callable[[float, str], None]

# Beyond this many refused rows in one load, their text is left out to bound memory; table,
# file, line and reason are always kept.
_TEXTS = 100_000


@dataclass(frozen=True, slots=True)
class Bound:
    """One source and what its columns mean."""

    table: str
    source: Source
    binding: Binding


@dataclass(slots=True)
class Gathered:
    """What the sources of a load held.

    Attributes:
        bound: The sources, in the order they were read; `_file` numbers them.
        read: Rows read, per source.
        rows: Accepted rows by stored table, with `_file` and `_line`.
        refused: Refused rows: columns table, file, line, reason, row.
    """

    bound: list[Bound]
    read: list[int] = field(default_factory=list)
    rows: dict[str, pa.Table] = field(default_factory=dict)
    refused: list[pa.Table] = field(default_factory=list)

    def refuse(self, stored: str, rows: NDArray[np.int64], reason: str) -> None:
        """Move accepted rows of a stored table to the refused."""
        if not len(rows):
            return
        table = self.rows[stored]
        out = table.take(pa.array(rows))
        shown = out.drop_columns([FILE, LINE])
        files = out[FILE].to_numpy()
        self._note(
            files, out[LINE], pa.array([reason] * len(rows)), row_text(shown, np.arange(len(rows)))
        )
        keep = np.ones(table.num_rows, dtype=bool)
        keep[rows] = False
        self.rows[stored] = table.filter(pa.array(keep))

    def note(self, file: int, refused: pa.Table) -> None:
        """Keep the rows a source's rules refused."""
        if refused.num_rows:
            files = np.full(refused.num_rows, file)
            self._note(files, refused[LINE], refused["reason"], refused["row"])

    def _note(
        self, files: NDArray[np.int32], lines: pa.Array, reasons: pa.Array, texts: object
    ) -> None:
        names = pa.array([item.source.name for item in self.bound], pa.string())
        tables = pa.array([item.table for item in self.bound], pa.string())
        numbers = pa.array(files)
        enough = sum(table.num_rows for table in self.refused) >= _TEXTS
        self.refused.append(
            pa.table(
                {
                    "table": tables.take(numbers),
                    "file": names.take(numbers),
                    "line": lines,
                    "reason": reasons,
                    "row": pa.array([""] * len(files)) if enough else texts,
                }
            )
        )


def bind_all(found: Found, mapping: Mapping, before: Target | None) -> tuple[list[Bound], Target]:
    """Decide what every column of every source means, and what the target is.

    Raises:
        BadInput: A source lacks a column it needs, or is not what its name says.
    """
    bound = []
    headers = {}
    for table, source in found.sources:
        headers[source.name] = source.headers()
        binding = bind(SOURCES[table], headers[source.name], mapping, source.name)
        bound.append(Bound(table, source, binding))
    sales = [item for item in bound if item.binding.table.stored == "sales"]
    target = mapping.target or before or _target(sales)
    for item in sales:
        require_target(item.binding, target, headers[item.source.name], item.source.name)
    return bound, target


def gather(bound: list[Bound], *, target: Target, today: date, progress: Progress) -> Gathered:
    """Read every source through the rules.

    Raises:
        BadInput: A source is damaged beyond single rows, or none holds any row.
    """
    gathered = Gathered(bound)
    parts: dict[str, list[pa.Table]] = {}
    for number, item in enumerate(bound):
        progress(0.6 * number / len(bound), f"reading {item.source.name}")
        rules = Rules(item.binding, today=today, target=target)
        read = 0
        for chunk in item.source.chunks(_wanted(item.binding)):
            checked = rules.check(chunk, number)
            read += checked.accepted.num_rows + checked.refused.num_rows
            gathered.note(number, checked.refused)
            parts.setdefault(item.binding.table.stored, []).append(checked.accepted)
        gathered.read.append(read)
    if not sum(gathered.read):
        names = ", ".join(repr(item.source.name) for item in bound[:3])
        raise BadInput(f"There are no rows in {names}; export the data again.")
    for stored in list(parts):
        whole = pa.concat_tables(parts.pop(stored), promote_options="default")
        gathered.rows[stored] = whole.unify_dictionaries().combine_chunks()
    return gathered


def _target(sales: list[Bound]) -> Target:
    """Return units where every source of sales has them, else revenue."""
    if all(Target.UNITS.value in item.binding.columns for item in sales):
        return Target.UNITS
    if all(Target.REVENUE.value in item.binding.columns for item in sales):
        return Target.REVENUE
    return Target.UNITS


def _wanted(binding: Binding) -> list[str]:
    every = (binding.columns, binding.covariates, binding.attributes)
    return list(dict.fromkeys(header for group in every for header in group.values()))
