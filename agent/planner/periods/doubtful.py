"""What of a sentence's days must be asked about, and where it stands."""

from datetime import date

from agent.planner.periods.calendar import NotADate, Now, Unclear


class Doubtful(Exception):
    """Something to ask about, and where it stands."""

    def __init__(
        self,
        trouble: NotADate,
        at: tuple[int, int],
        asks_for: tuple[str, ...] = ("start", "end"),
        start: date | None = None,
    ) -> None:
        super().__init__(trouble.why)
        self._trouble = trouble
        self._at = at
        self._asks_for = asks_for
        self._start = start

    def unclear(self, now: Now) -> Unclear:
        """Return what is to be asked, in the language of the question."""
        said = self._trouble.worded(now.language)
        return Unclear(said, self._at, self._asks_for, self._start, self._trouble.near)
