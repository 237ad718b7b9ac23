"""Ids that count: a prefix and a number, as people say them."""

import re

_MOST_DIGITS = 9


def number_of(text: str, prefix: str) -> int | None:
    """Return the number in an id, however it is written: `AL-3`, `al 3`, `AL3`, `#3` or `3`.

    Args:
        text: What somebody wrote.
        prefix: What such ids begin with, without the dash.

    Returns:
        None where it is no id of this kind.
    """
    written = rf"(?:{re.escape(prefix)}[\s\-_#]*|#)?([0-9]{{1,{_MOST_DIGITS}}})"
    found = re.fullmatch(written, text.strip(), re.IGNORECASE)
    return None if found is None else int(found[1])
