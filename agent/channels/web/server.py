"""The server of the page: the guard in front, sign-in beside it, the chat behind."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable

# Before Gradio is imported, which reads them: nothing about this machine leaves it.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

import uvicorn
from fastapi import FastAPI

from agent.channels.address import Address
from agent.channels.application import Application
from agent.channels.web.desk import Desk
from agent.channels.web.guard import Guard
from agent.channels.web.page import build_page, mount
from agent.channels.web.sessions import CHANNEL, Sessions
from agent.channels.web.signin import Door, add_signing_in
from tenants.errors import AppError

PAGE = "/chat"
_SECONDS_TO_FINISH = 2
_log = logging.getLogger(__name__)


def build_server(application: Application, address: Address, *, tenant: str) -> Guard:
    """Return the whole server as one application.

    Args:
        application: The built parts.
        address: Where it will listen; decides which host names are served.
        tenant: The tenant suggested when signing in.
    """
    installation = application.installation
    sessions = Sessions(installation.access, installation.secret("session"))
    server = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_signing_in(server, Door(installation.access, sessions, f"{PAGE}/", tenant))
    page = build_page(Desk(application, sessions))
    mount(
        server,
        page,
        PAGE,
        auth_dependency=lambda request: _signed_in(sessions, request.cookies),
        blocked_paths=[str(application.settings.home.resolve())],
    )
    return Guard(server, sessions=sessions, page=PAGE, hosts=address.served_names)


def serve_page(
    application: Application, address: Address, *, tenant: str, started: Callable[[], None]
) -> None:
    """Serve until Ctrl-C; `started` is called when the page can be opened."""
    server = build_server(application, address, tenant=tenant)
    config = uvicorn.Config(
        server,
        host=address.host,
        port=address.port,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
    )
    threading.Thread(target=_warm, args=(application, tenant), daemon=True).start()
    try:
        _Announcing(config, started).run()
    except KeyboardInterrupt:
        return


class _Announcing(uvicorn.Server):
    """A server that tells when it listens."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then tell."""
        await super().startup(sockets)
        if self.started:
            self._tell()


def _signed_in(sessions: Sessions, cookies: dict[str, str]) -> str | None:
    principal = sessions.principal(cookies)
    return None if principal is None else f"{principal.tenant_id}/{principal.user_id}"


def _warm(application: Application, tenant: str) -> None:
    """Load the assistant, the tools and the data while the first person signs in."""
    installation = application.installation
    try:
        assistant = application.assistant
        if installation.settings.is_local:
            principal = installation.access.local(tenant, channel=CHANNEL)
            assistant.prepare(principal)
    except AppError as error:
        _log.info("Not loaded ahead: %s", error)
