"""What the planner knows of the tenant: names, conventions and today; no figures, no identity."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from agent.languages import Language, language
from agent.planner.periods import Direction, Now
from agent.planner.wording.style import Style
from tools.catalogue import Vocabulary

_MONTH_FIRST = ("en-US", "en-PH", "en-CA")


@dataclass(frozen=True, slots=True)
class PlannerContext:
    """The tenant as far as understanding a question needs it.

    Attributes:
        vocabulary: What products, stores and categories are called.
        today: The tenant's local date.
        style: How figures and dates are written.
        week_starts: 0 for Monday to 6 for Sunday.
        own_names: What the tenant calls itself; naming it names nothing.
        language: The language of the turn.
        kept_in: Where what was learnt may be kept between runs.
    """

    vocabulary: Vocabulary
    today: date
    style: Style = field(default_factory=Style)
    week_starts: int = 0
    own_names: tuple[str, ...] = ()
    language: Language = field(default_factory=lambda: language("en"))
    kept_in: Path | None = None

    def now(self, *, ahead: bool) -> Now:
        """Return from where time is counted."""
        return Now(
            today=self.today,
            direction=Direction.AHEAD if ahead else Direction.BEHIND,
            week_starts=self.week_starts,
            day_first=not self.style.locale.startswith(_MONTH_FIRST),
            first=self.vocabulary.first,
            language=self.language,
        )

    def product_name(self, product_id: str) -> str:
        """Return a product's name, or what was said."""
        names = {item.id: item.name for item in self.vocabulary.products}
        return names.get(product_id, product_id)
