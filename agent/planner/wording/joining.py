"""Several answers as one: what all of them would say alike is said once, at the end."""

import re
from collections import Counter
from collections.abc import Sequence

from agent.planner.wording.style import ENGLISH, Style

_LISTED = re.compile(r"^\s*[-*|>]")
_PARAGRAPH = "\n\n"
# "Keep the current price." stays with its product.
_FEWEST_WORDS = 5


def joined(texts: Sequence[str], style: Style = ENGLISH) -> str:
    """Return texts one after the other; sentences that several share come once, at the end."""
    ends = style.words.patterns("wording/joining")["sentence_end"]
    distinct = list(dict.fromkeys(texts))
    seen = Counter(sentence for text in distinct for sentence in set(_sentences(text, ends)))
    shared = {
        sentence
        for sentence, count in seen.items()
        if count > 1 and len(sentence.split()) >= _FEWEST_WORDS
    }
    kept = [_without(text, shared, ends) for text in distinct]
    in_order = dict.fromkeys(
        sentence for text in distinct for sentence in _sentences(text, ends) if sentence in shared
    )
    return _PARAGRAPH.join(text for text in [*kept, " ".join(in_order)] if text)


def _sentences(text: str, ends: re.Pattern[str]) -> list[str]:
    parts = [part for part in text.split(_PARAGRAPH) if not _LISTED.match(part)]
    return [sentence for part in parts for sentence in ends.split(part)]


def _without(text: str, shared: set[str], ends: re.Pattern[str]) -> str:
    parts = [
        part
        if _LISTED.match(part)
        else " ".join(one for one in ends.split(part) if one not in shared)
        for part in text.split(_PARAGRAPH)
    ]
    return _PARAGRAPH.join(part for part in parts if part)
