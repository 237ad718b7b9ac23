"""Results of single worlds, kept on disk so that a run cut short goes on where it stopped."""

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.real_data import ROOT

FOLDER = ROOT / "var" / "decisions"
# What a result depends on; with other code it is measured anew.
_SOURCES = ("forecasting", "tools", "tenants", "benchmarks/decisions", "benchmarks/worlds")

Result = dict[str, Any]


class Kept:
    """Results by part and seed, of this very code."""

    def __init__(self, folder: Path = FOLDER, fingerprint: str | None = None) -> None:
        self._file = folder / f"{fingerprint or fingerprint_of(ROOT)}.jsonl"
        self._found: dict[str, Result] = {}
        if self._file.exists():
            lines = self._file.read_text(encoding="utf-8").splitlines()
            self._found = {one["of"]: one["result"] for one in map(json.loads, lines)}

    def result(self, of: str, work: Callable[[], Result]) -> Result:
        """Return what is kept under a name, worked out and kept where it is missing."""
        if of not in self._found:
            found = work()
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"of": of, "result": found}) + "\n")
            self._found[of] = found
        return self._found[of]


def fingerprint_of(root: Path, folders: Iterable[str] = _SOURCES) -> str:
    """Return a name for the code of some folders as it is now."""
    told = hashlib.sha256()
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            told.update(path.relative_to(root).as_posix().encode())
            told.update(path.read_bytes())
    return told.hexdigest()[:16]
