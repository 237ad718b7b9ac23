"""Figures in the README and the docs are those that were measured."""

import re
from pathlib import Path

import pytest

from benchmarks.evidence.ledger import Evidence, enter, read, report

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
# A row of a table that ends in the key of its figure: | what | 12.3 % | … | `key` |
QUOTED = re.compile(r"^\|[^|]*\|\s*\**([\d.,]+)[^|]*\|.*\|\s*`([a-z0-9_]+)`\s*\|$", re.MULTILINE)


def _quoted():
    return [
        (page.name, shown, key)
        for page in PAGES
        for shown, key in QUOTED.findall(page.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(("page", "shown", "key"), _quoted() or [pytest.param("", "", "")])
def test_a_figure_quoted_with_its_key_is_the_measured_one(page, shown, key):
    if not key:
        return
    value = read()[key]["value"]
    digits = len(shown.partition(".")[2])

    assert f"{value:,.{digits}f}" == shown, f"{page} quotes {shown}, measured was {value}"


def test_figures_are_entered_as_they_come_and_older_ones_stay(tmp_path):
    ledger = tmp_path / "evidence.json"
    enter("engine", [Evidence("first", 1.234567, "%", 10)], ledger)

    def cut_short():
        yield Evidence("second", 2.0, "s", 1, interval=(1.5, 2.5))
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        enter("engine", cut_short(), ledger)

    found = read(ledger)
    assert found["first"]["value"] == 1.2346
    assert found["second"]["interval"] == [1.5, 2.5]
    assert found["second"]["command"] == "make evidence ONLY=engine"


def test_a_figure_that_could_not_be_measured_says_so_in_the_report(tmp_path):
    ledger = tmp_path / "evidence.json"
    enter("engine", [Evidence("ratio", None, "", 0, goal="above 1", note="no data")], ledger)

    assert "| `ratio` | not measured | | above 1 | no data |" in report(read(ledger))
