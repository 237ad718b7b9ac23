import json
import subprocess
import sys

import pytest

from agent.channels.cli.program import run
from app import Tillsight


class Broken(Tillsight):
    """An application with a bug in it."""

    @property
    def installation(self):
        raise RuntimeError("the secret detail")


def test_help_loads_nothing_heavy():
    heavy = (
        "pandas",
        "sqlalchemy",
        "lightgbm",
        "gradio",
        "langchain",
        "plotly",
        "sklearn",
        "jinja2",
    )
    script = (
        "import sys, app\n"
        "from agent.channels.cli.program import run\n"
        "code = run(app.Tillsight, ['--help'])\n"
        f"print(code, [name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stderr.strip() == "0 []"
    assert "tillsight demo" in done.stdout


def test_every_command_teaches_by_example(tillsight):
    commands = (
        *(["demo"], ["serve"], ["ask"], ["chat"], ["ingest"], ["train"], ["forecast"]),
        *(["backtest"], ["tenants", "create"], ["users", "add"], ["audit", "verify"]),
        ["approvals", "approve"],
    )
    for command in commands:
        shown = tillsight(*command, "--help").out

        assert "Examples" in shown
        assert f"tillsight {' '.join(command)}" in shown


def test_a_bug_is_one_sentence_on_the_screen_and_a_traceback_in_the_log(
    tillsight, tmp_path, capsys
):
    code = run(Broken, ["tenants", "list"])
    printed = capsys.readouterr()
    log = (tmp_path / "home" / "log" / "tillsight.log").read_text()

    assert code == 1
    assert printed.err.count("\n") == 1
    assert "secret" not in printed.out + printed.err
    assert "RuntimeError: the secret detail" in log


def test_a_bug_is_one_json_value_with_json(tillsight, capsys):
    code = run(Broken, ["tenants", "list", "--json"])
    printed = json.loads(capsys.readouterr().out)

    assert code == 1
    assert printed["outcome"] == "failed"
    assert "tillsight.log" in printed["error"]


def test_a_setting_that_cannot_be_used_is_named(tillsight, monkeypatch):
    monkeypatch.setenv("TILLSIGHT_PORT", "seven")
    shown = tillsight("tenants", "list")

    assert shown.code == 2
    assert "TILLSIGHT_PORT" in shown.err


def test_with_json_an_error_is_one_json_value(tillsight):
    shown = tillsight("users", "list", "--tenant", "nobody", "--json")

    assert shown.code == 2
    assert shown.json["reason"] == "unknown_item"
    assert shown.json["error"].startswith("There is no tenant 'nobody'")


def test_a_wrong_option_is_refused(tillsight):
    assert tillsight("audit", "show", "--limit", "9999").code == 2
    assert tillsight("bogus").code == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("ask",), "Missing argument 'question'; see `tillsight ask --help`."),
        (("ask", "hello", "you"), "Got unexpected extra argument(s) (you); see `tillsight ask"),
        (("bogus",), "No such command 'bogus'; see `tillsight --help`."),
        (("ask", "hello", "--loud"), "No such option: --loud"),
        (("audit", "show", "--limit", "0"), "Invalid value for '--limit': "),
    ],
)
def test_a_wrongly_written_command_gets_one_sentence_and_one_json_value(
    tillsight, arguments, sentence
):
    spoken, programmed = tillsight(*arguments), tillsight(*arguments, "--json")

    assert (spoken.code, programmed.code) == (2, 2)
    assert spoken.out == ""
    assert spoken.err.startswith(f"tillsight: {sentence}")
    assert spoken.err.count("\n") == 1
    assert programmed.json["error"].startswith(sentence)


def test_a_group_without_a_command_shows_its_help(tillsight):
    shown = tillsight("audit")

    assert shown.code == 2
    assert "tillsight audit" in shown.out + shown.err
    assert "tillsight: " not in shown.err


def test_a_day_that_is_none_is_refused(acme):
    shown = acme("audit", "verify", "--tenant", "acme", "--today", "yesterday")

    assert shown.code == 2
    assert shown.err == (
        "tillsight: --today 'yesterday' is not a date; write it like 2026-07-01.\n"
    )


def test_an_unprepared_demo_says_how_to_prepare_it(tillsight):
    shown = tillsight("ask", "How much cold brew will Riverside sell next week?")

    assert shown.code == 2
    assert "tillsight demo" in shown.err


def test_ctrl_c_ends_without_a_word_of_python(tillsight, capsys):
    class Interrupted(Tillsight):
        @property
        def installation(self):
            raise KeyboardInterrupt

    code = run(Interrupted, ["tenants", "list"])

    assert code == 130
    assert "Traceback" not in capsys.readouterr().err
