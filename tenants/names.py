"""Names that people type for tenants and persons, and what they may hold."""

import re

from tenants.errors import BadInput

_TENANT = re.compile(r"[a-z][a-z0-9-]{1,39}")
_PERSON = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,63}")


def tenant_name(text: str) -> str:
    """Return the name if it may name a new tenant.

    Raises:
        BadInput: It holds more than lower-case letters, digits and hyphens, or is too long.
    """
    if not _TENANT.fullmatch(text):
        raise BadInput(
            f"{text[:60]!r} cannot name a tenant; use 2 to 40 lower-case letters, digits and "
            "hyphens, beginning with a letter."
        )
    return text


def person_name(text: str) -> str:
    """Return the name if it may name a new person.

    Raises:
        BadInput: It holds other than lower-case letters, digits and . _ @ + -, or is too long.
    """
    if not _PERSON.fullmatch(text):
        raise BadInput(
            f"{text[:80]!r} cannot name a person; use up to 64 lower-case letters, digits and "
            "the signs . _ @ + -, beginning with a letter or digit."
        )
    return text


def nearest(text: str, names: list[str]) -> list[str]:
    """Return up to three names that look like the text, best first."""
    from difflib import get_close_matches  # noqa: PLC0415 - needed only after a mistake

    return get_close_matches(text.lower(), names, n=3, cutoff=0.5)
