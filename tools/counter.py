"""The counter: one installation's tools, open for whoever an entry point vouches for."""

import threading
from collections.abc import Callable
from datetime import date
from functools import cached_property

from forecasting.engine import ForecastEngine
from knowledge.library import Library
from tenants.audit import AuditLog
from tenants.clock import Clock
from tenants.installation import Installation
from tenants.principal import Principal
from tenants.roles import Role
from tenants.tenant import Tenant
from tenants.workspace import Workspace
from tools.approvals import Approval, Approvals
from tools.catalogue import Vocabulary
from tools.contract import Consent, Progress, ToolContext
from tools.gateway import ToolGateway
from tools.naming import read_vocabulary

_OWNER = "local"


class Counter:
    """Where questions are handed in; nothing behind it can be reached otherwise.

    Attributes:
        gateway: The assistant's tools.
        operations: What people do at a command line; never offered to a model.
    """

    def __init__(self, rooms: "Rooms") -> None:
        self._rooms = rooms

    @property
    def installation(self) -> Installation:
        """Return the installation it stands in."""
        return self._rooms.installation

    @cached_property
    def gateway(self) -> ToolGateway:
        """Return the gateway to the assistant's tools."""
        # Building the counter stays quick: tools load when the first is called.
        from tools.assortment import assistant_tools  # noqa: PLC0415

        return ToolGateway(assistant_tools(), self._rooms)

    @cached_property
    def operations(self) -> ToolGateway:
        """Return the gateway to the operations, which no model is offered."""
        # Ingestion and training load only when somebody loads or trains.
        from tools.assortment import operation_tools  # noqa: PLC0415

        return ToolGateway(operation_tools(), self._rooms)

    def vocabulary(self, principal: Principal) -> Vocabulary:
        """Return what the principal's tenant calls its things."""
        return self._rooms.vocabulary(principal)

    def prepare(self, principal: Principal) -> None:
        """Load the tenant's names, data, model and documents, and work out forecasts beforehand.

        Raises:
            CannotAnswer: There are no sales yet, or no model.
            Unavailable: The disk is full or cannot be written to.
        """
        self.vocabulary(principal)
        # A command line that asks one question prepares nothing.
        from tools.preparing import prepare  # noqa: PLC0415

        prepare(self._rooms.engine(principal), self._rooms.library(principal))

    def tenant(self, principal: Principal) -> Tenant:
        """Return the principal's tenant."""
        return self._rooms.tenant(principal)

    def today(self, principal: Principal) -> date:
        """Return the local date of the principal's tenant."""
        return self._rooms.today(principal)


def open_counter(installation: Installation) -> Counter:
    """Return the counter of an installation; quick, since what it needs loads when used."""
    return Counter(Rooms(installation, ForecastEngine.open))


class Rooms:
    """One installation, handed out one tenant at a time; the gateway's premises."""

    def __init__(
        self, installation: Installation, open_engine: Callable[[Workspace, Clock], ForecastEngine]
    ) -> None:
        self.installation = installation
        self._open_engine = open_engine
        self._engines: dict[str, ForecastEngine] = {}
        self._libraries: dict[str, Library] = {}
        self._approvals: dict[str, Approvals] = {}
        self._vocabularies: dict[str, tuple[str, Vocabulary]] = {}
        self._lock = threading.RLock()
        installation.directory.when_deleted(self._forget)

    def tenant(self, principal: Principal) -> Tenant:
        """Return the principal's tenant."""
        return self.installation.workspace(principal.tenant_id).tenant

    def today(self, principal: Principal) -> date:
        """Return the tenant's local date."""
        return self.installation.clock.today(self.tenant(principal).timezone)

    def audit(self, principal: Principal) -> AuditLog:
        """Return the tenant's audit."""
        return self.installation.audit(principal.tenant_id)

    def approvals(self, principal: Principal) -> Approvals:
        """Return the tenant's requests for approval."""
        with self._lock:
            if principal.tenant_id not in self._approvals:
                self._approvals[principal.tenant_id] = Approvals(
                    self.installation.workspace(principal.tenant_id).database,
                    principal.tenant_id,
                    clock=self.installation.clock,
                    minutes=self.installation.settings.approval_minutes,
                )
            return self._approvals[principal.tenant_id]

    def vocabulary(self, principal: Principal) -> Vocabulary:
        """Return the tenant's names, read anew when its data change."""
        engine = self.engine(principal)
        version = engine.store.version
        with self._lock:
            known = self._vocabularies.get(principal.tenant_id)
            if known is None or known[0] != version:
                known = (version, read_vocabulary(engine))
                self._vocabularies[principal.tenant_id] = known
            return known[1]

    def context(
        self, principal: Principal, progress: Progress, consent: Consent | None
    ) -> ToolContext:
        """Return what a tool may reach; made for one call and never kept."""
        return ToolContext(
            principal=principal,
            tenant=self.tenant(principal),
            today=self.today(principal),
            forecasting=self.engine(principal),
            knowledge=self.library(principal),
            audit=self.audit(principal),
            progress=progress,
            consent=consent,
        )

    def refresh(self, principal: Principal) -> Principal:
        """Return the principal with the role the person has now."""
        return self.installation.access.refresh(principal)

    def requester(self, approval: Approval, decider: Principal) -> Principal:
        """Return who asked for an approval, with the role the person has now."""
        access = self.installation.access
        if approval.requested_by == _OWNER:
            role = Role.parse(approval.requested_by_id.removeprefix(f"{_OWNER}-"))
            return access.local(decider.tenant, role=role, channel=approval.channel)
        return access.restore(decider.tenant_id, approval.requested_by_id, channel=approval.channel)

    def people(self, principal: Principal, role: Role) -> list[str]:
        """Return the names of those who have at least this role."""
        everyone = self.installation.people.list(self.tenant(principal))
        return [person.name for person in everyone if person.role >= role]

    def engine(self, principal: Principal) -> ForecastEngine:
        """Return the tenant's engine, the same one every time."""
        with self._lock:
            if principal.tenant_id not in self._engines:
                workspace = self.installation.workspace(principal.tenant_id)
                self._engines[principal.tenant_id] = self._open_engine(
                    workspace, self.installation.clock
                )
            return self._engines[principal.tenant_id]

    def library(self, principal: Principal) -> Library:
        """Return the tenant's documents, the same library every time."""
        with self._lock:
            if principal.tenant_id not in self._libraries:
                workspace = self.installation.workspace(principal.tenant_id)
                self._libraries[principal.tenant_id] = Library(
                    workspace.database, workspace.knowledge, self.installation.clock
                )
            return self._libraries[principal.tenant_id]

    def _forget(self, tenant_id: str) -> None:
        with self._lock:
            if library := self._libraries.pop(tenant_id, None):
                library.close()
            for kept in (self._engines, self._approvals, self._vocabularies):
                kept.pop(tenant_id, None)
