"""What answers repeat of the texts of results, word for word or nearly so."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from agent.grounding.facts import Facts
from agent.grounding.lexicon import Lexicon, lexicon
from agent.grounding.naming import Mention
from agent.grounding.reading import TAKEN, blank, written
from agent.plain_text import shown_text
from agent.planner.wording.notes import noted
from agent.planner.wording.style import Style

_SHORTEST_QUOTE = 12
_ENDS = (".", "!", "?")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\d])")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PATH = re.compile(r"(?<![\w/])(?:/[\w.-]+){2,}")
_TOKEN = re.compile(r"\w+(?:[.,]\d+)*")


def quotes(facts: Facts, speech: Lexicon) -> list[str]:
    """Return what tools say in sentences: an answer may repeat it word for word."""
    parts: list[str] = []
    names = {name for _kind, _key, name in facts.names}
    for text in facts.texts:
        if text in names:
            continue
        if text.startswith("{"):
            parts.append(text)
            continue
        parts += told_as(text, speech.code)
    long = {
        part
        for part in parts
        if part.startswith("{") or (len(part) >= _SHORTEST_QUOTE and " " in part)
    }
    return sorted(long, key=len, reverse=True)


def without_paths(answer: str, facts: Facts) -> tuple[str, list[str]]:
    """Return an answer with the paths of files blanked out, and those that no result has."""
    strange = []
    for one in _PATH.findall(answer):
        strange += [] if any(one in text for text in facts.texts) else [one]
        answer = answer.replace(one, TAKEN * len(one))
    return answer, strange


def without_repeated(answer: str, said: Iterable[str]) -> str:
    """Return an answer with the numbers blanked out that repeat a person word for word.

    "12 to 2 starts after it ends" asks back about their "from 12 to 2 June": a number counts as
    theirs where it stands beside the same word as in what they said.
    """
    pairs = {pair for text in said for pair in pairwise(_TOKEN.findall(text.casefold()))}
    found = list(_TOKEN.finditer(answer))
    theirs = {
        one.span()
        for first, second in pairwise(found)
        if (first[0].casefold(), second[0].casefold()) in pairs
        for one in (first, second)
        if one[0][0].isdigit()
    }
    for start, end in theirs:
        answer = blank(answer, start, end)
    return answer


@lru_cache(maxsize=1024)
def told_as(text: str, code: str) -> tuple[str, ...]:
    """Return what an answer may repeat of a text: the whole, its sentences, all but its days."""
    forms = dict.fromkeys([text, in_language(text, code)])
    parts = [part for form in forms for part in (form, *_SENTENCE.split(form))]
    return tuple(dict.fromkeys(one for part in parts for one in _between_days(part, code)))


@lru_cache(maxsize=1024)
def in_language(text: str, code: str) -> str:
    """Return a tool's English text as an answer in a language has it."""
    return noted(Style(language=code), text)


def misplaced(answer: str, facts: Facts, mentions: Iterable[Mention], code: str) -> Iterator[str]:
    """Yield what a result says of one thing and the line of an answer tells of another.

    Args:
        answer: The text.
        facts: What the results hold.
        mentions: Where the answer names things.
        code: The answer's language.
    """
    named = list(mentions)
    told: dict[str, frozenset[tuple[str, str]]] = {}
    for text, places in facts.told_of.items():
        for part in told_as(text, code) if places else ():
            # "a public holiday" is a reason that many have; a sentence is about one.
            if len(part) >= _SHORTEST_QUOTE and part.endswith(_ENDS):
                told[part] = told.get(part, frozenset()) | places
    for part, theirs in told.items():
        at = answer.find(part)
        while at >= 0:
            line = answer.rfind("\n", 0, at)
            before = [one for one in named if line < one.start < at]
            if any(_is_of_another(one, theirs) for one in before[-1:]):
                yield part
            at = answer.find(part, at + 1)


def _is_of_another(mention: Mention, places: Iterable[tuple[str, str]]) -> bool:
    keys = {key for kind, key in places if kind == mention.kind}
    return bool(keys) and mention.key not in keys


@lru_cache(maxsize=1024)
def _between_days(text: str, code: str) -> tuple[str, ...]:
    """Return the parts of a text before, between and after the days it names."""
    shown = " ".join(shown_text(text).split())
    days = written(shown, lexicon(code)).moments
    cuts = [0, *(i for one in days for i in (one.start, one.end)), len(shown)]
    return tuple(shown[a:b].strip() for a, b in zip(cuts[::2], cuts[1::2], strict=False))


def misspelt(rest: str, speech: Lexicon) -> Iterator[str]:
    """Yield numbers that nobody writes so in this language, and more of a number than it has."""
    group = re.escape(speech.reading["grouping"])
    for match in re.finditer(rf"(?<![\d.,])\d+(?:{group}\d+)*{group}\d\d?(?!\d)", rest):
        yield match[0]
    for match in speech["share_of"].finditer(rest):
        if int(match[1]) > int(match[2]):
            yield match[0]
    for match in speech["part_of"].finditer(rest):
        whole, part = (int(re.sub(r"\D", "", one)) for one in match.groups())
        if part > whole:
            yield match[2]


def misquoted(answer: str, parts: Iterable[str]) -> Iterator[str]:
    """Yield the numbers of what repeats a tool's text word for word but for its numbers.

    Args:
        answer: The text.
        parts: What tools say in sentences, as `quotes` returns it.
    """
    frames: dict[str, set[str]] = {}
    for part in parts:
        if not part.startswith("{") and any(map(str.isdigit, part)):
            frames.setdefault(_NUMBER.sub("#", part), set()).add(part)
    if not frames:
        return
    taken = list(_NUMBER.finditer(answer))
    blanked = _NUMBER.sub("#", answer)
    for frame, told in frames.items():
        at = blanked.find(frame)
        while at >= 0:
            first = blanked.count("#", 0, at)
            found = [one[0] for one in taken[first : first + frame.count("#")]]
            if found not in [_NUMBER.findall(one) for one in told]:
                yield " ".join(found)
            at = blanked.find(frame, at + 1)
