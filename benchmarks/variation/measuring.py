"""Plays cases put otherwise, and counts how many stay right."""

import multiprocessing
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from random import Random

from agent.evaluation.suite import Case, read_suite
from benchmarks.variation.kinds import CHANGES
from benchmarks.variation.playing import Played, Setting, passes, played
from benchmarks.variation.words import Told, in_tongue

PRACTICE = Path(__file__).parents[2] / "agent" / "evaluation" / "suites" / "practice"
"""What is put otherwise; suites that nobody may look at are left alone."""


@dataclass(frozen=True, slots=True)
class Varied:
    """One case put otherwise, and what the planner made of it.

    Attributes:
        kind: The kind of change.
        intent: What the case is about: its first tool, else its kind.
        suite: The file it comes from.
        case: The changed case.
        was: The first message before the change.
        turns: What the planner did.
    """

    kind: str
    intent: str
    suite: str
    case: Case
    was: str
    turns: tuple[Played, ...]

    @property
    def is_right(self) -> bool:
        """Tell whether every turn is as expected."""
        return not any(turn.wrong for turn in self.turns)


@dataclass(frozen=True, slots=True)
class Found:
    """What one suite came to.

    Attributes:
        cases: How many cases it has.
        right: How many are right unchanged; only these are put otherwise.
        varied: They, put otherwise.
    """

    cases: int
    right: int
    varied: tuple[Varied, ...]


def measured(
    paths: Sequence[Path],
    kinds: Sequence[str],
    share: float,
    kept_in: Path | None = None,
    processes: int = 1,
) -> Iterator[Found]:
    """Yield what each suite comes to.

    Args:
        paths: The suites.
        kinds: Names of changes.
        share: Which share of the cases each change is tried on; always the same ones.
        kept_in: Where what is learnt from phrases may be kept between runs.
        processes: How many suites are played at once.
    """
    work = partial(_of_suite, kinds=tuple(kinds), share=share, kept_in=kept_in)
    if processes == 1:
        yield from map(work, paths)
        return
    # A fork would take over threads.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        yield from pool.map(work, paths)


def _of_suite(path: Path, kinds: Sequence[str], share: float, kept_in: Path | None) -> Found:
    suite = read_suite(path)
    setting = _setting_of(suite.workspace, suite.today, kept_in)
    right = tuple(case for case in suite.cases if passes(case, setting))
    varied = []
    for kind in kinds:
        for case in right:
            key = f"{kind} {path.stem} {case.id}"
            if case.turns[0].say is None or not _is_drawn(key, share):
                continue
            draw = Random(key)  # noqa: S311 - a draw that anybody can repeat
            told = Told(case, setting, suite.workspace, in_tongue(case, setting), draw, right)
            if (changed := CHANGES[kind](told)) is not None:
                turns = tuple(played(changed, setting))
                varied.append(Varied(kind, _intent(case), path.stem, changed, told.first, turns))
    return Found(len(suite.cases), len(right), tuple(varied))


_setting_of = cache(Setting.of)


def _is_drawn(key: str, share: float) -> bool:
    return zlib.crc32(key.encode()) % 1000 < 1000 * share


def _intent(case: Case) -> str:
    for turn in case.turns:
        for calls in turn.expect.alternatives:
            if calls:
                return calls[0].tool
    return case.kind
