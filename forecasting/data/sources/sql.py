"""Tables of an SQL database, by any SQLAlchemy URL; its password is never shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
from sqlalchemy import (
    URL,
    Connection,
    Executable,
    MetaData,
    NullPool,
    Table,
    create_engine,
    inspect,
    make_url,
    select,
    type_coerce,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, NoSuchTableError
from sqlalchemy.types import NullType

from forecasting.data.contract import SOURCES
from forecasting.data.mapping import Mapping
from forecasting.data.names import folded
from forecasting.data.sources.source import Chunk, Source
from forecasting.data.sources.values import column_of
from tenants.errors import BadInput

_CHUNK_ROWS = 50_000


class SqlTable:
    """One table or view of a database; its lines are rows in the order of its primary key."""

    def __init__(self, url: URL, schema: str | None, table: str) -> None:
        self._url = url
        self._schema = schema
        self._table = table
        self.name = f"{url.database or url.drivername}:{f'{schema}.' if schema else ''}{table}"
        if url.get_backend_name() == "sqlite" and url.database:
            self.name = f"{Path(url.database).name}:{table}"

    def headers(self) -> list[str]:
        """Return the column names.

        Raises:
            BadInput: The database does not answer or the table is gone.
        """
        with _connected(self._url) as connection:
            return [column.name for column in self._reflect(connection).columns]

    def chunks(self, wanted: list[str]) -> Iterator[Chunk]:
        """Yield the wanted columns of its rows.

        Raises:
            BadInput: The database stops answering.
        """
        first = 1
        with _connected(self._url) as connection:
            streaming = connection.execution_options(yield_per=_CHUNK_ROWS)
            for block in streaming.execute(self._query(connection, wanted)).partitions():
                columns = [column_of(values) for values in zip(*block, strict=True)]
                lines = np.arange(first, first + len(block), dtype=np.int64)
                first += len(block)
                yield Chunk(pa.table(columns, names=wanted), lines)

    def _query(self, connection: Connection, wanted: list[str]) -> Executable:
        table = self._reflect(connection)
        # NullType hands over what the driver gives: a wrong cell is the rules' business.
        columns = [type_coerce(table.columns[name], NullType()).label(name) for name in wanted]
        return select(*columns).order_by(*table.primary_key.columns)

    def _reflect(self, connection: Connection) -> Table:
        return Table(self._table, MetaData(), autoload_with=connection, schema=self._schema)


def find_tables(address: str, mapping: Mapping) -> tuple[list[tuple[str, Source]], list[str]]:
    """Return the tables of a database that are ours, and the names of the others.

    Raises:
        BadInput: The URL is wrong, the database does not answer, or it has none of our tables.
    """
    url = _parse(address)
    with _connected(url) as connection:
        look = inspect(connection)
        names = [*look.get_table_names(), *look.get_view_names()]
    found: list[tuple[str, Source]] = []
    used = set()
    by_name = {folded(name): name for name in names}
    for table in SOURCES:
        wanted = mapping.table(table).table
        schema, _, name = (wanted or table).rpartition(".")
        if wanted and schema:
            found.append((table, SqlTable(url, schema, name)))
        elif folded(name) in by_name:
            used.add(by_name[folded(name)])
            found.append((table, SqlTable(url, None, by_name[folded(name)])))
        elif wanted:
            raise BadInput(f"The database has no table {wanted!r}; it has {_list(names)}.")
    if not found:
        raise BadInput(
            f"The database has none of the tables {', '.join(SOURCES)}; it has {_list(names)}: "
            "name the right ones in a mapping."
        )
    return found, [name for name in names if name not in used]


def _parse(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError:
        raise BadInput(
            "The database URL cannot be read; write it like "
            "postgresql+psycopg://USER:PASSWORD@HOST/NAME."
        ) from None
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise BadInput(f"There is no SQLite file {url.database!r}; check the path.")
    return url


@contextmanager
def _connected(url: URL) -> Iterator[Connection]:
    """Give a connection; driver errors become one sentence without the password."""
    shown = url.render_as_string(hide_password=True)
    try:
        engine = create_engine(url, poolclass=NullPool)
        with engine.connect() as connection:
            yield connection
    except (NoSuchModuleError, ModuleNotFoundError):
        raise BadInput(
            f"No database driver {url.drivername!r} is installed; for PostgreSQL install "
            "tillsight[postgres]."
        ) from None
    except NoSuchTableError as error:
        raise BadInput(f"The database has no table {str(error)!r}; check the mapping.") from None
    except DBAPIError as error:
        raise BadInput(
            f"The database {shown} cannot be read ({type(error.orig).__name__}); check its "
            "address, user and rights."
        ) from None


def _list(names: list[str]) -> str:
    return ", ".join(repr(name) for name in names[:8]) or "no tables"
