"""What a short message most likely means where it is said: in the midst of a conversation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from agent.planner.understanding.ranking import Ranked

_SHORT = 9
_LEFT_OUT = frozenset({"COMPANY", "UNKNOWN"})


@dataclass(frozen=True, slots=True)
class Leaning:
    """How much likelier some wishes are in a conversation than by the words alone.

    "Which ones are left?" says nothing by itself; after a list of alerts it is about alerts. What
    somebody says at length says what it wants, and is left as it is.

    Attributes:
        factors: By the name of an intent; what is not named keeps its share.
    """

    factors: Mapping[str, float] = field(default_factory=dict)

    def applied(self, ranked: Sequence[Ranked], text: str, *, is_all: bool) -> list[Ranked]:
        """Return a ranking as a short text has it in this conversation, best first.

        Args:
            ranked: What the words alone may want.
            text: The words.
            is_all: Whether they are the whole message; a clause of it only loses what is far off.
        """
        words = text.split()
        if not self.factors or len(words) > _SHORT or _LEFT_OUT & set(words):
            return list(ranked)
        most = None if is_all else 1.0
        weighed = [one.share * self._factor(one.intent.name, most) for one in ranked]
        total = sum(weighed)
        shares = (
            replace(one, share=share / total) for one, share in zip(ranked, weighed, strict=True)
        )
        return sorted(shares, key=lambda one: -one.share)

    def _factor(self, name: str, most: float | None) -> float:
        factor = self.factors.get(name, 1.0)
        return factor if most is None else min(factor, most)
