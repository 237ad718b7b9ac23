"""Playing many suites at once: the suites of one day and tenant together, in several processes."""

import multiprocessing
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from agent.evaluation.running import CaseResult
from agent.evaluation.session import Evaluation
from agent.evaluation.suite import Suite


def played_at_once(
    suites: Sequence[Suite], kept: Path, processes: int | None = None
) -> list[CaseResult]:
    """Return the results of all cases, suite after suite as given.

    What a turn takes by the clock is not to be read from these: they run beside one another.

    Args:
        suites: What to play.
        kept: Where prepared worlds are kept; each is made once.
        processes: How many work at a time; by default one for each core.
    """
    groups = together(suites)
    most = min(processes or os.cpu_count() or 1, len(groups))
    # A fork would take over threads and open databases.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(most, mp_context=context) as pool:
        found = pool.map(_played, groups, [kept] * len(groups))
        results = _by_suite(found)
    names = dict.fromkeys(one.suite for one in suites)
    return [one for name in names for one in results.get(name, ())]


def together(suites: Sequence[Suite]) -> list[list[Suite]]:
    """Return the suites in groups that share a world, those with most cases first."""
    groups: dict[tuple[str, str], list[Suite]] = {}
    for one in suites:
        groups.setdefault((one.today.isoformat(), one.workspace), []).append(one)
    return sorted(groups.values(), key=lambda group: -sum(len(one.cases) for one in group))


def _played(suites: Sequence[Suite], kept: Path) -> list[CaseResult]:
    return Evaluation(kept=kept).play(suites)


def _by_suite(found: Iterable[list[CaseResult]]) -> dict[str, list[CaseResult]]:
    results: dict[str, list[CaseResult]] = {}
    for group in found:
        for one in group:
            results.setdefault(one.suite, []).append(one)
    return results
