"""The scheduler of the brief, on files that are loaded, trained on and judged."""

import json

import pandas as pd
import pytest

from forecasting import AutoRetrainingScheduler, ModelRegistry
from tenants.errors import BadInput, CannotAnswer
from tests.builders import make_panel


def write_sales(folder, days, *, start=0):
    """Write sales as canonical CSV: two stores, two products."""
    panel = make_panel(stores=2, products=2, history=days, plan=0)
    rows = [
        {
            "date": panel.periods[day].date(),
            "store": panel.series["store"][row],
            "product": panel.series["product"][row],
            "units": int(panel.sales[row, day]),
        }
        for row in range(panel.n)
        for day in range(start, days)
    ]
    folder.mkdir(exist_ok=True)
    pd.DataFrame(rows).to_csv(folder / f"sales_{start}.csv", index=False)
    return folder


@pytest.fixture
def scheduler(workspace, settings):
    opened = AutoRetrainingScheduler("acme", settings=settings)
    yield opened
    opened.close()


def test_the_cycle_of_the_brief_runs_on_files(
    scheduler, settings, workspace, installation, tmp_path
):
    assert scheduler.should_retrain("weekly")
    assert scheduler.why("weekly") == "No model has been trained yet."

    report = scheduler.run_retrain_cycle(
        dataset_path=str(write_sales(tmp_path / "sales", 200)),
        schedule_type="weekly",
        auto_promote=True,
        budget="fast",
    )

    assert report["outcome"] == "promoted"
    assert report["load"]["version"] == report["model"]["data_version"]
    assert report["model"]["cutoff"] == "2024-07-18"
    json.dumps(report)
    assert not scheduler.should_retrain("weekly")
    registry = ModelRegistry("acme", settings=settings)
    assert registry.get_production_model()["id"] == report["model"]["id"]
    registry.close()
    newest = installation.audit(workspace.tenant.id).records(tool="retrain")
    assert [record.outcome for record in newest] == ["succeeded", None]


def test_without_data_the_sentence_says_so(scheduler):
    with pytest.raises(CannotAnswer):
        scheduler.run_retrain_cycle()


def test_an_unknown_schedule_or_a_missing_folder_is_refused(scheduler):
    with pytest.raises(BadInput, match="is not a schedule"):
        scheduler.should_retrain("daily")
    with pytest.raises(BadInput):
        scheduler.run_retrain_cycle(dataset_path="/nowhere")
