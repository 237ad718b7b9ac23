"""What time it is: real for records, fixable for business questions."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment for records and the day for business questions.

    Records always carry real time. `today`, what "next week" counts from, can be
    fixed so that a question has the same answer whenever it is asked.
    """

    fixed_today: date | None = None

    def now(self) -> datetime:
        """Return the real moment, in UTC."""
        return datetime.now(UTC)

    def today(self, timezone: str = "UTC") -> date:
        """Return the tenant's local date, or the fixed one."""
        return self.fixed_today or datetime.now(ZoneInfo(timezone)).date()
