"""One installation: its settings, its tenants and the records of each."""

import threading

from tenants.access import Access
from tenants.audit import AuditLog
from tenants.clock import Clock
from tenants.credentials import Credentials
from tenants.databases import Databases
from tenants.directory import Directory
from tenants.passwords import Passwords
from tenants.people import People
from tenants.secret_key import secret_key
from tenants.settings import Settings
from tenants.workspace import Workspace


class Installation:
    """What every entry point opens first; it hands out one tenant's things at a time."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.databases = Databases(settings)
        self.directory = Directory(self.databases, settings.home, clock)
        control = self.databases.control()
        passwords = Passwords()
        self.people = People(control, passwords, clock)
        self.credentials = Credentials(control, clock)
        self.access = Access(
            self.directory,
            self.people,
            self.credentials,
            passwords,
            clock,
            is_local=settings.is_local,
        )
        self.directory.when_deleted(self._forget)
        self._workspaces: dict[str, Workspace] = {}
        self._audits: dict[str, AuditLog] = {}
        self._opening = threading.RLock()

    @classmethod
    def open(cls, settings: Settings | None = None, clock: Clock | None = None) -> "Installation":
        """Open the installation that the settings name."""
        return cls(settings or Settings(), clock or Clock())

    def workspace(self, tenant_id: str) -> Workspace:
        """Return one tenant's folder and database.

        Raises:
            UnknownItem: There is no such tenant.
        """
        with self._opening:
            if tenant_id not in self._workspaces:
                tenant = self.directory.by_id(tenant_id)
                self._workspaces[tenant_id] = Workspace(
                    tenant, self.directory.folder(tenant_id), self.databases.tenant(tenant_id)
                )
            return self._workspaces[tenant_id]

    def audit(self, tenant_id: str) -> AuditLog:
        """Return one tenant's audit."""
        with self._opening:
            if tenant_id not in self._audits:
                keys = self.settings.home / "keys"
                workspace = self.workspace(tenant_id)
                self._audits[tenant_id] = AuditLog(
                    workspace.database,
                    key=secret_key(keys / f"{tenant_id}.audit"),
                    head=keys / f"{tenant_id}.head",
                    clock=self.clock,
                    timezone=workspace.tenant.timezone,
                )
            return self._audits[tenant_id]

    def reread(self, tenant_id: str) -> None:
        """Forget what is remembered of a tenant's records, after they were restored to a copy."""
        with self._opening:
            self._audits.pop(tenant_id, None)

    def secret(self, name: str) -> bytes:
        """Return a random key of the installation, e.g. to sign sessions; made when first asked."""
        return secret_key(self.settings.home / "keys" / name)

    def close(self) -> None:
        """Release every database connection."""
        self.databases.close()

    def _forget(self, tenant_id: str) -> None:
        self.people.remove_all(tenant_id)
        self.credentials.revoke_all(tenant_id)
        with self._opening:
            self._workspaces.pop(tenant_id, None)
            self._audits.pop(tenant_id, None)
        for kept in (self.settings.home / "keys").glob(f"{tenant_id}.*"):
            kept.unlink()
