"""The forecasts that one tenant's people were told, each once, the oldest forgotten."""

from collections.abc import Sequence
from datetime import date

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
    func,
    select,
)

from forecasting.scope import Estimate, Scope
from forecasting.told.records import Told, about
from tenants.database import Database, tenant_metadata

TOLD = Table(
    "forecasts_told",
    tenant_metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", String(32), nullable=False, unique=True),
    Column("about", String(32), nullable=False),
    Column("products", JSON(none_as_null=True)),
    Column("stores", JSON(none_as_null=True)),
    Column("start", Date, nullable=False),
    Column("end", Date, nullable=False),
    Column("mean", Float, nullable=False),
    Column("lower", Float, nullable=False),
    Column("upper", Float, nullable=False),
    Column("unit", String(20), nullable=False),
    Column("level", Integer, nullable=False),
    Column("model", String(80), nullable=False),
    Column("data_version", Text, nullable=False),
    Column("cutoff", Date, nullable=False),
    Column("told_on", Date, nullable=False),
    Index("forecasts_told_about", "about"),
)
MOST_KEPT = 5_000
_MOST_LOOKED_AT = 100
_LOCK = "told forecasts"
_PLAIN = ("start", "end", "unit", "level", "model", "data_version", "cutoff", "told_on")


class ToldForecasts:
    """Remembers and finds what one tenant's people were told."""

    def __init__(self, database: Database, *, most: int = MOST_KEPT) -> None:
        """Keep them in a database, at most so many."""
        self._database = database
        self._most = most
        database.ensure(TOLD)

    def remember(self, told: Told) -> None:
        """Keep a forecast, unless the same was told before; the oldest make room."""
        known = select(TOLD.c.number).where(TOLD.c.fingerprint == told.fingerprint)
        with self._database.reading() as connection:
            if connection.execute(known).first() is not None:
                return
        # The record of the call, which is written next, takes it to the disk too.
        with self._database.transaction(may_be_lost=True) as connection:
            self._database.lock(connection, _LOCK)
            if connection.execute(known).first() is None:
                self._insert(connection, told)

    def _insert(self, connection: Connection, told: Told) -> None:
        number = 1 + (connection.execute(select(func.max(TOLD.c.number))).scalar() or 0)
        values = {name: getattr(told, name) for name in (*_PLAIN, "about", "fingerprint")}
        values |= {name: getattr(told.figure, name) for name in ("mean", "lower", "upper")}
        values |= {"products": told.scope.products, "stores": told.scope.stores}
        connection.execute(TOLD.insert().values(number=number, **values))
        connection.execute(TOLD.delete().where(TOLD.c.number <= number - self._most))

    def of(self, scope: Scope, start: date, end: date) -> Sequence[Told]:
        """Return what was told of a scope for all of these days, the newest first.

        Forecasts of just these days come before those of longer periods.
        """
        query = (
            select(TOLD)
            .where(TOLD.c.about == about(scope), TOLD.c.start <= start, TOLD.c.end >= end)
            .order_by(TOLD.c.number.desc())
            .limit(_MOST_LOOKED_AT)
        )
        with self._database.reading() as connection:
            found = [_told(row) for row in connection.execute(query).mappings()]
        return sorted(found, key=lambda one: (one.start, one.end) != (start, end))


def _told(row: RowMapping) -> Told:
    figure = Estimate(row["mean"], row["lower"], row["upper"])
    scope = Scope(*(None if row[n] is None else tuple(row[n]) for n in ("products", "stores")))
    return Told(scope=scope, figure=figure, **{name: row[name] for name in _PLAIN})
