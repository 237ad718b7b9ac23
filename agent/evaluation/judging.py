"""Whether one turn went as its suite expects; decided by code, never by a model."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agent.answer import Answer
from agent.evaluation.matching import Call, Contract
from agent.evaluation.suite import AnyOf, Calls, Expect, Turn
from agent.grounding import Name, check
from tenants.audit import AuditRecord

_MADE = ("succeeded", "failed", "awaiting")
_NOT_DONE = ("refused", "invalid", "failed")
_DAY_OR_ID = re.compile(
    r"(?:AP|AL|RC)-\d+|\w+_v\d{8}(?:\.\d+)?|\d{4}-\d{2}-\d{2}|"
    r"(?:\d{1,2}\.?\s+[^\W\d]{3,}\.?|[^\W\d]{3,}\.?\s+\d{1,2},?)\s+\d{4}"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One turn as it went.

    Attributes:
        answer: What the person got.
        records: What the audit holds of it, oldest first.
        said: Everything the person said so far.
        waiting: The requests for approval that this turn made: tool and arguments.
        requests: The ids of all requests that wait.
        by: Who asked, or who decided.
        requested_by: Who asked for the request decided on; empty when it is no decision.
        approval: The request decided on.
    """

    answer: Answer
    records: tuple[AuditRecord, ...]
    said: tuple[str, ...]
    waiting: tuple[Call, ...] = ()
    requests: tuple[str, ...] = ()
    by: str = ""
    requested_by: str = ""
    approval: str = ""


def judge(turn: Turn, seen: Seen, contract: Contract) -> list[str]:
    """Return everything that went otherwise than expected; nothing when the turn passed."""
    failures = [f"ungrounded figure: {text}" for text in ungrounded(seen, contract)]
    failures += _words(turn.expect, seen.answer.text)
    if turn.say is None and turn.expect.refused is None:
        failures += _decision(turn, seen)
    made = [call for call in seen.answer.calls if call["outcome"] in _MADE]
    failures += _honest(seen, contract)
    failures += _calls(turn, made, seen, contract)
    if turn.expect.asks_for is not None:
        failures += _asked(turn.expect.asks_for, seen.answer)
    if turn.expect.refused is not None:
        failures += _refused(turn.expect, made, seen)
    return failures


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer is checked against, as `agent.grounding.check` takes it."""

    results: tuple[Mapping[str, Any], ...]
    words: tuple[str, ...]
    today: str
    names: tuple[Name, ...]


def basis(seen: Seen, contract: Contract) -> Basis:
    """Return what an answer is checked against."""
    approval = seen.answer.approval
    besides = [{"arguments": {}, "result": approval}] if approval else []
    known = contract.vocabulary
    return Basis(
        (*seen.answer.calls, *besides),
        (*seen.said, *seen.answer.choices, *seen.requests),
        contract.today.isoformat(),
        (
            *(("product", item.id, item.name) for item in known.products),
            *(("store", store.id, store.name) for store in known.stores),
        ),
    )


def ungrounded(seen: Seen, contract: Contract) -> tuple[str, ...]:
    """Return the figures of an answer that come from nowhere."""
    on = basis(seen, contract)
    loose = check(seen.answer.text, on.results, on.words, on.today, on.names).ungrounded
    if seen.answer.status != "clarify":
        return loose
    # Who asks back may name a day or an id as an example, but no figure.
    return tuple(text for text in loose if not _DAY_OR_ID.fullmatch(text))


def _words(expect: Expect, text: str) -> Iterator[str]:
    for pattern in expect.says:
        if not re.search(pattern, text):
            yield f"the answer does not say {pattern!r}"
    for pattern in expect.never_says:
        if re.search(pattern, text):
            yield f"the answer says {pattern!r}"


def _honest(seen: Seen, contract: Contract) -> Iterator[str]:
    """Compare what the answer lists with what the audit holds: nothing may happen unseen."""
    listed = [(call["tool"], call["outcome"]) for call in seen.answer.calls]
    for record in seen.records:
        done = (record.tool, record.outcome)
        if record.outcome not in ("succeeded", "awaiting") or contract.reads(record.tool):
            continue
        if done in listed:
            listed.remove(done)
        else:
            yield f"the audit holds {record.tool} ({record.outcome}), which the answer leaves out"


def _calls(turn: Turn, made: Sequence[Call], seen: Seen, contract: Contract) -> list[str]:
    expect = turn.expect
    tries = [_against(calls, turn, made, seen, contract) for calls in expect.alternatives or ((),)]
    return min(tries, key=len)


def _against(
    calls: Calls, turn: Turn, made: Sequence[Call], seen: Seen, contract: Contract
) -> list[str]:
    """Return what is wrong with the calls made when these are the ones expected."""
    expect = turn.expect
    failures = contract.unmet(calls, made)
    extra = contract.unexpected(calls, made)
    nothing_may_run = calls == () and bool(expect.alternatives)
    for call in extra:
        changes = not contract.reads(call["tool"]) and turn.say is not None
        if changes or expect.only or nothing_may_run:
            failures.append(f"{call['tool']} was called, which was not asked for")
    if expect.approval and not failures:
        failures += _waits(calls, seen, contract)
    return failures


def _waits(calls: Calls, seen: Seen, contract: Contract) -> Iterator[str]:
    wanted = tuple(call for call in calls if not contract.reads(call.tool))
    yield from (f"no request waits: {one}" for one in contract.unmet(wanted, seen.waiting))
    for call in contract.unexpected(wanted, seen.waiting):
        yield f"{call['tool']} waits for an approval, which was not asked for"
    for record in seen.records:
        if record.outcome == "succeeded" and not contract.reads(record.tool):
            yield f"{record.tool} ran before anybody approved it"
    if seen.answer.approval is None:
        yield "the answer does not show the request"


def _asked(wanted: Sequence[str | AnyOf], answer: Answer) -> Iterator[str]:
    asked, left = set(answer.asks_for), list(wanted)
    for one in wanted:
        choices = set(map(str, one.any_of)) if isinstance(one, AnyOf) else {one}
        if choices & asked:
            asked -= choices
            left.remove(one)
    if left or asked:
        names = [_name(one) for one in wanted]
        yield f"the answer asks for {_and(answer.asks_for)}, not for {_and(names)}"


def _refused(expect: Expect, made: Sequence[Call], seen: Seen) -> Iterator[str]:
    wanted = expect.refused.any_of if isinstance(expect.refused, AnyOf) else (expect.refused,)
    given = seen.answer.refused
    if given not in wanted:
        yield f"the refusal is {given or 'none'}, not {_and([str(one) for one in wanted])}"
    if not expect.alternatives:
        for call in made:
            if call["outcome"] == "succeeded":
                yield f"{call['tool']} ran, although the question was to be refused"
    if given and not any(record.outcome in _NOT_DONE for record in seen.records):
        yield "the audit does not hold the refused attempt"


def _decision(turn: Turn, seen: Seen) -> Iterator[str]:
    """Judge another person's decision on the request that waits."""
    if not seen.approval:
        yield "no request waits for a decision"
        return
    done = [
        record
        for record in seen.records
        if record.outcome == "succeeded"
        and (record.approval, record.approved_by) == (seen.approval, seen.by)
        and record.user == seen.requested_by
    ]
    if turn.approve is not None and not done:
        yield f"the audit does not hold {seen.approval} as run under both names"
    if turn.deny is not None:
        if any(record.outcome == "succeeded" for record in seen.records):
            yield f"{seen.approval} ran although it was denied"
        if not any(record.outcome == "refused" for record in seen.records):
            yield f"the audit does not hold that {seen.approval} was denied"


def _name(one: Any) -> str:
    return f"any of {_and([str(each) for each in one.any_of])}" if isinstance(one, AnyOf) else one


def _and(names: Sequence[str]) -> str:
    return ", ".join(names) or "nothing"
