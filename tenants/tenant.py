"""A tenant: one retailer and the conventions its people expect."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Tenant:
    """One retailer.

    Attributes:
        id: Random, never reused; the only part of a tenant that becomes a path.
        name: The short name people type, e.g. `harbor`.
        title: The name people read, e.g. `Harbor Market`.
        currency: ISO 4217 code of every money figure.
        locale: How dates and numbers are written, e.g. `en-US`.
        timezone: IANA name; decides what day today is.
        country: ISO 3166 code whose public holidays count, or an empty string.
        week_starts: 0 for Monday to 6 for Sunday.
    """

    id: str
    name: str
    title: str
    currency: str
    locale: str
    timezone: str
    country: str
    week_starts: int
    created_at: datetime
