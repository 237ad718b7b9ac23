"""What many tests stand on: the demo world, prepared once for all of them."""

import fcntl
import os
import shutil
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import hypothesis
import pytest

from tenants.clock import Clock
from tenants.installation import Installation
from tenants.settings import Settings
from tools.counter import open_counter
from tools.demo import prepare_demo

# A slow example on a busy machine is not a broken promise.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

CUTOFF = date(2026, 6, 28)
TODAY = date(2026, 6, 29)

# Nothing a test does may reach the developer's own workspaces or settings.
for _name in [name for name in os.environ if name.startswith("TILLSIGHT_")]:
    if _name != "TILLSIGHT_EVIDENCE":  # how much proof a run asks for; see tests/honesty
        del os.environ[_name]
os.environ["TILLSIGHT_HOME"] = "/nonexistent/tillsight-tests-set-their-own-home"


@pytest.fixture(scope="session")
def harbor_home(tmp_path_factory, request) -> Path:
    """The folder of an installation with the demo's retailers up to 2026-06-28; not to write to."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if hasattr(request.config, "workerinput") else base
    home, ready = shared / "harbor-home", shared / "harbor-home.ready"
    with _locked(shared / "harbor-home.lock"):
        if not ready.exists():
            installation = Installation.open(Settings(home=home), Clock(TODAY))
            prepare_demo(open_counter(installation), until=CUTOFF)
            installation.close()
            ready.touch()
    return home


@pytest.fixture
def harbor(harbor_home, tmp_path) -> Path:
    """A copy of the demo installation that a test may change."""
    return shutil.copytree(harbor_home, tmp_path / "home")


@contextmanager
def _locked(path: Path):
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
