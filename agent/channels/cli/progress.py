"""Progress on standard error, so that standard output holds results alone."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from agent.channels.cli.output import one_line, screen

if TYPE_CHECKING:  # the tool contract loads the engine
    from tools.contract import Progress

_SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def show_progress(title: str, *, quiet: bool = False) -> Iterator[Progress]:
    """Give a function that shows how far the work is.

    On a terminal a bar that moves; elsewhere a line every few seconds, and none when quiet.
    """
    if sys.stderr.isatty():
        with _bar(title) as report:
            yield report
    elif quiet:
        yield _nothing
    else:
        yield _Lines(title)


def _nothing(_fraction: float, _words: str) -> None:
    """Show nothing."""


@contextmanager
def _bar(title: str) -> Iterator[Progress]:
    from rich.progress import (  # noqa: PLC0415 - 0.1 s that most commands do not need
        BarColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=screen(error=True), transient=True) as progress:
        task = progress.add_task(one_line(title), total=1.0)

        def report(fraction: float, words: str) -> None:
            progress.update(task, completed=fraction, description=one_line(words or title))

        yield report


class _Lines:
    """Writes a line now and then, for logs and pipes."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._last = time.monotonic()

    def __call__(self, fraction: float, words: str) -> None:
        """Write a line when the last one is some seconds old."""
        if time.monotonic() - self._last >= _SECONDS_BETWEEN_LINES:
            self._last = time.monotonic()
            sys.stderr.write(f"{one_line(words or self._title)} ({fraction:.0%})\n")
            sys.stderr.flush()
