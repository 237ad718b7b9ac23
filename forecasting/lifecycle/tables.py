"""The tables of the registry, and what is read from them inside one transaction."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    RowMapping,
    Select,
    String,
    Table,
    Text,
    func,
    select,
)

from forecasting.lifecycle.records import ModelRecord, Move, Stage
from tenants.database import Timestamp, tenant_metadata

MODELS = Table(
    "models",
    tenant_metadata,
    Column("id", String(80), primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("family", String(40), nullable=False),
    Column("version", String(20), nullable=False),
    Column("source", String(12), nullable=False),
    Column("servable", Boolean, nullable=False),
    Column("archived", Boolean, nullable=False),
    Column("deleted_at", Timestamp),
    Column("created_at", Timestamp, nullable=False),
    Column("created_by", String(80), nullable=False),
    Column("metrics", JSON, nullable=False),
    Column("data_version", Text, nullable=False),
    Column("cutoff", Date),
    Column("checksum", String(64), nullable=False),
)

# One row: which model serves. `move` counts its changes.
POINTER = Table(
    "production_pointer",
    tenant_metadata,
    Column("name", String(20), primary_key=True),
    Column("model_id", String(80), nullable=False),
    Column("move", Integer, nullable=False),
)

MOVES = Table(
    "production_moves",
    tenant_metadata,
    Column("move", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(10), nullable=False),
    Column("model_id", String(80), nullable=False),
    Column("replaced", String(80)),
    Column("at", Timestamp, nullable=False),
    Column("by", String(80), nullable=False),
    Column("approval", String(20), nullable=False),
    Column("approved_by", String(80), nullable=False),
    Column("reason", Text, nullable=False),
)

_PROMOTED = (
    select(MOVES.c.model_id, func.max(MOVES.c.at).label("promoted_at"))
    .group_by(MOVES.c.model_id)
    .subquery()
)


def models() -> Select[Any]:
    """Return the query for models that were not deleted, newest first."""
    return (
        select(MODELS, _PROMOTED.c.promoted_at)
        .outerjoin(_PROMOTED, _PROMOTED.c.model_id == MODELS.c.id)
        .where(MODELS.c.deleted_at.is_(None))
        .order_by(MODELS.c.number.desc())
    )


def fetch(connection: Connection, query: Select[Any]) -> list[ModelRecord]:
    """Return the records that a query made from `models()` finds."""
    serving, _move = pointer(connection)
    return [_record(row, serving) for row in connection.execute(query).mappings()]


def pointer(connection: Connection) -> tuple[str | None, int]:
    """Return which model serves, and how often that has changed."""
    row = connection.execute(select(POINTER.c.model_id, POINTER.c.move)).first()
    return (row.model_id, row.move) if row else (None, 0)


def next_number(connection: Connection) -> int:
    """Return the number of the next model; deleted ones count, so no id comes back."""
    return (connection.execute(select(func.max(MODELS.c.number))).scalar() or 0) + 1


def free_version(connection: Connection, family: str, day: str) -> str:
    """Return the first version of a family and day that no model, even a deleted one, has."""
    of_family = select(MODELS.c.version).where(MODELS.c.family == family)
    taken = set(connection.execute(of_family).scalars())
    version, n = day, 1
    while version in taken:
        n += 1
        version = f"{day}.{n}"
    return version


def make_move(connection: Connection, move: Move) -> None:
    """Move the pointer and remember it; the model it leaves is archived."""
    values = {"model_id": move.model_id, "move": move.move}
    if move.replaced is None:
        connection.execute(POINTER.insert().values(name="production", **values))
    else:
        connection.execute(POINTER.update().values(values))
    connection.execute(MOVES.insert().values(asdict(move)))
    left = MODELS.update().where(MODELS.c.id == move.replaced)
    connection.execute(left.values(archived=True))


def rollback_target(connection: Connection) -> str | None:
    """Return the id of the production model before the present one.

    A rollback takes promotions back, so after one the model before is the one before both:
    rolling back twice goes two steps back, not to and fro.
    """
    stack: list[str] = []
    moves = connection.execute(
        select(MOVES.c.model_id, MOVES.c.kind)
        .join(MODELS, MODELS.c.id == MOVES.c.model_id)
        .where(MODELS.c.deleted_at.is_(None))
        .order_by(MOVES.c.move)
    )
    for name, kind in moves:
        if name in stack:
            at = stack.index(name)
            del stack[at : None if kind == "rollback" else at + 1]
        stack.append(name)
    return stack[-2] if len(stack) > 1 else None


def _record(row: RowMapping, serving: str | None) -> ModelRecord:
    known = {name: row[name] for name in ModelRecord.__dataclass_fields__ if name != "stage"}
    if row["id"] == serving:
        stage = Stage.PRODUCTION
    else:
        stage = Stage.ARCHIVED if row["archived"] else Stage.STAGING
    return ModelRecord(**known, stage=stage)
