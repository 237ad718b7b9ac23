"""Roles: a ladder on which each step may do all that the one below may."""

from enum import IntEnum

from tenants.errors import BadInput


class Role(IntEnum):
    """What a person may do in one tenant; compare with `>=`."""

    VIEWER = 1
    ANALYST = 2
    MANAGER = 3
    ADMIN = 4

    @property
    def label(self) -> str:
        """Return the word people use for the role."""
        return self.name.lower()

    @classmethod
    def parse(cls, text: str) -> "Role":
        """Return the role a person wrote.

        Raises:
            BadInput: No role has that name.
        """
        try:
            return cls[text.strip().upper()]
        except KeyError:
            known = ", ".join(role.label for role in cls)
            raise BadInput(f"There is no role {text!r}; choose one of {known}.") from None
