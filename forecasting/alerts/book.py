"""One tenant's alerts: raised once for the same thing, acknowledged by a person."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import (
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

from forecasting.alerts.records import PREFIX, AlertRecord, Sign, Status, family
from forecasting.numbered import number_of
from tenants.clock import Clock
from tenants.database import Database, Timestamp, tenant_metadata
from tenants.errors import UnknownItem

ALERTS = Table(
    "alerts",
    tenant_metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(12), nullable=False),
    Column("start", Date, nullable=False),
    Column("end", Date, nullable=False),
    Column("store", Text),
    Column("product", Text),
    Column("actual", Float),
    Column("expected", Float),
    Column("score", Float),
    Column("factor", Integer),
    Column("unit", String(20), nullable=False),
    Column("series", Integer, nullable=False),
    Column("model", String(80), nullable=False),
    Column("status", String(12), nullable=False),
    Column("raised_on", Date, nullable=False),
    Column("raised_at", Timestamp, nullable=False),
    Column("acknowledged_by", String(80), nullable=False),
    Column("acknowledged_on", Date),
    Column("acknowledged_at", Timestamp),
    Column("note", Text, nullable=False),
    Index("alerts_by_status", "status"),
)
_LOCK = "alerts"
_SIGN = [field.name for field in fields(Sign)]
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Update:
    """What new signs changed; ids.

    Attributes:
        raised: New alerts, and cleared ones that came back.
        cleared: Open ones of which nothing is to be seen any more.
    """

    raised: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()


class AlertBook:
    """Writes down and finds the alerts of one tenant."""

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self._database = database
        self._clock = clock or Clock()
        database.ensure(ALERTS)

    def update(self, signs: Sequence[Sign], *, since: date, today: date) -> Update:
        """Hold what is wrong now against the alerts there are.

        A sign that overlaps an alert of its family, store and product is that alert, whoever has
        acknowledged it; any other raises a new one. Open alerts that begin on `since` or later,
        or concern the data or model as a whole, are cleared where no sign is left of them.

        Args:
            signs: All that is wrong in the days looked at.
            since: The first of these days.
            today: The tenant's local date.
        """
        with self._database.transaction() as connection:
            self._database.lock(connection, _LOCK)
            known = _rows(connection)
            raised, seen = [], set()
            for sign in signs:
                row = next((one for one in known if _same(one, sign)), None)
                number = self._add(connection, sign, today) if row is None else row["number"]
                if row is not None:
                    _renew(connection, row, sign)
                if row is None or row["status"] == "cleared":
                    raised.append(number)
                seen.add(number)
            gone = [
                one["number"] for one in known if _is_over(one, since) and one["number"] not in seen
            ]
            change = ALERTS.update().where(ALERTS.c.number.in_(gone)).values(status="cleared")
            if gone:
                connection.execute(change)
        return Update(_ids(raised), _ids(gone))

    def get(self, alert_id: str) -> AlertRecord:
        """Return one alert.

        Raises:
            UnknownItem: There is none of that id; the message names open ones.
        """
        number = number_of(alert_id, PREFIX)
        query = select(ALERTS).where(ALERTS.c.number == number)
        with self._database.reading() as connection:
            row = None if number is None else connection.execute(query).mappings().first()
        if row is None:
            open_ = [one.id for one in self.list("open")]
            named = ", ".join(open_[:_MOST_NAMED])
            hint = f"open are {named}." if open_ else "none is open."
            raise UnknownItem(f"There is no alert {alert_id[:20]!r}; {hint}", nearest=open_)
        return _record(row)

    def list(self, status: Status | None = None) -> list[AlertRecord]:
        """Return alerts, those of the newest days first; those of one status if it is given."""
        query = select(ALERTS).order_by(ALERTS.c.start.desc(), ALERTS.c.number)
        if status is not None:
            query = query.where(ALERTS.c.status == status)
        with self._database.reading() as connection:
            return [_record(row) for row in connection.execute(query).mappings()]

    def count(self, status: Status) -> int:
        """Return how many alerts have a status."""
        query = select(func.count()).select_from(ALERTS).where(ALERTS.c.status == status)
        with self._database.reading() as connection:
            return connection.execute(query).scalar() or 0

    def acknowledge(
        self, alert_id: str, *, by: str, today: date, note: str = ""
    ) -> tuple[AlertRecord, bool]:
        """Write down that somebody has looked; who did so first stays on record.

        Args:
            alert_id: Its id.
            by: Who.
            today: The tenant's local date.
            note: What they found; a later note takes the place of an earlier one.

        Returns:
            The alert, and whether it was not acknowledged before.

        Raises:
            UnknownItem: There is none of that id.
        """
        with self._database.transaction() as connection:
            self._database.lock(connection, _LOCK)
            before = self.get(alert_id)
            is_first = not before.acknowledged_by
            values: dict[str, Any] = {"status": "acknowledged"}
            if is_first:
                values |= {
                    "acknowledged_by": by,
                    "acknowledged_on": today,
                    "acknowledged_at": self._clock.now(),
                }
            if note:
                values["note"] = note
            of_it = ALERTS.update().where(ALERTS.c.number == before.number)
            connection.execute(of_it.values(values))
            return self.get(alert_id), is_first

    def _add(self, connection: Connection, sign: Sign, today: date) -> int:
        last: int = connection.execute(select(func.max(ALERTS.c.number))).scalar() or 0
        values = asdict(sign) | {
            "number": last + 1,
            "status": "open",
            "raised_on": today,
            "raised_at": self._clock.now(),
            "acknowledged_by": "",
            "note": "",
        }
        connection.execute(ALERTS.insert().values(values))
        return last + 1


def _rows(connection: Connection) -> list[RowMapping]:
    return list(connection.execute(select(ALERTS).order_by(ALERTS.c.number)).mappings())


def _same(row: RowMapping, sign: Sign) -> bool:
    of_one = (family(row["kind"]), row["store"], row["product"])
    overlaps = bool(row["start"] <= sign.end and sign.start <= row["end"])
    return overlaps and of_one == (family(sign.kind), sign.store, sign.product)


def _renew(connection: Connection, row: RowMapping, sign: Sign) -> None:
    """Bring an alert up to what is seen now."""
    values = asdict(sign)
    if row["store"] is not None and sign.start > row["start"]:
        # It began before the days looked at, so the figures seen now are of a part of it.
        values = {"end": max(row["end"], sign.end)}
    if row["status"] == "cleared":
        values["status"] = "open"
    connection.execute(ALERTS.update().where(ALERTS.c.number == row["number"]).values(values))


def _is_over(row: RowMapping, since: date) -> bool:
    return row["status"] == "open" and (row["store"] is None or row["start"] >= since)


def _ids(numbers: Sequence[int]) -> tuple[str, ...]:
    return tuple(f"{PREFIX}-{number}" for number in numbers)


def _record(row: RowMapping) -> AlertRecord:
    values = dict(row)
    sign = Sign(**{name: values.pop(name) for name in _SIGN})
    return AlertRecord(sign=sign, **values)
