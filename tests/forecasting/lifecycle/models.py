"""Small models that write real files, and what it takes to register them."""

import io
import json
from dataclasses import dataclass
from datetime import date

import numpy as np

from forecasting.lifecycle.records import Approved, NewModel

DAY = date(2026, 2, 6)
ANN = Approved(by="ann")
BOOSTER = """tree
version=v4
num_class=1
num_tree_per_iteration=1
label_index=0
max_feature_idx=0
objective=regression
feature_names=lag_7
feature_infos=[0:9]
tree_sizes=0

end of trees

feature_importances:

parameters:
end of parameters

pandas_categorical:null
"""


@dataclass(frozen=True)
class SmallModel:
    """A model that forecasts `level`; its files are of every kind a model may hold."""

    level: float = 1.0

    def save(self, folder):
        (folder / "booster.txt").write_text(BOOSTER)
        (folder / "schema.json").write_text(json.dumps({"level": self.level, "lags": [7, 14]}))
        parts = folder / "parts"
        parts.mkdir()
        np.savez(parts / "intervals.npz", residuals=np.arange(50) * self.level)


@dataclass(frozen=True)
class Files:
    """A model that writes just these files."""

    contents: dict[str, bytes]

    def save(self, folder):
        for name, content in self.contents.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def npz(**arrays):
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def register(registry, level=1.0, *, version=None, model=None, **changes):
    details = {"family": "GradientBoosting", "metrics": {"wape": 0.2}, "by": "ann"} | changes
    model = model or SmallModel(level)
    return registry.register(model, NewModel(**details), day=DAY, version=version)


def promote(registry, name, **changes):
    expected = registry.pointer()[0]
    return registry.promote(name, **({"expected": expected, "approved": ANN} | changes))
