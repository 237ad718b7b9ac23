"""Who is asking, as established by an entry point."""

from dataclasses import dataclass
from typing import Any

from tenants.roles import Role

# Only `tenants.access` holds this; without it no Principal can be made.
_SEAL = object()


@dataclass(frozen=True, slots=True)
class Principal:
    """One person in one tenant, authenticated; made by `tenants.access.Access` alone."""

    tenant_id: str
    tenant: str
    user_id: str
    user: str
    role: Role
    channel: str
    seal: Any = None

    def __post_init__(self) -> None:
        """Refuse a principal that no entry point vouched for."""
        if self.seal is not _SEAL:
            raise TypeError("A Principal is made by tenants.access.Access, nothing else.")

    def __repr__(self) -> str:
        """Leave the seal out of logs."""
        return f"Principal({self.tenant}/{self.user}, {self.role.label}, {self.channel})"
