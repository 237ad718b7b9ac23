"""Preparing the world that suites are played in: made once for a day, then copied."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from tenants.clock import Clock
from tenants.installation import Installation
from tenants.settings import Settings
from tools.contract import Progress, silent
from tools.counter import Counter, open_counter
from tools.demo import SEED, prepare_demo, renew_demo

_ROOT = Path(__file__).parents[2]
# What decides on how a prepared world looks; when any of it changes, worlds are made anew.
_MAKERS = (
    "agent/evaluation/preparing.py",
    "forecasting/alerts",
    "forecasting/data",
    "forecasting/decisions",
    "forecasting/features",
    "forecasting/forecasters",
    "forecasting/training.py",
    "forecasting/lifecycle/rollout_records.py",
    "forecasting/lifecycle/tables.py",
    "forecasting/measures.py",
    "forecasting/pricing",
    "knowledge/demo",
    "tools/advising.py",
    "tools/demo.py",
    "tools/operations",
)
_SUFFIXES = frozenset({".py", ".csv", ".md", ".txt"})


def prepared_world(
    day: date, kept: Path, into: Path, *, fresh: bool = False, progress: Progress = silent
) -> None:
    """Put a world up to the day before `day` into a folder.

    Args:
        day: What today is in it.
        kept: Where worlds are kept between runs.
        into: A folder that does not exist yet.
        fresh: Whether to make it anew although it is kept.
        progress: Told the fraction done and a few words.

    Raises:
        AppError: It cannot be made.
    """
    kept.mkdir(parents=True, exist_ok=True)
    world = kept_world(day, kept)
    with _alone(kept / f"{day}.lock"):
        if fresh or not world.is_dir():
            for old in kept.glob(f"{day}-*"):
                shutil.rmtree(old, ignore_errors=True)
            draft = kept / f".{world.name}"
            shutil.rmtree(draft, ignore_errors=True)
            _make(draft, day, progress)
            draft.rename(world)
        shutil.copytree(world, into)


def kept_world(day: date, kept: Path) -> Path:
    """Return where the world of a day is kept, as today's code makes it."""
    return kept / f"{day}-{SEED}-{_fingerprint()}"


def _make(home: Path, day: date, progress: Progress) -> None:
    """Load and train twice, as time would have had it: three months ago, and today."""
    until, then = day - timedelta(days=1), _three_months_before(day)
    with _counter_on(then, home) as counter:
        known = then - timedelta(days=1)
        prepare_demo(counter, until=until, known=known, budget="fast", progress=progress)
    with _counter_on(day, home) as counter:
        renew_demo(counter, until=until, progress=progress)


@contextmanager
def _counter_on(day: date, home: Path) -> Iterator[Counter]:
    settings = Settings(home=home, database_url=None, token=None, _env_file=None)
    installation = Installation.open(settings, Clock(day))
    try:
        yield open_counter(installation)
    finally:
        installation.close()


def _three_months_before(day: date) -> date:
    """Return the first day of the month three before that of a day."""
    months = day.year * 12 + day.month - 1 - 3
    return date(months // 12, months % 12 + 1, 1)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for maker in _MAKERS:
        path = _ROOT / maker
        inside = sorted(one for one in path.rglob("*") if one.suffix in _SUFFIXES)
        for file in inside if path.is_dir() else [path]:
            digest.update(file.relative_to(_ROOT).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other processes out: two evaluations at once make a world only once."""
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
