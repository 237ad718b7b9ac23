from datetime import date, timedelta

import pytest

PERIOD = ("--start", "2026-05-02", "--end", "2026-05-04", "--today", "2026-05-02")


@pytest.fixture(scope="module")
def fair_sales(tmp_path_factory):
    """A folder of sales that a fair, known in advance, explains."""
    folder = tmp_path_factory.mktemp("fair")
    days = (date(2026, 5, 1) - timedelta(days=back) for back in range(120))
    lines = [f"{day},tea,{10 + day.weekday()},{int(day.day == 7)}" for day in days]
    (folder / "sales.csv").write_text("date,product,units,fair\n" + "\n".join(lines) + "\n")
    (folder / "mapping.toml").write_text('[tables.sales.known]\nfair = "fair"\n')
    return folder


def test_a_forecast_without_the_plan_it_needs_says_what_it_assumed(acme, fair_sales, tmp_path):
    of = ("--tenant", "acme", "--today", "2026-05-02")
    acme("ingest", "--from", str(fair_sales), "--mapping", str(fair_sales / "mapping.toml"), *of)
    acme("train", "--budget", "fast", *of)
    plan = tmp_path / "plan.csv"
    rows = [f"2026-05-0{day},tea,0" for day in (2, 3, 4)]
    plan.write_text("date,product,fair\n" + "\n".join(rows) + "\n")

    out = ("--tenant", "acme", *PERIOD, "--out", str(tmp_path / "out.csv"))
    without, planned = acme("forecast", *out), acme("forecast", *out, "--plan", str(plan))

    assert (without.code, planned.code) == (0, 0)
    assert "No plan is given for fair; it is assumed to repeat as before." in without.out
    assert "No plan" not in planned.out
