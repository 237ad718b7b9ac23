"""Random keys of the installation, kept in files that only their owner reads."""

import os
import secrets
from pathlib import Path

_BYTES = 32


def secret_key(path: Path) -> bytes:
    """Return the key kept at `path`, making it the first time.

    Two processes that start at once agree: the one that creates the file wins.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first; its key counts
        finally:
            draft.unlink()
    return path.read_bytes()
