import json

import pandas as pd

from tests.forecasting.data.loading import SALES, of


def test_a_report_is_json(desk):
    desk.put("sales.csv", SALES + "2026-06-01,1,1,-1\n")
    values = json.loads(json.dumps(desk.load().to_dict(), allow_nan=False))

    assert values["tables"][0]["quarantined"] == {
        "units is negative (returns have a column of their own)": 1
    }
    assert (values["first"], values["last"]) == ("2026-06-01", "2026-06-02")
    assert (values["frequency"], values["target"], values["unit"]) == ("day", "units", "units")
    assert (values["series"], values["stores"], values["products"]) == (2, 1, 2)


def test_gaps_are_periods_between_first_and_last_of_a_series(desk):
    dates = ["2026-06-01", "2026-06-02", "2026-06-05", "2026-06-07"]
    rows = "".join(f"{date},1,A,3\n" for date in dates) + "2026-06-01,1,B,3\n2026-06-02,1,B,3\n"
    desk.put("sales.csv", "date,store,product,units\n" + rows)
    gaps = desk.load().shape.gaps

    assert (gaps.series, gaps.periods, gaps.longest) == (1, 3, 2)


def test_gaps_of_weekly_data_are_weeks(desk):
    weeks = pd.date_range("2026-01-01", periods=10, freq="7D").delete([3, 4])
    desk.put("sales.csv", "date,units\n" + "".join(f"{week.date()},3\n" for week in weeks))
    gaps = desk.load().shape.gaps

    assert (gaps.series, gaps.periods, gaps.longest) == (1, 2, 2)


def test_what_the_data_allow_is_said(desk):
    desk.put("sales.csv", SALES)
    bare = desk.load().usable
    desk.put("products.csv", "product,cost,list_price\n1,2,5\n2,3,6\n")
    desk.put("promotions.csv", "start,end,product,discount_pct\n2026-07-01,2026-07-07,1,20\n")
    desk.put("stock.csv", "date,store,product,on_hand\n2026-06-01,1,1,0\n")
    desk.put("events.csv", "date,name\n2026-07-04,Fair\n")
    rich = desk.load().usable

    assert "no prices → discount advice not possible" in bare
    assert "no product costs → profit objective not possible" in bare
    assert "prices: known for 2 of 2 products → discount advice possible" in rich
    assert "costs: known for 2 of 2 products → profit objective possible" in rich
    assert "promotions: 1, of which 1 run after the last sale" in rich
    assert "stock: 1 levels → days without stock are told apart" in rich
    assert "events: 1 local events" in rich


def test_data_without_products_say_so(desk):
    desk.put("sales.csv", "date,store,revenue\n2026-06-01,1,30\n")
    said = desk.load().usable

    assert "no products → forecasts by store only" in said
    assert "no units → revenue is forecast; questions about units cannot be answered" in said


def test_counts_of_a_table_cover_all_its_files(desk):
    desk.put("sales-1.csv", SALES)
    desk.put("sales-2.csv", SALES.replace("2026-06", "2026-05"))
    report = of(desk.load(), "sales")

    assert (report.files, report.read, report.new) == (("sales-1.csv", "sales-2.csv"), 6, 6)
