"""How well the check of answers tells the honest ones from those made wrong."""

import json
import random
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.grounding import Name, check
from benchmarks.grounding.mutants import Mutant, mutants

TODAY = "2026-07-01"
TUNED, HARDER, HELD_BACK = "answers", "harder", "held_back"
OWN = "the assistant's own"
_MOST_MADE_WRONG = 240
_HONEST = Path(__file__).parent / "honest.toml"
_SEED = 20260701


@dataclass(frozen=True, slots=True)
class Told:
    """One honest answer with what it was made from."""

    answer: str
    calls: Sequence[Mapping[str, Any]]
    asked: Sequence[str]
    today: str = TODAY
    names: tuple[Name, ...] = ()

    def loose(self, answer: str = "") -> tuple[str, ...]:
        """Return what the check objects to, in this answer or in another in its place."""
        said = answer or self.answer
        return check(said, self.calls, self.asked, self.today, self.names).ungrounded


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def percent(self) -> float:
        """As a percentage; 0 of nothing."""
        return 100 * self.count / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Measured:
    """What the measurement came to.

    Attributes:
        killed: Wrong answers found, for each way of making them wrong.
        alarms: Honest answers taken for wrong: its own answers, and free words.
    """

    killed: Mapping[str, Share]
    alarms: Mapping[str, Share]

    @property
    def all_killed(self) -> Share:
        """Wrong answers found, of all."""
        return _sum(self.killed.values())

    @property
    def free_alarms(self) -> Share:
        """Honest answers in free words taken for wrong, of all such."""
        return _sum(share for name, share in self.alarms.items() if name != OWN)


def _sum(shares: Iterable[Share]) -> Share:
    all_of_them = list(shares)
    return Share(sum(one.count for one in all_of_them), sum(one.of for one in all_of_them))


def honest(*lists: str) -> list[Told]:
    """Return honest answers in words as a language model would choose them.

    Args:
        lists: `TUNED`, on which the check was tried while it was built; `HARDER`, of which some
            are still taken for wrong; `HELD_BACK`, which nobody looked at.
    """
    table = tomllib.loads(_HONEST.read_text(encoding="utf-8"))
    names = tuple((kind, key, name) for kind, key, name in table["names"])
    return [
        Told(
            answer,
            [
                {"tool": tool, "arguments": {}, "result": json.loads(result)}
                for tool, result in group["calls"]
            ],
            [group["asked"]],
            names=names,
        )
        for group in table["group"]
        for each in lists
        for answer in group.get(each, ())
    ]


def false_alarms(told: Iterable[Told]) -> Iterator[tuple[Told, str]]:
    """Yield the honest answers that the check takes for wrong, with what it objects to."""
    for one in told:
        loose = one.loose()
        if loose:
            yield one, ", ".join(loose)


def tried(told: Iterable[Told], seed: int = _SEED) -> Iterator[tuple[Mutant, bool]]:
    """Yield wrong answers made from honest ones, and whether the check finds each."""
    choice = random.Random(seed)  # noqa: S311 - nothing is guarded by it
    for one in told:
        for mutant in mutants(one.answer, one.names, choice):
            yield mutant, bool(one.loose(mutant.text))


def measured(told: Sequence[Told]) -> Measured:
    """Return the shares of wrong answers found and of honest ones taken for wrong.

    Args:
        told: Answers of the built-in model, of which so many are made wrong; the honest
            paraphrases are added.
    """
    found: dict[str, list[bool]] = {}
    honest_ones = [one for one in told if not one.loose()]
    step = max(1, len(honest_ones) // _MOST_MADE_WRONG)
    for mutant, is_found in tried(honest_ones[::step]):
        found.setdefault(mutant.kind, []).append(is_found)
    sets = {
        OWN: told,
        "free words": honest(TUNED),
        "harder free words": honest(HARDER),
        "free words held back": honest(HELD_BACK),
    }
    return Measured(
        {kind: Share(sum(each), len(each)) for kind, each in sorted(found.items())},
        {name: Share(len(list(false_alarms(each))), len(each)) for name, each in sets.items()},
    )
