"""Keeps what was learnt between runs, as plain numbers in a file named after what it came from.

The name holds a hash of the phrases, the cues and the code that learns, so a change of any of
them learns anew. A file that cannot be read, or holds something else, is learnt over: it is a
copy, never a source.
"""

import hashlib
import os
import zipfile
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from agent.languages import Language
from agent.planner.understanding.grammar import heard_files, phrase_files
from agent.planner.understanding.training import Weights, train

_CODE = ("grammar.py", "features.py", "margins.py", "training.py")
_LINE = "\n"


def weights_of(language: Language, folder: Path | None) -> Weights:
    """Return the weights of a language, read from the folder or learnt and kept there."""
    if folder is None:
        return train(language)
    path = folder / f"understanding-{language.code}-{_fingerprint(language)}.npz"
    kept = _read(path)
    if kept is None:
        kept = train(language)
        _write(path, kept)
    return kept


@lru_cache(maxsize=8)
def _fingerprint(language: Language) -> str:
    digest = hashlib.sha256(language.text("cues.toml").encode())
    learnt_from = (*phrase_files(language).items(), *heard_files(language).items())
    for name, file in sorted(learnt_from, key=lambda one: one[0]):
        digest.update(f"{name}\n{file.read_text(encoding='utf-8')}".encode())
    for name in _CODE:
        digest.update(files(__package__).joinpath(name).read_bytes())
    return digest.hexdigest()[:16]


def _read(path: Path) -> Weights | None:
    """Return the weights in a file, or None where there are none that fit together."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            weights = Weights(
                labels=tuple(kept["labels"].tobytes().decode().split(_LINE)),
                features=tuple(kept["features"].tobytes().decode().split(_LINE)),
                matrix=kept["matrix"],
                base=kept["base"],
            )
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
        return None
    shape = (len(weights.features), len(weights.labels))
    fits = weights.matrix.shape == shape and weights.base.shape == shape[1:]
    return weights if fits and np.isfinite(weights.matrix).all() else None


def _write(path: Path, weights: Weights) -> None:
    """Keep the weights; where nothing can be written, they are learnt again next time."""
    half_written = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with half_written.open("wb") as file:
            np.savez(
                file,
                labels=np.frombuffer(_LINE.join(weights.labels).encode(), dtype=np.uint8),
                features=np.frombuffer(_LINE.join(weights.features).encode(), dtype=np.uint8),
                matrix=weights.matrix,
                base=weights.base,
            )
        half_written.replace(path)
    except OSError:
        half_written.unlink(missing_ok=True)
