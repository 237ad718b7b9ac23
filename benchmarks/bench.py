"""What this version does on this machine: `make bench`, or `python -m benchmarks --help`."""

import argparse
import json
import os
import platform
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import asking, harbor, ingestion, real_data
from benchmarks.measure import Measure
from benchmarks.workplace import workplace
from tenants.errors import AppError

PARTS = ("ingest", "harbor", "ask", "real")
REPORT = Path("var/bench.json")
# Of the table where no terminal says how wide it is.
WIDTH = 130
LIBRARIES = ("tillsight", "pandas", "lightgbm", "deltalake", "langchain")


def main() -> None:
    """Measure, showing each figure as it comes; print the table and write the report."""
    options = _options()
    console = Console()
    if not console.is_terminal:
        console.width = WIDTH
    measures: list[Measure] = []
    for measure in _all(options.only):
        measures.append(measure)
        console.print(f"[dim]{measure.part}[/dim] {measure.name}: {_figure(measure)}")
    console.print(_table(measures))
    options.json.parent.mkdir(parents=True, exist_ok=True)
    report = {"machine": _machine(), "measures": [measure.to_dict() for measure in measures]}
    options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    console.print(f"Written to {options.json}.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="parts to measure")
    parser.add_argument("--json", type=Path, default=REPORT, help=f"the report ({REPORT})")
    return parser.parse_args()


def _all(parts: list[str]) -> Iterator[Measure]:
    if "ingest" in parts:
        yield from _measured("ingest", ingestion.measures)
    if "harbor" in parts or "ask" in parts:
        with workplace() as place:
            # Questions need a trained model, so Harbor is prepared for them too.
            yield from _measured("harbor", lambda: harbor.measures(place))
            if "ask" in parts:
                yield from _measured("ask", lambda: asking.as_process(place))
                yield from _measured("ask", lambda: asking.in_process(place))
    if "real" in parts:
        yield from _measured("real", real_data.measures)


def _measured(part: str, measures: Callable[[], Iterator[Measure]]) -> Iterator[Measure]:
    """Yield a part's figures; one that fails on purpose is told, and the next part goes on."""
    try:
        yield from measures()
    except AppError as error:
        yield Measure(part, "not measured", None, "", note=str(error))


def _figure(measure: Measure) -> str:
    if measure.value is None:
        return f"not measured: {measure.note}"
    digits = 0 if abs(measure.value) >= 1000 else 2  # noqa: PLR2004 - thousands need no decimals
    return f"{measure.value:,.{digits}f} {measure.unit}"


def _target(measure: Measure) -> str:
    bounds = (("≥", measure.least), ("≤", measure.most))
    told = " ".join(f"{sign} {round(bound, 1):,g}" for sign, bound in bounds if bound is not None)
    marks = {True: "[green]reached[/green]", False: "[red]missed[/red]", None: ""}
    return f"{told} {marks[measure.reached]}".strip()


def _table(measures: list[Measure]) -> Table:
    table = Table(title=f"Tillsight {version('tillsight')} on {_machine()['processors']} cores")
    for name in ("part", "what", "measured", "target", "beside", "note"):
        table.add_column(name, justify="right" if name == "measured" else "left")
    for measure in measures:
        table.add_row(
            measure.part,
            measure.name,
            _figure(measure) if measure.value is not None else "",
            _target(measure),
            measure.beside,
            measure.note,
        )
    return table


def _machine() -> dict[str, object]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "processors": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
    }
