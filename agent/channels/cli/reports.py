"""What operations found, as people read it on a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agent.channels.cli.output import print_table, print_text

Result = Mapping[str, Any]

_ERROR_COLUMNS = (
    "name",
    "pairs",
    "wape_pct",
    "naive_wape_pct",
    "skill_pct",
    "bias_pct",
    "mape_pct",
    "rmspe_pct",
    "mase",
    "rmsse",
    "rmse",
    "mae",
    "coverage_80_pct",
)


def print_load(result: Result) -> None:
    """Print what became of every row, and what the data can be used for."""
    rows = [
        {
            "table": table["table"],
            "rows": table["read"],
            "new": table["new"],
            "changed": table["changed"],
            "unchanged": table["unchanged"],
            "duplicates": table["duplicates"],
            "quarantined": sum(table["quarantined"].values()),
        }
        for table in result["tables"]
    ]
    if rows:
        print_table(rows)
    refused = [
        {"table": table["table"], "refused because": reason, "rows": count}
        for table in result["tables"]
        for reason, count in table["quarantined"].items()
    ]
    if refused:
        print_text("")
        print_table(refused)
    print_text("")
    for table in result["tables"]:
        if table["unknown_columns"]:
            columns = ", ".join(table["unknown_columns"])
            print_text(f"Not used of {table['table']}: {columns}")
    if result["unknown_files"]:
        print_text(f"Not read, as they belong to no table: {', '.join(result['unknown_files'])}")
    for sentence in result["usable"]:
        print_text(f"· {sentence}")
    state = result["version"] or "none yet"
    if result["version"] and not result["changed"]:
        state += ", as before"
    print_text(f"Data version: {state}. Last day with sales: {result['cutoff'] or 'none'}.")


def print_training(result: Result) -> None:
    """Print where the model went, and how good it was in its backtest."""
    print_text(f"{result['model']} is in {result['stage']}. {result['why']}")
    print_text(
        f"Backtest: WAPE {_percent(result['wape_pct'])} "
        f"(seasonal naive {_percent(result['naive_wape_pct'])}), "
        f"MAPE {_percent(result['mape_pct'])}, bias {_percent(result['bias_pct'])}, "
        f"80% ranges held {_percent(result['coverage_80_pct'])}."
    )
    print_text(f"Trained on data up to {result['cutoff']} in {result['seconds']} s.")
    for note in result["notes"]:
        print_text(note)


def print_backtest(result: Result) -> None:
    """Print the errors beside those of seasonal naive, overall and by part."""
    print_text(
        f"{len(result['windows'])} windows, {result['horizon']} periods ahead, "
        f"data up to {result['cutoff']}; RMSE and MAE in {result['unit']}.\n"
    )
    parts = ("windows", "by_horizon", "by_store", "by_volume", "by_promotion", "by_flag")
    print_table([result["overall"]], _ERROR_COLUMNS)
    for part in parts:
        if result[part]:
            print_text("")
            print_table(result[part], _ERROR_COLUMNS)
    if result["promises"]:
        print_text("\nRanges that held what came, of those that promised 50, 80 and 95 %:\n")
        print_table(result["promises"])
    for note in result["notes"]:
        print_text(note)


def print_catalogue_forecast(result: Result) -> None:
    """Print where the forecasts are."""
    print_text(
        f"{result['rows']:,} rows of {result['series']:,} series are in {result['out']}: "
        f"{result['start']} to {result['end']}, in {result['unit']}, "
        f"ranges of {result['level']}%, data up to {result['cutoff']}, model {result['model']}."
    )
    for note in result["notes"]:
        print_text(note)


def print_demo(result: Result) -> None:
    """Print what the demo holds now, and what to do next."""
    for one in result["tenants"]:
        done = f"ready in {one['seconds']:.0f} s" if one["changed"] else "ready already"
        print_text(
            f"{one['title']} ({one['tenant']}): {done}; "
            f"sales up to {one['cutoff']}, model {one['model']}."
        )
        if one["note"]:
            print_text(one["note"])
    print_text(f"People to ask as, with --as: {', '.join(result['people'])}.")
    print_text('Next: tillsight ask "How much cold brew will Riverside sell next week?"')


def _percent(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.1f}%"
