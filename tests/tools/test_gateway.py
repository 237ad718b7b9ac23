"""The one door to every tool."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants.audit import Outcome
from tenants.roles import Role
from tests.fakes import BrokenAudit, FakeEngine
from tests.tools.conftest import tools_of
from tools.counter import Rooms
from tools.gateway import Awaiting, Failed, Succeeded, ToolCall, ToolGateway


def test_a_viewer_gets_an_answer_with_canonical_arguments(house):
    answer = house.call(
        "viewer1", "count", '{"store": "the lake", "product": "cold brews", "level": 80}'
    )

    assert isinstance(answer, Succeeded)
    assert answer.to_dict() == {
        "tool": "count",
        "arguments": {"product": "1", "store": "5"},
        "outcome": "succeeded",
        "result": {"units": 12.0},
    }


def test_every_call_leaves_an_intent_as_written_and_an_ending_as_understood(house):
    house.call("viewer1", "count", '{"product": "bannanas", "price": 5.0}')

    ending, intent = house.audit.records()
    assert (intent.phase, intent.arguments) == ("intent", '{"product": "bannanas", "price": 5.0}')
    assert (ending.outcome, ending.arguments) == ("succeeded", '{"price":5,"product":"16"}')
    assert house.audit.verify().ok


def test_a_forbidden_tool_and_a_missing_tool_sound_the_same(house):
    forbidden = house.call("viewer1", "move")
    missing = house.call("viewer1", "mova")

    assert forbidden.message.replace("'move'", "X") == missing.message.replace("'mova'", "X")
    assert forbidden.reason == missing.reason == "permission"
    assert house.records()[-1] == "refused viewer1 mova"
    assert [r.note for r in house.audit.records() if r.outcome] == ["no such tool", "needs manager"]


def test_permission_comes_before_parsing(house):
    assert house.call("viewer1", "move", "not even json").reason == "permission"


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("viewer1", ["count", "pick", "stumble"]),
        ("analyst1", ["count", "pick", "stumble"]),
        ("manager1", ["count", "pick", "stumble", "move", "polish"]),
        ("admin1", ["count", "pick", "stumble", "move", "polish"]),
    ],
)
def test_a_person_is_told_of_the_tools_of_their_role_only(house, who, offered):
    assert [tool.name for tool in house.gateway.offered_to(house.person(who))] == offered


def test_a_role_taken_away_counts_from_the_next_call(house):
    manager = house.person("manager1")
    house.installation.people.set_role(house.tenant, "manager1", Role.VIEWER)

    answer = house.gateway.call(house_call("move"), manager)

    assert answer.reason == "permission"
    house.installation.people.remove(house.tenant, "manager1")
    assert house.gateway.call(house_call("count"), manager).reason == "permission"
    assert house.records()[-1] == "refused manager1 count"


def house_call(name, arguments="{}"):
    return ToolCall("c2", name, arguments)


def test_what_cannot_be_audited_does_not_run_and_the_person_is_told(house):
    house.rooms.audit = lambda _principal: BrokenAudit(house.audit)
    house.world.answer = None

    answer = house.call("viewer1", "count")

    assert isinstance(answer, Failed)
    assert "cannot be written" in answer.message
    assert house.records() == []


def test_a_result_whose_ending_cannot_be_recorded_is_not_shown(house):
    house.rooms.audit = lambda _principal: BrokenAudit(house.audit, after=1)

    answer = house.call("viewer1", "count")

    assert isinstance(answer, Failed)
    assert "cannot be written" in answer.message


@pytest.mark.parametrize(
    ("arguments", "reason", "asks_for", "words"),
    [
        ('{"level": 120}', "out_of_range", (), "level must be from 50 to 99"),
        ('{"price": -1}', "out_of_range", (), "price must be from 0 to 1000"),
        ('{"start": "2026-02-30"}', "", ("start",), "must be a day that exists"),
        ('{"start": "soon"}', "", ("start",), "must be a day that exists"),
        ('{"level": "ZX-CANARY"}', "", (), "level: Input should be a valid integer"),
        ('{"tenant_id": "ZX-CANARY"}', "", (), "An argument was given that does not exist"),
        ('{"ZX-CANARY": 1}', "", (), "An argument was given that does not exist"),
        ('{"price": NaN}', "", (), "price"),
        ('{"price": 1e999}', "", (), "price"),
        ("[]", "", (), "must be one JSON object"),
        ("ZX-CANARY", "", (), "must be one JSON object"),
        ('{"product": "butter"}', "", ("product",), "Salted Butter"),
        ('{"product": "oat milk"}', "unknown_item", (), "Whole Milk 2L"),
        ('{"store": "north"}', "", ("store",), "Hillcrest"),
    ],
)
def test_bad_arguments_are_explained_without_repeating_values(
    house, arguments, reason, asks_for, words
):
    answer = house.call("viewer1", "count", arguments)

    assert (answer.outcome, answer.reason, answer.asks_for) == (Outcome.INVALID, reason, asks_for)
    assert words in answer.message
    assert "CANARY" not in answer.message
    assert house.records()[-1] == "invalid viewer1 count"


def test_a_missing_argument_is_asked_for(house):
    answer = house.call("viewer1", "pick")

    assert answer.asks_for == ("product",)


def test_an_expected_failure_reaches_the_model_as_words(house):
    answer = house.call("viewer1", "count", '{"product": "granola"}')

    assert (answer.outcome, answer.reason) == (Outcome.FAILED, "not_enough_data")
    assert answer.message == "Granola bars have no sales to count."
    assert answer.arguments == {"product": "20"}


def test_a_bug_is_recorded_by_its_kind_and_goes_on_its_way(house):
    with pytest.raises(ZeroDivisionError):
        house.call("viewer1", "stumble")

    newest = house.audit.records()[0]
    assert (newest.outcome, newest.note) == ("failed", "ZeroDivisionError")


def test_no_result_can_hold_nan(house):
    house.world.answer = float("nan")

    with pytest.raises(ValueError, match="finite"):
        house.call("viewer1", "count")


def test_two_tools_of_one_name_cannot_be_installed(house):
    with pytest.raises(ValueError, match="Two tools are named 'count'"):
        ToolGateway([*tools_of(house.world), *tools_of(house.world)], house.rooms)


def test_a_call_that_needs_consent_only_proposes(house):
    answer = house.call("manager1", "move", '{"model_id": "v2"}')

    assert isinstance(answer, Awaiting)
    assert house.world.moves == []
    assert answer.approval.id == "AP-1"
    assert answer.approval.arguments == {"model_id": "v2"}
    assert answer.approval.binding == {"production": "v1"}
    assert answer.approval.approvers == ("admin1", "manager2")
    assert house.audit.records()[0].outcome == "awaiting"
    assert house.audit.records()[0].note == "AP-1"


def test_every_call_of_many_leaves_exactly_two_records(house):
    for number in range(10):
        house.call("viewer1", ("count", "move", "nope")[number % 3], '{"level": 60}')

    phases = [record.phase for record in house.audit.records(limit=None)]
    assert (phases.count("intent"), phases.count("outcome")) == (10, 10)


def test_two_tenants_asking_at_once_never_get_each_others_names(house):
    other = house.installation.directory.create("summit")
    house.installation.people.add(other, "viewer1", Role.VIEWER)
    tents = FakeEngine()
    tents.catalogue.products.loc[0, "name"] = "Trail Tent"
    engines = {house.tenant.id: house.engine, other.id: tents}
    rooms = Rooms(house.installation, lambda workspace, _clock: engines[workspace.tenant.id])
    gateway = ToolGateway(tools_of(house.world), rooms)
    access = house.installation.access
    asking = [access.local(name, user="viewer1", channel="t") for name in ("harbor", "summit")] * 40

    def ask(who):
        return [
            gateway.call(house_call("count", f'{{"product": "{said}"}}'), who)
            for said in ("tent", "brew")
        ]

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, asking))

    for who, (tent, brew) in zip(asking, answers, strict=True):
        own, foreign = (brew, tent) if who.tenant == "harbor" else (tent, brew)
        assert own.arguments == {"product": "1"}
        assert foreign.reason == "unknown_item"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["product", "store", "level", "price", "x"]), inner, max_size=4
        )
    ),
    max_leaves=6,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(who=st.sampled_from(["viewer1", "analyst1"]), arguments=JSON | st.text(max_size=40))
def test_nothing_a_model_writes_raises_or_moves_anything(house, who, arguments):
    text = arguments if isinstance(arguments, str) else json.dumps(arguments)

    for name in ("count", "move", "polish", text[:20]):
        ended = house.call(who, name, text)
        assert ended.outcome in {
            Outcome.SUCCEEDED,
            Outcome.INVALID,
            Outcome.REFUSED,
            Outcome.FAILED,
        }
    assert house.world.moves == []
