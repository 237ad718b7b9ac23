"""The tables of the journal, and what is read from them inside one transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    Float,
    Index,
    Integer,
    RowMapping,
    String,
    Table,
    Text,
    select,
)

from forecasting.decisions.records import Advice, DecisionRecord, RecommendationRecord
from forecasting.scope import Estimate
from tenants.database import Timestamp, tenant_metadata

RECOMMENDATIONS = Table(
    "recommendations",
    tenant_metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", String(64), nullable=False, unique=True),
    Column("product", Text, nullable=False),
    Column("store", Text),
    Column("stores", JSON, nullable=False),
    Column("start", Date, nullable=False),
    Column("end", Date, nullable=False),
    Column("action", String(12), nullable=False),
    Column("discount_pct", Float, nullable=False),
    Column("planned_discount_pct", Float, nullable=False),
    Column("objective", String(12), nullable=False),
    Column("unit", String(20), nullable=False),
    Column("planned", Float, nullable=False),
    Column("planned_lower", Float, nullable=False),
    Column("planned_upper", Float, nullable=False),
    Column("gain", Float, nullable=False),
    Column("gain_lower", Float, nullable=False),
    Column("gain_upper", Float, nullable=False),
    Column("level", Integer, nullable=False),
    Column("unit_cost", Float),
    Column("arguments", JSON, nullable=False),
    Column("model", String(80), nullable=False),
    Column("data_version", Text, nullable=False),
    Column("advised_on", Date, nullable=False),
    Column("advised_at", Timestamp, nullable=False),
    Column("advised_by", String(80), nullable=False),
    Index("recommendations_by_day", "advised_on"),
)

# A table of its own, so that journals begun before there was such a thing need no change.
ELSEWHERE = Table(
    "recommendations_elsewhere",
    tenant_metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("mean", Float, nullable=False),
    Column("lower", Float, nullable=False),
    Column("upper", Float, nullable=False),
)

# Added to and never changed: the last one of a recommendation is in force.
DECISIONS = Table(
    "decisions",
    tenant_metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("recommendation", Integer, nullable=False),
    Column("verdict", String(12), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String(80), nullable=False),
    Column("on", Date, nullable=False),
    Column("at", Timestamp, nullable=False),
    Index("decisions_by_recommendation", "recommendation"),
)
_ESTIMATES = ("planned", "gain")


def values_of(advice: Advice) -> dict[str, Any]:
    """Return the columns that hold a piece of advice."""
    plain = {
        name: getattr(advice, name)
        for name in Advice.__dataclass_fields__
        if name not in {*_ESTIMATES, "stores", "elsewhere"}
    }
    for name in _ESTIMATES:
        estimate: Estimate = getattr(advice, name)
        plain |= {name: estimate.mean, f"{name}_lower": estimate.lower}
        plain[f"{name}_upper"] = estimate.upper
    return plain | {"stores": list(advice.stores), "fingerprint": advice.fingerprint}


def recommendations(connection: Connection, *where: Any) -> list[RecommendationRecord]:
    """Return the recommendations for which all conditions hold, newest first."""
    query = select(RECOMMENDATIONS).where(*where).order_by(RECOMMENDATIONS.c.number.desc())
    rows = list(connection.execute(query).mappings())
    numbers = [row["number"] for row in rows]
    decided, moved = _decisions(connection, numbers), _elsewhere(connection, numbers)
    return [
        _recommendation(row, decided.get(row["number"], ()), moved.get(row["number"]))
        for row in rows
    ]


def _elsewhere(connection: Connection, numbers: Sequence[int]) -> dict[int, Estimate]:
    if not numbers:
        return {}
    query = select(ELSEWHERE).where(ELSEWHERE.c.number.between(min(numbers), max(numbers)))
    return {
        row["number"]: Estimate(row["mean"], row["lower"], row["upper"])
        for row in connection.execute(query).mappings()
    }


def _decisions(
    connection: Connection, numbers: Sequence[int]
) -> dict[int, tuple[DecisionRecord, ...]]:
    if not numbers:
        return {}
    query = (
        select(DECISIONS)
        .where(DECISIONS.c.recommendation.between(min(numbers), max(numbers)))
        .order_by(DECISIONS.c.number)
    )
    found: dict[int, tuple[DecisionRecord, ...]] = {}
    for row in connection.execute(query).mappings():
        one = DecisionRecord(**{name: row[name] for name in DecisionRecord.__dataclass_fields__})
        found[row["recommendation"]] = (*found.get(row["recommendation"], ()), one)
    return found


def _recommendation(
    row: RowMapping, decisions: tuple[DecisionRecord, ...], elsewhere: Estimate | None
) -> RecommendationRecord:
    own = Advice.__dataclass_fields__.keys() - {"elsewhere"}
    values = {name: row[name] for name in own} | {"elsewhere": elsewhere}
    for name in _ESTIMATES:
        values[name] = Estimate(row[name], row[f"{name}_lower"], row[f"{name}_upper"])
    return RecommendationRecord(
        number=row["number"],
        advice=Advice(**values | {"stores": tuple(row["stores"])}),
        advised_on=row["advised_on"],
        advised_at=row["advised_at"],
        advised_by=row["advised_by"],
        decisions=decisions,
    )
