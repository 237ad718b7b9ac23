"""The composition root: reads settings, builds each part once, hands them to a channel."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from agent.channels.cli.program import run
from tenants.errors import BadInput

if TYPE_CHECKING:  # `tillsight --help` must not load the engine
    from agent.assistant import Assistant
    from tenants.installation import Installation
    from tenants.settings import Settings
    from tools.counter import Counter

# Each part is imported when it is first needed: the engine takes seconds, help must not.
# ruff: noqa: PLC0415


@dataclass(frozen=True)
class Tillsight:
    """One installation's parts, each built when first asked for.

    Attributes:
        today: What today is, when a command fixes it.
    """

    today: date | None = None

    @cached_property
    def settings(self) -> Settings:
        """Return the settings of the environment.

        Raises:
            BadInput: A setting is not usable.
        """
        from pydantic import ValidationError

        from tenants.settings import Settings

        try:
            return Settings()
        except ValidationError as error:
            problem = error.errors(include_url=False, include_input=False)[0]
            name = f"TILLSIGHT_{'_'.join(map(str, problem['loc'])).upper()}"
            raise BadInput(f"The setting {name} cannot be used: {problem['msg']}.") from None

    @cached_property
    def installation(self) -> Installation:
        """Return the ground floor: tenants, people, access, audit."""
        from tenants.clock import Clock
        from tenants.installation import Installation

        return Installation.open(self.settings, Clock(self.today))

    @cached_property
    def counter(self) -> Counter:
        """Return the gateways to tools and operations."""
        from tools.counter import open_counter

        return open_counter(self.installation)

    @cached_property
    def assistant(self) -> Assistant:
        """Return the assistant over the counter."""
        from agent.assistant import open_assistant

        return open_assistant(self.counter, self.installation)

    def close(self) -> None:
        """Release the databases, where they were opened."""
        if "installation" in self.__dict__:
            self.installation.close()


def main() -> None:
    """Run the command line."""
    sys.exit(run(Tillsight))


if __name__ == "__main__":
    main()
