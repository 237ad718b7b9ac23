"""The people of each tenant and the role each has there."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Integer, Row, String, Table, UniqueConstraint, bindparam, select
from sqlalchemy.exc import IntegrityError

from tenants.clock import Clock
from tenants.database import Database, Timestamp, control_metadata
from tenants.errors import BadInput, UnknownItem
from tenants.names import nearest, person_name
from tenants.passwords import Passwords
from tenants.roles import Role
from tenants.tenant import Tenant

PEOPLE = Table(
    "people",
    control_metadata,
    Column("id", String(24), primary_key=True),
    Column("tenant_id", String(24), nullable=False),
    Column("name", String(64), nullable=False),
    Column("role", String(12), nullable=False),
    Column("password", String(200)),
    Column("failures", Integer, nullable=False, default=0),
    Column("locked_until", Timestamp),
    Column("created_at", Timestamp, nullable=False),
    UniqueConstraint("tenant_id", "name"),
)
# Put together once: SQLAlchemy takes as long for that as the database for the rest.
_OF_ID = select(PEOPLE).where(
    PEOPLE.c.tenant_id == bindparam("tenant"), PEOPLE.c.id == bindparam("person")
)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who may use one tenant."""

    id: str
    tenant_id: str
    name: str
    role: Role
    has_password: bool
    created_at: datetime


class People:
    """Adds, finds, changes and removes people of a tenant."""

    def __init__(self, database: Database, passwords: Passwords, clock: Clock) -> None:
        self._database = database
        self._passwords = passwords
        self._clock = clock
        database.ensure(PEOPLE)

    def add(self, tenant: Tenant, name: str, role: Role, password: str | None = None) -> Person:
        """Add a person; without a password they sign in by link or token.

        Raises:
            BadInput: The name is taken or not a name, or the password is too weak.
        """
        values: dict[str, Any] = {
            "id": "u" + secrets.token_hex(10),
            "tenant_id": tenant.id,
            "name": person_name(name),
            "role": role.label,
            "password": self._passwords.hash(password) if password is not None else None,
            "failures": 0,
            "created_at": self._clock.now(),
        }
        try:
            with self._database.transaction() as connection:
                connection.execute(PEOPLE.insert().values(values))
        except IntegrityError:
            raise BadInput(f"{tenant.name!r} has a person {name!r} already.") from None
        return self.get(tenant, name)

    def list(self, tenant: Tenant) -> list[Person]:
        """Return the tenant's people by name."""
        query = select(PEOPLE).where(PEOPLE.c.tenant_id == tenant.id).order_by(PEOPLE.c.name)
        with self._database.reading() as connection:
            return [_person(row) for row in connection.execute(query)]

    def get(self, tenant: Tenant, name: str) -> Person:
        """Return the person of that name.

        Raises:
            UnknownItem: The tenant has none.
        """
        row = self.row(tenant.id, name)
        if row is None:
            close = nearest(name, [person.name for person in self.list(tenant)])
            hint = f"did you mean {close[0]!r}?" if close else "`tillsight users list` shows them."
            raise UnknownItem(f"{tenant.name!r} has no person {name[:64]!r}; {hint}", nearest=close)
        return _person(row)

    def by_id(self, tenant_id: str, person_id: str) -> Person | None:
        """Return the person, or None when they have been removed."""
        sought = {"tenant": tenant_id, "person": person_id}
        with self._database.reading() as connection:
            row = connection.execute(_OF_ID, sought).first()
        return _person(row) if row else None

    def set_role(self, tenant: Tenant, name: str, role: Role) -> Person:
        """Give a person another role; it counts from their next call on."""
        self._update(self.get(tenant, name).id, role=role.label)
        return self.get(tenant, name)

    def set_password(self, tenant: Tenant, name: str, password: str) -> None:
        """Give a person a new password.

        Raises:
            BadInput: It is too weak.
        """
        person = self.get(tenant, name)
        self._update(
            person.id, password=self._passwords.hash(password), failures=0, locked_until=None
        )

    def remove(self, tenant: Tenant, name: str) -> None:
        """Remove a person; the audit keeps what they did."""
        person = self.get(tenant, name)
        with self._database.transaction() as connection:
            connection.execute(PEOPLE.delete().where(PEOPLE.c.id == person.id))

    def remove_all(self, tenant_id: str) -> None:
        """Remove everyone of a tenant that is being deleted."""
        with self._database.transaction() as connection:
            connection.execute(PEOPLE.delete().where(PEOPLE.c.tenant_id == tenant_id))

    def row(self, tenant_id: str, name: str) -> Row[Any] | None:
        """Return a person's stored row, for signing in."""
        query = select(PEOPLE).where(
            PEOPLE.c.tenant_id == tenant_id, PEOPLE.c.name == name.strip().lower()
        )
        with self._database.reading() as connection:
            return connection.execute(query).first()

    def note_attempt(self, person_id: str, **values: Any) -> None:
        """Keep what a sign-in changed: failures, lock, a stronger hash."""
        self._update(person_id, **values)

    def _update(self, person_id: str, **values: Any) -> None:
        with self._database.transaction() as connection:
            connection.execute(PEOPLE.update().where(PEOPLE.c.id == person_id).values(values))


def _person(row: Row[Any]) -> Person:
    return Person(
        id=row.id,
        tenant_id=row.tenant_id,
        name=row.name,
        role=Role.parse(row.role),
        has_password=row.password is not None,
        created_at=row.created_at,
    )
