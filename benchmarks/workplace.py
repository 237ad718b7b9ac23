"""A temporary installation with Harbor in it, so that nobody's workspaces are touched."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from forecasting.data.demo.blueprint import blueprint
from tenants.clock import Clock
from tenants.errors import AppError
from tenants.installation import Installation
from tenants.principal import Principal
from tenants.settings import Settings
from tools.counter import Counter, open_counter
from tools.gateway import Succeeded, ToolCall

PREFIX = "TILLSIGHT_"
TENANT = "harbor"


@dataclass(frozen=True)
class Workplace:
    """One installation and the way in.

    Attributes:
        home: The folder of its workspaces.
        installation: Tenants, people, audit.
        counter: Tools and operations.
        principal: The owner of the Harbor workspace.
        until: The last day of Harbor's history.
    """

    home: Path
    installation: Installation
    counter: Counter
    principal: Principal
    until: date

    def operate(self, operation: str, **arguments: object) -> dict[str, Any]:
        """Run an operation through its gateway, on record like any other.

        Raises:
            AppError: It was refused or failed.
        """
        call = ToolCall(f"bench-{operation}", operation, json.dumps(arguments, default=str))
        ended = self.counter.operations.call(call, self.principal)
        if not isinstance(ended, Succeeded):
            raise AppError(getattr(ended, "message", f"{operation!r} waits for an approval."))
        return ended.result.model_dump(mode="json")

    def environment(self) -> dict[str, str]:
        """Return the environment of a process that works here."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        return plain | {f"{PREFIX}HOME": str(self.home)}


@contextmanager
def workplace() -> Iterator[Workplace]:
    """Open a temporary installation with an empty Harbor tenant."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        # An address or token of somebody's own must not be worked with.
        if name != f"{PREFIX}DATA":
            del os.environ[name]
    with tempfile.TemporaryDirectory(prefix="tillsight-bench-") as folder:
        home = Path(folder)
        installation = Installation.open(Settings(home=home, _env_file=None), Clock())
        try:
            made_of = blueprint(TENANT)
            installation.directory.create(
                TENANT, title=made_of.title, country=made_of.country, timezone=made_of.timezone
            )
            counter = open_counter(installation)
            principal = installation.access.local(TENANT, channel="bench")
            until = counter.today(principal) - timedelta(days=1)
            yield Workplace(home, installation, counter, principal, until)
        finally:
            installation.close()
