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

from benchmarks import asking, harbor, ingestion, reading, real_data, scale, turns
from benchmarks.measure import Measure
from benchmarks.peers import contest
from benchmarks.workplace import workplace
from tenants.errors import AppError

PARTS = ("ingest", "harbor", "ask", "turns", "read", "real")
# Each takes an hour or needs an environment of its own, so it is asked for by name.
LONG_PARTS = ("scale", "peers")
REPORT = Path("var/bench.json")
# Of the table where no terminal says how wide it is.
WIDTH = 130
_MARKS = {True: "reached", False: "**missed**", None: ""}
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
    table = _markdown(measures)
    print(f"\n{table}")
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.with_suffix(".md").write_text(table, encoding="utf-8")
    report = {"machine": _machine(), "measures": [measure.to_dict() for measure in measures]}
    options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    console.print(f"Written to {options.json} and beside it as Markdown.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    every = (*PARTS, *LONG_PARTS)
    parser.add_argument("--only", nargs="+", choices=every, default=PARTS, help="parts to measure")
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
    if "turns" in parts:
        yield from _measured("turns", turns.measures)
    if "read" in parts:
        yield from _measured("read", reading.measures)
    if "real" in parts:
        yield from _measured("real", real_data.measures)
    if "scale" in parts:
        yield from _measured("scale", scale.measures)
    if "peers" in parts:
        yield from _measured("peers", contest.measures)


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
    return f"{told} {_MARKS[measure.reached]}".strip()


def _markdown(measures: list[Measure]) -> str:
    """Return the figures as a table that a page can hold."""
    lines = [
        f"Tillsight {version('tillsight')} on {_machine()['processors']} cores:",
        "",
        "| part | what | measured | target | beside | note |",
        "|---|---|---:|---|---|---|",
    ]
    for measure in measures:
        figure = _figure(measure) if measure.value is not None else "not measured"
        cells = (measure.part, measure.name, figure, _target(measure), measure.beside, measure.note)
        lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "\n".join(lines) + "\n"


def _machine() -> dict[str, object]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "processors": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
    }
