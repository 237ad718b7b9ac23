"""The ledger of measured figures: what the README and the docs may quote, and nothing else."""

import json
import math
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.real_data import ROOT

FOLDER = ROOT / "evidence"
LEDGER = FOLDER / "evidence.json"
REPORT = FOLDER / "report.md"


@dataclass(frozen=True)
class Evidence:
    """One measured figure.

    Attributes:
        key: Its name in the ledger.
        value: The figure; None where it could not be measured, and `note` says why.
        unit: What it is measured in.
        n: How many cases it rests on.
        interval: 95 % interval, where it is an estimate.
        seed: What every random choice followed from; None where nothing is random.
        goal: What was hoped for, in words; a figure that misses it stays in.
        note: How it was measured.
    """

    key: str
    value: float | None
    unit: str
    n: int
    interval: tuple[float, float] | None = None
    seed: int | None = None
    goal: str = ""
    note: str = ""


def read(path: Path = LEDGER) -> dict[str, dict[str, Any]]:
    """Return the ledger by key; empty where there is none yet."""
    if not path.exists():
        return {}
    entries: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return entries


def enter(group: str, found: Iterable[Evidence], path: Path = LEDGER) -> None:
    """Write figures as they come, so that a proof that is cut short keeps what it has shown."""
    for one in found:
        entries = read(path)
        entry = asdict(one)
        del entry["key"]
        entries[one.key] = entry | {
            "value": None if one.value is None else _short(one.value),
            "interval": None if one.interval is None else [_short(x) for x in one.interval],
            "group": group,
            "command": f"make evidence ONLY={group}",
            "machine": machine(),
            "date": datetime.now(UTC).date().isoformat(),
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(dict(sorted(entries.items())), indent=1, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")


def machine() -> str:
    """Return this machine in words that name nobody's."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def report(entries: dict[str, dict[str, Any]]) -> str:
    """Return the ledger as Markdown, a table a group."""
    lines = ["# Evidence", "", "Measured by `make evidence`; every figure as it came out.", ""]
    for group in sorted({entry["group"] for entry in entries.values()}):
        lines += [f"## {group}", "", "| figure | value | n | goal | how |", "|---|---|---|---|---|"]
        lines += [_row(k, entry) for k, entry in entries.items() if entry["group"] == group]
        lines.append("")
    return "\n".join(lines)


def _row(key: str, entry: dict[str, Any]) -> str:
    if entry["value"] is None:
        return f"| `{key}` | not measured | | {entry['goal']} | {entry['note']} |"
    value = f"{entry['value']:g} {entry['unit']}".strip()
    if entry["interval"]:
        low, high = entry["interval"]
        value += f" ({low:g} to {high:g})"
    return f"| `{key}` | {value} | {entry['n']:,} | {entry['goal']} | {entry['note']} |"


def _short(value: float) -> float:
    """Return a figure with five digits: more would promise what was not measured."""
    digits = 4 - math.floor(math.log10(abs(value))) if value else 0
    return round(value, max(digits, 0))
