"""The model that a rollout tries out, loaded beside the production model."""

from dataclasses import replace
from typing import TYPE_CHECKING

from forecasting.forecast_store import ForecastStore
from forecasting.lifecycle.rollout_records import Rollout
from forecasting.lifecycle.rollouts import assigned
from forecasting.lifecycle.versions import load_version
from forecasting.panel import Panel
from forecasting.served import Served, Tried
from tenants.errors import BadInput

if TYPE_CHECKING:
    from forecasting.lifecycle.registry import Registry

WORDS = {"canary": "a canary rollout", "ab": "an A/B rollout"}


class TryingOut:
    """Keeps the tried model of the rollout that runs; every other question asks for it again."""

    def __init__(self, registry: "Registry", store: ForecastStore) -> None:
        self._registry = registry
        self._store = store
        self._kept: tuple[int, Panel, Tried | str] | None = None

    def beside(self, production: Served, rollout: Rollout, panel: Panel) -> Served:
        """Return the production model with the tried one beside it.

        One that does not load gets no forecasts, and every answer says so.
        """
        kept = self._kept
        if kept is None or kept[0] != rollout.number or kept[1] is not panel:
            kept = self._kept = (rollout.number, panel, self._load(rollout, panel))
        found = kept[2]
        if isinstance(found, str):
            return replace(production, notes=(found,))
        return replace(production, tried=found)

    def _load(self, rollout: Rollout, panel: Panel) -> Tried | str:
        record = self._registry.get(rollout.model_id)
        try:
            model = load_version(self._registry, record)
        except BadInput as why:
            return (
                f"The model that {WORDS[rollout.kind]} tries out does not load, so the production "
                f"model forecasts every series. {why}"
            )
        return Tried(
            Served(record.id, model, record, self._store.open(record.id, panel)),
            assigned(panel.ids, record.id, rollout.traffic_pct),
            WORDS[rollout.kind],
        )
