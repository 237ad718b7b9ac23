"""The table of odd values in docs/data.md is what happens."""

import re
from pathlib import Path

import numpy as np
import pytest

from tests.forecasting.data.loading import Desk

DOCS = Path(__file__).parents[3] / "docs" / "data.md"
ROW = re.compile(r"^\| `([^`]*)` \| (\w+) \| (used as|refused:) (.+) \|$", re.MULTILINE)
CASES = ROW.findall(DOCS.read_text(encoding="utf-8"))
GOOD = {"date": "2026-06-01", "store": "1", "product": "1", "units": "3"}


def load_one(desk: Desk, cell: str, column: str) -> None:
    row = GOOD | {column: cell}
    quoted = ",".join(f'"{value}"' for value in row.values())
    desk.put("sales.csv", f"{','.join(row)}\n{quoted}\n")
    desk.load()


def test_the_documented_table_is_read():
    assert len(CASES) > 40


@pytest.mark.parametrize(("cell", "column", "fate", "what"), CASES)
def test_an_odd_value_has_its_documented_fate(desk, cell, column, fate, what):
    load_one(desk, cell, column)
    sales, refused = desk.store.read("sales"), desk.reasons()

    if fate == "refused:":
        assert (len(sales), refused) == (0, [what])
    else:
        stored = sales[column].iloc[0]
        shown = stored.date().isoformat() if column == "date" else stored
        expected = what if column in ("date", "store", "channel") else as_number(what)
        np.testing.assert_equal(shown, expected)
        assert refused == []


def as_number(text: str) -> float:
    return float("nan") if text == "unknown" else float(text)
