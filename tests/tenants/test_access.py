from dataclasses import replace
from datetime import timedelta

import pytest

from tenants.clock import Clock
from tenants.credentials import Credentials, Holder
from tenants.errors import BadInput, Refused, UnknownItem
from tenants.people import PEOPLE
from tenants.principal import Principal
from tenants.roles import Role

PASSWORD = "correct horse battery"


@pytest.fixture
def ann(either):
    tenant = either.directory.create("acme")
    return either.people.add(tenant, "ann", Role.ANALYST, PASSWORD)


def test_a_principal_cannot_be_made_by_hand():
    with pytest.raises(TypeError, match="Access"):
        Principal("t1", "acme", "u1", "ann", Role.ADMIN, "cli")


def test_a_principal_cannot_be_copied_with_a_higher_role(either, ann):
    principal = either.access.with_password("acme", "ann", PASSWORD, channel="web")

    with pytest.raises(TypeError):
        replace(principal, role=Role.ADMIN, seal=None)


def test_the_right_password_gives_the_persons_role(either, ann):
    principal = either.access.with_password("acme", "ann", PASSWORD, channel="web")

    assert (principal.user, principal.role, principal.channel) == ("ann", Role.ANALYST, "web")


def test_wrong_tenant_person_and_password_sound_the_same(either, ann):
    said = set()
    for tenant, user, password in [
        ("acme", "ann", "wrong password"),
        ("acme", "bob", PASSWORD),
        ("nobody", "ann", PASSWORD),
    ]:
        with pytest.raises(Refused) as refusal:
            either.access.with_password(tenant, user, password, channel="web")
        said.add(str(refusal.value))

    assert len(said) == 1


def test_five_wrong_tries_lock_the_person_out_even_with_the_right_password(installation):
    tenant = installation.directory.create("acme")
    installation.people.add(tenant, "ann", Role.VIEWER, PASSWORD)
    for _ in range(5):
        with pytest.raises(Refused, match="do not fit"):
            installation.access.with_password("acme", "ann", "wrong password", channel="web")

    with pytest.raises(Refused, match="wait five minutes"):
        installation.access.with_password("acme", "ann", PASSWORD, channel="web")


def test_passwords_are_kept_as_argon2id(either, ann):
    kept = either.people.row(ann.tenant_id, "ann").password

    assert kept.startswith("$argon2id$v=19$m=65536,t=3")


@pytest.mark.parametrize("password", ["", "short", "x" * 201])
def test_a_weak_password_is_refused(installation, password):
    tenant = installation.directory.create("acme")

    with pytest.raises(BadInput, match="10 to 200"):
        installation.people.add(tenant, "ann", Role.VIEWER, password)


def test_a_person_without_password_cannot_sign_in_with_an_empty_one(installation):
    installation.people.add(installation.directory.create("acme"), "ann", Role.VIEWER)

    with pytest.raises(Refused):
        installation.access.with_password("acme", "ann", "", channel="web")


def test_a_link_works_once(either, ann):
    link = either.access.issue_link("acme", "ann")

    assert either.access.with_link(link, channel="web").user == "ann"
    with pytest.raises(Refused, match="used already"):
        either.access.with_link(link, channel="web")


def test_a_token_works_until_it_is_revoked(either, ann):
    token = either.access.issue_token("acme", "ann", "laptop")
    holder = Holder(ann.tenant_id, ann.id)

    assert either.access.with_token(token, channel="http").user == "ann"
    assert either.credentials.revoke(holder, either.credentials.tokens(holder)[0].id)
    with pytest.raises(Refused, match="not valid"):
        either.access.with_token(token, channel="http")


def test_an_expired_token_is_refused(either, ann):
    credentials = Credentials(either.databases.control(), Clock())
    token = credentials.issue_token(
        Holder(ann.tenant_id, ann.id), label="old", valid=timedelta(seconds=-1)
    )

    with pytest.raises(Refused):
        either.access.with_token(token, channel="http")


def test_no_secret_is_kept_in_clear(installation):
    tenant = installation.directory.create("acme")
    installation.people.add(tenant, "ann", Role.VIEWER, PASSWORD)
    secrets = [
        installation.access.issue_token("acme", "ann", "laptop"),
        installation.access.issue_link("acme", "ann"),
        PASSWORD,
    ]
    installation.close()
    stored = b"".join(path.read_bytes() for path in installation.settings.home.glob("control.db*"))

    assert [secret for secret in secrets if secret.encode() in stored] == []


def test_a_changed_role_counts_from_the_next_refresh(either, ann):
    principal = either.access.with_password("acme", "ann", PASSWORD, channel="web")
    either.people.set_role(either.directory.get("acme"), "ann", Role.VIEWER)

    assert either.access.refresh(principal).role == Role.VIEWER


def test_a_removed_person_is_signed_out(either, ann):
    principal = either.access.with_password("acme", "ann", PASSWORD, channel="web")
    either.people.remove(either.directory.get("acme"), "ann")

    with pytest.raises(Refused, match="no longer signed in"):
        either.access.refresh(principal)
    with pytest.raises(Refused, match="no longer signed in"):
        either.access.restore(principal.tenant_id, principal.user_id, channel="web")


def test_the_owner_of_a_local_workspace_is_its_administrator(installation):
    installation.directory.create("acme")

    assert installation.access.local("acme", channel="cli").role == Role.ADMIN
    assert installation.access.local("acme", role=Role.VIEWER, channel="cli").role == Role.VIEWER


def test_acting_as_a_person_takes_that_persons_role(installation):
    installation.people.add(installation.directory.create("acme"), "ann", Role.VIEWER)

    assert installation.access.local("acme", user="ann", channel="cli").role == Role.VIEWER
    with pytest.raises(Refused, match="not both"):
        installation.access.local("acme", user="ann", role=Role.ADMIN, channel="cli")
    with pytest.raises(UnknownItem, match="did you mean 'ann'"):
        installation.access.local("acme", user="anne", channel="cli")


@pytest.mark.postgres
def test_nobody_owns_a_shared_workspace(shared_installation):
    shared_installation.directory.create("acme")

    with pytest.raises(Refused, match="TILLSIGHT_TOKEN"):
        shared_installation.access.local("acme", channel="cli")


def test_a_person_of_one_tenant_is_nobody_in_another(either, ann):
    either.directory.create("rival")

    with pytest.raises(Refused):
        either.access.with_password("rival", "ann", PASSWORD, channel="web")
    with either.databases.control().reading() as connection:
        assert len(connection.execute(PEOPLE.select()).all()) == 1
