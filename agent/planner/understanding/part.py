"""One wish of a message, as a stretch of its text."""

from dataclasses import dataclass

from agent.planner.understanding.intent import Intent


@dataclass(frozen=True, slots=True)
class Part:
    """One wish of a message.

    Attributes:
        start: Where its stretch of the text begins.
        end: Where it ends.
        intent: What it wants; None where it only adds to what was said before.
        share: How likely that is.
        asides: Stretches before it that want nothing themselves.
        after: Such stretches after it.
    """

    start: int
    end: int
    intent: Intent | None
    share: float = 1.0
    asides: tuple[tuple[int, int], ...] = ()
    after: tuple[tuple[int, int], ...] = ()

    @property
    def own(self) -> list[tuple[int, int]]:
        """Its stretches less its asides."""
        left, place = [], self.start
        for start, end in sorted(self.asides):
            if self.start <= start < self.end:
                left.append((place, start))
                place = max(place, end)
        left.append((place, self.end))
        return [(a, b) for a, b in left if a < b]
