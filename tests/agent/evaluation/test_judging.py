"""Each rule of the format fails a turn that breaks it, and says how."""

from datetime import UTC, date, datetime

import pytest

from agent.answer import Answer
from agent.evaluation.judging import Seen, judge
from agent.evaluation.running import play_case
from agent.evaluation.suite import Suite, Turn
from agent.tool_calls import shown
from tenants.audit import AuditRecord
from tests.agent.evaluation.theatre import Theatre
from tools.gateway import Awaiting


@pytest.fixture(scope="module")
def theatre(tmp_path_factory):
    opened = Theatre(tmp_path_factory.mktemp("theatre") / "home", "harbor", date(2026, 7, 1))
    yield opened
    opened.close()


def agent(*calls, text="Well.", **fields):
    """Return an agent that makes these calls at its first turn and says always the same."""
    left = list(calls)

    def cast(stage, _case):
        def answer(_words, principal, _conversation):
            ended = [stage.call(tool, arguments, principal) for tool, arguments in left]
            left.clear()
            waiting = [one.approval.to_dict() for one in ended if isinstance(one, Awaiting)]
            given = {"status": "answered", "approval": (waiting or [None])[0], **fields}
            return Answer(text, calls=tuple(map(shown, ended)), **given)

        return answer

    return cast


def failures(theatre, cast, *turns, role="analyst"):
    case = {"id": "c", "kind": "answer", "role": role, "turns": list(turns)}
    suite = Suite.model_validate({"suite": "s", "today": "2026-07-01", "cases": [case]})
    return play_case(theatre, suite, suite.cases[0], 1, cast).failures


def turn(**expect):
    return {"say": "How about product 1?", "expect": expect}


FORECAST = ("forecast", {"product": "1"})
HISTORY = ("sales_history", {})
PROMOTE = ("promote", {})
EXPECTED = {"tool": "forecast", "args": {"product": "1"}}
PROMOTION = {"tool": "promote"}


@pytest.mark.parametrize(
    ("cast", "expect"),
    [
        (agent(FORECAST), {"calls": [EXPECTED]}),
        (agent(FORECAST, HISTORY), {"calls": [EXPECTED]}),
        (agent(HISTORY), {"calls_any_of": [[EXPECTED], [{"tool": "sales_history"}]]}),
        (agent(), {"calls": []}),
        (agent(("forecast", {"level": 10})), {"calls": []}),
        (agent(status="clarify", asks_for=("product",)), {"asks_for": ["product"]}),
        (
            agent(status="clarify", asks_for=("price",)),
            {"asks_for": {"any_of": ["discount_pct", "price"]}},
        ),
        (agent(text="All well"), {"says": "^All", "never_says": ["ill"]}),
        (agent(text="Product 1 it is"), {}),
        (agent(text="Which alert, e.g. AL-3?", status="clarify"), {}),
        (agent(text="8 July 2026 is a Wednesday.", status="clarify"), {}),
        (agent(("retrain", {}), refused="permission"), {"refused": "permission"}),
    ],
)
def test_a_turn_that_goes_as_expected_passes(cast, expect, theatre):
    assert failures(theatre, cast, turn(**expect)) == []


@pytest.mark.parametrize(
    ("cast", "expect", "why"),
    [
        (agent(), {"calls": [EXPECTED]}, "forecast was not called"),
        (agent(FORECAST, HISTORY), {"calls": [EXPECTED], "only": True}, "not asked for"),
        (agent(HISTORY), {"calls": []}, "not asked for"),
        (agent(("acknowledge_alert", {"alert_id": "AL-1"})), {}, "not asked for"),
        (agent(), {"asks_for": ["product"]}, "asks for nothing, not for product"),
        (agent(asks_for=("product",)), {"asks_for": []}, "asks for product, not for nothing"),
        (
            agent(FORECAST),
            {"calls_any_of": [[], [{"tool": "sales_history"}]]},
            "forecast was called, which was not asked for",
        ),
        (
            agent(status="clarify", asks_for=("product", "store")),
            {"asks_for": ["product"]},
            "asks for product, store",
        ),
        (agent(text="All well"), {"never_says": ["well"]}, "the answer says 'well'"),
        (agent(text="All well"), {"says": ["ill"]}, "does not say 'ill'"),
        (agent(text="It makes 4711 units."), {}, "ungrounded figure: 4711"),
        (agent(text="Are 12% enough?", status="clarify"), {}, "ungrounded figure: 12%"),
        (agent(text="I acknowledged AL-3."), {}, "ungrounded figure: AL-3"),
        (agent(refused="permission"), {"refused": "permission"}, "audit does not hold"),
        (
            agent(("retrain", {}), refused="out_of_scope"),
            {"refused": "permission"},
            "the refusal is out_of_scope, not permission",
        ),
        (
            agent(("retrain", {}), FORECAST, refused="permission"),
            {"refused": "permission"},
            "forecast ran, although",
        ),
    ],
)
def test_a_turn_that_goes_otherwise_fails_and_says_how(cast, expect, why, theatre):
    assert why in "\n".join(failures(theatre, cast, turn(**expect)))


def test_a_request_waits_until_another_person_approves_it(theatre):
    asks = {"say": "promote it", "expect": {"calls": [PROMOTION], "approval": True}}
    cast = agent(PROMOTE, status="needs_approval")

    assert failures(theatre, cast, asks, {"approve": "manager2"}, role="manager") == []
    cast = agent(PROMOTE, status="needs_approval")
    assert failures(theatre, cast, asks, {"deny": "manager2"}, role="manager") == []


def test_a_request_that_its_own_author_approves_fails(theatre):
    asks = {"say": "promote it", "expect": {"calls": [PROMOTION], "approval": True}}
    own = failures(theatre, agent(PROMOTE), asks, {"approve": "manager1"}, role="manager")

    assert any("as run under both names" in one for one in own)


def test_a_decision_without_a_request_fails(theatre):
    none = failures(theatre, agent(), {"approve": "manager2"})

    assert none == ["no request waits for a decision"]


def test_a_call_that_ran_unseen_is_found_in_the_audit(theatre):
    def cast(stage, _case):
        def answer(_words, principal, _conversation):
            stage.call("acknowledge_alert", {"alert_id": "AL-1"}, principal)
            return Answer("Nothing happened.", "answered")

        return answer

    found = failures(theatre, cast, turn())

    assert found == ["the audit holds acknowledge_alert (succeeded), which the answer leaves out"]


def test_a_case_fails_when_the_program_raises(theatre):
    def cast(_stage, _case):
        def answer(_words, _principal, _conversation):
            raise ZeroDivisionError("oh")

        return answer

    assert failures(theatre, cast, turn()) == ["the program failed: ZeroDivisionError: oh"]


def record(outcome="succeeded", **values):
    fields = {
        "sequence": 1,
        "at": datetime(2026, 7, 1, tzinfo=UTC),
        "phase": "outcome",
        "outcome": outcome,
        "call_id": "c",
        "user_id": "u",
        "user": "manager1",
        "role": "manager",
        "channel": "evaluation",
        "tool": "promote",
        "arguments": "{}",
        "note": "",
        "approval": "AP-1",
        "approved_by": "manager2",
        "hash": "",
    }
    return AuditRecord(**fields | values)


def decided(theatre, verb, *records):
    answer = Answer("Done.", "answered")
    seen = Seen(answer, records, (), by="manager2", requested_by="manager1", approval="AP-1")
    return judge(Turn.model_validate({verb: "manager2"}), seen, theatre.contract)


@pytest.mark.parametrize(
    "unlike", [{"user": "manager2"}, {"approved_by": "manager1"}, {"approval": "AP-2"}]
)
def test_an_approved_call_must_be_on_record_under_both_names(unlike, theatre):
    missing = "the audit does not hold AP-1 as run under both names"

    assert missing not in decided(theatre, "approve", record())
    assert missing in decided(theatre, "approve", record(**unlike))
    assert missing in decided(theatre, "approve", record("failed"))


def test_a_denied_request_must_not_run_and_be_on_record_as_denied(theatre):
    ran, unheld = "AP-1 ran although it was denied", "the audit does not hold that AP-1 was denied"

    assert decided(theatre, "deny", record("refused")) == []
    assert unheld in decided(theatre, "deny")
    assert ran in decided(theatre, "deny", record("refused"), record())


PROMOTED = {"tool": "promote", "arguments": {}, "outcome": "awaiting"}


def requested(theatre, **seen):
    """Return what is wrong with a turn that asked for a promotion."""
    answer = Answer("It waits.", "needs_approval", (PROMOTED,), approval={"id": "AP-1"})
    given = {"answer": answer, "records": (), "said": (), "waiting": (PROMOTED,)}
    turn = {"say": "promote it", "expect": {"calls": [PROMOTION], "approval": True}}
    return judge(Turn.model_validate(turn), Seen(**given | seen), theatre.contract)


def test_what_must_wait_is_a_request_that_is_shown_and_has_not_run(theatre):
    unshown = Answer("It waits.", "needs_approval", (PROMOTED,))
    another = {**PROMOTED, "tool": "rollback"}

    assert requested(theatre) == []
    assert "the answer does not show the request" in requested(theatre, answer=unshown)
    assert any("no request waits" in one for one in requested(theatre, waiting=()))
    assert "promote ran before anybody approved it" in requested(theatre, records=(record(),))
    assert any("rollback waits" in one for one in requested(theatre, waiting=(PROMOTED, another)))
