"""Signing in and out of the page."""

from __future__ import annotations

import html
from dataclasses import dataclass
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


def add_signing_in(server: FastAPI, door: Door) -> None:
    """Add the routes by which people come and go."""
    for path, handler, method in (
        ("/", door.enter, "GET"),
        ("/signin", door.form, "GET"),
        ("/signin", door.with_password, "POST"),
        ("/link/{secret}", door.with_link, "GET"),
        ("/signout", door.sign_out, "GET"),
        ("/favicon.ico", door.icon, "GET"),
    ):
        server.add_api_route(path, handler, methods=[method], response_model=None)


@dataclass(frozen=True, slots=True)
class Door:
    """Lets people in and out.

    Attributes:
        access: Checks passwords and links.
        sessions: Opens and closes sessions.
        home: Where the page is, once signed in.
        tenant: The tenant suggested in the form.
    """

    access: Access
    sessions: Sessions
    home: str
    tenant: str

    def enter(self, request: Request) -> Response:
        """Send people to the page, or to the form first."""
        return _leave(self.home if self.sessions.principal(request.cookies) else "/signin")

    def form(self, request: Request) -> Response:
        """Show the form."""
        if self.sessions.principal(request.cookies) is not None:
            return _leave(self.home)
        return _page(self.tenant)

    def with_password(
        self, tenant_name: Field = "", user: Field = "", password: Field = ""
    ) -> Response:
        """Sign in by name and password."""
        try:
            principal = self.access.with_password(tenant_name, user, password, channel=CHANNEL)
        except AppError as error:
            return _page(tenant_name or self.tenant, user, str(error), status=401)
        return self._welcome(principal)

    def with_link(self, secret: str, request: Request) -> Response:
        """Sign in by a one-time link."""
        # A browser that looks ahead must not use the link up before the person follows it.
        purpose = request.headers.get("sec-purpose", request.headers.get("purpose", ""))
        if "prefetch" in purpose:
            return Response(status_code=503)
        try:
            principal = self.access.with_link(secret[:_LONGEST_FIELD], channel=CHANNEL)
        except Refused as error:
            return _page(self.tenant, "", str(error), status=401)
        return self._welcome(principal)

    def sign_out(self, request: Request) -> Response:
        """Close the session."""
        # Another site's picture or link must not sign anyone out.
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return _leave("/")
        self.sessions.close(request.cookies)
        gone = _leave("/signin")
        gone.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
        return gone

    def icon(self) -> Response:
        """Give the page's icon."""
        return FileResponse(_HERE / "icon.svg", media_type="image/svg+xml")

    def _welcome(self, principal: Principal) -> Response:
        inside = _leave(self.home)
        inside.set_cookie(
            COOKIE,
            self.sessions.open(principal),
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
