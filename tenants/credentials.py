"""Secrets that stand for a person: API tokens and one-time sign-in links.

Only their SHA-256 is kept. They carry 256 random bits, so a slow hash adds nothing.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Row, String, Table, select

from tenants.clock import Clock
from tenants.database import Database, Timestamp, control_metadata

TOKENS = Table(
    "tokens",
    control_metadata,
    Column("id", String(24), primary_key=True),
    Column("secret", String(64), nullable=False, unique=True),
    Column("kind", String(8), nullable=False),
    Column("tenant_id", String(24), nullable=False),
    Column("person_id", String(24), nullable=False),
    Column("label", String(60), nullable=False),
    Column("created_at", Timestamp, nullable=False),
    Column("expires_at", Timestamp, nullable=False),
    Column("used_at", Timestamp),
)
_TOKEN, _LINK = "token", "link"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a secret stands for."""

    tenant_id: str
    person_id: str


@dataclass(frozen=True, slots=True)
class Token:
    """An API token as its owner may see it again: never the secret."""

    id: str
    label: str
    created_at: datetime
    expires_at: datetime


class Credentials:
    """Issues, accepts and revokes tokens and links."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        database.ensure(TOKENS)

    def issue_token(self, holder: Holder, *, label: str, valid: timedelta) -> str:
        """Return a new API token; it is shown this once."""
        return self._issue(_TOKEN, "ts_", holder, label, valid)

    def issue_link(self, holder: Holder, *, valid: timedelta) -> str:
        """Return the secret of a sign-in link that works once."""
        return self._issue(_LINK, "", holder, "", valid)

    def accept_token(self, secret: str) -> Holder | None:
        """Return whom a token stands for, or None when it is unknown or expired."""
        with self._database.reading() as connection:
            row = connection.execute(self._valid(_TOKEN, secret)).first()
        return Holder(row.tenant_id, row.person_id) if row else None

    def accept_link(self, secret: str) -> Holder | None:
        """Use a link up; return whom it stands for, or None when it no longer works."""
        with self._database.transaction() as connection:
            row = connection.execute(self._valid(_LINK, secret)).first()
            if row is None:
                return None
            used = connection.execute(
                TOKENS.update()
                .where(TOKENS.c.id == row.id, TOKENS.c.used_at.is_(None))
                .values(used_at=self._clock.now())
            )
            return Holder(row.tenant_id, row.person_id) if used.rowcount == 1 else None

    def tokens(self, holder: Holder) -> list[Token]:
        """Return a person's API tokens, newest first."""
        query = (
            select(TOKENS)
            .where(TOKENS.c.person_id == holder.person_id, TOKENS.c.kind == _TOKEN)
            .order_by(TOKENS.c.created_at.desc())
        )
        with self._database.reading() as connection:
            return [_token(row) for row in connection.execute(query)]

    def revoke(self, holder: Holder, token_id: str) -> bool:
        """Make a token useless; return whether there was one."""
        with self._database.transaction() as connection:
            done = connection.execute(
                TOKENS.delete().where(
                    TOKENS.c.id == token_id, TOKENS.c.person_id == holder.person_id
                )
            )
            return done.rowcount == 1

    def revoke_all(self, tenant_id: str) -> None:
        """Make every secret of a tenant useless."""
        with self._database.transaction() as connection:
            connection.execute(TOKENS.delete().where(TOKENS.c.tenant_id == tenant_id))

    def _issue(self, kind: str, prefix: str, holder: Holder, label: str, valid: timedelta) -> str:
        secret = prefix + secrets.token_urlsafe(32)
        now = self._clock.now()
        with self._database.transaction() as connection:
            connection.execute(
                TOKENS.insert().values(
                    id="k" + secrets.token_hex(8),
                    secret=_digest(secret),
                    kind=kind,
                    tenant_id=holder.tenant_id,
                    person_id=holder.person_id,
                    label=label[:60],
                    created_at=now,
                    expires_at=now + valid,
                )
            )
        return secret

    def _valid(self, kind: str, secret: str) -> Any:
        return select(TOKENS).where(
            TOKENS.c.secret == _digest(secret),
            TOKENS.c.kind == kind,
            TOKENS.c.used_at.is_(None),
            TOKENS.c.expires_at > self._clock.now(),
        )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _token(row: Row[Any]) -> Token:
    return Token(row.id, row.label, row.created_at, row.expires_at)
