"""Rules that say what a text wants; the first that fits decides, so the order matters.

What is out of scope comes before anything it may resemble, models before sales ("promote the
model" is no promotion), decisions before figures ("the best discount" is no past discount).
"""

from agent.planner.rules import decisions, figures, models, reasons, scope, small_talk
from agent.planner.rules.pieces import Intent, Rule

__all__ = ["RULES", "SMALL_TALK", "Intent", "Rule"]

RULES: tuple[Rule, ...] = (
    *scope.RULES,
    *models.RULES,
    *decisions.RULES,
    *reasons.RULES,
    *figures.RULES,
)
SMALL_TALK: tuple[Rule, ...] = small_talk.RULES
