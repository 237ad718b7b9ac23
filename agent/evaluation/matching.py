"""Whether the calls that were made are the calls that were expected, by the tools' own rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from pydantic_core import PydanticUndefined

from agent.evaluation.suite import AnyOf, AnyValue, Calls, ExpectedCall
from tenants.errors import AppError
from tools.catalogue import Kind, Vocabulary, resolve
from tools.contract import Effect, Tool
from tools.periods import next_week

_RESOLVED = ("product", "store", "category")
_PERIOD = ("start", "end")
_AHEAD = frozenset({"forecast", "explain", "what_if", "counterfactual", "optimize_discount"})
_BEHIND = frozenset({"sales_history", "detect_anomalies", "decision_report", "audit_trail"})
_ABOUT_THE_PAST = frozenset({"change", "miss"})
_DAYS_BEHIND = 28

Call = Mapping[str, Any]
"""A call as `Answer.calls` lists it."""


@dataclass(frozen=True, slots=True)
class Contract:
    """What calls are compared by: the tools, the tenant's names and its day.

    Attributes:
        tools: Every tool there is, by name.
        vocabulary: The tenant's products, stores and categories.
        today: Its local date.
        week_starts: 0 for Monday to 6 for Sunday.
    """

    tools: Mapping[str, Tool]
    vocabulary: Vocabulary
    today: date
    week_starts: int = 0

    def reads(self, name: str) -> bool:
        """Tell whether a tool changes nothing."""
        return name in self.tools and self.tools[name].effect is Effect.READS

    def unmet(self, expected: Calls, made: Sequence[Call]) -> list[str]:
        """Return what is wrong with the calls made, each expected one being made once."""
        if len(_pairs(self._fits(expected, made))) == len(expected):
            return []
        wrong = [
            self._difference(one, made)
            for one in expected
            if not any(self.differences(one, call) == [] for call in made)
        ]
        return wrong or ["an expected call was made fewer times than asked for"]

    def unexpected(self, expected: Calls, made: Sequence[Call]) -> list[Call]:
        """Return the calls that no expected one stands for."""
        chosen = _pairs(self._fits(expected, made))
        return [call for place, call in enumerate(made) if place not in chosen]

    def differences(self, expected: ExpectedCall, made: Call) -> list[str]:
        """Return in which arguments a call is not the expected one."""
        if made["tool"] != expected.tool:
            return [f"{made['tool']} was called"]
        forms = self._forms(expected.tool, made["arguments"])
        return _fewest([self._differing(expected, form) for form in forms])

    def _differing(self, expected: ExpectedCall, made: Mapping[str, Any]) -> list[str]:
        wanted = expected.args
        names = dict.fromkeys((*self._arguments(expected.tool), *wanted, *made))
        return [
            f"{name} is {_shown(made.get(name))}, not {_shown(wanted.get(name))}"
            for name in names
            if not self._agrees(expected.tool, name, wanted.get(name), made.get(name))
        ]

    def _forms(self, tool: str, made: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the ways to write one call: its default period may be given or left out."""
        default = self._default_period(tool, made)
        given = {name: made[name] for name in _PERIOD if made.get(name) is not None}
        if default is not None and not given:
            return [dict(made), {**made, **default}]
        if given == default:
            return [dict(made), {k: v for k, v in made.items() if k not in _PERIOD}]
        return [dict(made)]

    def _default_period(self, tool: str, made: Mapping[str, Any]) -> dict[str, str] | None:
        """Return the period a tool takes when it is given none, where the contract fixes one."""
        looks_back = tool in _BEHIND or made.get("about") in _ABOUT_THE_PAST
        if looks_back:
            last = self.vocabulary.cutoff
            if last is None:
                return None
            start, end = last - timedelta(days=_DAYS_BEHIND - 1), last
        elif tool in _AHEAD:
            period = next_week(self.today, self.week_starts)
            start, end = period.start, period.end
        else:
            return None
        return dict(zip(_PERIOD, (start.isoformat(), end.isoformat()), strict=True))

    def _fits(self, expected: Calls, made: Sequence[Call]) -> list[list[int]]:
        return [
            [place for place, call in enumerate(made) if not self.differences(one, call)]
            for one in expected
        ]

    def _difference(self, expected: ExpectedCall, made: Sequence[Call]) -> str:
        alike = [self.differences(expected, call) for call in made if call["tool"] == expected.tool]
        if not alike:
            done = ", ".join(call["tool"] for call in made) or "nothing"
            return f"{expected.tool} was not called; {done} was"
        return f"{expected.tool}: {'; '.join(_fewest(alike))}"

    def _arguments(self, tool: str) -> tuple[str, ...]:
        return tuple(self.tools[tool].args_type.model_fields) if tool in self.tools else ()

    def _default(self, tool: str, name: str) -> Any:
        fields = self.tools[tool].args_type.model_fields if tool in self.tools else {}
        value = fields[name].default if name in fields else None
        return None if value is PydanticUndefined else value

    def _agrees(self, tool: str, name: str, wanted: Any, made: Any) -> bool:
        if isinstance(wanted, AnyValue):
            return True
        choices = wanted.any_of if isinstance(wanted, AnyOf) else (wanted,)
        default = self._default(tool, name)
        found = self._plain(name, default if made is None else made)
        return any(
            self._plain(name, default if choice is None else choice) == found for choice in choices
        )

    def _plain(self, name: str, value: Any) -> Any:
        """Return a value in the one form in which values are compared."""
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, bool) or value is None:
            return value
        if name in _RESOLVED:
            return self._resolved(cast("Kind", name), str(value))
        if isinstance(value, int | float):
            return float(value)
        return " ".join(str(value).casefold().split())

    def _resolved(self, kind: Kind, said: str) -> str | None:
        try:
            return resolve(said, kind, self.vocabulary)
        except AppError:
            return f"unknown: {said.casefold()}"


def _pairs(fits: list[list[int]]) -> dict[int, int]:
    """Return a largest pairing of made calls with expected ones: augmenting paths."""
    taken: dict[int, int] = {}

    def place(expected: int, tried: set[int]) -> bool:
        for made in fits[expected]:
            if made in tried:
                continue
            tried.add(made)
            if made not in taken or place(taken[made], tried):
                taken[made] = expected
                return True
        return False

    for expected in range(len(fits)):
        place(expected, set())
    return taken


def _fewest(lists: Sequence[list[str]]) -> list[str]:
    return min(lists, key=len)


def _shown(value: Any) -> str:
    if value is None:
        return "left out"
    if isinstance(value, AnyOf):
        return " or ".join(_shown(one) for one in value.any_of)
    return str(value)
