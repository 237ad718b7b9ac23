from agent.channels.cli.reports import print_load

UNCHANGED = {
    "version": "",
    "changed": False,
    "cutoff": None,
    "usable": [],
    "unknown_files": [],
    "tables": [],
}


def test_a_load_that_accepted_nothing_says_that_there_are_no_data_yet(capsys):
    print_load(UNCHANGED)

    assert "Data version: none yet. Last day with sales: none." in capsys.readouterr().out


def test_a_load_that_changed_nothing_names_the_version_as_before(capsys):
    print_load(UNCHANGED | {"version": "sales@3", "cutoff": "2026-06-28"})

    assert "Data version: sales@3, as before." in capsys.readouterr().out
