"""What the command line prints: words and tables for people, one JSON value for programs."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

# Control characters could move the cursor or rewrite the screen; direction marks and other
# invisible format characters could make a name read as another.
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_WIDTH_WITHOUT_TERMINAL = 160


def visible(text: object) -> str:
    r"""Return text in which control characters show as `\x1b` and do nothing."""
    return _UNSAFE.sub(lambda match: _escaped(match.group()), str(text))


def one_line(text: object) -> str:
    """Return visible text without line breaks, for a table's cell or an error."""
    return visible(text).replace("\n", " ").replace("\t", " ")


def print_text(text: object, *, error: bool = False) -> None:
    """Print words, escaped; errors go to standard error."""
    stream = sys.stderr if error else sys.stdout
    stream.write(visible(text) + "\n")
    stream.flush()


def print_json(value: object) -> None:
    """Print one JSON value; nothing else goes to standard output with --json."""
    text = json.dumps(value, ensure_ascii=False, default=str, indent=2)
    safe = _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
    sys.stdout.write(safe + "\n")


def print_table(rows: Sequence[Mapping[str, Any]], columns: Iterable[str] | None = None) -> None:
    """Print rows as a table; figures stand right."""
    names = list(columns) if columns is not None else list(rows[0]) if rows else []
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in names:
        numeric = all(isinstance(row.get(name), int | float) for row in rows)
        table.add_column(heading(name), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(one_line(figure(row.get(name)))) for name in names))
    screen().print(table)


def print_facts(facts: Mapping[str, Any], *, indent: int = 0) -> None:
    """Print nested facts: plain values as lines, lists of records as tables."""
    plain = {key: value for key, value in facts.items() if not _is_nested(value)}
    width = max((len(heading(key)) for key in plain), default=0)
    for key, value in plain.items():
        if value not in (None, "", [], ()):
            print_text(f"{' ' * indent}{heading(key):<{width}}  {one_line(_joined(value))}")
    for key, value in facts.items():
        if _is_nested(value) and value:
            print_text(f"\n{' ' * indent}{heading(key)}")
            if isinstance(value, Mapping):
                print_facts(value, indent=indent + 2)
            else:
                print_table(value)


def heading(name: str) -> str:
    """Return a field's name as people write it."""
    words = name.removesuffix("_pct").replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}{' %' if name.endswith('_pct') else ''}"


def figure(value: object) -> str:
    """Return a value as a cell shows it: floats with at most three decimals."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) else str(value)


def screen(*, error: bool = False) -> Console:
    """Return a console as wide as the terminal, or wide enough where there is none."""
    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() else _WIDTH_WITHOUT_TERMINAL
    return Console(file=stream, width=width, highlight=False)


def _is_nested(value: object) -> bool:
    if isinstance(value, Mapping):
        return True
    return isinstance(value, list | tuple) and any(isinstance(item, Mapping) for item in value)


def _joined(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(figure(item) for item in value)
    return figure(value)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"  # noqa: PLR2004 - one byte
