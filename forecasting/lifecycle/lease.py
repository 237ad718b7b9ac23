"""One holder at a time, across processes and servers: a row that expires unless renewed."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import Column, String, Table, select

from tenants.clock import Clock
from tenants.database import Database, Timestamp, tenant_metadata
from tenants.errors import Unavailable

LEASES = Table(
    "leases",
    tenant_metadata,
    Column("name", String(40), primary_key=True),
    Column("holder", String(40), nullable=False),
    Column("taken_at", Timestamp, nullable=False),
    Column("expires_at", Timestamp, nullable=False),
)

_VALID = timedelta(seconds=90)


class Lease:
    """Taken by one holder; lost when it could not be renewed in time."""

    def __init__(
        self, database: Database, name: str, clock: Clock, *, valid: timedelta = _VALID
    ) -> None:
        self._database = database
        self._name = name
        self._clock = clock
        self._valid = valid
        self._holder = secrets.token_hex(16)
        database.ensure(LEASES)

    def take(self) -> None:
        """Become the holder.

        Raises:
            Unavailable: Somebody else is.
        """
        with self._database.transaction() as connection:
            self._database.lock(connection, f"lease {self._name}")
            now = self._clock.now()
            found = connection.execute(select(LEASES).where(LEASES.c.name == self._name)).first()
            if found is not None and found.expires_at > now:
                raise Unavailable(
                    f"A {self._name} is under way since {_clock_time(found.taken_at)}; "
                    "wait until it has ended, then try again."
                )
            connection.execute(LEASES.delete().where(LEASES.c.name == self._name))
            connection.execute(
                LEASES.insert().values(
                    name=self._name,
                    holder=self._holder,
                    taken_at=now,
                    expires_at=now + self._valid,
                )
            )

    def renew(self) -> bool:
        """Hold it longer; tell whether it was still held."""
        mine = LEASES.update().where(LEASES.c.name == self._name, LEASES.c.holder == self._holder)
        with self._database.transaction() as connection:
            expires = self._clock.now() + self._valid
            return connection.execute(mine.values(expires_at=expires)).rowcount == 1

    def release(self) -> None:
        """Let others take it."""
        mine = LEASES.delete().where(LEASES.c.name == self._name, LEASES.c.holder == self._holder)
        with self._database.transaction() as connection:
            connection.execute(mine)

    def check(self) -> None:
        """Make sure it is still held before the work's result is written.

        Raises:
            Unavailable: It expired and somebody else may have taken it.
        """
        if not self.renew():
            raise Unavailable(
                f"This {self._name} took so long that another one began, so its result was not "
                "kept; try again."
            )

    @contextmanager
    def held(self) -> Iterator["Lease"]:
        """Take it, keep renewing it while the work runs, and release it."""
        self.take()
        done = threading.Event()
        keeper = threading.Thread(target=self._keep, args=(done,), daemon=True)
        keeper.start()
        try:
            yield self
        finally:
            done.set()
            keeper.join()
            self.release()

    def _keep(self, done: threading.Event) -> None:
        while not done.wait(self._valid.total_seconds() / 3):
            try:
                self.renew()
            except Unavailable:
                continue  # a database that is busy now may answer before the lease runs out


def _clock_time(moment: datetime) -> str:
    return f"{moment:%H:%M} UTC"
