"""The days that a wish takes from the sentences around it.

A wish that says when is of those days alone. One that says none is of the days told beside what
it takes from a story, of days it points at ("that week"), or of days that lead up to it ("plans
for Easter: …").
"""

from collections.abc import Sequence

from agent.planner.comparing import named_comparison
from agent.planner.understanding.asking import sentences, turns_to_days
from agent.planner.understanding.part import Part
from agent.planner.understanding.sentence import Sentence

_FILE = "asking"

Stretch = tuple[int, int]


def has_days(part: Part, sentence: Sentence) -> bool:
    """Tell whether a wish itself says when, apart from its asides."""
    return any(_said_in(one, sentence) for one in part.own)


def _said_in(stretch: Stretch, sentence: Sentence) -> list[Stretch]:
    """Return the times said there, less what they are only compared with: "than a year ago"."""
    start, end = stretch
    _, left = named_comparison(sentence.text[start:end], sentence.context.now(ahead=False))
    inside = [one for one in sentence.times if start <= one[0] < end]
    return [one for one in inside if left[one[0] - start : one[1] - start].strip()]


def days_in(stretches: Sequence[Stretch], sentence: Sentence) -> list[Stretch]:
    """Return the days told there, each with the word before it: "for May" is a month."""
    at = [one for stretch in stretches for one in _said_in(stretch, sentence)]
    found = []
    for start, end in at:
        first = max(a for a, b in stretches if a <= start < b)
        found.append((max(first, word_before(sentence.text, start)), end))
    return found


def word_before(text: str, place: int) -> int:
    """Return where the word starts that leads to a time: "on Monday"; the place itself if none."""
    before = text[:place].rstrip()
    return before.rfind(" ") + 1 if before[-1:].isalpha() else place


def days_beside(kept: list[Stretch], part: Part, sentence: Sentence, text: str) -> list[Stretch]:
    """Return the days told beside what is taken from the asides, pointed at, or led up to."""
    points = sentence.context.language.patterns(_FILE)["points_then"].search(text)
    told = [
        (a, b)
        for a, b in sentences(sentence)
        if any(a <= first < b for first, _ in kept) or turns_to_days(sentence, a, b)
    ]
    asides = [one for one in part.asides if points or any(a <= one[0] < b for a, b in told)]
    before = days_in([one for one in asides if one[0] < part.start], sentence)
    return (before or days_in(asides, sentence))[-1:]
