"""Where Python meets an installation: whose workspace, under whose name, on record."""

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cached_property
from typing import Any

from tenants.audit import AuditEvent, Outcome
from tenants.clock import Clock
from tenants.errors import AppError, Refused
from tenants.installation import Installation
from tenants.principal import Principal
from tenants.roles import Role
from tenants.settings import Settings
from tenants.workspace import Workspace

_CHANNEL = "python"


class Desk:
    """One tenant's workspace, opened when it is first needed by whoever runs this Python.

    On a local workspace that is its owner; on a shared one, the person whose token
    `TILLSIGHT_TOKEN` holds.
    """

    def __init__(self, tenant: str | None, settings: Settings | None, clock: Clock | None) -> None:
        self._tenant = tenant
        self._settings = settings
        self._clock = clock

    @cached_property
    def installation(self) -> Installation:
        """Return the installation that the settings name."""
        return Installation.open(self._settings, self._clock)

    @cached_property
    def principal(self) -> Principal:
        """Return who runs this.

        Raises:
            Refused: The workspace is shared and no token, or another tenant's, is set.
            UnknownItem: There is no such tenant.
        """
        installation = self.installation
        settings = installation.settings
        name = self._tenant or settings.tenant
        if settings.token is None:
            return installation.access.local(name, channel=_CHANNEL)
        token = settings.token.get_secret_value()
        principal = installation.access.with_token(token, channel=_CHANNEL)
        if self._tenant is not None and principal.tenant != self._tenant.strip().lower():
            raise Refused("The token in TILLSIGHT_TOKEN is not for that tenant; use one that is.")
        return principal

    @property
    def workspace(self) -> Workspace:
        """Return the tenant's folder and database."""
        return self.installation.workspace(self.principal.tenant_id)

    @property
    def clock(self) -> Clock:
        """Return what time it is."""
        return self.installation.clock

    def require_local(self) -> None:
        """Make sure that nobody but the owner of the files is asked.

        Raises:
            Refused: The workspace is shared.
        """
        if not self.installation.settings.is_local:
            raise Refused(
                "On a shared workspace a second person approves what goes into production; "
                "ask for it in the chat."
            )

    def close(self) -> None:
        """Release the database connections, if any were opened."""
        if "installation" in self.__dict__:
            self.installation.close()

    @contextmanager
    def recorded(
        self, what: str, arguments: Mapping[str, Any], *, least: Role, together: bool = False
    ) -> Iterator[Principal]:
        """Let a change happen between its intent and its outcome in the audit.

        Args:
            what: The word the audit uses for it.
            arguments: What it was asked with.
            least: The role it takes.
            together: Whether the change and its outcome are one transaction.

        Raises:
            Refused: The person's role is too low.
            Unavailable: It cannot be recorded, so nothing was done.
        """
        principal = self.installation.access.refresh(self.principal)
        audit = self.installation.audit(principal.tenant_id)
        text = json.dumps(arguments, default=str, sort_keys=True)
        event = AuditEvent(secrets.token_hex(16), principal, what, text)
        audit.intend(event)
        try:
            _require(principal, least)
            with self.workspace.database.transaction() if together else nullcontext():
                yield principal
                audit.conclude(event, Outcome.SUCCEEDED)
        except AppError as error:
            audit.conclude(event, Outcome(error.outcome), error.audit_note)
            raise
        except BaseException as bug:
            audit.conclude(event, Outcome.FAILED, type(bug).__name__)
            raise


def _require(principal: Principal, least: Role) -> None:
    if principal.role < least:
        raise Refused(f"This needs the role {least.label}; ask somebody who has it.")
