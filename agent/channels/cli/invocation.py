"""One run of a command: who asks, on which day, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from agent.channels.application import Application, Compose
from agent.channels.cli.output import print_facts, print_json
from agent.channels.cli.progress import show_progress
from tenants.errors import BadInput, Refused
from tenants.roles import Role

if TYPE_CHECKING:  # commands that need no tenant must not load the databases
    from tenants.principal import Principal
    from tools.contract import Progress

CHANNEL = "cli"


@dataclass(frozen=True)
class Invocation:
    """What every command is given.

    Attributes:
        compose: Builds the application on the chosen day.
        tenant_name: The tenant named with --tenant, if any.
        as_user: The person named with --as, if any.
        role_name: The role named with --role, if any.
        today_text: The day named with --today, if any.
        json: Whether to print JSON.
    """

    compose: Compose
    tenant_name: str | None = None
    as_user: str | None = None
    role_name: str | None = None
    today_text: str | None = None
    json: bool = False

    @cached_property
    def application(self) -> Application:
        """Return the application, its clock fixed by --today."""
        return self.compose(self.today)

    @cached_property
    def today(self) -> date | None:
        """Return the day named with --today.

        Raises:
            BadInput: It is not a date.
        """
        return None if self.today_text is None else parse_date("--today", self.today_text)

    def close(self) -> None:
        """Release what was opened."""
        if "application" in self.__dict__:
            self.application.close()

    @property
    def tenant(self) -> str:
        """Return the tenant asked about: --tenant, or the one of the settings."""
        return self.tenant_name or self.application.settings.tenant

    @cached_property
    def principal(self) -> Principal:
        """Return who asks: the holder of the token, or the owner of a local workspace.

        Raises:
            AppError: No such tenant or person, or they may not act here.
        """
        access, token = self.application.installation.access, self.application.settings.token
        if token is None:
            role = None if self.role_name is None else Role.parse(self.role_name)
            return access.local(self.tenant, user=self.as_user, role=role, channel=CHANNEL)
        if self.as_user or self.role_name:
            raise Refused("TILLSIGHT_TOKEN says who asks; leave out --as and --role, or unset it.")
        principal = access.with_token(token.get_secret_value(), channel=CHANNEL)
        if self.tenant_name not in (None, principal.tenant):
            raise Refused(f"The token in TILLSIGHT_TOKEN does not open tenant {self.tenant!r}.")
        return principal

    def require(self, role: Role) -> Principal:
        """Return who asks, if their role is high enough.

        Raises:
            Refused: It is not.
        """
        if self.principal.role < role:
            raise Refused(
                f"This needs the role {role.label}; you ask as {self.principal.role.label}."
            )
        return self.principal

    def require_operator(self) -> None:
        """Let only the person who runs the installation go on, not a tenant's user.

        Raises:
            Refused: The caller named a user, a lower role, or came with a token.
        """
        acts_as_other = self.as_user or (self.role_name and Role.parse(self.role_name) < Role.ADMIN)
        if acts_as_other or self.application.settings.token is not None:
            raise Refused("Only the operator of this installation manages its tenants.")

    def show(self, value: Any, words: Callable[[], object] | None = None) -> None:
        """Print a value: as JSON with --json, otherwise in words."""
        if self.json:
            print_json(value)
        elif words is not None:
            words()
        elif isinstance(value, Mapping):
            print_facts(value)

    @contextmanager
    def progress(self, title: str) -> Iterator[Progress]:
        """Show progress on standard error while something long runs."""
        with show_progress(title, quiet=self.json) as report:
            yield report


def parse_date(option: str, text: str) -> date:
    """Return a date written as 2026-07-01.

    Raises:
        BadInput: It is not one.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{option} {text!r} is not a date; write it like 2026-07-01.") from None
