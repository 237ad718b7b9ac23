"""The databases of an installation: one for itself, one per tenant.

SQLite files under `home` by default (WAL, synchronous=FULL: a commit that returned
survives a power cut, unless it was said that it may be lost). With `TILLSIGHT_DATABASE_URL`
set, one PostgreSQL database with a schema for the installation and one per tenant.
"""

import threading
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError
from sqlalchemy.schema import CreateSchema, DropSchema

from tenants.database import MAY_BE_LOST, READS_ONLY, Database
from tenants.errors import BadInput, Unavailable
from tenants.settings import Settings

_BUSY_MS = 10_000


class Databases:
    """Opens the installation's database and each tenant's, once per process."""

    def __init__(self, settings: Settings) -> None:
        self._home = settings.home
        self._url = _url(settings)
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
        """Close and remove one tenant's database; an SQLite file goes with its folder."""
        with self._opening:
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
        with self._opening:
            for database in self._opened.values():
                database.close()
            self._opened.clear()

    def _get(self, key: str, path: Path, schema: str) -> Database:
        with self._opening:
            if key not in self._opened:
                engine = _sqlite(path) if self._url is None else _postgresql(self._url, schema)
                self._opened[key] = Database(engine)
            return self._opened[key]


def _url(settings: Settings) -> URL | None:
    if settings.database_url is None:
        return None
    try:
        url = make_url(settings.database_url.get_secret_value())
    except ArgumentError:
        raise BadInput(
            "TILLSIGHT_DATABASE_URL is not an address; write "
            "postgresql+psycopg://USER:PASSWORD@HOST/DATABASE."
        ) from None
    if url.get_backend_name() != "postgresql":
        raise BadInput(
            "TILLSIGHT_DATABASE_URL must be a PostgreSQL address; leave it out for SQLite."
        )
    return url if url.drivername != "postgresql" else url.set(drivername="postgresql+psycopg")


def _sqlite(path: Path) -> Engine:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(
            f"The folder {str(path.parent)!r} cannot be made ({error.strerror}); "
            "set TILLSIGHT_HOME to a folder you can write to."
        ) from error
    engine = create_engine(
        URL.create("sqlite", database=str(path)), connect_args={"timeout": _BUSY_MS / 1000}
    )
    event.listen(engine, "connect", _make_durable)
    event.listen(engine, "begin", _begin)
    return engine


def _make_durable(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the `begin` event starts transactions instead
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={_BUSY_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A writer takes the lock first, so that no transaction fails half way to get it.
    options = connection.get_execution_options()
    reads = options.get(READS_ONLY, False)
    if not reads:
        # Said each time: the connection was perhaps lent for something else before.
        waits = "NORMAL" if options.get(MAY_BE_LOST) else "FULL"
        connection.exec_driver_sql(f"PRAGMA synchronous={waits}")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _postgresql(url: URL, schema: str) -> Engine:
    try:
        maker = create_engine(url)
        with maker.begin() as connection:
            Database(maker).lock(connection, schema)
            connection.execute(CreateSchema(schema, if_not_exists=True))
        maker.dispose()
    except OperationalError as error:
        raise Unavailable(
            f"The database at {url.host or 'localhost'} does not answer; "
            "check TILLSIGHT_DATABASE_URL and that the server is up."
        ) from error
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise BadInput(
            "PostgreSQL needs its driver; install it with `pip install tillsight[postgres]`."
        ) from error
    engine = create_engine(
        url, connect_args={"options": f"-csearch_path={schema}"}, pool_pre_ping=True
    )
    event.listen(engine, "begin", _begin_without_waiting)
    return engine


def _begin_without_waiting(connection: Connection) -> None:
    if connection.get_execution_options().get(MAY_BE_LOST):
        connection.exec_driver_sql("SET LOCAL synchronous_commit TO OFF")
