"""When somebody will speak of the figures that he asks for: "for my meeting on Thursday".

That Thursday is the day of the meeting. It is left out where the message says besides of which
days it asks, or gives the reason first: "for my talk tomorrow I need the average discount".
"""

import re

from agent.planner.understanding.asking import requests
from agent.planner.understanding.sentence import Sentence

_DAYS = ("of", "when")


def less_occasions(sentence: Sentence) -> str:
    """Return the message less the days on which its figures are only spoken of."""
    said = sentence.names.sentence
    for match in sentence.cues["occasion"].finditer(said.lower()):
        spans = [match.span(name) for name in _DAYS if match[name]]
        if spans and (_leads_up(match, sentence) or _is_dated_besides(spans, sentence)):
            for start, end in spans:
                said = said[:start] + " " * (end - start) + said[end:]
    return said


def _leads_up(match: re.Match[str], sentence: Sentence) -> bool:
    """Tell whether the occasion opens a message's sentence, and what it is for comes after."""
    opens = not sentence.text[: match.start()].rstrip(" ").rpartition(".")[2].strip()
    after = sentence.text[match.end() :].partition(".")[0]
    return opens and requests(sentence, match.end(), match.end() + len(after))


def _is_dated_besides(spans: list[tuple[int, int]], sentence: Sentence) -> bool:
    """Tell whether the message tells other days, too."""
    return any(
        all(end <= first or last <= start for first, last in spans) for start, end in sentence.times
    )
