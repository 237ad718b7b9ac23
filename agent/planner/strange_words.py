"""Which words of a sentence are the name of something unknown, and which are said in passing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from agent.languages import Language
from agent.languages.language import Patterns
from agent.planner.parts_of_speech import is_never_a_noun
from agent.planner.understanding.grammar import phrases
from tools.catalogue import Mention, Vocabulary, strangers
from tools.words import is_ordinary

_SHORTEST_NAME = 3
LONG_MESSAGE = 14
_LETTERS = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence and what is known of it, to tell unknown names from words in passing."""

    sentence: str
    vocabulary: Vocabulary
    found: tuple[Mention, ...]
    language: Language
    passing: frozenset[str]

    @property
    def cues(self) -> Patterns:
        """The language's cues."""
        return self.language.patterns("cues")

    def unknown(self, heard: str) -> list[tuple[int, int]]:
        """Return where names stand that are not known.

        Args:
            heard: The sentence less ids and words that name nothing.
        """
        strange = strangers(_dotted(heard, self.found), self.vocabulary, self.language.code)
        return [(at, end) for at, end in strange if self._names_something(at, end)]

    def _names_something(self, at: int, end: int) -> bool:
        """Tell whether an unknown word is to be taken for the name of something."""
        text = self.sentence[at:end]
        said = set(re.findall(r"\w+", text.casefold()))
        if len(text) < _SHORTEST_NAME or self._is_chat(text, said):
            return False
        if self.cues["takes_object"].match(self.sentence.casefold(), end):
            return False  # "rerun it for Riverside"
        if all(is_never_a_noun(word, self.language.code) for word in said):
            return False  # "restrict it to Riverside"
        return not (self._is_aside(at, end, said) or self._is_in_prose(at, text))

    def _is_chat(self, text: str, said: set[str]) -> bool:
        return self.cues["contraction"].fullmatch(text) is not None or all(
            word in self.passing or self.cues["work_word"].match(word) for word in said
        )

    def _is_aside(self, at: int, end: int, said: set[str]) -> bool:
        """Tell whether a word stands beside what is known, and where no name stands.

        Beside things that are known, "I would appreciate a forecast for milk" names no other;
        where nothing is, an unknown word is never passed over.
        """
        text, before = self.sentence[at:end], self.sentence[:at].casefold()
        if not (self.found or self.cues["manner"].search(text)):
            return False
        has_item = any(one.kind in ("product", "category") for one in self.found)
        place = self.cues["also_named" if has_item else "item_before"]
        if place.search(before) and not self.cues["adverb"].match(text):
            return False
        is_place = self.cues["place_after"].match(self.sentence[end:].casefold())
        return not is_place and not _is_nearly_an_item(said, self.vocabulary)

    def _is_in_prose(self, at: int, text: str) -> bool:
        is_long = len(self.sentence.split()) > LONG_MESSAGE
        # As German nouns have them.
        has_capitals = self.cues["capital_noun"].search(self.sentence) is not None
        strictly = self.cues["asked_strictly"].search(self.sentence[:at].casefold())
        return (is_long or (has_capitals and text.islower())) and not strictly


def without_words_of_passage(sentence: str, vocabulary: Vocabulary, words: Language) -> str:
    """Return a sentence with ids and words that name nothing dotted out, each in its place."""
    cues = words.patterns("cues")
    for name in cues.names():
        if name == "no_name" or name.endswith(("_id", "_person")):
            sentence = cues[name].sub(_dots, sentence)
    for match in cues["moves_beside_name"].finditer(sentence):
        if not _is_in_a_name(match["move"].casefold(), vocabulary):
            start, end = match.span("move")
            sentence = sentence[:start] + "\u00b7" * (end - start) + sentence[end:]
    passing = passing_words(words)

    def heard(match: re.Match[str]) -> str:
        word = match[0].casefold()
        is_passing = (
            word in passing
            and not is_ordinary(word, words.code)
            and not _is_in_a_name(word, vocabulary)
        )
        return _dots(match) if is_passing else match[0]

    return _LETTERS.sub(heard, sentence)


def _dotted(sentence: str, found: Sequence[Mention]) -> str:
    """Return a sentence with what another word of the language names dotted out."""
    for one in found:
        if sentence[one.start : one.end].replace(" ", "").isalpha():
            sentence = (
                sentence[: one.start] + "\u00b7" * (one.end - one.start) + sentence[one.end :]
            )
    return sentence


def _dots(match: re.Match[str]) -> str:
    return "\u00b7" * len(match[0])


def _is_in_a_name(word: str, vocabulary: Vocabulary) -> bool:
    return any(index.exactly(word) for index in vocabulary.indexes.values())


@lru_cache(maxsize=16)
def passing_words(words: Language) -> frozenset[str]:
    """Return the words of a language that name nothing: chatter, and those of its phrases.

    Goods that the phrases speak of are none of them: a forecast "for bread" is no forecast of all.
    """
    said = {word for text in words.table("cues")["chatter"].values() for word in text.split()}
    for _, line in phrases(words):
        said.update(word for word in _LETTERS.findall(line) if word.islower())
    return frozenset(said - set(words.table("cues")["wares"]["words"].split()))


def _is_nearly_an_item(words: set[str], vocabulary: Vocabulary) -> bool:
    """Tell whether a word is one letter from one of a product's: "brw" was not said in passing."""
    known = {word for name in vocabulary.indexes["product"].words for word in name}
    return any(
        len(word) >= _SHORTEST_NAME
        and word[0] == one[0]
        and Levenshtein.distance(word, one, score_cutoff=1) <= 1
        for word in words
        for one in known
    )
