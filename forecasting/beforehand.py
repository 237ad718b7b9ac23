"""Folders of arrays that are worked out beforehand, written whole or not at all.

A folder belongs to one model and one version of the data and is named after both: another model
or newer data look elsewhere, so what is read is never stale. It is written under another name and
renamed when it is whole; nothing in it changes afterwards, so any number of processes may read it
while one writes the next.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from forecasting.panel import Panel
from tenants.errors import Unavailable

# Besides the newest: a process may be about to open the one before.
_KEPT = 2
_DRAFT = ".draft-"
# A draft this old, in seconds, was left by a process that died.
_DEAD = 3600


class Folders:
    """The folders of one kind of one tenant."""

    def __init__(self, folder: Path, version: int) -> None:
        """Keep them in a folder; the version changes with what is written into each."""
        self._folder = folder
        self._version = version

    def of(self, model_id: str, panel: Panel) -> Path:
        """Return where what belongs to a model and a version of the data is, or would be."""
        about = [self._version, model_id, panel.version, panel.country, panel.history, panel.n]
        name = hashlib.sha256(json.dumps(about).encode()).hexdigest()[:32]
        return self._folder / name

    def fill(self, model_id: str, panel: Panel, write: Callable[[Path], None]) -> None:
        """Let a folder be written, and forget old ones.

        Raises:
            Unavailable: The disk is full or cannot be written to.
        """
        place = self.of(model_id, panel)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            draft = Path(tempfile.mkdtemp(dir=self._folder, prefix=_DRAFT))
            try:
                write(draft)
                _publish(draft, place)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
            self._forget_old(place.name)
        except OSError as error:
            raise Unavailable(
                f"Forecasts could not be written beforehand ({error.strerror or error}); "
                "check free disk space and permissions."
            ) from error

    def _forget_old(self, newest: str) -> None:
        """Remove all but the newest few; an open map of a removed file goes on working."""
        others = [path for path in self._folder.iterdir() if path.name != newest]
        age = {path: _changed(path) for path in others}
        whole = [path for path in others if not path.name.startswith(_DRAFT)]
        old = sorted(whole, key=lambda path: age[path], reverse=True)[_KEPT - 1 :]
        dead = [path for path in others if path not in whole and age[path] < time.time() - _DEAD]
        for path in old + dead:
            shutil.rmtree(path, ignore_errors=True)


def _changed(path: Path) -> float:
    """Return when a folder was last changed, as a timestamp; 0 where another process removed it."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _publish(draft: Path, place: Path) -> None:
    """Give a whole folder its name; where another process was first, its own is as good."""
    for path in (*draft.iterdir(), draft):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    if not place.exists():
        try:
            draft.rename(place)
        except OSError:
            if not place.exists():
                raise
