"""JSON lines: one event a line, an object of names and values."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from forecasting.data.mapping import TextFormat
from forecasting.data.sources.sniff import check_text, head_of
from forecasting.data.sources.source import Chunk, Damaged
from forecasting.data.sources.values import column_of
from tenants.errors import BadInput

_CHUNK_LINES = 50_000
_LONGEST_LINE = 100_000


class JsonLines:
    """One file of JSON lines; names may differ from line to line."""

    def __init__(self, path: Path, name: str, form: TextFormat) -> None:
        self._path = path
        self.name = name
        self._encoding = form.encoding or "utf-8-sig"
        self._declared = form.encoding

    def headers(self) -> list[str]:
        """Return the names that any event has.

        Raises:
            BadInput: The file is empty, not text, or its first lines are no events.
        """
        head = head_of(self._path, self.name)
        check_text(head, self.name, self._declared)
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
            raise BadInput(f"{self.name!r} is one JSON array; write one object a line instead.")
        names: dict[str, None] = {}
        for event in (_event(line) for line in self._lines()):
            if isinstance(event, dict):
                names |= dict.fromkeys(event)
        if not names:
            raise BadInput(f"{self.name!r} holds no JSON objects, one a line.")
        return list(names)

    def chunks(self, wanted: list[str]) -> Iterator[Chunk]:
        """Yield the wanted values of its events.

        Raises:
            BadInput: A line is not in the file's encoding.
        """
        lines = enumerate(self._lines(), 1)
        while block := list(islice(lines, _CHUNK_LINES)):
            events: list[dict[str, Any]] = []
            numbers: list[int] = []
            damaged: list[Damaged] = []
            for number, line in block:
                event = _event(line)
                if isinstance(event, dict):
                    events.append(event)
                    numbers.append(number)
                elif event:
                    damaged.append(Damaged(number, event, line.strip()))
            columns = {name: column_of([event.get(name) for event in events]) for name in wanted}
            yield Chunk(pa.table(columns), np.array(numbers, dtype=np.int64), tuple(damaged))

    def _lines(self) -> Iterator[str]:
        number = 0
        try:
            with self._path.open(encoding=self._encoding, newline="\n") as file:
                for number, line in enumerate(file, 1):  # noqa: B007 - told in the error
                    yield line
        except (UnicodeDecodeError, LookupError) as error:
            raise BadInput(
                f"{self.name!r} is not {self._declared or 'UTF-8'} near line {number + 1}; save it "
                "as UTF-8 or set format.encoding in the mapping."
            ) from error


def _event(line: str) -> dict[str, Any] | str:
    """Return an event, or words for what is wrong with its line; "" for a blank one."""
    if not line.strip():
        return ""
    if len(line) > _LONGEST_LINE:
        return "is longer than 100,000 characters"
    try:
        event = json.loads(line, object_pairs_hook=_once)
        if "\\ud" in line.lower():
            # Half a character of a pair cannot be stored, and nobody can tell which it was.
            json.dumps(event, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return "is not a JSON object"
    return event if isinstance(event, dict) else "is not a JSON object"


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object, unless it names one thing twice."""
    event = dict(pairs)
    if len(event) < len(pairs):
        raise ValueError("a name occurs twice")
    return event
