"""One call's two audit records: its intent, and how it ended."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar

from tenants.audit import AuditEvent, AuditLog, Outcome
from tenants.errors import AppError, NeedsDetail, Unavailable, UnknownItem
from tenants.principal import Principal
from tools.arguments import canonical_json
from tools.contract import Consent
from tools.outcomes import Failed

T = TypeVar("T")


class Record:
    """What is known of a call so far; it grows as the call is judged.

    Attributes:
        principal: In whose name it is recorded.
        arguments: Canonical arguments, once they are known.
        consent: The approval it runs under, if it does.
    """

    def __init__(self, event: AuditEvent, audit: AuditLog) -> None:
        self._event = event
        self._audit = audit
        self.principal: Principal = event.principal
        self.arguments: dict[str, Any] | None = None
        self.consent: Consent | None = None

    def intend(self) -> None:
        """Record the attempt, as it was written."""
        self._audit.intend(self._event)

    def conclude(self, outcome: Outcome, note: str = "") -> None:
        """Record how it ended, with canonical arguments where they are known."""
        event = replace(self._event, principal=self.principal)
        if self.arguments is not None:
            event = replace(event, arguments=canonical_json(self.arguments))
        if self.consent is not None:
            approval, by = self.consent.approval, self.consent.approved_by
            event = replace(event, approval=approval, approved_by=by)
        self._audit.conclude(event, outcome, note)

    def failed(self, error: AppError) -> Failed:
        """Return the failure in words, for the caller."""
        choices: tuple[str, ...] = ()
        asks_for: tuple[str, ...] = ()
        if isinstance(error, NeedsDetail):
            asks_for, choices = error.asks_for, error.choices
        elif isinstance(error, UnknownItem):
            choices = error.nearest
        return Failed(
            call_id=self._event.call_id,
            tool=self._event.tool,
            arguments=self.arguments or {},
            outcome=Outcome(error.outcome),
            reason=error.reason,
            message=str(error),
            asks_for=asks_for,
            choices=choices,
        )


def recorded(event: AuditEvent, audit: AuditLog, act: Callable[[Record], T]) -> T | Failed:
    """Record the attempt, act, and see to it that a failure is recorded too.

    An expected failure becomes words. A bug is recorded by its kind alone, and goes on its way.
    """
    record = Record(event, audit)
    try:
        record.intend()
    except Unavailable as error:
        return record.failed(error)
    try:
        return act(record)
    except AppError as error:
        with suppress(Unavailable):
            record.conclude(Outcome(error.outcome), error.audit_note)
        return record.failed(error)
    except BaseException as bug:
        with suppress(Unavailable):
            record.conclude(Outcome.FAILED, type(bug).__name__)
        raise
