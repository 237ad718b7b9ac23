import contextlib
import io
import json
from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from agent.channels.cli.output import figure, heading, print_facts, print_json, print_table, visible


def test_a_terminal_escape_in_data_is_shown_and_does_nothing():
    assert visible("Tea\x1b[2J") == "Tea\\x1b[2J"


def test_a_name_cannot_turn_the_direction_of_a_line():
    assert visible("a\u202eb") == "a\\u202eb"


@given(st.text())
def test_nothing_printed_holds_a_control_character(text):
    assert {category(each) for each in visible(text) if each not in "\n\t"} & {"Cc", "Cs"} == set()


@given(st.dictionaries(st.text(), st.text()))
def test_json_reads_back_as_it_was(value):
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        print_json(value)

    assert json.loads(written.getvalue()) == value


def test_figures_are_written_with_at_most_three_decimals():
    assert [figure(1234.5), figure(0.12345), figure(7), figure(None), figure(True)] == [
        "1,234.5",
        "0.123",
        "7",
        "-",
        "yes",
    ]


def test_a_field_is_headed_as_people_write_it():
    assert [heading("wape_pct"), heading("rows_read")] == ["Wape %", "Rows read"]


def test_facts_show_lists_of_records_as_tables(capsys):
    print_facts({"rows": 3, "quarantined": [{"reason": "negative units", "rows": 2}], "gaps": []})

    assert [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()] == [
        "Rows 3",
        "",
        "Quarantined",
        "Reason Rows",
        "negative units 2",
    ]


def test_a_line_break_in_a_name_stays_in_its_row(capsys):
    print_table([{"name": "Tea\nforged row"}])

    assert capsys.readouterr().out.splitlines()[1].strip() == "Tea forged row"
