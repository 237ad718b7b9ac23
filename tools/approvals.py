"""A person's consent to one call, bound to its exact arguments, used once, gone in time."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, Row, String, Table, Text, func, select

from tenants.audit import AUDIT
from tenants.clock import Clock
from tenants.database import Database, Timestamp, tenant_metadata
from tenants.errors import CannotAnswer, Unavailable, UnknownItem
from tenants.principal import Principal

MOST_PENDING = 20
_PREFIX = "AP-"

APPROVALS = Table(
    "approvals",
    tenant_metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("tool", String(80), nullable=False),
    Column("arguments", Text, nullable=False),
    Column("binding", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("requested_by", String(80), nullable=False),
    Column("requested_by_id", String(40), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("requested_at", Timestamp, nullable=False),
    Column("expires_at", Timestamp, nullable=False),
    Column("state", String(12), nullable=False),
    Column("decided_by", String(80), nullable=False),
    Column("decided_at", Timestamp),
    Index("approvals_by_state", "state"),
)


class State(StrEnum):
    """Where a request stands; only a pending one can be decided, and only once."""

    PENDING = "pending"
    DENIED = "denied"
    EXPIRED = "expired"
    USED = "used"


@dataclass(frozen=True, slots=True)
class Approval:
    """A call that waits, or waited, for a person's consent.

    Attributes:
        arguments: Canonical arguments: what will run is exactly this.
        binding: What it rests on besides, e.g. the production model at the time.
        fingerprint: SHA-256 of tenant, tool, arguments and binding.
        approvers: Who may approve it, filled in by the gateway.
    """

    id: str
    tool: str
    arguments: dict[str, Any]
    binding: dict[str, str]
    fingerprint: str
    requested_by: str
    requested_by_id: str
    channel: str
    requested_at: datetime
    expires_at: datetime
    state: State
    decided_by: str = ""
    decided_at: datetime | None = None
    approvers: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the approval ready for JSON."""
        moments = {
            name: value.isoformat(timespec="seconds") if value else None
            for name in ("requested_at", "expires_at", "decided_at")
            for value in (getattr(self, name),)
        }
        kept = {k: v for k, v in asdict(self).items() if k not in {"requested_by_id", "channel"}}
        return kept | moments | {"state": self.state.value, "approvers": list(self.approvers)}


class Approvals:
    """One tenant's requests for approval."""

    def __init__(self, database: Database, tenant_id: str, *, clock: Clock, minutes: int) -> None:
        self.database = database
        self._tenant_id = tenant_id
        self._clock = clock
        self._valid = timedelta(minutes=minutes)
        database.ensure(AUDIT, APPROVALS)

    def request(
        self, principal: Principal, tool: str, arguments: str, binding: dict[str, str]
    ) -> Approval:
        """Ask for consent to one call; asking the same again gives the request that waits.

        Args:
            principal: Who asks.
            tool: What shall run.
            arguments: Canonical JSON.
            binding: What the consent rests on besides.

        Raises:
            Unavailable: The person has too many requests waiting.
        """
        bound = _canonical(binding)
        fingerprint = self._fingerprint(tool, arguments, bound)
        with self.database.transaction() as connection:
            self.database.lock(connection, "approvals")
            now = self._expire(connection)
            waiting = self._pending(connection, principal)
            for row in waiting:
                if row.fingerprint == fingerprint:
                    return _approval(row)
            if len(waiting) >= MOST_PENDING:
                raise Unavailable(
                    f"You have {MOST_PENDING} requests waiting for approval; have some of them "
                    "approved or denied before asking for more."
                )
            number = connection.scalar(select(func.max(APPROVALS.c.number))) or 0
            values = {
                "number": number + 1,
                "tool": tool,
                "arguments": arguments,
                "binding": bound,
                "fingerprint": fingerprint,
                "requested_by": principal.user,
                "requested_by_id": principal.user_id,
                "channel": principal.channel,
                "requested_at": now,
                "expires_at": now + self._valid,
                "state": State.PENDING.value,
                "decided_by": "",
            }
            connection.execute(APPROVALS.insert().values(values))
        return self.get(f"{_PREFIX}{number + 1}")

    def get(self, approval_id: str) -> Approval:
        """Return one request.

        Raises:
            UnknownItem: There is none of that id.
        """
        number = approval_id.strip().upper().removeprefix(_PREFIX)
        with self.database.transaction() as connection:
            self._expire(connection)
            is_number = number.isascii() and number.isdigit() and len(number) < len(str(2**31))
            row = (
                is_number
                and connection.execute(
                    select(APPROVALS).where(APPROVALS.c.number == int(number))
                ).first()
            )
            waiting = [f"{_PREFIX}{row.number}" for row in self._pending(connection)]
        if not row:
            hint = f"waiting are {', '.join(waiting[:5])}." if waiting else "none is waiting."
            raise UnknownItem(
                f"There is no request for approval {approval_id[:20]!r}; {hint}", nearest=waiting
            )
        return _approval(row)

    def pending(self) -> list[Approval]:
        """Return the requests that wait, oldest first."""
        with self.database.transaction() as connection:
            self._expire(connection)
            return [_approval(row) for row in self._pending(connection)]

    def decide(self, approval: Approval, state: State, by: str) -> None:
        """Move a pending request on; of several people at once, one succeeds.

        Raises:
            CannotAnswer: It is decided already, has expired, or is not what was asked for.
        """
        stored = self._fingerprint(
            approval.tool, _canonical(approval.arguments), _canonical(approval.binding)
        )
        with self.database.transaction() as connection:
            now = self._expire(connection)
            changed = connection.execute(
                APPROVALS.update()
                .where(
                    APPROVALS.c.number == int(approval.id.removeprefix(_PREFIX)),
                    APPROVALS.c.state == State.PENDING.value,
                    APPROVALS.c.fingerprint == stored,
                )
                .values(state=state.value, decided_by=by, decided_at=now)
            ).rowcount
            if changed:
                return
        raise CannotAnswer(why_not(self.get(approval.id)))

    def _pending(
        self, connection: Connection, principal: Principal | None = None
    ) -> list[Row[Any]]:
        query = select(APPROVALS).where(APPROVALS.c.state == State.PENDING.value)
        if principal is not None:
            query = query.where(APPROVALS.c.requested_by == principal.user)
        return list(connection.execute(query.order_by(APPROVALS.c.number)))

    def _expire(self, connection: Connection) -> datetime:
        """Mark what has waited too long, and return the present moment.

        The present is never earlier than anything recorded: moving the clock back revives
        nothing.
        """
        moments: list[datetime | None] = [
            connection.scalar(select(func.max(column)))
            for column in (AUDIT.c.at, APPROVALS.c.requested_at, APPROVALS.c.decided_at)
        ]
        now = max([self._clock.now(), *(moment for moment in moments if moment is not None)])
        connection.execute(
            APPROVALS.update()
            .where(APPROVALS.c.state == State.PENDING.value, APPROVALS.c.expires_at <= now)
            .values(state=State.EXPIRED.value, decided_at=now)
        )
        return now

    def _fingerprint(self, tool: str, arguments: str, binding: str) -> str:
        bound = json.dumps([self._tenant_id, tool, arguments, binding])
        return hashlib.sha256(bound.encode()).hexdigest()


def why_not(approval: Approval) -> str:
    """Say why a request cannot be decided any more."""
    if approval.state is State.EXPIRED:
        return f"{approval.id} waited too long and has expired; ask for {approval.tool!r} again."
    if approval.state is State.PENDING:
        return f"{approval.id} is not what was asked for; nothing was done."
    done = "denied" if approval.state is State.DENIED else "approved"
    return f"{approval.id} was {done} by {approval.decided_by} already; nothing was done."


def _canonical(values: dict[str, Any]) -> str:
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _approval(row: Row[Any]) -> Approval:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    return Approval(
        id=f"{_PREFIX}{values.pop('number')}",
        arguments=json.loads(values.pop("arguments")),
        binding=json.loads(values.pop("binding")),
        state=State(values.pop("state")),
        **values,
    )
