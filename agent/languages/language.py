"""One language's data: tables and patterns from TOML files, lists of examples, templates.

A pattern is a regular expression in a file's `[patterns]`, or a list of them to try in order.
`{{name}}` in it stands for the fragment of that name in the same file's `[fragments]`, or in
those of `common.toml`; fragments may use fragments. A table of words in `[words.NAME]`, each with
what it stands for, is a fragment too, which matches any of them. Patterns are compiled when first
used and ignore case.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

_PLACE = re.compile(r"\{\{(\w+)\}\}")
_DEEPEST = 12
_ENDING = ".toml"


class Patterns:
    """The patterns of one file, compiled when first used."""

    def __init__(self, texts: Mapping[str, str | list[str]], fragments: dict[str, str]) -> None:
        self._texts = texts
        self._fragments = fragments
        self._compiled: dict[str, tuple[re.Pattern[str], ...]] = {}

    def __getitem__(self, name: str) -> re.Pattern[str]:
        """Return a pattern by its name; of a list the first.

        Raises:
            KeyError: The file has none of that name, or it uses an unknown fragment.
        """
        return self.each(name)[0]

    def each(self, name: str) -> tuple[re.Pattern[str], ...]:
        """Return the patterns that are to be tried in order under this name.

        Raises:
            KeyError: The file has none of that name, or one uses an unknown fragment.
        """
        if name not in self._compiled:
            said = self._texts[name]
            self._compiled[name] = tuple(
                re.compile(filled(text, self._fragments), re.IGNORECASE)
                for text in ([said] if isinstance(said, str) else said)
            )
        return self._compiled[name]

    def __contains__(self, name: str) -> bool:
        return name in self._texts

    def names(self) -> tuple[str, ...]:
        """Return the names of all patterns, in the order of the file."""
        return tuple(self._texts)


class Language:
    """The data files of one language, each read when first asked for."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._folder = files(__package__).joinpath(code)
        self._tables: dict[str, dict[str, Any]] = {}
        self._patterns: dict[str, Patterns] = {}
        self._of_file: dict[str, dict[str, str]] = {}
        self._compiled: dict[tuple[str, str], re.Pattern[str]] = {}

    def __repr__(self) -> str:
        return f"Language({self.code!r})"

    def table(self, name: str) -> dict[str, Any]:
        """Return the file `name.toml` as tables."""
        if name not in self._tables:
            self._tables[name] = tomllib.loads(self.text(f"{name}{_ENDING}"))
        return self._tables[name]

    def patterns(self, name: str) -> Patterns:
        """Return the patterns of the file `name.toml`."""
        if name not in self._patterns:
            self._patterns[name] = Patterns(self.table(name)["patterns"], self._fragments(name))
        return self._patterns[name]

    def compiled(self, name: str, pattern: str) -> re.Pattern[str]:
        """Return a pattern with the fragments of the file `name.toml` put in."""
        key = (name, pattern)
        if key not in self._compiled:
            whole = filled(pattern, self._fragments(name))
            self._compiled[key] = re.compile(whole, re.IGNORECASE)
        return self._compiled[key]

    def compile_all(self) -> None:
        """Compile the patterns of every file, which takes half a second altogether."""
        for file in self.folder.iterdir():
            name = file.name.removesuffix(_ENDING)
            if name != file.name and "patterns" in self.table(name):
                patterns = self.patterns(name)
                for one in patterns.names():
                    patterns.each(one)

    def words(self, name: str, of: str) -> dict[str, Any]:
        """Return the words `[words.of]` of the file `name.toml`, with what each stands for."""
        words: dict[str, Any] = self.table(name).get("words", {}).get(of, {})
        return words

    def text(self, name: str) -> str:
        """Return a file's text."""
        return self._folder.joinpath(name).read_text(encoding="utf-8")

    @property
    def folder(self) -> Traversable:
        """Return where the files lie."""
        return self._folder

    def _fragments(self, name: str) -> dict[str, str]:
        """Return the fragments that patterns of a file may use."""
        if name not in self._of_file:
            self._of_file[name] = _fragments(self.table("common")) | _fragments(self.table(name))
        return self._of_file[name]


@lru_cache(maxsize=16)
def language(code: str) -> Language:
    """Return a language by its two-letter code.

    Raises:
        KeyError: There are no files for it.
    """
    if code not in codes():
        raise KeyError(code)
    return Language(code)


@lru_cache(maxsize=1)
def codes() -> tuple[str, ...]:
    """Return the codes of all languages there are files for."""
    folders = files(__package__).iterdir()
    return tuple(sorted(one.name for one in folders if one.joinpath("common.toml").is_file()))


def any_of(words: Iterable[str]) -> str:
    """Return a group that matches any of the words, the longest first."""
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first) + ")"


def _fragments(table: dict[str, Any]) -> dict[str, str]:
    """Return the fragments of a file, its tables of words among them."""
    words = {name: any_of(listed) for name, listed in table.get("words", {}).items() if listed}
    fragments: dict[str, str] = table.get("fragments", {})
    return words | fragments


def filled(text: str, fragments: dict[str, str]) -> str:
    """Return a pattern with its fragments put in.

    Raises:
        KeyError: It uses a fragment that is not there.
        ValueError: A fragment uses itself.
    """
    for _ in range(_DEEPEST):
        if _PLACE.search(text) is None:
            return text
        text = _PLACE.sub(lambda place: f"(?:{fragments[place[1]]})", text)
    raise ValueError(f"A fragment of {text[:60]!r} uses itself.")
