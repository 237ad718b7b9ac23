import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.errors import BadInput, UnknownItem
from tenants.names import tenant_name
from tenants.roles import Role


def test_a_tenant_is_found_by_its_name_whatever_the_case(either):
    made = either.directory.create("acme", title="Acme Foods", currency="EUR")

    assert either.directory.get(" Acme ") == made


def test_a_second_tenant_of_the_same_name_is_refused(either):
    either.directory.create("acme")

    with pytest.raises(BadInput, match="already"):
        either.directory.create("acme")


def test_an_unknown_tenant_is_answered_with_the_nearest(either):
    either.directory.create("harbor")

    with pytest.raises(UnknownItem, match="did you mean 'harbor'"):
        either.directory.get("habror")


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "acme%00", "con ", "Acme", "аcme", "acme\n", "x" * 300, "ac me"]
)
def test_a_name_that_could_become_a_path_or_look_like_another_is_refused(installation, name):
    with pytest.raises(BadInput, match="cannot name a tenant"):
        installation.directory.create(name)


@given(st.text(max_size=60))
def test_any_text_is_a_plain_name_or_refused(text):
    try:
        name = tenant_name(text)
    except BadInput:
        return

    assert name.isascii()
    assert name == name.lower()
    assert not set(name) & set("/\\. %")


@pytest.mark.parametrize(
    "convention",
    [{"currency": "usd"}, {"timezone": "Mars/Base"}, {"country": "us"}, {"week_starts": 9}],
)
def test_an_unknown_convention_is_refused(installation, convention):
    with pytest.raises(BadInput):
        installation.directory.create("acme", **convention)


def test_the_folder_of_a_tenant_does_not_show_its_name(installation):
    tenant = installation.directory.create("acme")

    assert "acme" not in str(installation.workspace(tenant.id).folder)


def test_nothing_of_a_deleted_tenant_can_be_reached(either):
    old = either.directory.create("acme")
    either.people.add(old, "ann", Role.ADMIN, "a long password")
    token = either.access.issue_token("acme", "ann", "laptop")
    either.audit(old.id)
    (either.workspace(old.id).folder / "data").mkdir()
    either.directory.delete("acme")
    new = either.directory.create("acme")

    assert new.id != old.id
    assert either.people.list(new) == []
    assert either.credentials.accept_token(token) is None
    assert not either.directory.folder(old.id).exists()
    assert list((either.settings.home / "keys").glob(f"{old.id}*")) == []


def test_a_scratch_folder_is_gone_afterwards(installation):
    workspace = installation.workspace(installation.directory.create("acme").id)
    with workspace.scratch() as folder:
        (folder / "draft").write_text("half")

    assert not folder.exists()
