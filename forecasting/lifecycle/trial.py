"""Load a model from elsewhere in a process of its own, which may crash or run out of limits.

Signed versions of this tenant need no trial. A file from elsewhere was not written by this
product, and the library that reads it is not made to withstand every byte: its first load happens
where it can take nothing with it. `python -m forecasting.lifecycle.trial PATH` is that process.
"""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from tenants.errors import BadInput

_CPU_SECONDS = 60
_MEMORY = 4 << 30
_PATIENCE = 120
_MOST_FEATURES = 100_000


def try_to_load(path: Path, name: str) -> dict[str, Any]:
    """Load a version folder or a LightGBM text file elsewhere; return what it says of itself.

    Args:
        path: A folder that a trained model saved, or one model file; formats checked already.
        name: What to call it in the error.

    Raises:
        BadInput: It does not load within the limits.
    """
    one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter, this module, one path
            [sys.executable, "-m", __name__, str(path.resolve())],
            cwd=Path(__file__).parents[2],
            env=os.environ | one_thread,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BadInput(f"{name!r} took too long to load, so it was not registered.") from None
    if done.returncode != 0:
        why = (done.stderr.strip().splitlines() or ["it crashed"])[-1][:200]
        raise BadInput(f"{name!r} does not load as a model ({why}); save it again.")
    said: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return said


def _load_folder(folder: Path) -> dict[str, Any]:
    from forecasting.lifecycle.versions import load_folder  # noqa: PLC0415 - after the limits

    model = load_folder(folder)
    return {"cutoff": f"{model.cutoff:%Y-%m-%d}", "data_version": model.data_version}


def _load_file(path: Path) -> dict[str, Any]:
    import numpy as np  # noqa: PLC0415 - after the limits

    from forecasting.forecasters import lightgbm_core  # noqa: PLC0415 - after the limits

    booster = lightgbm_core.Booster(model_file=str(path))
    features = booster.num_feature()
    if features > _MOST_FEATURES:
        raise ValueError(f"{features} features")
    forecast = booster.predict(np.zeros((1, features)))
    if not np.isfinite(forecast).all():
        raise ValueError("its forecast is not a number")
    return {"features": features, "trees": booster.num_trees()}


def _main(path: Path) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    said = _load_folder(path) if path.is_dir() else _load_file(path)
    sys.stdout.write("\n" + json.dumps(said) + "\n")


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
