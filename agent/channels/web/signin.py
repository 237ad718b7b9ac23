"""Signing in and out of the page."""

from __future__ import annotations

import html
from pathlib import Path
from string import Template
from typing import Annotated

from fastapi import FastAPI, Form, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse

from agent.channels.web.sessions import CHANNEL, COOKIE, SECONDS_VALID, Sessions
from tenants.access import Access
from tenants.errors import AppError, Refused
from tenants.principal import Principal

_HERE = Path(__file__).parent
_LONGEST_FIELD = 200
Field = Annotated[str, Form(max_length=_LONGEST_FIELD)]


def add_signing_in(
    server: FastAPI, access: Access, sessions: Sessions, *, home: str, tenant: str
) -> None:
    """Add the routes by which people come and go.

    Args:
        server: The server of the page.
        access: Checks passwords and links.
        sessions: Opens and closes sessions.
        home: Where the page is, once signed in.
        tenant: The tenant suggested in the form.
    """

    @server.get("/signin", response_model=None)
    def form(request: Request) -> Response:
        if sessions.principal(request.cookies) is not None:
            return _leave(home)
        return _page(tenant)

    @server.post("/signin", response_model=None)
    def with_password(tenant_name: Field = "", user: Field = "", password: Field = "") -> Response:
        try:
            principal = access.with_password(tenant_name, user, password, channel=CHANNEL)
        except AppError as error:
            return _page(tenant_name or tenant, user, str(error), status=401)
        return _welcome(principal)

    @server.get("/link/{secret}", response_model=None)
    def with_link(secret: str, request: Request) -> Response:
        # A browser that looks ahead must not use the link up before the person follows it.
        if "prefetch" in request.headers.get("sec-purpose", request.headers.get("purpose", "")):
            return Response(status_code=503)
        try:
            principal = access.with_link(secret[:_LONGEST_FIELD], channel=CHANNEL)
        except Refused as error:
            return _page(tenant, "", str(error), status=401)
        return _welcome(principal)

    @server.get("/signout", response_model=None)
    def sign_out(request: Request) -> Response:
        # Another site's picture or link must not sign anyone out.
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return _leave("/")
        sessions.close(request.cookies)
        gone = _leave("/signin")
        gone.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
        return gone

    @server.get("/favicon.ico", response_model=None)
    def icon() -> Response:
        return FileResponse(_HERE / "icon.svg", media_type="image/svg+xml")

    @server.get("/", response_model=None)
    def door(request: Request) -> Response:
        return _leave(home if sessions.principal(request.cookies) else "/signin")

    def _welcome(principal: Principal) -> Response:
        inside = _leave(home)
        inside.set_cookie(
            COOKIE,
            sessions.open(principal),
            max_age=SECONDS_VALID,
            path="/",
            httponly=True,
            samesite="lax",
        )
        return inside


def _leave(where: str) -> Response:
    return RedirectResponse(where, status_code=303)


def _page(tenant: str, user: str = "", problem: str = "", *, status: int = 200) -> HTMLResponse:
    template = Template((_HERE / "signin.html").read_text(encoding="utf-8"))
    filled = template.substitute(
        tenant=html.escape(tenant),
        user=html.escape(user),
        problem=html.escape(problem),
        hidden="" if problem else "hidden",
        focus_tenant="autofocus" if not tenant else "",
        focus_user="autofocus" if tenant else "",
    )
    return HTMLResponse(filled, status_code=status)
