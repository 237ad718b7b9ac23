from dataclasses import dataclass

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, PlainTextResponse
from starlette.testclient import TestClient

from agent.channels.web.guard import Guard
from agent.channels.web.sessions import Sessions
from agent.channels.web.signin import Door, add_signing_in
from tenants.installation import Installation
from tenants.roles import Role
from tenants.settings import Settings

PASSWORD = "correct horse battery"


@dataclass
class House:
    """One installation with two tenants, and the page's front door."""

    installation: Installation
    sessions: Sessions
    guard: Guard

    def visitor(self, **headers):
        return TestClient(
            self.guard,
            base_url="http://127.0.0.1:7860",
            headers=headers,
            follow_redirects=False,
        )

    def signed_in(self, user, tenant="acme"):
        visitor = self.visitor()
        visitor.get(f"/link/{self.installation.access.issue_link(tenant, user)}")
        return visitor


def inner_page():
    """Stand where the chat stands, and tell what reaches it."""
    server = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @server.get("/chat/", response_class=HTMLResponse)
    def page():
        return (
            "<head><meta property='og:image' content='https://far.example/x.jpg'>"
            '<link rel="manifest" href="/manifest.json"></head>'
            '<script>window.x = 1</script><script type="module" src="a.js"></script>'
            '<script src="https://far.example/x.js"></script>'
        )

    @server.api_route("/chat/{path:path}", methods=["GET", "POST"])
    async def rest(path: str, request: Request):
        return PlainTextResponse(f"reached {path} {(await request.body()).decode()}")

    return server


@pytest.fixture
def house(tmp_path):
    installation = Installation.open(Settings(home=tmp_path / "home"))
    for name in ("acme", "other"):
        tenant = installation.directory.create(name)
        installation.people.add(tenant, "ann", Role.ADMIN, PASSWORD)
        installation.people.add(tenant, "vic", Role.VIEWER)
    sessions = Sessions(installation.access, installation.secret("session"))
    server = inner_page()
    add_signing_in(server, Door(installation.access, sessions, "/chat/", "acme"))
    server.router.routes.sort(key=lambda route: route.path.startswith("/chat"))
    hosts = ("127.0.0.1", "localhost", "::1")
    yield House(installation, sessions, Guard(server, sessions=sessions, page="/chat", hosts=hosts))
    installation.close()
