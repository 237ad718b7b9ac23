"""Which unknown words of a message in a conversation name a thing that is asked about.

In a first question an unknown word is never passed over: it may be what is asked for. In the
midst of a conversation "flip it, best ones first" is about what was spoken of, unless the word
stands where a name stands: "and quinoa?", "for quinoa", "quinoa instead".
"""

import re
from dataclasses import replace

from agent.planner.entities import Names

_LETTER = re.compile(r"[^\W\d_]")


def only_asked_about(names: Names) -> Names:
    """Return the names of a message in a conversation, less unknown words said in passing."""
    if not names.unknown:
        return names
    kept = tuple(span for span in names.unknown if _stands_as_a_name(names, *span))
    return replace(names, unknown=kept)


def _stands_as_a_name(names: Names, start: int, end: int) -> bool:
    following = names.language.patterns("following")
    before, after = names.sentence[:start].casefold(), names.sentence[end:].casefold()
    in_passing = following["light"].finditer(names.sentence.casefold())
    if any(one.start() <= start and end <= one.end() for one in in_passing):
        return False  # "almonds in particular"
    if following["figure_told"].match(names.sentence.casefold()):
        return False  # "21 percent, fat fingers"
    if following["names_anew"].search(before) or names.cues["place_after"].match(after):
        return True
    rest = names.blanked()
    return _LETTER.search(following["light"].sub(" ", rest)) is None
