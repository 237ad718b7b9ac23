"""What a published model consists of, signed with the tenant's own key."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

from tenants.errors import BadInput

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file: its path inside the version, its length and the hash of its content."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The list that every file of a version is checked against.

    Attributes:
        tenant_id: Whose model it is; a model does not open for anyone else.
        model_id: Which model it is; a model does not open under another's name.
        files: Every file of the version, by name; any other is foreign.
    """

    tenant_id: str
    model_id: str
    files: tuple[FileEntry, ...]

    def to_bytes(self) -> bytes:
        """Return the only way this manifest is written."""
        content = {
            "format": FORMAT,
            "tenant": self.tenant_id,
            "model": self.model_id,
            "files": {
                file.name: {"bytes": file.size, "sha256": file.sha256} for file in self.files
            },
        }
        return json.dumps(content, indent=1, sort_keys=True).encode() + b"\n"

    @property
    def checksum(self) -> str:
        """Return the SHA-256 of the manifest: it stands for every byte of the version."""
        return hashlib.sha256(self.to_bytes()).hexdigest()

    @property
    def size(self) -> int:
        """Return the bytes of all files."""
        return sum(file.size for file in self.files)


def sign(content: bytes, key: bytes) -> bytes:
    """Return the signature of a manifest's bytes under the tenant's key."""
    return hmac.new(key, content, hashlib.sha256).hexdigest().encode()


def read_manifest(content: bytes, signature: bytes, key: bytes, *, tenant_id: str) -> Manifest:
    """Return a manifest whose signature holds.

    Raises:
        BadInput: It was altered, is another tenant's, or of a newer format.
    """
    if not hmac.compare_digest(sign(content, key), signature):
        raise _refusal(content, tenant_id)
    parsed = json.loads(content)
    if parsed["format"] != FORMAT:
        raise BadInput(
            f"The model is of format {parsed['format']!r} and this version reads {FORMAT}; "
            "update Tillsight or train again."
        )
    files = tuple(
        FileEntry(name, entry["bytes"], entry["sha256"]) for name, entry in parsed["files"].items()
    )
    manifest = Manifest(parsed["tenant"], parsed["model"], files)
    if manifest.tenant_id != tenant_id:
        raise _another_tenants()
    return manifest


def _refusal(content: bytes, tenant_id: str) -> BadInput:
    # Read only to choose the words: nothing of an unsigned manifest is believed.
    try:
        claimed: Any = json.loads(content)
    except (ValueError, RecursionError):
        claimed = None
    if isinstance(claimed, dict) and claimed.get("tenant", tenant_id) != tenant_id:
        return _another_tenants()
    return BadInput(
        "The model's manifest does not carry this tenant's signature: it was altered or made "
        "elsewhere; restore the model from a backup, or train again."
    )


def _another_tenants() -> BadInput:
    return BadInput("The model belongs to another tenant; train or register one of your own.")
