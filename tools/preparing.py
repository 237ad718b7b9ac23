"""What a running assistant works out before anybody asks, so that the first does not wait."""

from importlib import import_module

from forecasting.anomalies.watch import Watch
from forecasting.engine import ForecastEngine
from forecasting.explanation.change import usual_course
from forecasting.lifecycle.retraining import Retraining
from knowledge.library import Library
from tenants.roles import Role
from tools.hindsight import look_back
from tools.search_knowledge import kinds_for
from tools.written_records import written_records

# Odd days are mostly asked about for this many days back.
_LATELY = 28
# It has words that tell what is meant, or the vectors would not be looked at.
_ANY_QUESTION = "What does the pricing policy say about discounts?"

LOADED_WHERE_USED = (
    "forecasting.anomalies.detector",
    "forecasting.anomalies.findings",
    "forecasting.decisions.realised",
    "forecasting.decisions.records",
    "forecasting.decisions.tally",
    "forecasting.explanation.outlook",
    "forecasting.inventory",
    "forecasting.lifecycle.comparing",
    "forecasting.lifecycle.retraining",
    "forecasting.lifecycle.rollouts",
    "forecasting.lifecycle.versions",
    "forecasting.pricing.experiment",
    "forecasting.pricing.levers",
    "forecasting.pricing.optimiser",
    "forecasting.pricing.outlooks",
    "forecasting.pricing.planning",
    "forecasting.pricing.rules",
    "forecasting.pricing.supply",
    "forecasting.pricing.support",
    "forecasting.pricing.target",
    "forecasting.pricing.whatif",
    "forecasting.serving",
    "forecasting.spans",
    "forecasting.stock",
    "forecasting.told.book",
    "forecasting.told.records",
    "tools.accounts",
)
"""What tools import when they first run, because a command that asks one question needs little."""


def prepare(engine: ForecastEngine, library: Library) -> None:
    """Load data, model and documents, and work out what questions have in common.

    Raises:
        CannotAnswer: There are no sales yet, or no model.
        Unavailable: The disk is full or cannot be written to.
    """
    for module in LOADED_WHERE_USED:
        import_module(module)
    engine.precompute()
    panel, response = engine.panel, engine.production.model.response
    Watch.over(panel, response, "normal", max(0, panel.history - _LATELY))
    usual_course(panel, response)
    look_back(engine)
    Retraining(engine).decay()
    kinds = kinds_for(Role.ANALYST)
    library.search(_ANY_QUESTION, records=written_records(engine), kinds=kinds)
