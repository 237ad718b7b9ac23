"""Who answers: the production model, and for some series perhaps another that is tried out."""

from dataclasses import dataclass, fields, replace

import numpy as np

from forecasting.forecast_store import StoredForecasts
from forecasting.model import Prediction, TrainedModel
from forecasting.origin import Rows
from forecasting.panel import Mask, Panel
from forecasting.scope import PlanChange


@dataclass(frozen=True)
class Served:
    """The model that answers.

    Attributes:
        id: Its name in the registry.
        model: The model itself.
        record: Its registry record.
        stored: Its forecasts worked out beforehand, where there are any.
        tried: A model that forecasts some series in its place, to see how that does.
        notes: What must be said of every forecast.
    """

    id: str
    model: TrainedModel
    record: object = None
    stored: StoredForecasts | None = None
    tried: "Tried | None" = None
    notes: tuple[str, ...] = ()

    def predict(
        self, panel: Panel, rows: Rows, first: int, last: int, change: PlanChange | None = None
    ) -> Prediction:
        """Forecast panel columns first to last - 1: read where they are stored, else work out."""
        parts = self.split(rows)
        if len(parts) > 1 or parts[0][0] is not self:
            return _together(parts, panel, rows, (first, last), change)
        if change is not None or self.stored is None:
            return self.model.predict(panel, rows, first, last, change)
        edge = min(last, max(first, panel.history + self.stored.width))
        read = self.stored.prediction(panel, rows, first, edge) if edge > first else None
        if read is None:
            return self.model.predict(panel, rows, first, last)
        if edge == last:
            return read
        beyond = self.model.predict(panel, rows, edge, last)
        return Prediction(
            **{
                field.name: np.hstack([getattr(read, field.name), getattr(beyond, field.name)])
                for field in fields(Prediction)
            }
        )

    def split(self, rows: Rows) -> "list[tuple[Served, Mask]]":
        """Return who forecasts which of these series."""
        taken = np.zeros(len(rows), bool) if self.tried is None else self.tried.taken[rows]
        if self.tried is None or not taken.any():
            return [(self, ~taken)]
        if taken.all():
            return [(self.tried.served, taken)]
        return [(replace(self, tried=None), ~taken), (self.tried.served, taken)]

    def notes_of(self, rows: Rows) -> tuple[str, ...]:
        """Return what must be said of a forecast of these series."""
        return (*self.notes, *(() if self.tried is None else self.tried.notes_of(rows)))


@dataclass(frozen=True)
class Tried:
    """A model that forecasts some series in place of the production model.

    Attributes:
        served: The model.
        taken: [n] which series of the panel it forecasts.
        what: What that is called, such as `a canary rollout`.
    """

    served: Served
    taken: Mask
    what: str

    def notes_of(self, rows: Rows) -> tuple[str, ...]:
        """Return a sentence where it forecasts any of these series."""
        taken = int(self.taken[rows].sum())
        if not taken:
            return ()
        of_all = f"{taken} of {len(rows)} series come" if len(rows) > 1 else "This comes"
        return (f"{of_all} from {self.served.id}, which {self.what} tries out.",)


def _together(
    parts: "list[tuple[Served, Mask]]",
    panel: Panel,
    rows: Rows,
    columns: tuple[int, int],
    change: PlanChange | None,
) -> Prediction:
    """Return the forecasts of several models, each of its own series."""
    shape = len(rows), columns[1] - columns[0]
    found = {field.name: np.zeros(shape, np.float32) for field in fields(Prediction)}
    for served, which in parts:
        made = served.predict(panel, rows[which], *columns, change)
        for name, values in found.items():
            values[which] = getattr(made, name)
    return Prediction(**found)
