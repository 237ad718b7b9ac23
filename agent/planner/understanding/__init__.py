"""What people want, learnt from phrases: a grammar of examples, features, a trained ranking."""

from agent.planner.understanding.intent import Intent
from agent.planner.understanding.ranking import Ranked, Ranking, ranking_of

__all__ = ["Intent", "Ranked", "Ranking", "ranking_of"]
