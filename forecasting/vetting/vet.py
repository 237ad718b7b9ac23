"""What is wrong with a panel before anything is learned from it."""

from dataclasses import dataclass

from forecasting.panel import Panel
from forecasting.vetting.leak_check import leaks, without
from forecasting.vetting.repeats import repeats


@dataclass(frozen=True)
class Vetted:
    """A panel fit to learn from.

    Attributes:
        panel: The panel without what must not be learned.
        left_out: Known covariates that were taken out.
        notes: Sentences a person must know, for the report.
    """

    panel: Panel
    left_out: tuple[str, ...]
    notes: tuple[str, ...]


def vet(panel: Panel) -> Vetted:
    """Take out known covariates that cannot be known, and say what else is suspect."""
    found, twice = leaks(panel), repeats(panel)
    left_out = tuple(leak.name for leak in found)
    notes = [leak.sentence() for leak in found]
    if twice is not None:
        notes.append(twice.sentence(panel))
    return Vetted(without(panel, left_out), left_out, tuple(notes))
