"""How the built-in model does in the scripted conversations that come with the code.

The suites called `unseen` were written by people who did not know the model, and nobody looked
at them while building it; those called `practice` are what it was tried on, and what its ranking
learns from (`benchmarks.heard`).
"""

import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from agent.evaluation.running import CaseResult, totals
from agent.evaluation.session import Evaluation
from agent.evaluation.suite import Suite, read_suite
from benchmarks.evidence import retrieval
from benchmarks.evidence.ledger import Evidence
from benchmarks.grounding.measuring import OWN, Told, measured
from benchmarks.playing import played_at_once
from benchmarks.real_data import ROOT
from tenants.settings import Settings

SUITES = ROOT / "agent" / "evaluation" / "suites"
_SEED = 7
_NORMAL_95 = 1.959964
# All of the practice suites would take hours; one case in so many tells what is to be told.
_PRACTICE_EVERY = 5
# The same kind of conversation on other days than most.
_OTHER_DAYS = re.compile("_(?:monday|spring|autumn|new_year)$")


def proofs() -> Iterator[Evidence]:
    """Search the documents; then play the suites once, in the worlds of `tillsight eval`."""
    yield from retrieval.proofs()
    kept = Settings().home / "evaluations"
    # Only of the first is told how long turns take: nothing runs beside them.
    unseen = _suites(SUITES / "unseen")
    practice = _suites(SUITES / "practice", every=_PRACTICE_EVERY)
    played = [Evaluation(kept=kept).play(unseen), played_at_once(practice, kept)]
    of_unseen, of_practice = (_totals(results) for results in played)
    yield _passed("eval_pass_pct", of_unseen, "suites nobody looked at while building", goal="97")
    yield from _each_kind(played[0])
    tried = f"one in {_PRACTICE_EVERY} of the suites that were tried while building"
    yield _passed("eval_practice_pass_pct", of_practice, tried)
    yield Evidence("eval_cases", of_unseen["cases"], "", of_unseen["cases"], note="suites `unseen`")
    both = of_unseen["cases"] + of_practice["cases"]
    yield Evidence(
        "eval_ungrounded",
        of_unseen["ungrounded"] + of_practice["ungrounded"],
        "figures",
        both,
        seed=_SEED,
        goal="0",
        note="figures in answers that come from no result, in all these cases",
    )
    yield Evidence(
        "turn_p95_ms",
        of_unseen["p95_ms"],
        "ms",
        of_unseen["turns"],
        seed=_SEED,
        goal="under 80",
        note="whole turns, suites `unseen`, one after the other; "
        f"half take {of_unseen['p50_ms']} ms",
    )
    yield from grounding([result for results in played for result in results])


def grounding(results: Sequence[CaseResult]) -> Iterator[Evidence]:
    """Yield how well the check tells the honest answers of played cases from wrong ones."""
    told = [
        Told(turn.answer, turn.basis.results, turn.basis.words, turn.basis.today, turn.basis.names)
        for result in results
        for turn in result.turns
        if turn.calls and turn.basis
    ]
    found = measured(told)
    killed, alarms, free = found.all_killed, found.alarms[OWN], found.free_alarms
    kinds = ", ".join(f"{kind} {one.count} of {one.of}" for kind, one in found.killed.items())
    yield share(
        "grounding_mutants_killed_pct",
        (killed.count, killed.of),
        f"these answers made wrong in one place: {kinds}",
        goal="99.5",
    )
    yield share(
        "grounding_false_alarm_pct",
        (alarms.count, alarms.of),
        "the built-in model's own answers taken for wrong",
        goal="at most 1",
    )
    sets = ", ".join(
        f"{name} {one.count} of {one.of}" for name, one in found.alarms.items() if name != OWN
    )
    yield share(
        "grounding_free_words_alarm_pct",
        (free.count, free.of),
        f"honest answers worded freely, as a language model would, taken for wrong: {sets}",
        goal="at most 1",
    )


def _each_kind(results: Sequence[CaseResult]) -> Iterator[Evidence]:
    """Yield the share passed of every kind, in the suites of all authors and days."""
    kinds = {
        read_suite(path).suite: _OTHER_DAYS.sub("", path.stem)
        for path in (SUITES / "unseen").rglob("*.yaml")
    }
    counted: dict[str, tuple[int, int]] = {}
    for suite, found in totals(results)["by_suite"].items():
        passed, cases = counted.get(kinds[suite], (0, 0))
        counted[kinds[suite]] = passed + found["passed"], cases + found["cases"]
    for kind, (passed, cases) in counted.items():
        yield share(f"eval_{kind}_pct", (passed, cases), f"{passed} of {cases} cases")


def _suites(folder: Path, every: int = 1) -> list[Suite]:
    suites = [read_suite(path) for path in sorted(folder.rglob("*.yaml"))]
    return [one.model_copy(update={"cases": one.cases[::every]}) for one in suites]


def _totals(results: Sequence[CaseResult]) -> dict[str, Any]:
    return totals(results) | {"turns": sum(len(one.turns) for one in results)}


def _passed(key: str, found: dict[str, Any], what: str, *, goal: str = "") -> Evidence:
    kinds = ", ".join(
        f"{kind} {counted['passed']} of {counted['cases']}"
        for kind, counted in sorted(found["by_kind"].items())
    )
    return share(key, (found["passed"], found["cases"]), f"{what}: {kinds}", goal=goal)


def share(key: str, counted: tuple[int, int], note: str, *, goal: str = "") -> Evidence:
    """Return a share in percent with its interval, from how many of how many."""
    count, of = counted
    return Evidence(
        key, 100 * count / of, "%", of, interval=wilson(count, of), seed=_SEED, goal=goal, note=note
    )


def wilson(passed: int, cases: int) -> tuple[float, float]:
    """Return the 95 % interval of a share, in percent, by Wilson's score."""
    if not cases:
        return 0.0, 100.0
    share, square = passed / cases, _NORMAL_95**2 / cases
    middle = share + square / 2
    spread = _NORMAL_95 * math.sqrt(share * (1 - share) / cases + square / (4 * cases))
    low, high = ((middle + sign * spread) / (1 + square) for sign in (-1, 1))
    return 100 * low, 100 * high
