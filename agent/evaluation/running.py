"""Playing cases: each conversation from the same beginning, turn after turn, judged as it goes."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from agent.answer import Answer
from agent.evaluation.judging import Basis, Seen, basis, judge, ungrounded
from agent.evaluation.stage import Play, Stage
from agent.evaluation.suite import Case, Suite, Turn
from tools.approvals import Approval


@dataclass(frozen=True, slots=True)
class TurnResult:
    """One turn as it went.

    Attributes:
        say: What the person said.
        calls: What was called.
        answer: The words of the answer.
        milliseconds: How long it took; 0 for another person's decision.
        basis: What the answer is checked against; None before it was judged.
    """

    say: str
    calls: tuple[dict[str, Any], ...]
    answer: str
    milliseconds: float
    basis: Basis | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        return {
            "say": self.say,
            "calls": [
                {name: call[name] for name in ("tool", "arguments", "outcome")}
                for call in self.calls
            ],
            "answer": self.answer,
            "milliseconds": round(self.milliseconds, 1),
        }


@dataclass(slots=True)
class CaseResult:
    """One case in one trial.

    Attributes:
        ungrounded: How many figures of its answers came from nowhere.
    """

    suite: str
    id: str
    trial: int
    kind: str
    failures: list[str] = field(default_factory=list)
    turns: list[TurnResult] = field(default_factory=list)
    ungrounded: int = 0

    @property
    def passed(self) -> bool:
        """Whether every turn went as expected."""
        return not self.failures

    def to_dict(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        return {
            "id": self.id,
            "trial": self.trial,
            "kind": self.kind,
            "passed": self.passed,
            "failures": self.failures,
            "turns": [turn.to_dict() for turn in self.turns],
            "suite": self.suite,
        }


Casting = Callable[[Stage, Case], Play]
"""Who answers a case."""


def assistant(stage: Stage, _case: Case) -> Play:
    """Let the assistant itself answer."""
    return lambda words, principal, conversation: stage.assistant.answer(
        words, principal, conversation=conversation
    )


def play_case(
    stage: Stage, suite: Suite, case: Case, trial: int, cast: Casting = assistant
) -> CaseResult:
    """Play one case from the beginning; a case that raises fails."""
    stage.restore()
    result = CaseResult(suite.suite, case.id, trial, case.kind)
    conversation = _Conversation(stage, case, cast(stage, case), result)
    for number, turn in enumerate(case.turns, start=1):
        try:
            failures = conversation.go_on(turn)
        except Exception as bug:  # noqa: BLE001 - whatever it is, the case fails by it
            failures = [f"the program failed: {type(bug).__name__}: {bug}"]
        where = f"turn {number}: " if len(case.turns) > 1 else ""
        result.failures += [f"{where}{failure}" for failure in failures]
    return result


class _Conversation:
    """One case while it is played."""

    def __init__(self, stage: Stage, case: Case, play: Play, result: CaseResult) -> None:
        self._stage = stage
        self._play = play
        self._result = result
        self._asker = f"{case.role}1"
        self._said: list[str] = []
        self._conversation: str | None = None

    def go_on(self, turn: Turn) -> list[str]:
        seen = self._say(turn.say) if turn.say is not None else self._decide(turn)
        contract = self._stage.contract
        self._result.ungrounded += len(ungrounded(seen, contract))
        turns = self._result.turns
        turns[-1] = replace(turns[-1], basis=basis(seen, contract))
        return judge(turn, seen, contract)

    def _say(self, words: str) -> Seen:
        before, known = self._stage.last_record(), {one.id for one in self._stage.waiting()}
        self._said.append(words)
        began = time.perf_counter()
        answer = self._play(words, self._stage.person(self._asker), self._conversation)
        took = (time.perf_counter() - began) * 1000
        self._conversation = answer.conversation or self._conversation
        self._result.turns.append(TurnResult(words, answer.calls, answer.text, took))
        waiting = self._stage.waiting()
        return Seen(
            answer=answer,
            records=self._stage.records_after(before),
            said=tuple(self._said),
            waiting=tuple(_call(one) for one in waiting if one.id not in known),
            requests=tuple(one.id for one in waiting),
            by=self._asker,
        )

    def _decide(self, turn: Turn) -> Seen:
        """Let another person decide on the newest request that waits."""
        verb, person = ("approve", turn.approve) if turn.approve else ("deny", turn.deny)
        assert person is not None  # noqa: S101 - a turn is one of three things
        before, waiting = self._stage.last_record(), self._stage.waiting()
        if not waiting:
            self._result.turns.append(TurnResult(f"{verb}: {person}", (), "", 0.0))
            return Seen(Answer("", "failed"), (), tuple(self._said), by=person)
        request = waiting[-1]
        answer = self._stage.decide(request.id, person, approve=verb == "approve")
        self._result.turns.append(TurnResult(f"{verb}: {person}", answer.calls, answer.text, 0.0))
        return Seen(
            answer=answer,
            records=self._stage.records_after(before),
            said=tuple(self._said),
            requests=tuple(one.id for one in waiting),
            by=person,
            requested_by=request.requested_by,
            approval=request.id,
        )


def _call(request: Approval) -> dict[str, Any]:
    return {"tool": request.tool, "arguments": request.arguments, "outcome": "awaiting"}


def totals(results: Sequence[CaseResult]) -> dict[str, Any]:
    """Return the totals over all cases and trials.

    `pass_1` is the chance that one trial of a case passes, `pass_k` that all of its trials
    do: the mean over cases of C(passed, k) / C(trials, k), with k the number of trials.
    """
    trials: dict[tuple[str, str], list[CaseResult]] = {}
    for one in results:
        trials.setdefault((one.suite, one.id), []).append(one)
    cases = list(trials.values())
    took = sorted(
        turn.milliseconds for one in results for turn in one.turns if turn.milliseconds > 0
    )
    shares = [sum(one.passed for one in case) / len(case) for case in cases]
    return {
        "cases": len(cases),
        "passed": sum(all(one.passed for one in case) for case in cases),
        "pass_1": statistics.fmean(shares) if shares else 0.0,
        "pass_k": statistics.fmean(share == 1 for share in shares) if shares else 0.0,
        "by_kind": _by(cases, lambda case: case.kind),
        "by_suite": _by(cases, lambda case: case.suite),
        "ungrounded": sum(one.ungrounded for one in results),
        "p50_ms": round(_percentile(took, 50), 1),
        "p95_ms": round(_percentile(took, 95), 1),
    }


def _by(
    cases: Sequence[Sequence[CaseResult]], group: Callable[[CaseResult], str]
) -> dict[str, dict[str, int]]:
    counted: dict[str, dict[str, int]] = {}
    for case in cases:
        entry = counted.setdefault(group(case[0]), {"cases": 0, "passed": 0})
        entry["cases"] += 1
        entry["passed"] += all(one.passed for one in case)
    return counted


def _percentile(ordered: Sequence[float], percent: float) -> float:
    """Return the smallest value that at least so many percent do not exceed."""
    if not ordered:
        return 0.0
    place = -(-len(ordered) * percent // 100)
    return ordered[max(int(place) - 1, 0)]


def each_case(suite: Suite, trials: int) -> Iterator[tuple[Case, int]]:
    """Yield every case of a suite in every trial."""
    for trial in range(1, trials + 1):
        for case in suite.cases:
            yield case, trial
