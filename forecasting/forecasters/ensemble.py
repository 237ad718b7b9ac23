"""Several forecasters as one: their weighted mean, with weights by segment."""

from pathlib import Path
from typing import Protocol, Self, runtime_checkable

import numpy as np

from forecasting.ceiling import ceiling
from forecasting.demand import Demand
from forecasting.features import Feature
from forecasting.features.contract import OWN_PRICE
from forecasting.forecasters.base import (
    Budget,
    Capabilities,
    Forecaster,
    Progress,
    never_negative,
)
from forecasting.forecasters.registry import BY_NAME
from forecasting.origin import Floats, Rows
from forecasting.panel import Matrix
from forecasting.selection.blend import Blend, combined, logarithms

_LEAST = 1e-9


@runtime_checkable
class Explaining(Protocol):
    """A forecaster that can say what drives a forecast."""

    def reasons(
        self, demand: Demand, rows: Rows, columns: Rows
    ) -> tuple[Floats, dict[str, Floats]]:
        """Return the log of the base, and what each driver adds to it."""
        ...


class Ensemble:
    """The weighted mean of its members."""

    name = "ensemble"
    capabilities = Capabilities(needs_fit=True, uses_plan=True, explains=True)

    def __init__(self, members: tuple[Forecaster, ...], blend: Blend) -> None:
        self.members = members
        self.blend = blend

    @property
    def sees_offers(self) -> bool:
        """Tell whether a planned price changes a member's forecast by itself."""
        return any(getattr(member, "sees_offers", False) for member in self.members)

    @property
    def features(self) -> tuple[Feature, ...]:
        """Return the features of all members."""
        return tuple(one for member in self.members for one in getattr(member, "features", ()))

    def fit(self, demand: Demand, *, budget: Budget, seed: int, progress: Progress) -> None:
        """Fit every member that learns from a history."""
        learning = [one for one in self.members if one.capabilities.needs_fit]
        for number, member in enumerate(learning):

            def told(done: float, words: str, number: int = number) -> None:
                progress((number + done) / len(learning), words)

            member.fit(demand, budget=budget, seed=seed, progress=told)

    def predict(self, demand: Demand, rows: Rows, first: int, last: int) -> Matrix:
        """Return [rows, last - first] the weighted mean of the members' centres."""
        most = ceiling(demand.panel, rows)
        centres = [
            np.minimum(member.predict(demand, rows, first, last), most).astype(np.float32)
            for member in self.members
        ]
        if len(centres) == 1:
            return centres[0]
        weights = self.blend.of(demand, rows)
        return never_negative(combined(centres, weights))

    def reasons(
        self, demand: Demand, rows: Rows, columns: Rows
    ) -> tuple[Floats, dict[str, Floats]]:
        """Return why, on the log scale: the start, and what each driver adds to it.

        The members' own reasons count by their share of the forecast; members that cannot explain
        themselves are all start. The sum is near the log of the forecast, which is that of a mean.

        Returns:
            [rows, columns] log of the base without drivers, and [rows, columns] by driver.
        """
        first, last = int(columns[0]), int(columns[-1]) + 1
        inside = columns - first
        centres = [one.predict(demand, rows, first, last)[:, inside] for one in self.members]
        response = np.log(demand.factor[np.ix_(rows, columns)].astype(np.float64))
        start = np.zeros((len(rows), len(columns)))
        parts: dict[str, Floats] = {}
        logs = logarithms(centres)
        for member, log, share in zip(
            self.members, logs, self._shares(demand, rows, centres), strict=True
        ):
            own = 0 * response if getattr(member, "sees_offers", False) else response
            if isinstance(member, Explaining):
                base, reasons = member.reasons(demand, rows, columns)
            else:
                base, reasons = log - own, {}
            start += share * np.where(np.isfinite(base), base, log)
            for driver, part in (*reasons.items(), (OWN_PRICE, own)):
                parts[driver] = parts.get(driver, 0.0) + share * part
        return start, parts

    def _shares(self, demand: Demand, rows: Rows, centres: list[Matrix]) -> list[Floats]:
        weights = self.blend.of(demand, rows)
        whole = np.maximum(combined(centres, weights), _LEAST)
        return [weights[:, [k]] * one / whole for k, one in enumerate(centres)]

    def to_files(self, folder: Path) -> None:
        """Write the weights as JSON, and each member into a folder of its name."""
        (folder / "blend.json").write_text(self.blend.to_json(), encoding="utf-8")
        for member in self.members:
            if member.capabilities.needs_fit:
                own = folder / member.name
                own.mkdir(exist_ok=True)
                member.to_files(own)

    @classmethod
    def from_files(cls, folder: Path) -> Self:
        """Read what `to_files` wrote."""
        blend = Blend.from_json((folder / "blend.json").read_text(encoding="utf-8"))
        members = tuple(BY_NAME[name].from_files(folder / name) for name in blend.members)
        return cls(members, blend)
