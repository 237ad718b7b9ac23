"""A guess at what is wanted when no rule fits, from packaged example phrases.

Each phrase is a bag of words and letter sequences weighted by how rare they are (tf-idf); a
question is compared with all of them by cosine, and the tool of the nearest wins if it is near
enough and clearly nearer than any other tool's. This is scikit-learn's tf-idf with a nearest
neighbour, written out: importing scikit-learn takes two seconds, which a single question on the
command line would pay for, and the two hundred phrases need a millisecond in plain Python.
Nothing is stored, so there is no model file to trust.
"""

import math
import re
from collections import Counter
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from agent.planner.intents import NOT_YET
from agent.planner.rules import Intent
from agent.planner.specs import SPECS

_NEAR_ENOUGH = 0.5
_CLEARLY_NEARER = 0.06
_SHORTEST, _LONGEST = 3, 5
_STOP = frozenset(
    "the a an of for to in at on is are was be me my our we i you it and or please".split()  # noqa: SIM905 - reads best
)

_Vector = dict[str, float]


def of(text: str) -> Intent | None:
    """Return what the text most likely wants, or None when that is not sure."""
    ranked = _ranked(text)
    if not ranked or ranked[0][1] < _NEAR_ENOUGH:
        return None
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _CLEARLY_NEARER:
        return None
    name, _, about = ranked[0][0].partition(":")
    return Intent(name, about)


def _ranked(text: str) -> list[tuple[str, float]]:
    """Return the wishes by their likeness to the text, best first."""
    weights, phrases = _phrases()
    asked = _weighted(_features(text), weights)
    best: dict[str, float] = {}
    for label, phrase in phrases:
        score = sum(weight * phrase[key] for key, weight in asked.items() if key in phrase)
        best[label] = max(best.get(label, 0.0), score)
    return sorted(best.items(), key=lambda pair: -pair[1])


@lru_cache(maxsize=1)
def _phrases() -> tuple[_Vector, list[tuple[str, _Vector]]]:
    """Return how rare each feature is, and the phrases as vectors under their wish."""
    labelled = [(label, Counter(_features(phrase))) for label, phrase in _lines()]
    seen = Counter(key for _, features in labelled for key in features)
    weights = {key: 1 + math.log(len(labelled) / count) for key, count in seen.items()}
    return weights, [
        (label, _weighted(list(features.elements()), weights)) for label, features in labelled
    ]


def _lines() -> list[tuple[str, str]]:
    text = files("agent.planner.phrases").joinpath("phrases.txt").read_text(encoding="utf-8")
    label, found = "", []
    for line in text.splitlines():
        if line.startswith("["):
            label = line.strip("[] ")
            if label.partition(":")[0] not in {*SPECS, *NOT_YET, "out_of_scope", "help"}:
                raise ValueError(f"The phrases name {label!r}, which nothing does.")
        elif line.strip() and not line.startswith("#"):
            found.append((label, line.strip()))
    return found


def _features(text: str) -> list[str]:
    words = [word for word in re.findall(r"[a-z']+", text.lower()) if word not in _STOP]
    letters = [
        f"#{padded[n : n + size]}"
        for word in words
        for padded in (f" {word} ",)
        for size in range(_SHORTEST, _LONGEST + 1)
        for n in range(max(0, len(padded) - size + 1))
    ]
    return [*words, *(" ".join(pair) for pair in pairwise(words)), *letters]


def _weighted(features: list[str], weights: _Vector) -> _Vector:
    counts = Counter(features)
    unseen = max(weights.values(), default=1.0)
    vector = {
        key: (1 + math.log(n)) * weights.get(key, unseen) * (1.0 if key.startswith("#") else 2.0)
        for key, n in counts.items()
    }
    length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
    return {key: value / length for key, value in vector.items()}
