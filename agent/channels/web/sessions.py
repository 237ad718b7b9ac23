"""Who a browser belongs to: a signed cookie, and the role the person has now."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping

from itsdangerous import BadData, URLSafeTimedSerializer

from tenants.access import Access
from tenants.errors import Refused
from tenants.principal import Principal

COOKIE = "tillsight_session"
CHANNEL = "web"
SECONDS_VALID = 12 * 3600


class Sessions:
    """Opens, reads and closes sessions.

    The cookie names the tenant and the person and is signed with a key of the installation; the
    person's role is never in it but read anew at every request, so a role taken away is gone at
    once. A closed session stays closed until its cookie would have expired.
    """

    def __init__(self, access: Access, key: bytes) -> None:
        self._access = access
        self._signer = URLSafeTimedSerializer(key.hex(), salt="page session")
        self._closed: set[str] = set()
        self._closing = threading.Lock()

    def open(self, principal: Principal) -> str:
        """Return the cookie's value for someone who just signed in."""
        mark = secrets.token_urlsafe(16)
        return self._signer.dumps([principal.tenant_id, principal.user_id, mark])

    def principal(self, cookies: Mapping[str, str]) -> Principal | None:
        """Return who sent these cookies, or None when nobody is signed in."""
        found = self._read(cookies)
        if found is None:
            return None
        tenant_id, user_id, _ = found
        try:
            return self._access.restore(tenant_id, user_id, channel=CHANNEL)
        except Refused:
            return None

    def mark(self, cookies: Mapping[str, str]) -> str | None:
        """Return what tells this session from others of the same person."""
        found = self._read(cookies)
        return None if found is None else found[2]

    def close(self, cookies: Mapping[str, str]) -> None:
        """Sign out: the cookie opens nothing any more."""
        found = self._read(cookies)
        if found is not None:
            with self._closing:
                self._closed.add(found[2])

    def _read(self, cookies: Mapping[str, str]) -> tuple[str, str, str] | None:
        try:
            value = self._signer.loads(cookies.get(COOKIE, ""), max_age=SECONDS_VALID)
        except BadData:
            return None
        tenant_id, user_id, mark = value
        return None if mark in self._closed else (tenant_id, user_id, mark)
