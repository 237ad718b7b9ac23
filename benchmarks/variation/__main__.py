"""How much of what the planner understands it still understands put otherwise.

`python -m benchmarks.variation [--kinds "a slip" joined …]` takes every practice case that the
planner gets right, changes it so that the right answer is still known, and counts how often it
stays right, by kind of change and by what is asked. The same cases are drawn every time.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.variation.kinds import CHANGES
from benchmarks.variation.measuring import PRACTICE, Found, Varied, measured
from tenants.settings import Settings


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="variation", description=__doc__)
    parser.add_argument("--kinds", nargs="+", choices=list(CHANGES), default=list(CHANGES))
    parser.add_argument("--suites", default="*", help="a pattern of suites' file names")
    parser.add_argument("--share", type=float, default=0.25, help="of the cases, for each kind")
    parser.add_argument("--show", action="store_true", help="print every variation that fails")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--json", type=Path, help="where to write what failed")
    options = parser.parse_args()
    console = Console()
    paths = sorted(PRACTICE.rglob(f"{options.suites}.yaml"))
    kept = Settings().home / "evaluations"
    found: list[Found] = []
    for suite in measured(paths, options.kinds, options.share, kept, options.processes):
        found.append(suite)
        console.print(f"[dim]{len(found)} of {len(paths)} suites[/dim]", end="\r")
    varied = [one for result in found for one in result.varied]
    wrong = [one for one in varied if not one.is_right]
    for one in wrong if options.show else ():
        console.print(_shown(one), markup=False, highlight=False, soft_wrap=True)
    if options.json:
        told = json.dumps([_told(one) for one in wrong], indent=1, ensure_ascii=False)
        options.json.write_text(told, encoding="utf-8")
    console.print(_table("change", varied, lambda one: one.kind))
    console.print(_table("about", varied, lambda one: one.intent))
    console.print(_total(found, varied))


def _table(head: str, varied: list[Varied], by: Callable[[Varied], str]) -> Table:
    table = Table(head, "right", "of", "%")
    of, right = (
        Counter(by(one) for one in these)
        for these in (varied, [one for one in varied if one.is_right])
    )
    for name in sorted(of, key=lambda name: right[name] / of[name]):
        table.add_row(name, str(right[name]), str(of[name]), f"{100 * right[name] / of[name]:.1f}")
    return table


def _total(found: Iterable[Found], varied: list[Varied]) -> str:
    cases, unchanged = sum(one.cases for one in found), sum(one.right for one in found)
    right = sum(one.is_right for one in varied)
    return (
        f"{unchanged} of {cases} cases are right unchanged; put otherwise, "
        f"{right} of {len(varied)} of them: {100 * right / max(1, len(varied)):.1f} %"
    )


def _shown(one: Varied) -> str:
    lines = [f"## {one.kind} | {one.intent} | {one.suite} {one.case.id}", f"   was: {one.was}"]
    for turn in one.turns:
        lines.append(f"   > {turn.said!r}")
        if turn.wrong:
            lines += [f"     {turn.step!r:.600}", *(f"     !! {wrong}" for wrong in turn.wrong)]
    return "\n".join(lines)


def _told(one: Varied) -> dict[str, object]:
    return {
        "kind": one.kind,
        "intent": one.intent,
        "case": f"{one.suite} {one.case.id}",
        "turns": [{"said": turn.said, "wrong": list(turn.wrong)} for turn in one.turns],
    }


if __name__ == "__main__":
    main()
