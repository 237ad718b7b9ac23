"""How well the check of answers tells the honest ones from those made wrong."""

import json
import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.grounding import Name, check
from benchmarks.grounding.mutants import Mutant, mutants

TODAY = "2026-07-01"
_HONEST = Path(__file__).parent / "honest.toml"
_SEED = 20260701


@dataclass(frozen=True, slots=True)
class Told:
    """One honest answer with what it was made from."""

    answer: str
    calls: Sequence[Mapping[str, Any]]
    asked: Sequence[str]
    today: str = TODAY


def honest() -> list[Told]:
    """Return honest answers in words as a language model would choose them."""
    groups = tomllib.loads(_HONEST.read_text(encoding="utf-8"))["group"]
    return [
        Told(
            answer,
            [{"tool": one["tool"], "arguments": {}, "result": json.loads(one["result"])}],
            [one["asked"]],
        )
        for one in groups
        for answer in one["answers"]
    ]


def false_alarms(told: Sequence[Told], names: Sequence[Name] = ()) -> Iterator[tuple[Told, str]]:
    """Yield the honest answers that the check takes for wrong, with what it objects to."""
    for one in told:
        loose = check(one.answer, one.calls, one.asked, one.today, names).ungrounded
        if loose:
            yield one, ", ".join(loose)


def survivors(
    told: Sequence[Told], names: Sequence[Name], seed: int = _SEED
) -> tuple[int, list[Mutant]]:
    """Return how many wrong answers were made, and those that the check takes for honest."""
    choice = random.Random(seed)  # noqa: S311 - nothing is guarded by it
    made, alive = 0, []
    for one in told:
        for mutant in mutants(one.answer, names, choice):
            made += 1
            if not check(mutant.text, one.calls, one.asked, one.today, names).ungrounded:
                alive.append(mutant)
    return made, alive


def grounding_figures(told: Sequence[Told], names: Sequence[Name] = ()) -> dict[str, float]:
    """Return the shares of wrong answers found and of honest ones taken for wrong.

    Args:
        told: Answers of the built-in model; the honest paraphrases are added.
        names: What the tenant calls its things.
    """
    sound = [
        one
        for one in told
        if not check(one.answer, one.calls, one.asked, one.today, names).ungrounded
    ]
    made, alive = survivors(sound, names)
    every = [*told, *honest()]
    wrong = len(list(false_alarms(every, names)))
    return {
        "grounding_mutants_killed_pct": 100 * (1 - len(alive) / made) if made else 0.0,
        "grounding_false_alarm_pct": 100 * wrong / len(every),
    }
