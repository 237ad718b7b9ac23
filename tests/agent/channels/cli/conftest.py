import json
from dataclasses import dataclass

import pytest

from agent.channels.cli.program import run
from app import Tillsight


@dataclass(frozen=True)
class Shown:
    """What one command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


class Terminal:
    """Runs commands as a person would."""

    def __init__(self, capsys):
        self._capsys = capsys

    def __call__(self, *arguments):
        code = run(Tillsight, arguments)
        return Shown(code, *self._capsys.readouterr())


@pytest.fixture
def tillsight(tmp_path, monkeypatch, capsys):
    """The command line on an empty installation."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TILLSIGHT_HOME", str(tmp_path / "home"))
    for name in ("TILLSIGHT_TOKEN", "TILLSIGHT_DATABASE_URL", "TILLSIGHT_TENANT"):
        monkeypatch.delenv(name, raising=False)
    return Terminal(capsys)


@pytest.fixture
def acme(tillsight):
    """The command line on an installation with one tenant and three people."""
    tillsight("tenants", "create", "acme")
    for name, role in (("ann", "admin"), ("max", "manager"), ("vic", "viewer")):
        tillsight("users", "add", name, "--role", role, "--tenant", "acme")
    return tillsight
