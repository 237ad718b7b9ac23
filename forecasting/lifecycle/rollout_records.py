"""Which models were tried out on a share of the forecasts, when, and by whom."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Column, Connection, Float, Integer, String, Table, Text, func, select

from tenants.database import Timestamp, tenant_metadata

Kind = Literal["canary", "ab"]

ROLLOUTS = Table(
    "rollouts",
    tenant_metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(10), nullable=False),
    Column("model_id", String(80), nullable=False),
    Column("production", String(80), nullable=False),
    Column("traffic_pct", Float, nullable=False),
    Column("started_at", Timestamp, nullable=False),
    Column("started_by", String(80), nullable=False),
    Column("approval", String(20), nullable=False),
    Column("approved_by", String(80), nullable=False),
    Column("ended_at", Timestamp),
    Column("ended_by", String(80), nullable=False),
    Column("end_approval", String(20), nullable=False),
    Column("end_approved_by", String(80), nullable=False),
    Column("end_reason", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Rollout:
    """A model tried out beside the production model.

    Attributes:
        kind: `canary` to try it on a few series, `ab` to compare two side by side.
        model_id: The model tried out.
        production: The model that serves all other series.
        traffic_pct: Percent of series that the tried model forecasts.
        approval: The approval it was started under.
        ended_at: None while it runs.
        end_approval: The approval it was stopped under; empty when production changed instead.
    """

    number: int
    kind: Kind
    model_id: str
    production: str
    traffic_pct: float
    started_at: datetime
    started_by: str
    approval: str
    approved_by: str
    ended_at: datetime | None = None
    ended_by: str = ""
    end_approval: str = ""
    end_approved_by: str = ""
    end_reason: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a rollout ends: when, in whose name, under which approval, and why."""

    ended_at: datetime
    ended_by: str
    end_approval: str
    end_approved_by: str
    end_reason: str


def running(connection: Connection) -> Rollout | None:
    """Return the rollout that has not ended, if there is one."""
    query = select(ROLLOUTS).where(ROLLOUTS.c.ended_at.is_(None))
    row = connection.execute(query).mappings().first()
    return None if row is None else Rollout(**row)


def next_rollout(connection: Connection) -> int:
    """Return the number of the next rollout."""
    return (connection.scalar(select(func.max(ROLLOUTS.c.number))) or 0) + 1


def end(connection: Connection, ending: Ending) -> None:
    """End the rollout that runs, if one does."""
    values: dict[str, Any] = {field.name: getattr(ending, field.name) for field in fields(ending)}
    connection.execute(ROLLOUTS.update().where(ROLLOUTS.c.ended_at.is_(None)).values(values))
