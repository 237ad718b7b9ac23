"""A clause of a message, and what it most likely wants."""

from dataclasses import dataclass

from agent.planner.understanding.ranking import Ranked

SOCIAL = frozenset({"greet", "help", "thanks", "bye"})
ADDS = frozenset({"more", "aside"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a message.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        best: What it most likely wants.
        kind: "wish", "more" (adds to one), "aside" or "background" (only tells).
    """

    start: int
    end: int
    best: Ranked
    kind: str

    @property
    def at(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end

    @property
    def asks(self) -> bool:
        """Tell whether it wants something, and is no greeting."""
        return self.kind == "wish" and self.best.intent.name not in SOCIAL
