"""What a running assistant works out before anybody asks, so that the first does not wait."""

from forecasting.anomalies.watch import Watch
from forecasting.engine import ForecastEngine
from forecasting.explanation.change import usual_course
from knowledge.library import Library
from tenants.roles import Role
from tools.hindsight import look_back
from tools.search_knowledge import kinds_for
from tools.written_records import written_records

# Odd days are mostly asked about for this many days back.
_LATELY = 28
_ANY_QUESTION = "What is this about?"


def prepare(engine: ForecastEngine, library: Library) -> None:
    """Load data, model and documents, and work out what questions have in common.

    Raises:
        CannotAnswer: There are no sales yet, or no model.
        Unavailable: The disk is full or cannot be written to.
    """
    engine.precompute()
    panel, response = engine.panel, engine.production.model.response
    Watch.over(panel, response, "normal", max(0, panel.history - _LATELY))
    usual_course(panel, response)
    look_back(engine)
    kinds = kinds_for(Role.ANALYST)
    library.search(_ANY_QUESTION, records=written_records(engine), kinds=kinds)
