"""Passwords: Argon2id at RFC 9106's low-memory setting (64 MiB, 3 passes).

A hash takes 64 MiB, so only two are worked on at a time; the others queue.
"""

import threading
from functools import cached_property
from typing import TYPE_CHECKING

from tenants.errors import BadInput

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_SHORTEST, _LONGEST = 10, 200
_AT_ONCE = threading.BoundedSemaphore(2)


class Passwords:
    """Hashes passwords and checks them in equal time, whether or not the person exists."""

    def hash(self, password: str) -> str:
        """Return the hash to keep.

        Raises:
            BadInput: The password is shorter than 10 or longer than 200 characters.
        """
        if not _SHORTEST <= len(password) <= _LONGEST:
            raise BadInput(f"A password has {_SHORTEST} to {_LONGEST} characters; choose another.")
        with _AT_ONCE:
            return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Tell whether the password is right; a missing hash costs the same time."""
        from argon2.exceptions import VerificationError  # noqa: PLC0415 - only to sign in

        with _AT_ONCE:
            try:
                self._hasher.verify(kept or self._nobody, password[: _LONGEST + 1])
            except VerificationError:
                return False
        return kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Tell whether the hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(kept)

    @cached_property
    def _hasher(self) -> "PasswordHasher":
        from argon2 import PasswordHasher  # noqa: PLC0415 - only to sign in

        return PasswordHasher()

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash("a password that nobody has")
