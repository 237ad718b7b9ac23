"""Refusals that happen before the gateway, on the same record as its own."""

import json
import secrets
from collections.abc import Sequence

from tenants.audit import AuditEvent, AuditLog, Outcome
from tenants.principal import Principal

_LONGEST = 400
_MOST = 20


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

    def note_answer(self, ungrounded: Sequence[str]) -> None:
        """Record that an answer was replaced for figures without ground; `answer` counts them."""
        shown = json.dumps({"ungrounded": list(ungrounded)[:_MOST]}, ensure_ascii=False)
        self.note("answer", shown, "ungrounded")
