"""A version that is whole works end to end: trained, registered, promoted, rolled back, copied."""

import numpy as np
import pytest

from forecasting import ModelRegistry
from forecasting.lifecycle.records import Approved, Stage
from forecasting.lifecycle.registry import Registry
from forecasting.lifecycle.versions import load_folder, load_version, register_trained
from forecasting.training import train
from tests.builders import make_panel
from tests.forecasting.lifecycle.models import ANN, DAY

GIVEN = {"model_name": "GradientBoosting", "metrics": {"R2": 0.87}, "version": "20260210"}


@pytest.fixture(scope="module")
def panel():
    return make_panel(stores=1, products=2, history=200, plan=14)


@pytest.fixture(scope="module")
def model(panel):
    return train(panel, budget="fast", seed=3)


@pytest.fixture
def acme(workspace, settings):
    registry = ModelRegistry("acme", settings=settings)
    yield registry
    registry.close()


@pytest.fixture
def own(workspace):
    return Registry(workspace.database, workspace.models, workspace.tenant.id, opens=load_folder)


def forecast(model, panel):
    rows = np.arange(panel.n)
    return model.predict(panel, rows, panel.history, panel.history + 14).mean


def test_a_trained_model_is_registered_with_what_it_says_of_itself(own, model):
    record = register_trained(model, registry=own, today=DAY, approved=ANN)

    assert record.id == f"{model.family}_v20260206"
    assert (record.stage, record.data_version) == (Stage.STAGING, "test@1")
    assert record.cutoff == model.cutoff


def test_it_goes_into_production_at_once_when_asked(own, model):
    approved = Approved(by="ann", reason="the first")

    record = register_trained(
        model, registry=own, today=DAY, approved=approved, stage=Stage.PRODUCTION
    )

    assert own.production() == record
    assert own.moves()[0].reason == "the first"


def test_rollback_restores_the_very_same_predictions(own, model, panel):
    first = register_trained(model, registry=own, today=DAY, approved=ANN, stage=Stage.PRODUCTION)
    before = forecast(load_version(own, first), panel)
    other = train(panel, budget="fast", seed=4)
    register_trained(other, registry=own, today=DAY, approved=ANN, stage=Stage.PRODUCTION)

    restored = own.rollback(expected=own.pointer()[0], approved=ANN)

    assert restored.id == first.id
    np.testing.assert_array_equal(forecast(load_version(own, restored), panel), before)


def test_a_saved_folder_is_registered_and_promoted_from_python(acme, own, model, panel, tmp_path):
    model.save(tmp_path / "mine")

    acme.register_model(model_path=tmp_path / "mine", **GIVEN)
    record = acme.promote_to_production("GradientBoosting_v20260210")

    assert record["stage"] == "production"
    assert record["cutoff"] == model.cutoff.isoformat()
    served = load_version(own, own.production())
    np.testing.assert_array_equal(forecast(served, panel), forecast(model, panel))


def test_a_published_folder_of_ones_own_is_registered_under_a_new_id(acme, own, model, workspace):
    published = register_trained(model, registry=own, today=DAY, approved=ANN)

    record = acme.register_model(
        model_path=workspace.models / published.id, stage="production", **GIVEN
    )

    assert record["id"] == "GradientBoosting_v20260210"
    assert record["stage"] == "production"
