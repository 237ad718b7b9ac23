"""Trained models in and out of the registry: register what was trained, load what is verified."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from forecasting.lifecycle.records import Approved, ModelRecord, NewModel, Stage
from forecasting.lifecycle.registry import Registry
from tenants.errors import BadInput

if TYPE_CHECKING:
    from forecasting.model import TrainedModel


class Trained(Protocol):
    """What a trained model says of itself."""

    @property
    def family(self) -> str:
        """Return what kind of model it is."""
        ...

    @property
    def metrics(self) -> Mapping[str, Any]:
        """Return what its backtest measured."""
        ...

    @property
    def data_version(self) -> str:
        """Return the name of the data it was trained on."""
        ...

    @property
    def cutoff(self) -> date:
        """Return the last day of these data."""
        ...

    def save(self, folder: Path) -> object:
        """Write its files into an empty folder."""
        ...


def register_trained(
    model: Trained,
    *,
    registry: Registry,
    today: date,
    approved: Approved,
    stage: Stage = Stage.STAGING,
) -> ModelRecord:
    """Publish and record a trained model; put it in production at once if that is asked.

    Args:
        model: Saves its own files; they are checked, hashed, signed and published here.
        registry: The tenant's registry.
        today: The tenant's day, which becomes the model's version.
        approved: Who trained it, and under whose approval it goes into production.
        stage: `STAGING`, or `PRODUCTION` to promote it over whatever serves now.
    """
    expected, _move = registry.pointer()
    new = NewModel(
        family=model.family,
        metrics=model.metrics,
        by=approved.by,
        data_version=model.data_version,
        cutoff=model.cutoff,
    )
    record = registry.register(model, new, day=today)
    if stage is Stage.PRODUCTION:
        return registry.promote(record.id, expected=expected, approved=approved)
    return record


def load_version(registry: Registry, record: ModelRecord) -> "TrainedModel":
    """Load a version after checking every byte of its files.

    Raises:
        BadInput: Its files are not those that were registered.
    """
    return load_folder(registry.verified_folder(record))


def load_folder(folder: Path) -> "TrainedModel":
    """Load the model that a verified folder holds.

    Raises:
        BadInput: It is not a whole model, or one of another version of this product.
    """
    # LightGBM takes a second or more, which a command that only lists models should not pay.
    from forecasting.forecasters.lightgbm_core import LightGBMError  # noqa: PLC0415
    from forecasting.model import TrainedModel  # noqa: PLC0415

    try:
        return TrainedModel.load(folder)
    except (OSError, LookupError, ValueError, TypeError, LightGBMError) as error:
        raise BadInput(
            f"The model in {folder.name!r} does not load, because it is not whole or was made by "
            "another version of Tillsight; train again.",
            audit_note=f"{type(error).__name__}: {error}",
        ) from error
