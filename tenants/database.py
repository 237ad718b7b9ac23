"""One database with a transaction that nested callers join."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, Table, func, select
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlalchemy.types import TypeDecorator

from tenants.errors import Unavailable

# Tables of the installation, and tables that every tenant has for itself.
control_metadata = MetaData()
tenant_metadata = MetaData()

# The execution option that marks a connection which will only read.
READS_ONLY = "tillsight_reads_only"
# And the one that marks a connection whose commit need not outlive a power cut.
MAY_BE_LOST = "tillsight_may_be_lost"


class Timestamp(TypeDecorator[datetime]):
    """A moment in UTC; SQLite, which has no zones, gives it back in UTC too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Give back UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Database:
    """One database with a transaction that nested callers join.

    A promotion, the approval it uses up and the audit record of it must be written
    together or not at all; each of the three stores calls `transaction()`, and the outermost
    call commits.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = threading.local()
        self._ready: set[str] = set()
        self._making = threading.Lock()

    def ensure(self, *tables: Table) -> None:
        """Create those of the tables that do not exist yet."""
        with self._making:
            missing = [table for table in tables if table.name not in self._ready]
            if missing:
                with self.transaction() as connection:
                    self.lock(connection, "tables")
                    missing[0].metadata.create_all(connection, tables=missing)
                self._ready |= {table.name for table in missing}

    @contextmanager
    def transaction(self, *, may_be_lost: bool = False) -> Iterator[Connection]:
        """Give a connection in a writing transaction; join the one already open, if any.

        Args:
            may_be_lost: Whether a power cut soon after may undo what is written, all of it, so
                that the commit need not wait for the disk.

        Raises:
            Unavailable: The database cannot be written to; nothing was.
        """
        current: Connection | None = getattr(self._thread, "connection", None)
        if current is not None:
            if not may_be_lost and current.get_execution_options().get(MAY_BE_LOST):
                raise RuntimeError("What must last cannot join a transaction that may be lost.")
            yield current
            return
        with _said_plainly(), self._engine.connect() as connection:
            connection.execution_options(**{MAY_BE_LOST: may_be_lost})
            with connection.begin():
                self._thread.connection = connection
                self._thread.afterwards = []
                try:
                    yield connection
                finally:
                    self._thread.connection = None
        for action in self._thread.afterwards:
            action()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that reads one consistent state and blocks nobody."""
        current: Connection | None = getattr(self._thread, "connection", None)
        if current is not None:
            yield current
            return
        with _said_plainly(), self._engine.connect() as connection:
            yield connection.execution_options(**{READS_ONLY: True})

    def after_commit(self, action: Callable[[], None]) -> None:
        """Run the action once the transaction open in this thread has committed."""
        self._thread.afterwards.append(action)

    def lock(self, connection: Connection, name: str) -> None:
        """Keep others out of what `name` stands for until the transaction ends.

        A writing transaction of SQLite already keeps every other writer out.
        """
        if connection.dialect.name == "postgresql":
            connection.execute(
                select(func.pg_advisory_xact_lock(func.hashtext(func.current_schema() + name)))
            )

    def close(self) -> None:
        """Release the connections."""
        self._engine.dispose()


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        broken_file = type(error) is DatabaseError
        if not broken_file and (
            not isinstance(error, OperationalError) or "no such" in str(error.orig)
        ):
            raise  # a wrong statement or a broken constraint is a bug
        raise Unavailable(
            "The records cannot be read or written right now, so nothing was done; check free "
            "disk space, permissions and the database server, then try again.",
            audit_note=str(error.orig),
        ) from error
