"""A person's consent to one call."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import update

from tenants.roles import Role
from tests.fakes import BrokenAudit
from tools.approvals import APPROVALS, MOST_PENDING
from tools.contract import Consent
from tools.gateway import Denied, Failed, Succeeded, ToolCall


def asked(house, who="manager1", tool="move", arguments='{"model_id": "v2"}'):
    return house.call(who, tool, arguments).approval


def state(house, approval):
    return house.rooms.approvals(house.person("admin1")).get(approval.id).state.value


def test_a_second_person_approves_and_it_runs_as_asked_under_both_names(house):
    approval = asked(house)

    answer = house.decide("manager2", approval)

    assert isinstance(answer, Succeeded)
    assert house.world.moves == [("v2", "manager1", Consent("AP-1", "manager2"))]
    newest = house.audit.records()[0]
    assert (newest.user, newest.outcome) == ("manager1", "succeeded")
    assert (newest.approval, newest.approved_by) == ("AP-1", "manager2")
    assert state(house, approval) == "used"


def test_who_asked_may_not_approve_and_is_told_who_can(house):
    approval = asked(house)

    answer = house.decide("manager1", approval)

    assert answer.reason == "permission"
    assert "admin1, manager2 can" in answer.message
    assert house.world.moves == []
    assert state(house, approval) == "pending"
    assert house.records()[-1] == "refused manager1 move"


def test_the_owner_cannot_approve_their_own_request_under_another_role(house):
    manager = house.installation.access.local("harbor", role=Role.MANAGER, channel="cli")
    admin = house.installation.access.local("harbor", channel="cli")
    approval = house.gateway.call(ToolCall("c", "move", "{}"), manager).approval
    answer = house.gateway.decide(approval.id, admin, approve=True)

    assert answer.reason == "permission"
    assert house.world.moves == []
    assert isinstance(house.decide("manager2", approval), Succeeded)


def test_what_needs_no_second_person_may_be_confirmed_by_who_asked(house):
    approval = asked(house, tool="polish")

    assert "manager1" in approval.approvers
    assert isinstance(house.decide("manager1", approval), Succeeded)


@pytest.mark.parametrize("who", ["viewer1", "analyst1"])
def test_an_approver_needs_the_role_of_the_tool(house, who):
    approval = asked(house)

    for approve in (True, False):
        assert house.decide(who, approval, approve=approve).reason == "permission"
    assert house.world.moves == []
    assert state(house, approval) == "pending"


def test_an_approval_works_once(house):
    approval = asked(house)
    house.decide("manager2", approval)

    again = house.decide("admin1", approval)

    assert isinstance(again, Failed)
    assert "approved by manager2 already" in again.message
    assert len(house.world.moves) == 1


def test_a_denied_request_cannot_be_approved_any_more(house):
    approval = asked(house)

    denied = house.decide("manager2", approval, approve=False)

    assert isinstance(denied, Denied)
    assert "denied by manager2" in house.decide("admin1", approval).message
    assert house.world.moves == []
    assert house.records()[-3:-2] == ["refused manager2 move"]


@pytest.mark.parametrize("tool", ["move", "polish"])
@pytest.mark.parametrize(
    "kind", ["house", pytest.param("shared_house", marks=pytest.mark.postgres)]
)
def test_many_approvals_at_once_run_it_once(request, kind, tool):
    house = request.getfixturevalue(kind)
    approval = asked(house, tool=tool)
    people = [house.person(name) for name in ("manager2", "admin1") * 3]

    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(
            pool.map(lambda who: house.gateway.decide(approval.id, who, approve=True), people)
        )

    assert sum(isinstance(answer, Succeeded) for answer in answers) == 1
    assert len(house.world.moves) == 1
    assert house.audit.verify().ok


def test_a_request_expires_and_moving_the_clock_back_does_not_revive_it(house):
    approval = asked(house)
    house.clock.move(minutes=61)
    house.call("viewer1", "count")
    house.clock.move(minutes=-50)

    answer = house.decide("manager2", approval)

    assert "expired" in answer.message
    assert house.world.moves == []
    assert state(house, approval) == "expired"


def test_a_request_that_has_not_expired_can_be_approved(house):
    approval = asked(house)
    house.clock.move(minutes=59)

    assert isinstance(house.decide("manager2", approval), Succeeded)


@pytest.mark.parametrize("tool", ["move", "polish"])
def test_consent_is_void_when_what_it_rested_on_has_changed(house, tool):
    approval = asked(house, tool=tool)
    house.world.production = "v7"

    answer = house.decide("manager2", approval)

    assert isinstance(answer, Failed)
    assert "production was v1; that has changed" in answer.message
    assert house.world.moves == []


def test_the_same_request_is_made_once(house):
    first = asked(house, arguments='{"model_id": "v2", "steps": 2}')
    same = asked(house, arguments='{"steps": 2.0, "model_id": "v2"}')
    other = asked(house, arguments='{"model_id": "v2", "steps": 3}')

    assert (first.id, same.id, other.id) == ("AP-1", "AP-1", "AP-2")
    assert asked(house, who="manager2", arguments='{"model_id": "v2", "steps": 2}').id == "AP-3"


def test_one_person_may_not_pile_up_requests(house):
    for number in range(MOST_PENDING):
        asked(house, arguments=f'{{"model_id": "v{number}"}}')

    answer = house.call("manager1", "move", '{"model_id": "one more"}')

    assert isinstance(answer, Failed)
    assert f"{MOST_PENDING} requests waiting" in answer.message


def test_a_request_that_was_altered_in_the_database_cannot_be_approved(house):
    approval = asked(house)
    database = house.installation.workspace(house.tenant.id).database
    with database.transaction() as connection:
        connection.execute(update(APPROVALS).values(arguments='{"model_id":"v9"}'))

    answer = house.decide("manager2", approval)

    assert isinstance(answer, Failed)
    assert "not what was asked for" in answer.message
    assert house.world.moves == []


def test_another_tenants_request_is_as_unknown_as_none(house):
    approval = asked(house)
    other = house.installation.directory.create("summit")
    house.installation.people.add(other, "boss", Role.ADMIN)
    boss = house.installation.access.local("summit", user="boss", channel="test")

    theirs = house.gateway.decide(approval.id, boss, approve=True)
    none = house.gateway.decide("AP-9", boss, approve=True)

    assert theirs.message.replace("AP-1", "X") == none.message.replace("AP-9", "X")
    assert theirs.reason == "unknown_item"
    assert house.world.moves == []


@pytest.mark.parametrize("id_", ["", "AP-", "AP-0", "77", "AP-1; DROP", "AP-99999999999", "٣"])
def test_an_id_nobody_gave_is_unknown(house, id_):
    answer = house.gateway.decide(id_, house.person("admin1"), approve=True)

    assert answer.reason == "unknown_item"


def test_a_requester_who_lost_the_role_gets_nothing_done(house):
    approval = asked(house)
    house.installation.people.set_role(house.tenant, "manager1", Role.VIEWER)

    answer = house.decide("manager2", approval)

    assert answer.reason == "permission"
    assert house.world.moves == []


def test_an_atomic_run_whose_ending_cannot_be_recorded_uses_nothing_up(house):
    approval = asked(house)
    whole = house.rooms.audit
    house.rooms.audit = lambda _principal: BrokenAudit(house.audit, after=1)

    answer = house.decide("manager2", approval)

    house.rooms.audit = whole
    assert isinstance(answer, Failed)
    assert state(house, approval) == "pending"


def test_everyone_sees_their_own_requests_and_approvers_see_all(house):
    asked(house)
    house.installation.people.set_role(house.tenant, "manager1", Role.VIEWER)

    seen = {
        who: [a.id for a in house.gateway.pending(house.person(who))]
        for who in ("manager1", "manager2", "analyst1")
    }

    assert seen == {"manager1": ["AP-1"], "manager2": ["AP-1"], "analyst1": []}


def test_a_request_reads_as_json(house):
    shown = asked(house).to_dict()

    assert shown["state"] == "pending"
    assert shown["arguments"] == {"model_id": "v2"}
    assert shown["requested_by"] == "manager1"
    assert shown["expires_at"] == "2026-07-01T13:00:00+00:00"
