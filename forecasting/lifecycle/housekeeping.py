"""What interrupted work leaves in the models folder, and when it goes."""

import os
import secrets
import shutil
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from forecasting.lifecycle.artifact import UNFINISHED

_ORPHAN = ".orphan-"
_KEPT = timedelta(days=1)


def set_aside(folder: Path) -> None:
    """Move away files that were published but never recorded, because the process died between.

    Called with the registry locked, so nobody can be between the two now.
    """
    if folder.exists() or folder.is_symlink():
        aside = folder.with_name(f"{_ORPHAN}{secrets.token_hex(8)}")
        folder.rename(aside)
        if not aside.is_symlink():
            os.utime(aside)  # its day of grace starts now


def sweep(models: Path, deleted: Mapping[str, datetime]) -> None:
    """Remove what has been unfinished, orphaned or deleted for a day."""
    for prefix in (UNFINISHED, _ORPHAN):
        for folder in models.glob(f"{prefix}*"):
            if _age(folder) > _KEPT.total_seconds():
                shutil.rmtree(folder, ignore_errors=True)
    for name, moment in deleted.items():
        if datetime.now(UTC) - moment > _KEPT:
            shutil.rmtree(models / name, ignore_errors=True)


def _age(folder: Path) -> float:
    """Return seconds since a folder was last changed; 0 where it was published meanwhile."""
    try:
        return time.time() - folder.lstat().st_mtime
    except FileNotFoundError:  # whoever was writing it is done
        return 0.0
