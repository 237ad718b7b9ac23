"""Progress that says how long the rest will take."""

import time

from forecasting.forecasters.base import Progress

# Before this share is done, what is left is anybody's guess.
_LEAST_DONE = 0.05
# Shorter waits are not worth announcing.
_LEAST_SECONDS = 5.0
_MINUTE = 60.0


def with_time_left(progress: Progress) -> Progress:
    """Return a progress that adds the time left to its words; call it when work begins."""
    began = time.monotonic()

    def told(done: float, words: str) -> None:
        spent = time.monotonic() - began
        left = spent * (1 - done) / done if done >= _LEAST_DONE else 0.0
        progress(done, f"{words}, {in_words(left)} left" if left >= _LEAST_SECONDS else words)

    return told


def in_words(seconds: float) -> str:
    """Return a duration as people say it, e.g. `about 40 s` or `about 3 min`."""
    if seconds < _MINUTE:
        return f"about {max(5, 5 * round(seconds / 5))} s"
    return f"about {round(seconds / _MINUTE)} min"
