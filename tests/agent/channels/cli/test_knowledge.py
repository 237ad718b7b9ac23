"""Documents from the command line."""

import pytest

TENANT = ("--tenant", "acme")


@pytest.fixture
def policies(tmp_path):
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "returns.md").write_text("# Returns\nGoods may be returned within 30 days.\n")
    (folder / "prices.txt").write_text("Prices end in 9.\u200b\n", encoding="utf-8")
    return folder


def test_documents_come_and_go(acme, policies):
    added = acme("knowledge", "add", str(policies), *TENANT, "--json").json
    listed = acme("knowledge", "list", *TENANT, "--json").json
    gone = acme("knowledge", "remove", "Returns", *TENANT, "--json").json

    assert [one["change"] for one in added["added"]] == ["new", "new"]
    assert [one["name"] for one in listed] == ["prices.txt", "returns.md"]
    assert gone == {"name": "returns.md", "title": "Returns"}
    assert len(acme("knowledge", "list", *TENANT, "--json").json) == 1


def test_what_readers_do_not_see_is_told(acme, policies):
    shown = acme("knowledge", "add", str(policies), *TENANT)

    assert "Taken out of prices.txt" in shown.out
    assert "There are 2 documents now." in shown.out


def test_a_viewer_adds_nothing(acme, policies):
    shown = acme("knowledge", "add", str(policies), *TENANT, "--as", "vic")

    assert shown.code == 2
    assert acme("knowledge", "list", *TENANT, "--json").json == []


def test_a_path_without_documents_is_refused_in_one_sentence(acme, tmp_path):
    shown = acme("knowledge", "add", str(tmp_path / "nowhere"), *TENANT)

    assert shown.code == 2
    assert "There is nothing at" in shown.err
