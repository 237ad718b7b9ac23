"""What a text may want."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Intent:
    """What is wanted.

    Attributes:
        name: A tool's name, a social word, `approve`, `out_of_scope`, or one of those that want
            nothing by themselves: `more` (adds to what was said), `aside`, `hold`.
        about: What to explain, or which business is out of scope.
    """

    name: str
    about: str = ""

    @property
    def label(self) -> str:
        """Return the name under which its phrases lie."""
        return f"{self.name}.{self.about}" if self.about else self.name

    @classmethod
    def of(cls, label: str) -> "Intent":
        """Return the intent of a label."""
        name, _, about = label.partition(".")
        return cls(name, about)
