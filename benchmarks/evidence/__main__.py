"""The long proofs: `make evidence`, or `make evidence ONLY=engine` for one group."""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console

from benchmarks.evidence import conversation, decisions, engine
from benchmarks.evidence.ledger import LEDGER, REPORT, Evidence, enter, read, report

GROUPS: dict[str, Callable[[], Iterator[Evidence]]] = {
    "conversation": conversation.proofs,
    "decisions": decisions.proofs,
    "engine": engine.proofs,
}


def main() -> None:
    """Run the proofs, entering each figure as it comes, and write the report."""
    parser = argparse.ArgumentParser(prog="evidence", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=sorted(GROUPS), default=sorted(GROUPS))
    parser.add_argument("--ledger", type=Path, default=LEDGER, help="where figures are entered")
    options = parser.parse_args()
    console = Console()
    for group in options.only:
        enter(group, _told(group, console), options.ledger)
    text = report(read(options.ledger))
    (options.ledger.parent / REPORT.name).write_text(text, encoding="utf-8")
    console.print(f"Written to {options.ledger} and {REPORT.name} beside it.")


def _told(group: str, console: Console) -> Iterator[Evidence]:
    for one in GROUPS[group]():
        shown = "not measured" if one.value is None else f"{one.value:,.4g} {one.unit}"
        console.print(f"[dim]{group}[/dim] {one.key}: {shown}")
        yield one


if __name__ == "__main__":
    main()
