"""Which files a model may hold: formats that cannot run code when they are loaded.

LightGBM text, JSON, and npz without object arrays. The name and the content must agree, so a
pickle stays refused under any name.
"""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from numpy.lib import format as npy

from tenants.errors import BadInput

MAX_FILES = 200
MAX_BYTES = 1 << 30
_MAX_JSON = 64 << 20
_MAX_UNPACKED = 1 << 30
_MAX_ARRAYS = 1_000
_MAX_TREES = 200_000

_PICKLES = frozenset(
    {".pkl", ".pickle", ".joblib", ".dill", ".sav", ".p", ".pt", ".pth", ".bin", ".npy", ".skops"}
)
_ALLOWED = "LightGBM text (.txt), JSON (.json) and arrays (.npz)"


def check_file(path: Path, name: str) -> None:
    """Check that a file is what its name says and that loading it cannot run code.

    Args:
        path: The file to read; it is never loaded.
        name: What to call it in the error.

    Raises:
        BadInput: It is a pickle, of another format, damaged or too large.
    """
    suffix = path.suffix.lower()
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise BadInput(f"{name!r} is larger than {MAX_BYTES >> 20} MiB; a model must be smaller.")
    if suffix in _PICKLES or _is_pickle(path, size):
        raise pickle_refused(name)
    check = _CHECKS.get(suffix)
    if check is None:
        raise BadInput(f"{name!r} is not a file a model may hold; only {_ALLOWED} are.")
    check(path, name)


def pickle_refused(name: str) -> BadInput:
    """Return the error for a file that could run code when loaded."""
    return BadInput(
        f"{name!r} is a pickle or another format that can run code when loaded, so it was not "
        "opened; save the model as LightGBM text (`booster.save_model('model.txt')`) instead."
    )


def is_pickle_name(name: str) -> bool:
    """Tell whether a file's name promises a format that can run code."""
    return Path(name).suffix.lower() in _PICKLES


def _is_pickle(path: Path, size: int) -> bool:
    with path.open("rb") as file:
        head = file.read(64)
        file.seek(max(0, size - 1))
        last = file.read(1)
    newest = 5
    binary = len(head) > 1 and head[0] == 0x80 and head[1] <= newest  # noqa: PLR2004 - PROTO
    # Protocols 0 and 1 are text: an opcode such as GLOBAL or MARK first, STOP last.
    oldest = last == b"." and head[:1] in {b"c", b"(", b"]", b"}", b"I", b"S"}
    return binary or oldest or b"joblib" in head or b"sklearn" in head


def _check_lightgbm(path: Path, name: str) -> None:
    content = path.read_bytes()
    if not content.startswith(b"tree\n") or b"\nversion=" not in content[:64]:
        raise BadInput(
            f"{name!r} is not a LightGBM text model; write one with `booster.save_model(...)`."
        )
    if b"\x00" in content or b"\nend of trees" not in content:
        raise BadInput(f"{name!r} is damaged or cut short; save the model again.")
    if content.count(b"\nTree=") > _MAX_TREES:
        raise BadInput(f"{name!r} has more than {_MAX_TREES} trees; a model must be smaller.")


def _check_json(path: Path, name: str) -> None:
    if path.stat().st_size > _MAX_JSON:
        raise BadInput(f"{name!r} is larger than {_MAX_JSON >> 20} MiB; JSON must be smaller.")
    try:
        json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{name!r} is not JSON; save the model again.") from error


def _check_arrays(path: Path, name: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if len(members) > _MAX_ARRAYS or unpacked > _MAX_UNPACKED:
                raise BadInput(
                    f"{name!r} unpacks to {len(members)} arrays of {unpacked >> 20} MiB; at most "
                    f"{_MAX_ARRAYS} arrays and {_MAX_UNPACKED >> 20} MiB are allowed."
                )
            for member in members:
                if not member.filename.endswith(".npy"):
                    raise pickle_refused(f"{name}:{member.filename}")
                with archive.open(member) as file:
                    _check_array(file, f"{name}:{member.filename}")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise BadInput(f"{name!r} is not an archive of arrays; save the model again.") from error


def _check_array(file: IO[bytes], name: str) -> None:
    version = npy.read_magic(file)
    read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    _shape, _order, dtype = read(file)
    if dtype.hasobject:
        raise pickle_refused(name)


_CHECKS: dict[str, Callable[[Path, str], None]] = {
    ".txt": _check_lightgbm,
    ".json": _check_json,
    ".npz": _check_arrays,
}
