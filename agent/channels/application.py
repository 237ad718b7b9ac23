"""What a channel receives from the composition root."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a channel that only prints help must not load the engine
    from agent.assistant import Assistant
    from tenants.installation import Installation
    from tenants.settings import Settings
    from tools.counter import Counter


class Application(Protocol):
    """The built parts; each is made when first asked for."""

    @property
    def settings(self) -> Settings:
        """Where things are kept."""
        ...

    @property
    def installation(self) -> Installation:
        """Tenants, people, access and audit."""
        ...

    @property
    def counter(self) -> Counter:
        """The gateways to tools and operations."""
        ...

    @property
    def assistant(self) -> Assistant:
        """The one who answers questions."""
        ...

    def close(self) -> None:
        """Release connections."""
        ...


Compose = Callable[[date | None], Application]
"""Build the application; the date fixes what today is."""
