"""Phrases as a grammar: `(a|b)` is one of several, `[a]` may be left out, `<name>` is a filler.

The phrases of an intent lie in the language's folder `intents`, one a line; fillers and the
chatter that people put around a question in its `fillers.toml`. Sentences are drawn from them
with a fixed seed, so that training gives the same model wherever it happens.

Beside them, in `heard`, lie sentences as people typed them in the practice suites, with kinds in
place of what they name (`python -m benchmarks.heard` writes them).
"""

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from agent.languages import Language

_FOLDER = "intents"
_HEARD = "heard"
_FILLERS = "fillers.toml"
_PIECE = re.compile(r"\((?P<one>[^()\[\]]*)\)|\[(?P<maybe>[^()\[\]]*)\]|<(?P<filler>\w+)>")
_DRAWN_A_LINE = 10
_LEAST_A_LINE = 2
_MOST_TURNS = 60
_HALF = 0.5
_CHATTER = 0.22
_AFTER = 0.1
_BARE = frozenset({"greet", "thanks", "bye", "help", "approve", "more", "aside"})


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what it wants; `line` tells which phrase it was drawn from."""

    label: str
    text: str
    line: int


def examples(language: Language, drawn: int = _DRAWN_A_LINE) -> list[Example]:
    """Return sentences drawn from all phrases of a language, and those that people said."""
    table = tomllib.loads(phrase_files(language)[_FILLERS].read_text(encoding="utf-8"))
    found: list[Example] = []
    for number, (label, line) in enumerate(phrases(language)):
        rng = random.Random(f"{label} {line}")  # noqa: S311 - a draw, no secret
        texts = {_drawn(line, table["fillers"], rng) for _ in range(_turns(line, drawn))}
        for text in sorted(texts):
            noisy = text if label in _BARE else _with_chatter(text, table["noise"], rng)
            found.append(Example(label, noisy, number))
    said = enumerate(_lines(heard_files(language)), start=len(found))
    return found + [Example(label, line, number) for number, (label, line) in said]


def phrases(language: Language) -> Iterator[tuple[str, str]]:
    """Yield each line of the folder under its label."""
    return _lines(phrase_files(language))


def phrase_files(language: Language) -> dict[str, Traversable]:
    """Return the files that hold a language's phrases, by name."""
    return {one.name: one for one in language.folder.joinpath(_FOLDER).iterdir()}


def heard_files(language: Language) -> dict[str, Traversable]:
    """Return the files that hold what people said in a language, by name; maybe none."""
    folder = language.folder.joinpath(_HEARD)
    return {one.name: one for one in folder.iterdir()} if folder.is_dir() else {}


def _lines(files: dict[str, Traversable]) -> Iterator[tuple[str, str]]:
    for name, file in sorted(files.items()):
        if name.endswith(".txt"):
            for line in file.read_text(encoding="utf-8").splitlines():
                if line.strip() and not line.startswith("#"):
                    yield name.removesuffix(".txt"), line.strip()


def _turns(line: str, drawn: int) -> int:
    """Return how often to draw: longer lines hold more sentences."""
    choices = line.count("|") + 2 * line.count("[") + 6 * line.count("<")
    return max(_LEAST_A_LINE, min(_MOST_TURNS, drawn * choices // 12 + _LEAST_A_LINE))


def _drawn(line: str, fillers: dict[str, list[str]], rng: random.Random) -> str:
    """Draw one sentence of a line, from the innermost choice outwards."""

    def pick(match: re.Match[str]) -> str:
        if match["filler"]:
            return rng.choice(fillers[match["filler"]])
        if match["maybe"] is not None:
            return _one_of(match["maybe"], rng) if rng.random() < _HALF else ""
        return _one_of(match["one"], rng)

    while _PIECE.search(line):
        line = _PIECE.sub(pick, line)
    return " ".join(line.split())


def _one_of(choices: str, rng: random.Random) -> str:
    return rng.choice(choices.split("|"))


def _with_chatter(text: str, noise: dict[str, list[str]], rng: random.Random) -> str:
    if rng.random() < _CHATTER:
        text = f"{rng.choice(noise['before'])} {text}"
    if rng.random() < _AFTER:
        text = f"{text} {rng.choice(noise['after'])}"
    return text
