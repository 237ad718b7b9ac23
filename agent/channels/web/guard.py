"""What stands before the page: which requests come in at all.

The page's framework offers many routes (files, proxies, uploads, a public API) that this page
never uses; only those it needs are open, and only to who is signed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agent.channels.web.answering import Answering
from agent.channels.web.sessions import Sessions
from agent.channels.web.streams import Streams

_OWN_ROUTES = re.compile(r"^/(signin|signout|favicon\.ico|link/[^/]*)?$")
_NEEDED = (
    r"/|/config|/theme\.css|/favicon\.ico|/assets/.*|/static/.*"
    r"|/gradio_api/(?:queue/join|queue/data|cancel|reset|startup-events|heartbeat/[^/]+)"
)
_LONGEST_BODY = 1_000_000


class Guard:
    """Lets in what the page needs and nothing else."""

    def __init__(
        self, app: ASGIApp, *, sessions: Sessions, page: str, hosts: Iterable[str]
    ) -> None:
        self._app = app
        self._sessions = sessions
        self._page = page
        self._hosts = frozenset(hosts)
        self._needed = re.compile(rf"^{re.escape(page)}(?:{_NEEDED})?/?$")
        self._streams = Streams()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Judge one request; the page has no other kind of connection."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            is_page = scope["path"].rstrip("/") == self._page
            answer = Answering(send, is_page=is_page).send
            body = b""
            if scope["method"] == "POST":
                body = await _read(receive)
                receive = _again(body, receive)
            refusal = self._refusal(scope, body)
            await (refusal or self._app)(scope, receive, answer)

    def _refusal(self, scope: Scope, body: bytes) -> ASGIApp | None:
        headers, path = Headers(scope=scope), str(scope["path"])
        return (
            self._wrong_origin(scope, headers)
            or _too_long(body)
            or (None if _OWN_ROUTES.match(path) else self._not_inside(scope, headers, path, body))
        )

    def _wrong_origin(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        if self._hosts and _host(headers.get("host", "")) not in self._hosts:
            return PlainTextResponse("This address is not served here.", status_code=421)
        if scope["method"] not in ("GET", "HEAD") and not _same_origin(headers):
            return PlainTextResponse("Requests from other sites are refused.", status_code=403)
        return None

    def _not_inside(self, scope: Scope, headers: Headers, path: str, body: bytes) -> ASGIApp | None:
        nothing = PlainTextResponse("There is nothing here.", status_code=404)
        if not self._needed.match(path):
            return nothing
        cookies = cookie_parser(headers.get("cookie", ""))
        if self._sessions.principal(cookies) is None:
            if path.rstrip("/") == self._page:
                return RedirectResponse("/signin", status_code=303)
            return PlainTextResponse("Sign in first.", status_code=401)
        session = self._sessions.mark(cookies) or ""
        query = scope["query_string"]
        its_own = self._streams.admits(session, path=path, query=query, body=body)
        return None if its_own else nothing


def _too_long(body: bytes) -> ASGIApp | None:
    if len(body) <= _LONGEST_BODY:
        return None
    return PlainTextResponse("That is too long; ask in fewer words.", status_code=413)


def _host(header: str) -> str:
    return (urlsplit(f"//{header}").hostname or "").lower()


def _same_origin(headers: Headers) -> bool:
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


async def _read(receive: Receive) -> bytes:
    body = b""
    while len(body) <= _LONGEST_BODY:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    return body


def _again(body: bytes, receive: Receive) -> Receive:
    """Give a body that was read once more, then what comes after it."""
    waiting = [body]

    async def replay() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return replay
