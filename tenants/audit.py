"""What happened, in a record that can be added to and never changed.

Each tool call leaves two records: its intent, written before anything runs, and its
outcome. Every record carries an HMAC of itself and of the record before it, under a key kept
outside the database, so a change, a gap or a forged record shows; the signed head kept beside the
key shows a cut-off end or a restored older copy.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import DDL, Column, Index, Integer, Row, String, Table, Text, event, select

from tenants.clock import Clock
from tenants.database import Database, Timestamp, tenant_metadata
from tenants.head import Head
from tenants.principal import Principal

_LONGEST_ARGUMENTS = 4_000
_FIRST = "0" * 64

AUDIT = Table(
    "audit",
    tenant_metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Timestamp, nullable=False),
    Column("phase", String(10), nullable=False),
    Column("outcome", String(12)),
    Column("call_id", String(64), nullable=False),
    Column("user_id", String(40), nullable=False),
    Column("user", String(80), nullable=False),
    Column("role", String(12), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("tool", String(80), nullable=False),
    Column("arguments", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("approval", String(20), nullable=False),
    Column("approved_by", String(80), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("audit_by_tool", "tool"),
    Index("audit_by_call", "call_id"),
)
# Put together once: SQLAlchemy takes as long for that as the database for the rest.
_NEWEST = select(AUDIT.c.sequence, AUDIT.c.hash).order_by(AUDIT.c.sequence.desc()).limit(1)
_ADDED = AUDIT.insert()
for _action in ("UPDATE", "DELETE"):
    event.listen(
        AUDIT,
        "after_create",
        DDL(  # type: ignore[no-untyped-call]
            f"CREATE TRIGGER audit_no_{_action.lower()} BEFORE {_action} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
        ).execute_if(dialect="sqlite"),
    )
    event.listen(
        AUDIT,
        "after_create",
        DDL(  # type: ignore[no-untyped-call]
            f"CREATE RULE audit_no_{_action.lower()} AS ON {_action} TO audit DO INSTEAD NOTHING"
        ).execute_if(dialect="postgresql"),
    )


class Outcome(StrEnum):
    """How a tool call ended."""

    SUCCEEDED = "succeeded"
    REFUSED = "refused"
    INVALID = "invalid"
    FAILED = "failed"
    AWAITING = "awaiting"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One tool call, as far as it is known.

    Attributes:
        arguments: JSON text; what is too long is cut and its SHA-256 and size are kept.
        approval: The approval that allowed the call, if one did.
        approved_by: The person who gave it.
    """

    call_id: str
    principal: Principal
    tool: str
    arguments: str
    approval: str = ""
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """One line of the audit."""

    sequence: int
    at: datetime
    phase: str
    outcome: str | None
    call_id: str
    user_id: str
    user: str
    role: str
    channel: str
    tool: str
    arguments: str
    note: str
    approval: str
    approved_by: str
    hash: str

    def to_dict(self) -> dict[str, Any]:
        """Return the record ready for JSON."""
        return asdict(self) | {"at": self.at.isoformat()}


@dataclass(frozen=True, slots=True)
class Verification:
    """What checking the whole chain found.

    Attributes:
        ok: Whether every record is as it was written and none is missing.
        records: How many were checked.
        first_bad: Sequence number of the first record that fails.
        why: What is wrong with it, or an empty string.
    """

    ok: bool
    records: int
    first_bad: int | None = None
    why: str = ""


class AuditLog:
    """One tenant's audit."""

    def __init__(
        self, database: Database, *, key: bytes, head: Path, clock: Clock, timezone: str = "UTC"
    ) -> None:
        self._database = database
        self._timezone = ZoneInfo(timezone)
        self._key = key
        self._head = Head(head, key)
        self._clock = clock
        database.ensure(AUDIT)

    def intend(self, event: AuditEvent) -> AuditRecord:
        """Record that a call is about to be judged and run.

        Raises:
            Unavailable: It could not be recorded, so the call must not run.
        """
        return self._append(event, "intent", None, "")

    def conclude(self, event: AuditEvent, outcome: Outcome, note: str = "") -> AuditRecord:
        """Record how a call ended.

        Raises:
            Unavailable: It could not be recorded.
        """
        return self._append(event, "outcome", outcome, note)

    def records(
        self,
        *,
        user: str | None = None,
        tool: str | None = None,
        outcome: str | None = None,
        start: date | None = None,
        end: date | None = None,
        limit: int | None = 50,
    ) -> list[AuditRecord]:
        """Return records, newest first; dates are the tenant's days, both included."""
        query = select(AUDIT).order_by(AUDIT.c.sequence.desc()).limit(limit)
        for column, value in (("user", user), ("tool", tool), ("outcome", outcome)):
            if value is not None:
                query = query.where(AUDIT.c[column] == value)
        if start is not None:
            query = query.where(AUDIT.c.at >= self._midnight(start))
        if end is not None:
            query = query.where(AUDIT.c.at < self._midnight(end + timedelta(days=1)))
        with self._database.reading() as connection:
            return [_record(row) for row in connection.execute(query)]

    def verify(self) -> Verification:
        """Check every record against its hash, its neighbour and the signed head."""
        count, previous = 0, _FIRST
        promised = self._head.read()
        for record in self._all():
            count += 1
            if record.sequence != count:
                return Verification(False, count, count, "a record is missing or out of order")
            if not hmac.compare_digest(record.hash, self._sign(record, previous)):
                return Verification(False, count, count, "the record was changed")
            if count == promised.sequence and record.hash != promised.hash:
                return Verification(False, count, count, "the history was rewritten")
            previous = record.hash
        if promised.forged or (count and not promised.sequence):
            return Verification(
                False, count, count or None, "the signed head was changed or removed"
            )
        if promised.sequence > count:
            why = f"records {count + 1} to {promised.sequence} were cut off"
            return Verification(False, count, count + 1, why)
        return Verification(True, count)

    def export(self, path: Path) -> int:
        """Write all records as JSON lines, oldest first; return how many."""
        draft = path.with_name(f".{path.name}.part")
        count = 0
        with draft.open("w", encoding="utf-8") as file:
            for record in self._all():
                file.write(json.dumps(record.to_dict(), ensure_ascii=False) + "\n")
                count += 1
        draft.replace(path)
        return count

    def _all(self) -> Iterator[AuditRecord]:
        with self._database.reading() as connection:
            for row in connection.execute(select(AUDIT).order_by(AUDIT.c.sequence)):
                yield _record(row)

    def _append(
        self, event: AuditEvent, phase: str, outcome: Outcome | None, note: str
    ) -> AuditRecord:
        with self._database.transaction() as connection:
            self._database.lock(connection, "audit")
            last = connection.execute(_NEWEST).first()
            sequence, previous = (last.sequence + 1, last.hash) if last else (1, _FIRST)
            unsigned = AuditRecord(
                sequence=sequence,
                at=self._clock.now(),
                phase=phase,
                outcome=outcome.value if outcome else None,
                call_id=event.call_id[:64],
                user_id=event.principal.user_id,
                user=event.principal.user,
                role=event.principal.role.label,
                channel=event.principal.channel,
                tool=event.tool[:80],
                arguments=_shortened(event.arguments),
                note=note[:_LONGEST_ARGUMENTS],
                approval=event.approval,
                approved_by=event.approved_by,
                hash="",
            )
            values = asdict(unsigned) | {"hash": self._sign(unsigned, previous)}
            connection.execute(_ADDED, values)
            self._database.after_commit(lambda: self._head.write(sequence, values["hash"]))
        return AuditRecord(**values)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._timezone)

    def _sign(self, record: AuditRecord, previous: str) -> str:
        content = record.to_dict() | {"hash": previous}
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hmac.new(self._key, text.encode(errors="replace"), hashlib.sha256).hexdigest()


def _record(row: Row[Any]) -> AuditRecord:
    return AuditRecord(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def _shortened(arguments: str) -> str:
    if len(arguments) <= _LONGEST_ARGUMENTS:
        return arguments
    whole = arguments.encode(errors="replace")
    return json.dumps(
        {
            "cut": arguments[:1_000],
            "bytes": len(whole),
            "sha256": hashlib.sha256(whole).hexdigest(),
        }
    )
