"""When a model is due to be trained again."""

import calendar
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tenants.errors import BadInput

DECAY_PCT = 5.0
_LAST_MONTH = 12


class Schedule(StrEnum):
    """How often a model is trained again."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"

    @classmethod
    def parse(cls, text: str) -> "Schedule":
        """Return the schedule a person wrote.

        Raises:
            BadInput: There is none of that name.
        """
        try:
            return cls(text.strip().lower())
        except ValueError:
            raise BadInput(f"{text!r} is not a schedule; choose weekly or monthly.") from None

    def after(self, moment: datetime) -> datetime:
        """Return when the next training is due after one at `moment`.

        A month later is the same day of the next month, or its last day.
        """
        if self is Schedule.WEEKLY:
            return moment + timedelta(days=7)
        year, month = moment.year + moment.month // _LAST_MONTH, moment.month % _LAST_MONTH + 1
        return moment.replace(
            year=year, month=month, day=min(moment.day, calendar.monthrange(year, month)[1])
        )


@dataclass(frozen=True, slots=True)
class Decay:
    """How the production model does on the days since it was trained.

    Attributes:
        then_pct: WAPE of its backtest when it was promoted.
        now_pct: WAPE on what has come in since its cutoff.
        periods: How many periods that is.
        word: What a period is called.
    """

    then_pct: float
    now_pct: float
    periods: int
    word: str

    @property
    def worse_pct(self) -> float:
        """Return by how much it is worse now, in percent of then."""
        return 100 * (self.now_pct / self.then_pct - 1)


@dataclass(frozen=True, slots=True)
class Due:
    """Whether to train again, and why or why not, in a sentence."""

    due: bool
    why: str


def is_due(schedule: Schedule, trained: datetime | None, now: datetime, decay: Decay | None) -> Due:
    """Judge whether a model is due to be trained again.

    Args:
        schedule: How often it is to be.
        trained: When the newest model was trained; None without any.
        now: The present moment.
        decay: How the production model does now, where enough has come in to tell.
    """
    if trained is None:
        return Due(True, "No model has been trained yet.")
    when = f"The newest model was trained on {trained:%Y-%m-%d}"
    if now >= schedule.after(trained):
        return Due(True, f"{when} and the schedule is {schedule.value}.")
    if decay is not None and decay.worse_pct > DECAY_PCT:
        since = f"on the {decay.periods} {decay.word}s since its training"
        return Due(
            True,
            f"The production model's WAPE is {decay.now_pct:.1f} % {since} and was "
            f"{decay.then_pct:.1f} % then: {decay.worse_pct:.0f} % worse, more than "
            f"{DECAY_PCT:g} %.",
        )
    return Due(
        False,
        f"{when}; with a {schedule.value} schedule the next is on "
        f"{schedule.after(trained):%Y-%m-%d}.",
    )
