"""The forecasting engine; it runs in a notebook by itself.

The three classes below load when they are first named, so that a program that needs one
part of the engine does not wait for all of it.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from forecasting.api import ExperimentTracker, ModelRegistry
    from forecasting.auto_retraining import AutoRetrainingScheduler

# The matrices here are many and small: a second thread of numpy's library waits by spinning, which
# took seven times the CPU seconds of one. Read once, when numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__all__ = ["AutoRetrainingScheduler", "ExperimentTracker", "ModelRegistry"]

_HOMES = {
    "AutoRetrainingScheduler": "forecasting.auto_retraining",
    "ExperimentTracker": "forecasting.api",
    "ModelRegistry": "forecasting.api",
}


def __getattr__(name: str) -> Any:
    """Load one of the public classes."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
