"""Words that point at days told before in the same message: "since then", "on those two days"."""

import re

from agent.planner.understanding.asking import requests, sentences
from agent.planner.understanding.sentence import Sentence

_FILE = "asking"


def with_days_pointed_at(sentence: Sentence) -> str:
    """Return the sentence with the day itself in place of words that point at it.

    "A marathon passes on Sunday 12 July. What will we sell on that Sunday?" asks about the 12th.
    """
    said = sentence.names.sentence
    cues = sentence.context.language.patterns(_FILE)
    weekdays = sentence.context.language.words("periods", "weekday")
    for match in reversed(list(cues["points_at_a_day"].finditer(said))):
        start, end = match.span(_pointing(match))
        wanted = weekdays.get(match["weekday"].lower()) if match["weekday"] else None
        days = sentence.told if match["span"] else sentence.days
        told = [
            one.at
            for one in days
            if one.at[1] <= start
            and (wanted is None or one.start.weekday() == wanted)
            # Nobody points back at today: "than this morning. What has changed since then?"
            and (one.start, one.end) != (sentence.context.today, sentence.context.today)
        ]
        if alike := _of_that_kind(match, sentence):
            told = [one for one in told if one in alike] or told
        elif match["whole"]:
            continue  # "the whole month", and no month was told
        if told:
            first, last = max(told)
            # A full stop after a month is read as that of "Jun.", and ends the sentence too.
            last = first + len(said[first:last].rstrip("."))
            meant = _meant(match, said[first:last], sentence)
            if match["span"] and not _is_asked(first, start, sentence):
                # Days that are only told are heard once, where they are asked about.
                said = said[:first] + " " * (last - first) + said[last:]
            said = said[:start] + meant + said[end:]
    return said


def _is_asked(told: int, pointed: int, sentence: Sentence) -> bool:
    """Tell whether the sentence that tells the days asks for something: so does one that points."""
    return any(
        a <= told < b and (pointed < b or requests(sentence, a, b)) for a, b in sentences(sentence)
    )


def _of_that_kind(match: re.Match[str], sentence: Sentence) -> list[tuple[int, int]]:
    """Return where a span of the kind that is pointed at is told: "that week" is of a week."""
    kinds = sentence.context.language.words("periods", "span")
    kind = kinds.get(str(match["around"] or match["whole"]).lower())
    return [one.at for one in sentence.told if one.grain == kind and one.at[1] <= match.start()]


def _meant(match: re.Match[str], told: str, sentence: Sentence) -> str:
    """Return the days that are pointed at: "that week" after a day is the week around it."""
    around = sentence.context.language.words(_FILE, "around")
    days = (sentence.names.sentence[slice(*one.at)] for one in sentence.days)
    is_day = any(day.rstrip(".") == told for day in days)
    wider = around.get(str(match["around"]).lower())
    meant = str(wider).format(day=told) if wider and is_day else told
    # "From May" begins there; the figures from that month are its own.
    return str(around["whence"]).format(day=meant) if match["whence"] else meant


def _pointing(match: re.Match[str]) -> str:
    """Return which of the pattern's groups it is that points."""
    return next(name for name in ("span", "then", "that") if match[name])
