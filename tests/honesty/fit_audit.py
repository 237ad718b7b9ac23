"""Notes the newest sale that every function of the engine is handed while a model is made."""

import sys
from contextlib import contextmanager
from dataclasses import dataclass, field

from forecasting.demand import Demand
from forecasting.origin import Origin
from forecasting.panel import Panel


@dataclass
class Fold:
    """One training: what it was given, and what its functions were given in turn.

    Attributes:
        cutoff: Periods of history it may see.
        newest: By function, the most periods of sales any call of it could see.
    """

    cutoff: int
    newest: dict[str, int] = field(default_factory=dict)


@dataclass
class Forecasted:
    """One forecast of a fitted forecaster.

    Attributes:
        name: Which forecaster.
        fitted: Periods of history it was fitted on.
        seen: Periods of history it forecast from.
        first: The first period it forecast.
    """

    name: str
    fitted: int
    seen: int
    first: int


class Audit:
    """What was seen, by training, and every forecast made."""

    def __init__(self):
        self.folds = []
        self.forecasts = []
        self._open = []
        self._fitted = {}

    @contextmanager
    def watching(self):
        sys.setprofile(self._note)
        try:
            yield self
        finally:
            sys.setprofile(None)

    def _note(self, frame, event, _argument):
        module = frame.f_globals.get("__name__", "")
        if not module.startswith("forecasting."):
            return
        name = f"{module.removeprefix('forecasting.')}.{frame.f_code.co_qualname}"
        if event == "return" and name == "training.train":
            self.folds.append(self._open.pop())
        if event != "call":
            return
        given = frame.f_locals
        if name == "training.train":
            self._open.append(Fold(given["panel"].history))
        self._note_forecaster(frame.f_code.co_name, given)
        if self._open:
            seen = max((periods(value) for value in given.values()), default=0)
            newest = self._open[-1].newest
            newest[name] = max(newest.get(name, 0), seen)

    def _note_forecaster(self, function, given):
        one, demand = given.get("self"), given.get("demand")
        if not (isinstance(demand, Demand) and hasattr(one, "capabilities")):
            return
        seen = periods(demand)
        if function == "fit":
            self._fitted[id(one)] = (one, seen)  # kept alive, so that its id stays its own
        elif function == "predict" and id(one) in self._fitted:
            fitted = self._fitted[id(one)][1]
            self.forecasts.append(Forecasted(one.name, fitted, seen, int(given["first"])))


def periods(value):
    """Return how many periods of sales an argument holds; 0 for one that holds none."""
    made = vars(value) if isinstance(value, Panel | Demand | Origin) else {}  # empty in __init__
    if isinstance(value, Panel) and "sales" in made:
        return max(value.history, value.sales.shape[1])
    if isinstance(value, Demand) and "panel" in made:
        return periods(value.panel)
    # An origin looks back from itself, whatever lies after it; the lag rule's tests see to that.
    return made.get("at", 0)
