"""A suite of scripted conversations, as it stands in a YAML file."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from tenants.errors import BadInput

Kind = Literal["answer", "clarify", "refuse", "approve", "knowledge", "out_of_scope"]
RoleName = Literal["viewer", "analyst", "manager", "admin"]
RefusalClass = Literal[
    "permission", "unknown_item", "out_of_range", "not_enough_data", "out_of_scope"
]
_MOST_PROBLEMS = 10


def _listed(value: object) -> object:
    return [value] if isinstance(value, str | dict) else value


def _or_nothing(value: object) -> object:
    return {} if value is None else value


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is not a regular expression: {error}") from None
    return pattern


class _Part(BaseModel):
    # A misspelt expectation would judge nothing, so it is refused.
    model_config = ConfigDict(extra="forbid", frozen=True)


class AnyOf(_Part):
    """One of several would do; None stands for leaving it out."""

    any_of: tuple[Any, ...] = Field(min_length=1)


class AnyValue(_Part):
    """Whatever it is, also nothing."""

    any: Literal[True]


Value = AnyOf | AnyValue | date | bool | int | float | str | None
Patterns = Annotated[
    tuple[Annotated[str, AfterValidator(_compiles)], ...], BeforeValidator(_listed)
]


class ExpectedCall(_Part):
    """One call of a tool, with the arguments it must have."""

    tool: str
    args: Annotated[dict[str, Value], BeforeValidator(_or_nothing)] = Field(default_factory=dict)


Calls = tuple[ExpectedCall, ...]


class Expect(_Part):
    """What must be true of one turn.

    Attributes:
        calls: Calls that must be made; an empty list means that no tool may run.
        calls_any_of: Alternatives to `calls`.
        only: Whether no other call may be made.
        says: Patterns that must each be found in the answer.
        never_says: Patterns that must not be.
        asks_for: Arguments the answer must ask for, all and no other.
        refused: The refusal class.
        approval: Whether the calls must wait for an approval, with nothing changed yet.
    """

    calls: Calls | None = None
    calls_any_of: tuple[Calls, ...] | None = Field(None, min_length=1)
    only: bool = False
    says: Patterns = ()
    never_says: Patterns = ()
    asks_for: Annotated[tuple[str | AnyOf, ...] | None, BeforeValidator(_listed)] = None
    refused: RefusalClass | AnyOf | None = None
    approval: bool = False

    @model_validator(mode="after")
    def _make_sense(self) -> "Expect":
        if self.calls is not None and self.calls_any_of is not None:
            raise ValueError("give either `calls` or `calls_any_of`")
        if self.approval and not self.alternatives:
            raise ValueError("`approval` needs the `calls` that wait for it")
        return self

    @property
    def alternatives(self) -> tuple[Calls, ...]:
        """Return the sequences of calls of which one must be made; none when nothing is said."""
        if self.calls_any_of is not None:
            return self.calls_any_of
        return () if self.calls is None else (self.calls,)


class Turn(BaseModel):
    """What a person says, or another person's decision on the request that waits."""

    model_config = ConfigDict(frozen=True)

    say: str | None = None
    approve: str | None = None
    deny: str | None = None
    expect: Annotated[Expect, BeforeValidator(_or_nothing)] = Expect()

    @model_validator(mode="after")
    def _is_one_thing(self) -> "Turn":
        if sum(one is not None for one in (self.say, self.approve, self.deny)) != 1:
            raise ValueError("a turn is one of `say`, `approve` and `deny`")
        return self


class Case(BaseModel):
    """One conversation."""

    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    id: str
    kind: Kind
    role: RoleName = "analyst"
    turns: tuple[Turn, ...] = Field(min_length=1)


class Suite(BaseModel):
    """Conversations in one tenant on one day."""

    model_config = ConfigDict(frozen=True)

    suite: str
    workspace: str = "harbor"
    today: date
    cases: tuple[Case, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_distinct_ids(self) -> "Suite":
        seen: set[str] = set()
        for case in self.cases:
            if case.id in seen:
                raise ValueError(f"two cases are named {case.id!r}")
            seen.add(case.id)
        return self


def read_suite(path: Path) -> Suite:
    """Read one suite.

    Raises:
        BadInput: The file cannot be read or is no suite; the message says where.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise BadInput(f"The suite {str(path)!r} cannot be read: {why}.") from None
    try:
        return Suite.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        why = getattr(error, "problem", None) or "it cannot be parsed"
        raise BadInput(f"{str(path)!r} is not YAML{where}: {why}.") from None
    except ValidationError as error:
        raise BadInput(f"{str(path)!r} is not a suite: {_explained(error, text)}.") from None


def _explained(error: ValidationError, text: str) -> str:
    document = yaml.safe_load(text)
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    said = [f"{_place(document, one['loc'])}{one['msg']}" for one in problems[:_MOST_PROBLEMS]]
    more = len(problems) - len(said)
    return "; ".join(dict.fromkeys(said)) + (f"; and {more} more" if more else "")


def _place(document: object, place: tuple[int | str, ...]) -> str:
    """Say where a problem is, with the case by its id."""
    if len(place) > 1 and place[0] == "cases" and isinstance(document, dict):
        case = document["cases"][place[1]] if isinstance(place[1], int) else None
        name = case.get("id") if isinstance(case, dict) else None
        if name is not None:
            return f"case {name!r}, {'.'.join(map(str, place[2:])) or 'as a whole'}: "
    return f"{'.'.join(map(str, place))}: " if place else ""
