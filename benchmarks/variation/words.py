"""The words that changes are made with, for each language, and what they are told of a case."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from langchain_core.messages import HumanMessage

from agent.evaluation.suite import Case, Turn
from agent.planner.context import PlannerContext
from agent.planner.dialogue import dialogue_of, in_its_language
from benchmarks.variation.playing import Setting

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Told:
    """A case that passes, to be put otherwise.

    Attributes:
        case: The case.
        setting: Where it is played.
        workspace: The tenant's name.
        context: What the planner knows there, in the language of the first message.
        draw: Chooses among ways; always alike for one case and one kind of change.
        others: Cases of the same tenant and day, for changes that take two.
    """

    case: Case
    setting: Setting
    workspace: str
    context: PlannerContext
    draw: Random
    others: tuple[Case, ...] = ()

    @property
    def code(self) -> str:
        """The language of the first message."""
        return self.context.language.code

    @property
    def words(self) -> dict[str, Any]:
        """The words of its language."""
        return words_of(self.code)

    @property
    def alone(self) -> Turn | None:
        """The only turn, where there is but one."""
        return self.case.turns[0] if len(self.case.turns) == 1 else None

    @property
    def first(self) -> str:
        """The first message."""
        return self.case.turns[0].say or ""


@cache
def words_of(code: str) -> dict[str, Any]:
    """Return the ways to put things otherwise in a language."""
    return tomllib.loads((_HERE / f"{code}.toml").read_text(encoding="utf-8"))


@cache
def nicknames(workspace: str, code: str) -> dict[str, tuple[str, str]]:
    """Return what people call one and many of a product, by its id."""
    known = tomllib.loads((_HERE / "names.toml").read_text(encoding="utf-8"))
    return {key: (one, many) for key, (one, many) in known[workspace].get(code, {}).items()}


def in_tongue(case: Case, setting: Setting) -> PlannerContext:
    """Return what the planner knows of the tenant, in the language of a case."""
    words = case.turns[0].say or ""
    return in_its_language(dialogue_of([HumanMessage(words)]), setting.context)


def said_otherwise(case: Case, said: dict[int, str]) -> Case | None:
    """Return a case with other words at some turns; None where none of them is another."""
    if all(case.turns[place].say == words for place, words in said.items()):
        return None
    turns = tuple(
        turn.model_copy(update={"say": said[place]}) if place in said else turn
        for place, turn in enumerate(case.turns)
    )
    return case.model_copy(update={"turns": turns})
