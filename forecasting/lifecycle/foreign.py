"""Models that come as files: checked, copied, tried, then registered like any other."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from forecasting.lifecycle.artifact import list_files, read_signed
from forecasting.lifecycle.formats import check_file
from forecasting.lifecycle.manifest import MANIFEST, SIGNATURE
from forecasting.lifecycle.records import ModelRecord, NewModel, model_id, plain_metrics
from forecasting.lifecycle.registry import Registry
from forecasting.lifecycle.trial import try_to_load
from tenants.errors import BadInput

Trial = Callable[[Path, str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class CopyOf:
    """Saves itself by copying files that were checked and tried."""

    folder: Path

    def save(self, folder: Path) -> None:
        """Copy the files into an empty folder."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)


def register_files(
    path: Path,
    *,
    registry: Registry,
    family: str,
    version: str,
    metrics: Mapping[str, Any],
    by: str,
    trial: Trial = try_to_load,
) -> ModelRecord:
    """Register a version folder, or a bare LightGBM text file, in staging.

    A folder with a manifest must be this tenant's own and unaltered; one without is what
    `TrainedModel.save` wrote. A bare file has no feature schema: it is kept and listed but cannot
    serve. The metrics are taken as stated; a promotion through the gate measures its own.

    Raises:
        BadInput: There is nothing at the path, or it is not a model that is safe to load.
    """
    plain_metrics(metrics)
    model_id(family, version)
    with TemporaryDirectory(prefix="tillsight-") as scratch:
        copy = Path(scratch) / "model"
        copy.mkdir()
        if path.is_dir():
            _copy_folder(path, copy, registry)
            said = trial(copy, path.name)
        else:
            said = trial(_copy_file(path, copy), path.name)
        new = NewModel(
            family=family,
            metrics=metrics,
            by=by,
            source="registered",
            servable=path.is_dir(),
            data_version=said.get("data_version", ""),
            cutoff=date.fromisoformat(said["cutoff"]) if "cutoff" in said else None,
        )
        day = date.fromisoformat(version[:8])
        return registry.register(CopyOf(copy), new, day=day, version=version)


def _copy_folder(source: Path, target: Path, registry: Registry) -> None:
    names = list_files(source)
    if MANIFEST in names:
        read_signed(source, tenant_id=registry.tenant_id, key=registry.signing_key)
    for name in names:
        if name in {MANIFEST, SIGNATURE}:
            continue  # they are made anew for the new id
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        _copy_checked(source / name, copy, name)


def _copy_file(source: Path, target: Path) -> Path:
    if not source.is_file():
        raise BadInput(f"There is no file or folder {str(source)!r}; check `model_path`.")
    if source.suffix.lower() != ".txt":
        check_file(source, source.name)  # says it best for a pickle
        raise BadInput(
            f"{source.name!r} is not a model; give a LightGBM text file (.txt) or the folder of a "
            "version."
        )
    copy = target / "booster.txt"
    _copy_checked(source, copy, source.name)
    return copy


def _copy_checked(source: Path, copy: Path, name: str) -> None:
    try:
        check_file(source, name)
        shutil.copyfile(source, copy, follow_symlinks=False)
        check_file(copy, name)
    except OSError as error:
        raise BadInput(f"{name!r} cannot be read ({error.strerror}); check the file.") from error
