"""One tenant's forecasting: its data, its production model, and the questions they answer."""

import threading
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from forecasting.catalogue import Catalogue, read_catalogue
from tenants.clock import Clock
from tenants.workspace import Workspace

if TYPE_CHECKING:
    from forecasting.data.store import SalesStore


class ForecastEngine:
    """Answers for one tenant; safe to share between threads."""

    def __init__(self, workspace: Workspace, clock: Clock) -> None:
        self._workspace = workspace
        self._clock = clock
        self._lock = threading.RLock()
        self._catalogue: tuple[str, Catalogue] | None = None

    @classmethod
    def open(cls, workspace: Workspace, clock: Clock) -> "ForecastEngine":
        """Return the engine of this workspace."""
        return cls(workspace, clock)

    @property
    def today(self) -> date:
        """Return the tenant's local date."""
        return self._clock.today(self._workspace.tenant.timezone)

    @cached_property
    def store(self) -> "SalesStore":
        """Return the tenant's sales store."""
        # deltalake and pyarrow load only when data are read
        from forecasting.data.store import SalesStore  # noqa: PLC0415

        return SalesStore(self._workspace.data)

    @property
    def catalogue(self) -> Catalogue:
        """Return products and stores, read anew when the data changed."""
        version = self.store.version
        with self._lock:
            if self._catalogue is None or self._catalogue[0] != version:
                tables = read_catalogue(self.store, self.store.read("sales"))
                self._catalogue = (version, tables)
            return self._catalogue[1]
