"""Publish a model's files so that readers see a whole version or none, and open them again.

A version is saved under a temporary name in the models folder, each file checked, hashed and
synced; then a signed manifest is written, and one rename makes the version appear. To open it,
the signature is verified first, then every file's size and hash, before any is parsed.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from forecasting.lifecycle.disk import Disk, LocalDisk
from forecasting.lifecycle.formats import (
    MAX_BYTES,
    MAX_FILES,
    check_file,
    is_pickle_name,
    pickle_refused,
)
from forecasting.lifecycle.manifest import (
    MANIFEST,
    SIGNATURE,
    FileEntry,
    Manifest,
    read_manifest,
    sign,
)
from tenants.errors import BadInput, Unavailable

UNFINISHED = ".new-"
_MAX_MANIFEST = 1 << 20


class Saveable(Protocol):
    """A model that writes itself into an empty folder."""

    def save(self, folder: Path) -> object:
        """Write every file that loading needs."""
        ...


@dataclass(frozen=True, slots=True)
class Draft:
    """A model saved, checked and durable under a temporary name; it has no id yet."""

    folder: Path
    files: tuple[FileEntry, ...]
    disk: Disk

    def publish(self, target: Path, *, tenant_id: str, model_id: str, key: bytes) -> Manifest:
        """Sign the files and make them appear under their final name.

        Raises:
            Unavailable: The disk refused; nothing appeared.
        """
        manifest = Manifest(tenant_id, model_id, self.files)
        content = manifest.to_bytes()
        with _disk_errors_in_words():
            for name, data in ((MANIFEST, content), (SIGNATURE, sign(content, key))):
                self.disk.write(self.folder / name, data)
                self.disk.sync(self.folder / name)
            self.disk.sync(self.folder)
            self.disk.rename(self.folder, target)
            self.disk.sync(target.parent)
        return manifest


@contextmanager
def drafted(model: Saveable, models: Path, *, disk: Disk | None = None) -> Iterator[Draft]:
    """Save a model into the models folder under a temporary name, and tidy up afterwards.

    Raises:
        BadInput: The model wrote a file that a model may not hold.
        Unavailable: The disk refused; nothing appeared.
    """
    disk = disk or LocalDisk()
    folder = models / f"{UNFINISHED}{secrets.token_hex(8)}"
    try:
        with _disk_errors_in_words():
            models.mkdir(parents=True, exist_ok=True)
            disk.make_folder(folder)
            model.save(folder)
            files = tuple(_checked(folder, name, disk) for name in list_files(folder))
        yield Draft(folder, files, disk)
    finally:
        if folder.exists():  # it was not published
            disk.remove(folder)


def publish(
    model: Saveable,
    folder: Path,
    *,
    tenant_id: str,
    model_id: str,
    key: bytes,
    disk: Disk | None = None,
) -> Manifest:
    """Save a model and publish it as `folder` in one go; `folder` must not exist."""
    with drafted(model, folder.parent, disk=disk) as draft:
        return draft.publish(folder, tenant_id=tenant_id, model_id=model_id, key=key)


def open_artifact(folder: Path, *, tenant_id: str, model_id: str, key: bytes) -> Manifest:
    """Verify a published version, every byte of it, and return its manifest.

    Raises:
        BadInput: A file was altered, added, removed or made elsewhere; nothing was parsed.
    """
    manifest = read_signed(folder, tenant_id=tenant_id, key=key)
    if manifest.model_id != model_id:
        raise BadInput(
            f"The files of {model_id!r} are those of {manifest.model_id!r}; "
            "restore the right ones from a backup, or train again."
        )
    return manifest


def read_signed(folder: Path, *, tenant_id: str, key: bytes) -> Manifest:
    """Verify a version of this tenant under whatever id it carries.

    Raises:
        BadInput: A file was altered, added, removed or made elsewhere; nothing was parsed.
    """
    try:
        present = set(list_files(folder))
        if not {MANIFEST, SIGNATURE} <= present:
            raise BadInput(
                f"The folder {folder.name!r} holds no complete model; "
                "restore it from a backup, or train again."
            )
        content = _read_small(folder / MANIFEST)
        signature = _read_small(folder / SIGNATURE)
        manifest = read_manifest(content, signature, key, tenant_id=tenant_id)
        _compare(folder, manifest, present - {MANIFEST, SIGNATURE})
    except OSError as error:
        raise BadInput(
            f"The model in {folder.name!r} cannot be read ({error.strerror}); "
            "restore it from a backup, or train again."
        ) from error
    return manifest


def list_files(folder: Path) -> list[str]:
    """Return the files of a version by their path inside it, sorted.

    Raises:
        BadInput: There is a link or a device, a file too many, or no such folder.
    """
    if folder.is_symlink() or not folder.is_dir():
        raise BadInput(
            f"There is no model folder {folder.name!r}; restore it from a backup, or train again."
        )
    names: list[str] = []
    size = 0
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                path = Path(entry.path)
                name = path.relative_to(folder).as_posix()
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                elif not entry.is_file(follow_symlinks=False):
                    raise BadInput(f"{name!r} is a link, not a file of the model; remove it.")
                else:
                    names.append(name)
                    size += entry.stat(follow_symlinks=False).st_size
                if len(names) + len(waiting) > MAX_FILES or size > MAX_BYTES:
                    raise BadInput(
                        f"The model has more than {MAX_FILES} files or {MAX_BYTES >> 20} MiB; "
                        "a model must be smaller."
                    )
    return sorted(names)


def _checked(folder: Path, name: str, disk: Disk) -> FileEntry:
    path = folder / name
    if name in {MANIFEST, SIGNATURE}:
        raise BadInput(f"A model may not write {name!r}; it is made when the model is published.")
    check_file(path, name)
    disk.sync(path)
    if path.parent != folder:
        disk.sync(path.parent)
    return FileEntry(name, path.stat().st_size, _sha256(path))


def _compare(folder: Path, manifest: Manifest, present: set[str]) -> None:
    listed = {file.name for file in manifest.files}
    for name in sorted(present - listed):
        if is_pickle_name(name):
            raise pickle_refused(name)
        raise BadInput(f"{name!r} is not part of the model {manifest.model_id!r}; remove it.")
    for file in manifest.files:
        path = folder / file.name
        whole = file.name in present and path.stat().st_size == file.size
        if not whole or _sha256(path) != file.sha256:
            raise BadInput(
                f"The file {file.name!r} of model {manifest.model_id!r} was altered or is "
                "missing; restore it from a backup, or train again."
            )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_small(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MAX_MANIFEST)


@contextmanager
def _disk_errors_in_words() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(
            f"The model could not be written ({error.strerror}), so nothing was changed; "
            "check free disk space and permissions, then try again.",
            audit_note=f"publish: {error.strerror}",
        ) from error
