"""What a running assistant works out before anybody asks, so that the first does not wait."""

import numpy as np

from forecasting.anomalies.watch import Watch
from forecasting.engine import ForecastEngine
from forecasting.explanation.change import usual_course
from forecasting.on_sale import no_longer_sold
from knowledge.library import Library
from tenants.roles import Role
from tools.search_knowledge import kinds_for
from tools.written_records import written_records

# Odd days are mostly asked about for this many days back.
_LATELY = 28
# Forecasts are mostly to be explained for the days up to the end of next week. To explain that of
# one series and day takes a millisecond or two; of more than these, it waits for the question.
_SOON = 14
_MOST_CELLS = 2_500
_ANY_QUESTION = "What is this about?"


def prepare(engine: ForecastEngine, library: Library) -> None:
    """Load data, model and documents, and work out what questions have in common.

    Raises:
        CannotAnswer: There are no sales yet, or no model.
        Unavailable: The disk is full or cannot be written to.
    """
    engine.precompute()
    panel, model = engine.panel, engine.production.model
    response = model.response
    rows = np.flatnonzero(~no_longer_sold(panel))
    soon = min(_SOON, len(panel.periods) - panel.history)
    if 0 < len(rows) * soon <= _MOST_CELLS:
        model.contributions(panel, rows, panel.history, panel.history + soon)
    Watch.over(panel, response, "normal", max(0, panel.history - _LATELY))
    usual_course(panel, response)
    kinds = kinds_for(Role.ANALYST)
    library.search(_ANY_QUESTION, records=written_records(engine), kinds=kinds)
