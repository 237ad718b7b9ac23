"""What people do at a command line."""

import pandas as pd
import pytest

from forecasting.engine import ForecastEngine
from tools.assortment import operation_tools
from tools.counter import Rooms
from tools.gateway import Failed, Succeeded, ToolCall, ToolGateway
from tools.operations.forecast_catalogue import _harmless, _publish

PERIOD = {"start": "2026-07-06", "end": "2026-07-19"}


def result(answer):
    assert isinstance(answer, Succeeded), answer
    return answer.to_dict()["result"]


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_the_whole_catalogue_is_forecast_into_a_file(shop, tmp_path, suffix):
    out = tmp_path / f"forecast{suffix}"

    told = result(shop.operate("analyst1", "forecast_catalogue", **PERIOD, out=str(out)))

    read = pd.read_csv(out, dtype={"store": str}) if suffix == ".csv" else pd.read_parquet(out)
    assert list(read) == ["date", "store", "product", "mean", "lower", "upper", "unit"]
    assert len(read) == told["rows"] == 2 * told["series"]
    assert (read["lower"] <= read["mean"]).all()
    assert (read["mean"] <= read["upper"]).all()
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2026-07-06,Nowhere,1,2.5", "1 of 1 rows of the plan were not used"),
        ("2027-07-05,1,1,2.5", "No row of the plan lies in the period"),
    ],
)
def test_a_plan_that_changes_nothing_is_told(shop, tmp_path, row, words):
    plan = tmp_path / "plan.csv"
    plan.write_text(f"date,store,product,price\n{row}\n")

    asked = PERIOD | {"out": str(tmp_path / "f.csv"), "plan": str(plan)}
    told = result(shop.operate("analyst1", "forecast_catalogue", **asked))

    assert any(words in note for note in told["notes"])


def test_a_plan_that_is_used_needs_no_note(shop, tmp_path):
    series = result(
        shop.operate("analyst1", "forecast_catalogue", **PERIOD, out=str(tmp_path / "a.csv"))
    )
    first = pd.read_csv(tmp_path / "a.csv", dtype=str).iloc[0]
    plan = tmp_path / "plan.csv"
    plan.write_text(f"date,store,product,price\n2026-07-06,{first.store},{first['product']},2.5\n")

    asked = PERIOD | {"out": str(tmp_path / "b.csv"), "plan": str(plan)}
    told = result(shop.operate("analyst1", "forecast_catalogue", **asked))

    assert told["notes"] == series["notes"]


@pytest.mark.parametrize("name", ["forecast.xlsx", "forecast", "no/such/folder/forecast.csv"])
def test_a_file_that_cannot_be_written_is_refused_in_a_sentence(shop, tmp_path, name):
    answer = shop.operate("analyst1", "forecast_catalogue", **PERIOD, out=str(tmp_path / name))

    assert isinstance(answer, Failed)
    assert answer.outcome == "invalid"
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_would_end_early_is_not_written(shop, tmp_path):
    period = PERIOD | {"end": "2031-01-01"}
    answer = shop.operate("analyst1", "forecast_catalogue", **period, out=str(tmp_path / "f.csv"))

    assert isinstance(answer, Failed)
    assert answer.reason == "out_of_range"
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_file_that_was_there(tmp_path):
    out = tmp_path / "forecast.csv"
    out.write_text("as it was")

    def fail(path):
        path.write_text("half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        _publish(out, fail)
    assert out.read_text() == "as it was"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\uff1d1", "\0x"]
)
def test_no_text_cell_is_run_as_a_formula(cell):
    assert _harmless(pd.Series([cell, "Tea"])).tolist() == [f"'{cell}", "Tea"]


def test_a_backtest_stands_beside_repeating_the_last_season(shop):
    told = result(shop.operate("analyst1", "backtest", horizon=2, windows=2))

    assert len(told["windows"]) == 2
    assert told["overall"]["wape_pct"] < told["overall"]["naive_wape_pct"]
    assert told["unit"] == "units"


def test_loading_the_same_file_twice_changes_nothing(house, tmp_path):
    file = tmp_path / "sales.csv"
    days = pd.date_range("2026-01-01", "2026-06-30").strftime("%Y-%m-%d")
    pd.DataFrame({"date": days, "store": "1", "product": "a", "units": 5}).to_csv(file, index=False)
    gateway = ToolGateway(operation_tools(), Rooms(house.installation, ForecastEngine.open))
    call = ToolCall("c", "ingest", f'{{"source": "{file}"}}')

    first = result(gateway.call(call, house.person("manager1")))
    second = result(gateway.call(call, house.person("manager1")))

    assert (first["changed"], first["tables"][0]["new"]) == (True, 181)
    assert (second["changed"], second["tables"][0]["unchanged"]) == (False, 181)
    assert first["cutoff"] == "2026-06-30"


def test_only_managers_load_and_train_and_no_model_is_offered_it(shop):
    assert shop.operate("analyst1", "ingest", source="x").reason == "permission"
    assert shop.operate("analyst1", "train").reason == "permission"
    offered = {tool.name for tool in shop.counter.gateway.offered_to(shop.person("admin1"))}
    assert not offered & {"ingest", "train", "backtest", "forecast_catalogue"}
