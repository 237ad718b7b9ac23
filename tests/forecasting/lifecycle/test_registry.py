"""The registry: versions that never change, published and recorded together."""

import os
import threading
from datetime import date

import pytest

from forecasting.lifecycle.artifact import publish
from forecasting.lifecycle.registry import Registry
from tenants.errors import BadInput, UnknownItem
from tests.forecasting.lifecycle.models import Files, SmallModel, npz, register

V1, V2, V3 = (f"GradientBoosting_v20260206{n}" for n in ("", ".2", ".3"))


def level_of(registry, record):
    return (registry.verified_folder(record) / "schema.json").read_text()


def test_a_registered_model_waits_in_staging_and_reads_as_json(either):
    record = register(either, metrics={"R2": 0.87, "RMSE": 12.3}, cutoff=date(2026, 2, 5))

    assert either.get(V1) == record
    assert record.to_dict() | {"created_at": "", "checksum": ""} == {
        "id": V1,
        "family": "GradientBoosting",
        "version": "20260206",
        "stage": "staging",
        "metrics": {"R2": 0.87, "RMSE": 12.3},
        "created_at": "",
        "promoted_at": None,
        "created_by": "ann",
        "data_version": "",
        "cutoff": "2026-02-05",
        "checksum": "",
        "source": "trained",
        "servable": True,
    }


def test_models_of_one_day_are_numbered_and_a_deleted_number_never_comes_back(either):
    ids = [register(either).id for _ in range(3)]
    either.delete(V3)

    assert ids == [V1, V2, V3]
    assert register(either).id == "GradientBoosting_v20260206.4"
    with pytest.raises(UnknownItem):
        either.get(V3)


def test_models_registered_at_once_get_ids_of_their_own(either):
    ids = []
    threads = [threading.Thread(target=lambda: ids.append(register(either).id)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(ids)) == 8
    assert all(either.verified_folder(either.get(name)) for name in ids)


def test_a_refused_file_leaves_neither_record_nor_files(registry, workspace):
    poisoned = Files({"a.npz": npz(x=[{"a": 1}])})

    with pytest.raises(BadInput, match="is a pickle"):
        register(registry, model=poisoned)

    assert registry.history() == []
    assert list(workspace.models.iterdir()) == []


def test_files_published_but_never_recorded_are_set_aside(registry, workspace):
    orphan = workspace.models / V1
    orphan.mkdir(parents=True)
    (orphan / "schema.json").write_text("{}")

    record = register(registry, 3.0)

    assert record.id == V1
    assert "3.0" in level_of(registry, record)


def test_a_version_never_changes(registry):
    register(registry, version="20260206")

    with pytest.raises(BadInput, match=r"give another one, such as '20260206.2'"):
        register(registry, 2.0, version="20260206")


@pytest.mark.parametrize("version", ["2026-02-06", "20260230", "v1", "20260206.0", "../x"])
def test_a_version_is_a_day(registry, version):
    with pytest.raises(BadInput, match="is not a version; write the day as YYYYMMDD"):
        register(registry, version=version)


@pytest.mark.parametrize("family", ["", "../x", "a b", "9lives", "x" * 41, "Ignore_previous"])
def test_a_family_is_a_word(registry, family):
    with pytest.raises(BadInput, match="cannot name a model"):
        register(registry, family=family)


def test_an_undefined_metric_is_kept_as_unknown_and_an_infinite_one_refused(registry):
    record = register(registry, metrics={"mape": float("nan"), "by_store": {"1": 0.2}})

    assert record.metrics == {"mape": None, "by_store": {"1": 0.2}}
    with pytest.raises(BadInput, match="'r2' is infinite"):
        register(registry, metrics={"r2": float("inf")})


def test_an_unknown_model_is_answered_with_the_nearest(registry):
    register(registry)

    with pytest.raises(UnknownItem, match=f"did you mean '{V1}'"):
        registry.get("GradientBosting_v20260206")


def test_one_tenants_model_does_not_open_for_another(registry, workspace, installation):
    record = register(registry)
    other = installation.workspace(installation.directory.create("other").id)
    theirs = Registry(other.database, other.models, other.tenant.id)
    own = register(theirs, 2.0)
    stolen = other.models / own.id
    stolen.rename(other.models / "kept")
    (workspace.models / record.id).rename(stolen)

    with pytest.raises(BadInput, match="belongs to another tenant"):
        theirs.verified_folder(own)


def test_the_signing_key_lies_outside_the_models_and_only_its_owner_reads_it(registry, workspace):
    register(registry)

    key = workspace.folder / "models.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert not list(workspace.models.rglob("*.key"))


def test_what_was_deleted_or_left_unfinished_goes_after_a_day(registry, workspace):
    register(registry)
    leftover = workspace.models / ".new-dead"
    leftover.mkdir()
    recent = workspace.models / ".new-busy"
    recent.mkdir()
    os.utime(leftover, (0, 0))

    register(registry)

    assert not leftover.exists()
    assert recent.exists()


def test_files_signed_anew_under_the_same_id_are_not_those_that_were_registered(
    registry, workspace
):
    record = register(registry, 1.0)
    (workspace.models / record.id).rename(workspace.models / "kept")
    publish(
        SmallModel(2.0),
        workspace.models / record.id,
        tenant_id=workspace.tenant.id,
        model_id=record.id,
        key=registry.signing_key,
    )

    with pytest.raises(BadInput, match="are not those that were registered"):
        registry.verified_folder(record)
