"""What the browser may do with an answer: the headers, and a nonce for the page's own scripts."""

from __future__ import annotations

import re
import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

# No script but the page's own, no picture, font or request to anywhere else, whatever an answer
# says. Styles are inline because the framework sets them on its elements.
_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not "no-referrer": a form's own origin would then be told as "null", like a stranger's.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_SCRIPT = re.compile(rb"<script(?=[\s>])")
# Addresses of the framework's makers, which a page without network cannot have, and a manifest
# that is not there.
_FOREIGN = re.compile(
    rb"<link rel=\"manifest\"[^>]*>"
    rb"|<(?:meta|link)\b[^>]*https?://[^>]*>"
    rb"|<script[^>]*src=\"https?://[^>]*></script>"
)


class Answering:
    """Sends one answer, with the headers; `is_page` marks the page itself."""

    def __init__(self, send: Send, *, is_page: bool) -> None:
        self._send = send
        self._is_page = is_page
        self._nonce = secrets.token_urlsafe(16)
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Pass a message on; the page's body is held back until it is whole."""
        if message["type"] == "http.response.start":
            self._add_headers(MutableHeaders(scope=message))
            if self._is_page:
                self._start = message
                return
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_page(self._start)
            return
        await self._send(message)

    def _add_headers(self, headers: MutableHeaders) -> None:
        headers["content-security-policy"] = _POLICY.format(nonce=self._nonce)
        for name, value in _HEADERS.items():
            headers[name] = value
        if self._is_page:
            headers["cache-control"] = "no-store"

    async def _send_page(self, start: Message) -> None:
        body = _FOREIGN.sub(b"", self._body)
        body = _SCRIPT.sub(b'<script nonce="' + self._nonce.encode() + b'"', body)
        MutableHeaders(scope=start)["content-length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body, "more_body": False})
