"""Refusals that happen before the gateway, on the same record as its own."""

import json
import secrets

from tenants.audit import AuditEvent, AuditLog, Outcome
from tenants.principal import Principal

_LONGEST = 400


class Refusals:
    """Writes what was refused in conversation to the tenant's audit."""

    def __init__(self, audit: AuditLog, principal: Principal) -> None:
        self._audit = audit
        self._principal = principal

    def note(self, tool: str, arguments: str, why: str) -> None:
        """Record an attempt that was refused, and why.

        Raises:
            Unavailable: It could not be recorded.
        """
        event = AuditEvent(f"ask-{secrets.token_hex(8)}", self._principal, tool, arguments)
        self._audit.intend(event)
        self._audit.conclude(event, Outcome.REFUSED, why)

    def note_question(self, question: str, why: str) -> None:
        """Record a question that was refused."""
        self.note("ask", json.dumps({"question": question[:_LONGEST]}, ensure_ascii=False), why)
