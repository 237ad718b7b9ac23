"""One tenant's place: its folder and its database."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tenants.database import Database
from tenants.tenant import Tenant


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where one tenant's data, models and records live.

    The folder is named by the tenant's random id, never by what a person typed.
    """

    tenant: Tenant
    folder: Path
    database: Database

    @property
    def data(self) -> Path:
        """Return the folder of the versioned tables."""
        return self.folder / "data"

    @property
    def models(self) -> Path:
        """Return the folder of the model versions."""
        return self.folder / "models"

    @property
    def knowledge(self) -> Path:
        """Return the folder of the index of documents."""
        return self.folder / "knowledge"

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Give a fresh folder for work in progress; it is gone afterwards."""
        root = self.folder / "scratch"
        root.mkdir(parents=True, exist_ok=True)
        path = Path(tempfile.mkdtemp(dir=root))
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)
