import json

import pytest

from agent.channels.cli.program import run
from app import Tillsight


class Terminal:
    """Runs commands as a person would, and keeps what they printed."""

    def __init__(self, capsys):
        self._capsys = capsys
        self.code, self.out, self.err = 0, "", ""

    def __call__(self, *arguments):
        self.code = run(Tillsight, arguments)
        self.out, self.err = self._capsys.readouterr()
        return self

    @property
    def json(self):
        return json.loads(self.out)


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
