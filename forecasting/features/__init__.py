"""The model's input: one family of features a file, each with its lag rule."""

from forecasting.features.contract import Family, Feature, Lag, Table
from forecasting.features.table import build, features_of

__all__ = ["Family", "Feature", "Lag", "Table", "build", "features_of"]
