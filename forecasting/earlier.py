"""Models and data of before, loaded when an answer looks back and kept for the next that does."""

from typing import TYPE_CHECKING

from forecasting.lately import Lately, most_kept
from forecasting.lifecycle.records import ModelRecord
from forecasting.lifecycle.versions import load_version
from forecasting.panel import Panel
from forecasting.panel_builder import build_panel

if TYPE_CHECKING:
    from forecasting.data.store import SalesStore
    from forecasting.forecasters.base import Progress
    from forecasting.lifecycle.registry import Registry
    from forecasting.model import TrainedModel

_MOST_MODELS = 3


class Earlier:
    """Looks back for one tenant; safe to share between threads."""

    def __init__(self, registry: "Registry", store: "SalesStore", country: str) -> None:
        self._registry = registry
        self._store = store
        self._country = country
        self._models: dict[str, TrainedModel] = {}
        self._panels: dict[str, Panel] = {}
        self._cut: Lately[dict[int, Panel]] = Lately()
        self._trained: Lately[dict[int, TrainedModel]] = Lately()

    def model(self, record: ModelRecord) -> "TrainedModel":
        """Return a version, its files checked when it is loaded.

        Raises:
            BadInput: Its files are not those that were registered.
        """
        found = self._models.pop(record.checksum, None) or load_version(self._registry, record)
        self._models = {**self._newest(self._models), record.checksum: found}
        return found

    def panel(self, version: str) -> Panel:
        """Return the data as one of their versions has them."""
        found = self._panels.get(version)
        if found is None:
            found = build_panel(self._store.at(version), country=self._country)
            self._panels = {version: found} if most_kept(found.sales.size) > 1 else {}
        return found

    def until(self, panel: Panel, cutoff: int) -> Panel:
        """Return a panel as it looked after some of its periods."""
        kept = self._cut.of(panel, dict, most=1)
        found = kept.get(cutoff)
        if found is None:
            found = panel.until(cutoff)
            if len(kept) >= most_kept(panel.sales.size):
                kept.clear()
            kept[cutoff] = found
        return found

    def trained(self, panel: Panel, cutoff: int, progress: "Progress") -> "TrainedModel":
        """Return a model that has seen only the first periods, trained when first asked for."""
        from forecasting.training import train  # noqa: PLC0415 - loads LightGBM

        kept = self._trained.of(panel, dict, most=1)
        found = kept.get(cutoff)
        if found is None:
            progress(0.1, "training on what was known then")
            found = train(self.until(panel, cutoff), budget="fast", progress=progress)
            if len(kept) >= _MOST_MODELS:
                kept.clear()
            kept[cutoff] = found
        return found

    @staticmethod
    def _newest(models: "dict[str, TrainedModel]") -> "dict[str, TrainedModel]":
        return dict(list(models.items())[1 - _MOST_MODELS :])
