"""What an evaluation came to: as JSON, as tables, and the failures in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from agent.evaluation.running import CaseResult, totals


def as_json(results: Sequence[CaseResult]) -> dict[str, Any]:
    """Return the whole result ready for JSON."""
    return {"cases": [one.to_dict() for one in results], "totals": totals(results)}


def table(counted: Mapping[str, Mapping[str, int]], name: str) -> list[dict[str, Any]]:
    """Return one row a group, and one for all of them."""
    rows = [_row(name, group, one["cases"], one["passed"]) for group, one in counted.items()]
    cases = sum(one["cases"] for one in counted.values())
    return [*rows, _row(name, "all", cases, sum(one["passed"] for one in counted.values()))]


def summary(totals: Mapping[str, Any], trials: int, seconds: float) -> str:
    """Return the totals in one sentence."""
    share = 100 * totals["passed"] / totals["cases"] if totals["cases"] else 0.0
    again = (
        f", pass^1 {100 * totals['pass_1']:.1f}%, pass^{trials} {100 * totals['pass_k']:.1f}%"
        if trials > 1
        else ""
    )
    return (
        f"{totals['passed']} of {totals['cases']} cases pass ({share:.1f}%){again}; "
        f"{totals['ungrounded']} ungrounded figures; a turn takes {totals['p50_ms']:g} ms "
        f"(p95 {totals['p95_ms']:g} ms); {seconds:.0f} s in all."
    )


def failures(results: Sequence[CaseResult]) -> Iterator[str]:
    """Yield each case that failed as some lines: what was said, called and wrong."""
    for one in results:
        if one.passed:
            continue
        trial = f", trial {one.trial}" if one.trial > 1 else ""
        lines = [f"{one.id} ({one.suite}, {one.kind}{trial})"]
        for turn in one.turns:
            calls = "; ".join(map(_call, turn.calls)) or "no call"
            lines += [f"  > {turn.say}", f"    {calls}"]
        yield "\n".join([*lines, *(f"  ! {failure}" for failure in one.failures)])


def _call(call: Mapping[str, Any]) -> str:
    arguments = ", ".join(f"{name}={value}" for name, value in call["arguments"].items())
    ended = "" if call["outcome"] == "succeeded" else f" → {call['outcome']}"
    return f"{call['tool']}({arguments}){ended}"


def _row(name: str, group: str, cases: int, passed: int) -> dict[str, Any]:
    share = 100 * passed / cases if cases else 0.0
    return {name: group, "cases": cases, "passed": passed, "passed_pct": round(share, 1)}
