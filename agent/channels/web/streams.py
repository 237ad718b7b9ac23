"""Whose stream of events is whose: each belongs to the session that first named it."""

from __future__ import annotations

import json
import re
import threading
from collections import OrderedDict
from urllib.parse import parse_qs

_MOST = 20_000
_HEARTBEAT = re.compile(r"/heartbeat/([^/]+)/?$")


class Streams:
    """Remembers which session opened which stream; the browser chooses a stream's name."""

    def __init__(self) -> None:
        self._owners: OrderedDict[str, str] = OrderedDict()
        self._noting = threading.Lock()

    def admits(self, session: str, *, path: str, query: bytes, body: bytes) -> bool:
        """Return whether a request names only streams of its own session, or new ones."""
        names = [*_in_address(path, query), *_in_body(body)]
        with self._noting:
            for name in names:
                if self._owners.setdefault(name, session) != session:
                    return False
                self._owners.move_to_end(name)
            while len(self._owners) > _MOST:
                self._owners.popitem(last=False)
        return True


def _in_address(path: str, query: bytes) -> list[str]:
    names = parse_qs(query.decode("latin-1")).get("session_hash", [])
    heartbeat = _HEARTBEAT.search(path)
    return [*names, heartbeat.group(1)] if heartbeat else names


def _in_body(body: bytes) -> list[str]:
    try:
        value = json.loads(body) if body else None
    except ValueError:
        return []
    name = value.get("session_hash") if isinstance(value, dict) else None
    return [name] if isinstance(name, str) else []
