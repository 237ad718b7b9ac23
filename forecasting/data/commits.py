"""The log of loads: which version of every table belongs together.

Delta makes one table atomic, not several. So a load first writes its tables, and then one
small file that names their versions; only what the newest such file names can be read. A load
that dies before that file leaves the old tables in force.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from forecasting.data.profile import DatasetProfile
from tenants.errors import Unavailable


@dataclass(frozen=True, slots=True)
class Commit:
    """One load that changed something.

    Attributes:
        number: 1 for the first, without gaps.
        at: When it was made, ISO, UTC.
        tables: The Delta version of every stored table.
        quarantine: The Delta version of the quarantine, or None while it is empty.
        profile: The conventions from then on.
        profile_changes: How often the profile changed after the first load.
    """

    number: int = 0
    at: str = ""
    tables: dict[str, int] = field(default_factory=dict)
    quarantine: int | None = None
    profile: DatasetProfile = field(default_factory=DatasetProfile)
    profile_changes: int = 0

    @property
    def version(self) -> str:
        """Return the name of this state of the data, e.g. `prices@2,sales@4`; "" when empty."""
        names = [f"{table}@{number}" for table, number in sorted(self.tables.items())]
        if self.profile_changes:
            names.append(f"profile@{self.profile_changes}")
        return ",".join(names)


class CommitLog:
    """The commits of one tenant's data, as numbered JSON files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def newest(self) -> Commit:
        """Return the commit in force; an empty one before the first load."""
        paths = self._paths()
        return _read(paths[-1]) if paths else Commit()

    def find(self, version: str) -> Commit | None:
        """Return the newest commit with that version name, if there is one."""
        if not version:
            return Commit()
        commits = (_read(path) for path in reversed(self._paths()))
        return next((commit for commit in commits if commit.version == version), None)

    def append(self, commit: Commit) -> None:
        """Put a commit in force, durably, all or nothing."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{commit.number:06d}.json"
        draft = path.with_suffix(".draft")
        with draft.open("w", encoding="utf-8") as file:
            json.dump(_as_json(commit), file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(self._folder)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the right to load; a second process is told to wait.

        Raises:
            Unavailable: Another load of this tenant is running, or the disk fails.
        """
        try:
            with self._lock():
                yield
        except OSError as error:
            raise Unavailable(
                f"The data could not be read or written ({error.strerror or error}), so the load "
                "was given up; check free disk space and permissions, then load again."
            ) from error

    @contextmanager
    def _lock(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Unavailable(
                    "Another load of this tenant's data is running; try again when it is done."
                ) from None
            yield

    def _paths(self) -> list[Path]:
        return sorted(self._folder.glob("[0-9]*.json"))


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _as_json(commit: Commit) -> dict[str, Any]:
    names = ("number", "at", "tables", "quarantine", "profile_changes")
    return {name: getattr(commit, name) for name in names} | {"profile": commit.profile.to_dict()}


def _read(path: Path) -> Commit:
    values = json.loads(path.read_text(encoding="utf-8"))
    return Commit(**values | {"profile": DatasetProfile.from_dict(values["profile"])})
