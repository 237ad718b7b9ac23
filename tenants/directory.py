"""The tenants of an installation."""

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import Column, Integer, Select, String, Table, bindparam, select
from sqlalchemy.exc import IntegrityError

from tenants.clock import Clock
from tenants.database import Timestamp, control_metadata
from tenants.databases import Databases
from tenants.errors import BadInput, UnknownItem
from tenants.names import nearest, tenant_name
from tenants.tenant import Tenant

_CURRENCY_LETTERS = 3

TENANTS = Table(
    "tenants",
    control_metadata,
    Column("id", String(24), primary_key=True),
    Column("name", String(40), nullable=False, unique=True),
    Column("title", String(80), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("locale", String(12), nullable=False),
    Column("timezone", String(40), nullable=False),
    Column("country", String(2), nullable=False),
    Column("week_starts", Integer, nullable=False),
    Column("created_at", Timestamp, nullable=False),
)
# Put together once: SQLAlchemy takes as long for that as the database for the rest.
_OF_NAME, _OF_ID = (
    select(TENANTS).where(column == bindparam("sought"))
    for column in (TENANTS.c.name, TENANTS.c.id)
)


class Directory:
    """Creates, finds and removes tenants."""

    def __init__(self, databases: Databases, home: Path, clock: Clock) -> None:
        self._databases = databases
        self._database = databases.control()
        self._home = home
        self._clock = clock
        self._when_deleted: list[Callable[[str], None]] = []
        self._database.ensure(TENANTS)

    def create(
        self,
        name: str,
        *,
        title: str = "",
        currency: str = "USD",
        locale: str = "en-US",
        timezone: str = "UTC",
        country: str = "",
        week_starts: int = 0,
    ) -> Tenant:
        """Add a tenant with an empty workspace.

        Raises:
            BadInput: The name is taken or not a name, or a convention is unknown.
        """
        _check(currency, timezone, country, week_starts)
        tenant = Tenant(
            id="t" + secrets.token_hex(10),
            name=tenant_name(name),
            title=(title or name.replace("-", " ").title())[:80],
            currency=currency,
            locale=locale,
            timezone=timezone,
            country=country,
            week_starts=week_starts,
            created_at=self._clock.now(),
        )
        try:
            with self._database.transaction() as connection:
                values = {column.name: getattr(tenant, column.name) for column in TENANTS.columns}
                connection.execute(TENANTS.insert().values(values))
        except IntegrityError:
            raise BadInput(f"There is a tenant {name!r} already; choose another name.") from None
        self.folder(tenant.id).mkdir(parents=True, exist_ok=True)
        return tenant

    def list(self) -> list[Tenant]:
        """Return all tenants by name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(TENANTS).order_by(TENANTS.c.name))
            return [Tenant(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name

    def get(self, name: str) -> Tenant:
        """Return the tenant of that name.

        Raises:
            UnknownItem: There is none.
        """
        found = self._find(_OF_NAME, name.strip().lower())
        if found is None:
            names = [tenant.name for tenant in self.list()]
            close = nearest(name, names)
            hint = (
                f"did you mean {close[0]!r}?"
                if close
                else "`tillsight tenants list` shows them, `tillsight demo` makes the demo's."
            )
            raise UnknownItem(f"There is no tenant {name[:60]!r}; {hint}", nearest=close)
        return found

    def by_id(self, tenant_id: str) -> Tenant:
        """Return the tenant with that id.

        Raises:
            UnknownItem: There is none; it may have been deleted.
        """
        found = self._find(_OF_ID, tenant_id)
        if found is None:
            raise UnknownItem("That tenant does not exist.")
        return found

    def folder(self, tenant_id: str) -> Path:
        """Return where a tenant's files are kept."""
        return self._home / "tenants" / tenant_id

    def when_deleted(self, action: Callable[[str], None]) -> None:
        """Call `action` with the id of each tenant deleted from now on."""
        self._when_deleted.append(action)

    def delete(self, name: str) -> None:
        """Remove a tenant with its people, data, models and records; ids are never reused.

        Raises:
            UnknownItem: There is no such tenant.
        """
        tenant = self.get(name)
        with self._database.transaction() as connection:
            connection.execute(TENANTS.delete().where(TENANTS.c.id == tenant.id))
            for action in self._when_deleted:
                action(tenant.id)
        self._databases.drop_tenant(tenant.id)
        folder = self.folder(tenant.id)
        if folder.exists():
            shutil.rmtree(folder)

    def _find(self, query: Select[Any], sought: str) -> Tenant | None:
        with self._database.reading() as connection:
            row = connection.execute(query, {"sought": sought}).first()
        return Tenant(**row._mapping) if row else None  # noqa: SLF001 - SQLAlchemy's public name


def _check(currency: str, timezone: str, country: str, week_starts: int) -> None:
    if len(currency) != _CURRENCY_LETTERS or not (currency.isascii() and currency.isupper()):
        raise BadInput(f"{currency!r} is not a currency code; write one such as USD or EUR.")
    if timezone not in available_timezones():
        raise BadInput(f"{timezone!r} is not a time zone; write one such as Europe/Berlin.")
    if country and not (len(country) == 2 and country.isascii() and country.isupper()):  # noqa: PLR2004 - ISO 3166 alpha-2
        raise BadInput(f"{country!r} is not a country code; write one such as US or DE.")
    if not 0 <= week_starts <= 6:  # noqa: PLR2004 - seven days
        raise BadInput("A week starts on a day from 0 (Monday) to 6 (Sunday).")
