"""Which column of a source is which of ours."""

from dataclasses import dataclass, field

from forecasting.data.cells import Format
from forecasting.data.contract import SourceTable
from forecasting.data.mapping import Mapping, TableMapping
from forecasting.data.names import attribute_name, folded, nearest
from forecasting.units import Target
from tenants.errors import BadInput


@dataclass(frozen=True, slots=True)
class Binding:
    """How one source is read.

    Attributes:
        table: The source table it holds.
        columns: Our column → its header.
        covariates: Our covariate → its header.
        attributes: Our attribute → its header; stores and products only.
        unknown: Headers without a meaning: they are reported and not read.
        absent: Headers the mapping names that the source has not.
        form: How its days and numbers are written.
        words: The covariates that are words; the others are numbers.
    """

    table: SourceTable
    columns: dict[str, str]
    covariates: dict[str, str]
    attributes: dict[str, str]
    unknown: tuple[str, ...]
    absent: tuple[str, ...]
    form: Format = field(default_factory=Format)
    words: frozenset[str] = frozenset()


class _Headers:
    """The headers of one source, each given away once."""

    def __init__(self, headers: list[str], source: str) -> None:
        self.free = {folded(header): header for header in headers}
        if len(self.free) < len(headers):
            seen = [folded(header) for header in headers]
            twice = next(h for h in headers if seen.count(folded(h)) > 1)
            raise BadInput(f"{source!r} has two columns named {twice!r}; rename one of them.")

    def take(self, *names: str) -> str:
        """Return the header of the first of these names that is still free, or ""."""
        for name in names:
            if folded(name) in self.free:
                return self.free.pop(folded(name))
        return ""

    def take_like(self, name: str) -> str:
        """Return the header that our naming turns into `name`, or ""."""
        like = next((key for key, head in self.free.items() if attribute_name(head) == name), None)
        return self.free.pop(like) if like is not None else ""


def bind(table: SourceTable, headers: list[str], mapping: Mapping, source: str) -> Binding:
    """Decide what each column of a source means.

    Raises:
        BadInput: A required column is missing, or two have one name.
    """
    given = mapping.table(table.name)
    free = _Headers(headers, source)
    mapped = {ours: free.take(theirs) for ours, theirs in given.columns.items()}
    covariates = {
        ours: free.take(theirs, ours) for ours, theirs in (given.known | given.past).items()
    }
    columns = {ours: header for ours, header in mapped.items() if header}
    for column in table.columns:
        if column.name not in columns:
            header = free.take(column.name) or free.take_like(column.name)
            if header:
                columns[column.name] = header
            elif column.required or column.name in set(given.columns) & set(table.keys):
                # A key the mapping names must not quietly become the one store or product "all".
                wanted = given.columns.get(column.name, column.name)
                raise BadInput(_missing(source, column.name, wanted, headers))
    for header in given.ignore:
        free.take(header)
    canonical = {column.name for column in table.columns}
    attributes = {ours: columns.pop(ours) for ours in set(columns) - canonical}
    attributes |= _attributes(free, canonical | set(attributes)) if table.extras else {}
    return Binding(
        table=table,
        columns=columns,
        covariates={ours: header for ours, header in covariates.items() if header},
        attributes=dict(sorted(attributes.items())),
        unknown=tuple(free.free.values()),
        absent=_absent(given, columns, attributes, covariates),
        form=mapping.cell_format(table.name),
        words=frozenset(given.words),
    )


def require_target(binding: Binding, target: Target, headers: list[str], source: str) -> None:
    """Refuse a source of sales without the column that is forecast.

    Raises:
        BadInput: It has none; the message names the nearest headers.
    """
    if binding.table.stored == "sales" and target.value not in binding.columns:
        raise BadInput(_missing(source, target.value, target.value, headers))


def _attributes(free: _Headers, taken: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, header in list(free.free.items()):
        name = attribute_name(header)
        if name and name not in taken and name not in found:
            found[name] = free.free.pop(key)
    return found


def _absent(
    given: TableMapping,
    columns: dict[str, str],
    attributes: dict[str, str],
    covariates: dict[str, str],
) -> tuple[str, ...]:
    found = {ours for ours, header in covariates.items() if header} | set(columns) | set(attributes)
    wanted = given.columns | given.known | given.past
    return tuple(theirs for ours, theirs in wanted.items() if ours not in found)


def _missing(source: str, ours: str, wanted: str, headers: list[str]) -> str:
    called = f"{ours!r}" if ours == wanted else f"{ours!r} ({wanted!r} in the mapping)"
    near = nearest(wanted, headers) or headers[:5]
    return (
        f"{source!r} has no column for {called}; its nearest columns are "
        f"{', '.join(repr(header) for header in near)}: name the right one in a mapping file."
    )
