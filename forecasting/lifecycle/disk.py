"""The few things publishing does to a disk, each of which may fail or be cut short.

`rename` is atomic but not durable, and a written file is neither until it is synced: the
order write, sync file, rename, sync folder is what "All File Systems Are Not Created
Equal" (OSDI 2014) found applications to get wrong.
"""

import os
import shutil
from pathlib import Path
from typing import Protocol


class Disk(Protocol):
    """What publishing needs; a test stands in for it to fail at each step."""

    def make_folder(self, path: Path) -> None:
        """Make a folder that must not exist yet."""
        ...

    def write(self, path: Path, content: bytes) -> None:
        """Write a file that must not exist yet; not durable before `sync`."""
        ...

    def sync(self, path: Path) -> None:
        """Make a file's content, or a folder's entries, survive a power cut."""
        ...

    def rename(self, source: Path, target: Path) -> None:
        """Move a folder to its final name in one step."""
        ...

    def remove(self, folder: Path) -> None:
        """Remove a folder and all in it, as far as possible."""
        ...


class LocalDisk:
    """The disk of this machine."""

    def make_folder(self, path: Path) -> None:
        """Make a folder that must not exist yet."""
        path.mkdir(mode=0o700)

    def write(self, path: Path, content: bytes) -> None:
        """Write a file that must not exist yet; not durable before `sync`."""
        with path.open("xb") as file:
            file.write(content)

    def sync(self, path: Path) -> None:
        """Make a file's content, or a folder's entries, survive a power cut."""
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def rename(self, source: Path, target: Path) -> None:
        """Move a folder to its final name in one step."""
        source.rename(target)

    def remove(self, folder: Path) -> None:
        """Remove a folder and all in it, as far as possible."""
        shutil.rmtree(folder, ignore_errors=True)
