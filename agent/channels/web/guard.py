"""What stands before the page: which requests come in, and what the browser may do with answers.

The page's framework offers many routes (files, proxies, uploads, a public API) that this page
never uses; only those it needs are open. A stream of events belongs to the session that
started it.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent.channels.web.sessions import Sessions

_OWN_ROUTES = re.compile(r"^/(signin|signout|favicon\.ico|link/[^/]*|)$")
_LONGEST_BODY = 1_000_000
_MOST_STREAMS = 10_000
_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_SCRIPT = re.compile(rb"<script(?=[\s>])")
# Addresses of the framework's makers, which a page without network cannot have, and a manifest that
# is not there.
_FOREIGN = re.compile(
    rb"<link rel=\"manifest\"[^>]*>|<(?:meta|link)\b[^>]*https?://[^>]*>|<script[^>]*src=\"https?://[^>]*></script>"
)


class Guard:
    """Lets in what the page needs and nothing else."""

    def __init__(
        self, app: ASGIApp, *, sessions: Sessions, page: str, hosts: Iterable[str]
    ) -> None:
        self._app = app
        self._sessions = sessions
        self._page = page
        self._hosts = frozenset(hosts)
        self._needed = re.compile(
            rf"^{page}(/|/config|/theme\.css|/favicon\.ico|/manifest\.json|/assets/.*|/static/.*"
            r"|/gradio_api/(queue/join|queue/data|cancel|reset|startup-events|heartbeat/[^/]+))?/?$"
        )
        self._streams: dict[str, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Judge one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        path: str = scope["path"]
        if path.startswith(f"{self._page}/gradio_api/"):
            receive = await self._bound_to_its_session(scope, headers, receive)
            if scope.get("tillsight.refused"):
                await _nothing()(scope, receive, send)
                return
        await self._app(scope, receive, _Answering(send, html=path.rstrip("/") == self._page).send)

    def _refusal(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        path: str = scope["path"]
        if self._hosts and _host(headers.get("host", "")) not in self._hosts:
            return PlainTextResponse("This address is not served here.", status_code=421)
        if scope["method"] not in ("GET", "HEAD") and not _same_origin(headers):
            return PlainTextResponse("Requests from other sites are refused.", status_code=403)
        if _OWN_ROUTES.match(path):
            return None
        if not self._needed.match(path):
            return _nothing()
        if self._sessions.principal(_cookies(headers)) is None:
            if path.rstrip("/") == self._page:
                return RedirectResponse("/signin", status_code=303)
            return PlainTextResponse("Sign in first.", status_code=401)
        return None

    async def _bound_to_its_session(
        self, scope: Scope, headers: Headers, receive: Receive
    ) -> Receive:
        """Refuse a stream that another session started; the first to name a stream owns it."""
        mark = self._sessions.mark(_cookies(headers)) or ""
        names = parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [])
        heartbeat = re.search(r"/heartbeat/([^/]+)/?$", scope["path"])
        if heartbeat:
            names.append(heartbeat.group(1))
        if scope["method"] == "POST":
            body = await _read(receive)
            names += _stream_names(body)
            receive = _again(body, receive)
        if len(self._streams) > _MOST_STREAMS:
            self._streams.clear()
        if any(self._streams.setdefault(name, mark) != mark for name in names):
            scope["tillsight.refused"] = True
        return receive


class _Answering:
    """Adds the headers to a response, and a nonce to the scripts of the page itself."""

    def __init__(self, send: Send, *, html: bool) -> None:
        self._send = send
        self._html = html
        self._nonce = secrets.token_urlsafe(16)
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["content-security-policy"] = _POLICY.format(nonce=self._nonce)
            for name, value in _HEADERS.items():
                headers[name] = value
            if self._html:
                headers["cache-control"] = "no-store"
                self._start = message
                return
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            await self._finish()
            return
        await self._send(message)

    async def _finish(self) -> None:
        assert self._start is not None  # noqa: S101 - the body comes after the start
        body = _FOREIGN.sub(b"", self._body)
        body = _SCRIPT.sub(b'<script nonce="' + self._nonce.encode() + b'"', body)
        MutableHeaders(scope=self._start)["content-length"] = str(len(body))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body, "more_body": False})


def _nothing() -> PlainTextResponse:
    return PlainTextResponse("There is nothing here.", status_code=404)


def _host(header: str) -> str:
    return (urlsplit(f"//{header}").hostname or "").lower()


def _same_origin(headers: Headers) -> bool:
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _cookies(headers: Headers) -> dict[str, str]:
    return cookie_parser(headers.get("cookie", ""))


async def _read(receive: Receive) -> bytes:
    body = b""
    while len(body) <= _LONGEST_BODY:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    return body


def _stream_names(body: bytes) -> list[str]:
    try:
        value = json.loads(body)
    except ValueError:
        return []
    name = value.get("session_hash") if isinstance(value, dict) else None
    return [name] if isinstance(name, str) else []


def _again(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
