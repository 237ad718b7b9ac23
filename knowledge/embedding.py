"""A text as a vector, by hashing its words, their likes and their letters: nothing to download."""

import zlib
from collections import defaultdict
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from knowledge.words import groups_of, lexicon, stems

VERSION = "hashed-1"
"""Names how vectors are made; kept with them, and another version makes them anew."""

DIMENSIONS = 1024
_GRAMS = (3, 4, 5)
# What the parts of a text count beside its words.
_ALIKE, _PAIR, _GRAM, _WEAK = 0.7, 0.5, 0.3, 0.3


def embedded(text: str) -> NDArray[np.float32]:
    """Return a text's vector, of length one; all zeros where it says nothing."""
    weights: defaultdict[str, float] = defaultdict(float)
    found = stems(text)
    weak = lexicon().weak
    for word in found:
        weight = _WEAK if word in weak else 1.0
        weights[f"w:{word}"] += weight
        grams = _grams(word)
        for gram in grams:
            weights[f"g:{gram}"] += weight * _GRAM / len(grams) ** 0.5
    for pair in pairwise(found):
        weights[f"p:{' '.join(pair)}"] += _PAIR
    for group in groups_of(text):
        weights[f"a:{group}"] += _ALIKE
    vector = np.zeros(DIMENSIONS, dtype=np.float32)
    for feature, weight in weights.items():
        digest = zlib.crc32(feature.encode())
        # A word said ten times says hardly more than one said thrice.
        size = np.log1p(weight)
        vector[digest % DIMENSIONS] += size if digest & 0x80000000 else -size
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length else vector


def _grams(word: str) -> list[str]:
    marked = f"<{word}>"
    return [
        marked[place : place + size]
        for size in _GRAMS
        for place in range(max(0, len(marked) - size + 1))
    ]
