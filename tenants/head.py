"""The signed end of an audit chain, kept apart from the chain.

A chain alone cannot show that its end was cut off; a head that is ahead of it can.
"""

import hashlib
import hmac
import json
import os
import threading
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Promise:
    """The record that a chain must at least reach; `forged` when the signature is wrong."""

    sequence: int = 0
    hash: str = ""
    forged: bool = False


class Head:
    """Keeps the newest record's number and hash in a small signed file."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._writing = threading.Lock()
        self._written = 0

    def write(self, sequence: int, record_hash: str) -> None:
        """Move the head forward; never back."""
        with self._writing:
            if sequence <= self._written:
                return
            draft = self._path.with_name(f"{self._path.name}.{os.getpid()}")
            content = {"sequence": sequence, "hash": record_hash}
            signed = content | {"signature": self._sign(sequence, record_hash)}
            draft.write_text(json.dumps(signed), encoding="utf-8")
            draft.replace(self._path)
            self._written = sequence

    def read(self) -> Promise:
        """Return what the chain must reach."""
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
            sequence, record_hash = int(content["sequence"]), str(content["hash"])
            signature = str(content["signature"])
        except FileNotFoundError:
            return Promise()
        except (ValueError, KeyError, TypeError):
            return Promise(forged=True)
        if not hmac.compare_digest(signature, self._sign(sequence, record_hash)):
            return Promise(forged=True)
        return Promise(sequence, record_hash)

    def _sign(self, sequence: int, record_hash: str) -> str:
        text = f"head:{sequence}:{record_hash}"
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()
