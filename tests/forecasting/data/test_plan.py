import pandas as pd
import pytest

from forecasting.data.plan import read_plan
from tenants.errors import BadInput
from tests.forecasting.data.loading import SALES

PLAN = "date,store,product,price,discount_pct\n2026-07-01,1,1,5.5,10\n2026-07-02,1,1,5.5,\n"


@pytest.fixture
def loaded(desk):
    desk.put("sales.csv", SALES)
    desk.load()
    return desk


def read(desk, text: str, name: str = "plan.csv") -> pd.DataFrame:
    return read_plan(desk.put(f"../{name}", text), desk.store)


def test_a_plan_has_canonical_columns(loaded):
    plan = read(loaded, PLAN)

    assert plan["date"].tolist() == [pd.Timestamp("2026-07-01"), pd.Timestamp("2026-07-02")]
    assert plan["discount_pct"].fillna(-1).tolist() == [10.0, -1.0]
    assert plan[["store", "product"]].to_numpy().tolist() == [["1", "1"], ["1", "1"]]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (PLAN.replace(",10\n", ",95\n"), "Line 2 .* discount_pct is above 90"),
        (PLAN.replace("2026-07-02", "soon"), "Line 3 .* date is not a date"),
        (PLAN.replace("2026-07-02,1,1,5.5", "2026-07-01,1,1,6.0"), "two different rows .* line 2"),
        ("date,store,product\n2026-07-01,1,1\n", "plans nothing"),
        ("date,product,price\n2026-07-01,1,5\n", "no column for 'store'"),
        ("day,store,product,price\n2026-07-01,1,1,5\n", "no column for 'date'; .* 'day'"),
        ("date,store,product,price\n", "has no rows"),
        ("", "is empty"),
        (PLAN + "2026-07-03,1\n", "Line 4 .* has 2 cells, not 5"),
    ],
)
def test_a_plan_is_used_whole_or_not_at_all(loaded, text, why):
    with pytest.raises(BadInput, match=why):
        read(loaded, text)


def test_days_alone_are_a_plan_where_a_missing_day_means_closed(desk):
    days = pd.date_range("2026-01-01", periods=10)
    desk.put("sales.csv", "date,units\n" + "".join(f"{day.date()},3\n" for day in days))
    desk.load(mapping='missing = "closed"\n')

    plan = read(desk, "date\n2026-01-12\n")

    assert plan["date"].tolist() == [pd.Timestamp("2026-01-12")]


def test_a_plan_repeated_word_for_word_counts_once(loaded):
    assert len(read(loaded, PLAN + "2026-07-01,1,1,5.5,10\n")) == 2


def test_a_plan_that_is_not_there_is_refused(loaded):
    with pytest.raises(BadInput, match="no plan file"):
        read_plan(loaded.files / "missing.csv", loaded.store)


def test_a_weekly_plan_starts_on_the_day_weeks_start(desk):
    weeks = pd.date_range("2026-01-01", periods=10, freq="7D")
    desk.put("sales.csv", "date,units\n" + "".join(f"{w.date()},3\n" for w in weeks))
    desk.load()

    with pytest.raises(BadInput, match="not a Thursday"):
        read(desk, "date,price\n2026-07-03,5\n")
    assert len(read(desk, "date,price\n2026-07-02,5\n")) == 1
