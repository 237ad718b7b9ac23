"""A whole evaluation: several suites, each in its world, those of one day in the same."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from agent.evaluation.preparing import prepared_world
from agent.evaluation.running import CaseResult, Casting, assistant, each_case, play_case
from agent.evaluation.stage import Stage
from agent.evaluation.suite import Suite
from agent.models import BUILT_IN
from tenants.settings import Settings
from tools.contract import Progress, silent

_BUILT_IN = Settings(model=BUILT_IN, _env_file=None)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How suites are to be played.

    Attributes:
        kept: Where prepared worlds are kept between runs.
        settings: Which chat model, and how it is reached.
        trials: How often each case is played.
        fresh: Whether worlds are made anew.
        cast: Who answers.
    """

    kept: Path
    settings: Settings = _BUILT_IN
    trials: int = 1
    fresh: bool = False
    cast: Casting = assistant

    def play(self, suites: Sequence[Suite], progress: Progress = silent) -> list[CaseResult]:
        """Play every case of the suites.

        Raises:
            AppError: A world cannot be prepared, or has no such tenant.
        """
        return list(self.played(suites, progress))

    def played(self, suites: Sequence[Suite], progress: Progress = silent) -> Iterator[CaseResult]:
        """Yield the result of each case as it ends."""
        count = max(sum(len(suite.cases) for suite in suites) * self.trials, 1)
        done, failed = 0, 0
        with _Worlds(self, progress) as worlds:
            for suite in suites:
                stage = worlds.stage(suite)
                for case, trial in each_case(suite, self.trials):
                    words = f"{suite.suite}: {case.id}, {done} of {count} done, {failed} failed"
                    progress(done / count, words)
                    result = play_case(stage, suite, case, trial, self.cast)
                    done, failed = done + 1, failed + (not result.passed)
                    yield result
        progress(1.0, "done")


class _Worlds:
    """The stages of one evaluation, made when a suite first needs them, gone at the end."""

    def __init__(self, evaluation: Evaluation, progress: Progress) -> None:
        self._evaluation = evaluation
        self._progress = progress
        self._stages: dict[tuple[date, str], Stage] = {}
        self._ending = ExitStack()

    def __enter__(self) -> Self:
        folder = tempfile.TemporaryDirectory(prefix="tillsight-eval-", ignore_cleanup_errors=True)
        self._folder = Path(self._ending.enter_context(folder))
        return self

    def __exit__(self, *_error: object) -> None:
        self._ending.close()

    def stage(self, suite: Suite) -> Stage:
        """Return the stage of a suite; suites of one day and tenant share it."""
        key = (suite.today, suite.workspace)
        if key not in self._stages:
            home = self._folder / f"{suite.today}-{len(self._stages)}"
            is_new = suite.today not in {day for day, _tenant in self._stages}
            prepared_world(
                suite.today,
                self._evaluation.kept,
                home,
                fresh=self._evaluation.fresh and is_new,
                progress=self._preparing(suite.today),
            )
            stage = Stage.open(home, suite.workspace, suite.today, self._evaluation.settings)
            self._ending.callback(stage.close)
            self._stages[key] = stage
        return self._stages[key]

    def _preparing(self, day: date) -> Progress:
        return lambda _fraction, words: self._progress(0.0, f"preparing {day}: {words}")
