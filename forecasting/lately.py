"""What was worked out lately, so that asking again costs nothing."""

from collections.abc import Callable
from typing import Generic, TypeVar

_Made = TypeVar("_Made")

# Figures of a panel up to which several are kept; of larger ones memory holds but one.
_SMALL = 2_000_000
_MOST = 4


def most_kept(figures: int) -> int:
    """Return how many states of panels of so many figures are kept."""
    return _MOST if figures <= _SMALL else 1


class Lately(Generic[_Made]):
    """The last few things made, each by what it was made from: one of these, not one like it."""

    def __init__(self) -> None:
        self._kept: tuple[tuple[object, _Made], ...] = ()

    def of(self, source: object, work: Callable[[], _Made], *, most: int = _MOST) -> _Made:
        """Return what is made of a source, made now where it is not kept.

        Args:
            source: What it is made from, which never changes.
            work: Makes it.
            most: How many are kept, this one counted.
        """
        kept = self._kept  # read once: another thread may replace it meanwhile
        found = next((one for one in kept if one[0] is source), None) or (source, work())
        if not kept or kept[0] is not found:
            self._kept = (found, *(one for one in kept if one is not found))[:most]
        return found[1]
