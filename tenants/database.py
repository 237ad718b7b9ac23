"""The databases: one for the installation, one per tenant.

SQLite files under `home` by default (WAL, synchronous=FULL: a commit that returned
survives a power cut). With `TILLSIGHT_DATABASE_URL` set, one PostgreSQL database with a
schema for the installation and one per tenant.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    DateTime,
    Engine,
    MetaData,
    Table,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.schema import CreateSchema, DropSchema

from tenants.errors import Unavailable
from tenants.settings import Settings

# A table without a schema goes into the tenant's or the installation's own.
control_metadata = MetaData()
tenant_metadata = MetaData()

Timestamp = DateTime(timezone=True)

_BUSY_MS = 10_000


class Database:
    """One database with a transaction that nested callers join.

    A promotion, the approval it uses up and the audit record of it must be written
    together or not at all; each of the three stores calls `transaction()`, and the outermost
    call commits.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._open = threading.local()
        self._ready: set[str] = set()
        self._making = threading.Lock()

    def ensure(self, *tables: Table) -> None:
        """Create those of the tables that do not exist yet."""
        with self._making:
            missing = [table for table in tables if table.name not in self._ready]
            if missing:
                with self.transaction() as connection:
                    missing[0].metadata.create_all(connection, tables=missing)
                self._ready |= {table.name for table in missing}

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Give a connection in a writing transaction; join the one already open, if any.

        Raises:
            Unavailable: The database cannot be written to.
        """
        current: Connection | None = getattr(self._open, "connection", None)
        if current is not None:
            yield current
            return
        try:
            with self._engine.begin() as connection:
                self._open.connection = connection
                try:
                    yield connection
                finally:
                    self._open.connection = None
        except (OperationalError, DBAPIError) as error:
            if _is_a_bug(error):
                raise
            raise Unavailable(
                "The records cannot be written right now, so nothing was done; "
                "check free disk space and permissions, then try again.",
                audit_note=type(error.orig).__name__,
            ) from error

    def close(self) -> None:
        """Release the connections."""
        self._engine.dispose()


class Databases:
    """Opens the installation's database and each tenant's, once per process."""

    def __init__(self, settings: Settings) -> None:
        self._home = settings.home
        self._url = (
            make_url(settings.database_url.get_secret_value()) if settings.database_url else None
        )
        self._opened: dict[str, Database] = {}
        self._opening = threading.Lock()

    def control(self) -> Database:
        """Return the installation's database: tenants, people, tokens."""
        return self._get("control", self._home / "control.db", "tillsight")

    def tenant(self, tenant_id: str) -> Database:
        """Return one tenant's database: audit, approvals, models, conversations."""
        path = self._home / "tenants" / tenant_id / "tenant.db"
        return self._get(tenant_id, path, f"tenant_{tenant_id}")

    def drop_tenant(self, tenant_id: str) -> None:
        """Close and remove one tenant's database; its folder is the workspace's to remove."""
        database = self._opened.pop(tenant_id, None)
        if database is not None:
            database.close()
        if self._url is not None:
            engine = create_engine(self._url)
            with engine.begin() as connection:
                connection.execute(DropSchema(f"tenant_{tenant_id}", cascade=True, if_exists=True))
            engine.dispose()

    def close(self) -> None:
        """Release every connection."""
        for database in self._opened.values():
            database.close()
        self._opened.clear()

    def _get(self, key: str, path: Path, schema: str) -> Database:
        with self._opening:
            if key not in self._opened:
                engine = (
                    _sqlite(path) if self._url is None else _postgresql(self._url, schema)
                )
                self._opened[key] = Database(engine)
            return self._opened[key]


def _sqlite(path: Path) -> Engine:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(
            f"The folder {str(path.parent)!r} cannot be made ({error.strerror}); "
            "set TILLSIGHT_HOME to a folder you can write to."
        ) from error
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, connect_args={"timeout": _BUSY_MS / 1000})
    event.listen(engine, "connect", _make_durable)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _make_durable(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's `begin` event starts transactions
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={_BUSY_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    # Taking the write lock first means a transaction never fails half way to get it.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _postgresql(url: URL, schema: str) -> Engine:
    engine = create_engine(
        url, execution_options={"schema_translate_map": {None: schema}}, pool_pre_ping=True
    )
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:s))"), {"s": schema})
            connection.execute(CreateSchema(schema, if_not_exists=True))
    except OperationalError as error:
        raise Unavailable(
            f"The database at {url.host}:{url.port or 5432} does not answer; "
            "check TILLSIGHT_DATABASE_URL and that the server is up."
        ) from error
    return engine


def _is_a_bug(error: DBAPIError) -> bool:
    """Tell a wrong statement or broken constraint from a disk or server that fails."""
    return not isinstance(error, OperationalError) or "no such" in str(error.orig)
