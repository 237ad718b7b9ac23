"""The Python interface: the calls of the brief, on record."""

import json
import pickle  # noqa: TID251 - to show that none is loaded
import subprocess
import sys

import lightgbm
import numpy as np
import pytest
from pydantic import SecretStr
from sqlalchemy.exc import DBAPIError

from forecasting import ExperimentTracker, ModelRegistry
from forecasting.lifecycle.artifact import publish
from forecasting.lifecycle.registry import Registry
from tenants.errors import BadInput, CannotAnswer, Refused, Unavailable, UnknownItem
from tenants.roles import Role
from tenants.settings import Settings
from tests.forecasting.lifecycle.models import SmallModel, register

GIVEN = {"model_name": "GradientBoosting", "metrics": {"R2": 0.87, "RMSE": 12.3}}


@pytest.fixture(scope="session")
def booster_file(tmp_path_factory):
    rng = np.random.default_rng(1)
    features = rng.normal(size=(200, 3))
    parameters = {"objective": "l2", "num_threads": 1, "verbose": -1, "num_leaves": 4}
    booster = lightgbm.train(parameters, lightgbm.Dataset(features, features[:, 0]), 3)
    path = tmp_path_factory.mktemp("booster") / "model.txt"
    booster.save_model(path)
    return path


@pytest.fixture
def acme(workspace, settings):
    registry = ModelRegistry("acme", settings=settings)
    yield registry
    registry.close()


@pytest.fixture
def own(workspace):
    return Registry(workspace.database, workspace.models, workspace.tenant.id)


def outcomes(installation, workspace, tool):
    records = installation.audit(workspace.tenant.id).records(tool=tool)
    return [(record.phase, record.outcome) for record in reversed(records)]


def test_a_lightgbm_file_is_registered_as_in_the_brief(acme, booster_file):
    record = acme.register_model(
        model_path=booster_file, version="20260206", stage="staging", **GIVEN
    )

    assert record["id"] == "GradientBoosting_v20260206"
    assert record["stage"] == "staging"
    assert record["metrics"] == {"R2": 0.87, "RMSE": 12.3}
    assert record["source"] == "registered"
    assert acme.get_model_history(limit=10) == [record]
    json.dumps(record)


def test_a_bare_file_is_not_promoted_and_the_sentence_says_what_to_register(acme, booster_file):
    acme.register_model(model_path=str(booster_file), version="20260206", **GIVEN)

    with pytest.raises(CannotAnswer, match="register the whole folder of a version instead"):
        acme.promote_to_production("GradientBoosting_v20260206")

    assert acme.get_production_model() is None


def test_registering_and_promoting_leave_intent_and_outcome(
    acme, booster_file, installation, workspace
):
    acme.register_model(model_path=booster_file, version="20260206", **GIVEN)
    with pytest.raises(CannotAnswer):
        acme.promote_to_production("GradientBoosting_v20260206")
    with pytest.raises(UnknownItem):
        acme.promote_to_production("GradientBoosting_v20260207")

    assert outcomes(installation, workspace, "register_model") == [
        ("intent", None),
        ("outcome", "succeeded"),
    ]
    assert outcomes(installation, workspace, "promote") == [
        ("intent", None),
        ("outcome", "failed"),
        ("intent", None),
        ("outcome", "invalid"),
    ]
    assert installation.audit(workspace.tenant.id).verify().ok


def test_what_cannot_be_recorded_does_not_happen(acme, booster_file, installation, workspace):
    installation.audit(workspace.tenant.id)
    with workspace.database.transaction() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END"
        )

    with pytest.raises(DBAPIError, match="full"):
        acme.register_model(model_path=booster_file, version="20260206", **GIVEN)

    assert acme.get_model_history() == []


def test_a_pickle_is_refused_in_one_sentence_and_not_opened(acme, tmp_path):
    path = tmp_path / "model.pkl"
    path.write_bytes(pickle.dumps({"model": 1}))

    with pytest.raises(BadInput, match="'model.pkl' is a pickle") as refused:  # noqa: RUF043 - a name
        acme.register_model(model_path=path, version="20260206", **GIVEN)

    assert "\n" not in str(refused.value)
    assert acme.get_model_history() == []


def test_a_file_that_does_not_load_is_refused(acme, tmp_path):
    path = tmp_path / "model.txt"
    path.write_text("tree\nversion=v4\nnum_class=x\nTree=0\nleaf_value=nan\n\nend of trees\n")

    with pytest.raises(BadInput, match="does not load as a model"):
        acme.register_model(model_path=path, version="20260206", **GIVEN)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"model_path": "/nowhere/model.txt"}, "There is no file or folder"),
        ({"model_path": "/etc/hostname"}, "is not a file a model may hold"),
        ({"version": "today"}, "is not a version"),
        ({"model_name": "../etc"}, "cannot name a model"),
        ({"stage": "archived"}, "is not a stage to register in"),
        ({"metrics": {"R2": float("inf")}}, "'R2' is infinite"),
    ],
)
def test_what_cannot_be_registered_is_said_in_one_sentence(acme, booster_file, change, says):
    arguments = {"model_path": booster_file, "version": "20260206"} | GIVEN | change

    with pytest.raises(BadInput, match=says):
        acme.register_model(**arguments)


def test_another_tenants_version_folder_is_refused(acme, tmp_path):
    folder = tmp_path / "theirs"
    publish(SmallModel(), folder, tenant_id="another", model_id="X_v20260206", key=b"k" * 32)

    with pytest.raises(BadInput, match="belongs to another tenant"):
        acme.register_model(model_path=folder, version="20260206", **GIVEN)


def test_an_altered_folder_of_ones_own_is_refused(acme, own, workspace):
    record = register(own)
    (workspace.models / record.id / "schema.json").write_text("{}")

    with pytest.raises(BadInput, match="was altered or is missing"):
        acme.register_model(model_path=workspace.models / record.id, version="20260207", **GIVEN)


def test_a_version_that_does_not_load_is_not_promoted(acme, own):
    register(own)

    with pytest.raises(BadInput, match="does not load, because it is not whole"):
        acme.promote_to_production("GradientBoosting_v20260206")

    assert acme.get_production_model() is None


def test_an_unknown_tenant_is_said_to_be_unknown(settings, workspace):
    with pytest.raises(UnknownItem, match="There is no tenant 'acmee'; did you mean 'acme'"):
        ModelRegistry("acmee", settings=settings).get_model_history()


def test_experiments_are_kept_under_the_same_name(workspace, settings, installation):
    tracker = ExperimentTracker("acme", settings=settings)
    run = tracker.start("train", parameters={"leaves": 31}, data_version="sales@1", seed=7)
    tracker.log(run, {"wape": 0.2})
    tracker.finish(run, model_id="GradientBoosting_v20260206")

    assert tracker.best("wape") == tracker.list()[0]
    assert tracker.compare([run])["metrics"] == {"wape": [0.2]}
    assert outcomes(installation, workspace, "experiment_log") == [
        ("intent", None),
        ("outcome", "succeeded"),
    ]
    with pytest.raises(BadInput, match="is not how a run ends"):
        tracker.finish(run, status="running")


def test_a_token_acts_with_its_holders_role_and_only_in_its_tenant(
    workspace, settings, installation
):
    installation.people.add(workspace.tenant, "vera", Role.VIEWER)
    token = installation.access.issue_token("acme", "vera", "notebook")
    shared = settings.model_copy(update={"token": SecretStr(token)})

    with pytest.raises(Refused, match="needs the role manager"):
        ModelRegistry("acme", settings=shared).rollback()
    with pytest.raises(Refused, match="not for that tenant"):
        ModelRegistry("other", settings=shared).get_model_history()


def test_naming_the_engine_loads_none_of_it():
    code = (
        "import sys, forecasting; heavy = {'lightgbm', 'pandas', 'sqlalchemy', 'numpy'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )

    said = subprocess.run(  # noqa: S603 - this interpreter, fixed text
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "[]"


def test_listing_models_does_not_load_the_forecaster():
    code = (
        "import sys; from forecasting import ModelRegistry; "
        "heavy = {'lightgbm', 'sklearn', 'statsmodels', 'deltalake'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )

    said = subprocess.run(  # noqa: S603 - this interpreter, fixed text
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "[]"


def test_a_database_that_cannot_be_reached_is_said_plainly(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(Unavailable):
        ModelRegistry("acme", settings=Settings(home=tmp_path / "file" / "home")).rollback()


@pytest.mark.parametrize("limit", [0, -1, "ten"])
def test_a_limit_that_is_no_number_of_records_is_refused(acme, limit):
    with pytest.raises(BadInput, match="give 1 or more"):
        acme.get_model_history(limit=limit)


def test_a_record_is_plain_enough_for_any_reader(acme, booster_file):
    record = acme.register_model(model_path=booster_file, version="20260206", **GIVEN)

    assert type(record["stage"]) is str
    assert json.loads(json.dumps(record)) == record
