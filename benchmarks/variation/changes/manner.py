"""Says the same in more words: politeness, chatter before and after, other verbs and nouns."""

import re
from typing import Literal

from agent.evaluation.suite import Case
from benchmarks.variation.words import Told, said_otherwise

Tone = Literal["polite", "chatter"]

_IS_BROKEN_OFF = re.compile(r"[,:;-]\s*$")


def opened(told: Told, tone: Tone) -> Case | None:
    """Put something polite or beside the point before the first message."""
    opening = str(told.draw.choice(told.words["openings"][tone]))
    say = told.first
    if say[:2].istitle() and _IS_BROKEN_OFF.search(opening) and not _starts_with_a_name(told):
        say = say[0].lower() + say[1:]
    return said_otherwise(told.case, {0: opening + say})


def closed(told: Told, tone: Tone) -> Case | None:
    """Put something polite or beside the point after every message."""
    said = {}
    for place, turn in enumerate(told.case.turns):
        if turn.say is None:
            continue
        closing = str(told.draw.choice(told.words["closings"][tone]))
        say = turn.say.rstrip()
        if closing.startswith(","):
            bare, mark = re.fullmatch(r"(.*?)([?.!]*)", say, re.DOTALL).groups()  # type: ignore[union-attr]
            said[place] = f"{bare}{closing}{mark}"
        else:
            said[place] = (say if say[-1:] in "?.!" else f"{say}.") + closing
    return said_otherwise(told.case, said)


def in_other_words(told: Told) -> Case | None:
    """Put a synonym in place of the first word that has one."""
    ways = [
        (one, told.draw.choice(entry["also"]))
        for entry in told.words["synonyms"]
        if (one := re.search(entry["said"], told.first, re.IGNORECASE))
    ]
    if not ways:
        return None
    found, also = told.draw.choice(ways)
    say = told.first[: found.start()] + also + told.first[found.end() :]
    return said_otherwise(told.case, {0: say})


def _starts_with_a_name(told: Told) -> bool:
    word = told.first.split()[0].strip(",.:?")
    known = told.setting.vocabulary
    names = [*(one.name for one in known.products), *(one.name for one in known.stores)]
    return any(word in name.split() for name in (*names, *known.categories)) or word == "I"
