"""What the built-in planner says without a tool: greetings, help, and what it cannot do."""

from collections.abc import Sequence

from agent.planner.wording.style import ENGLISH, Style
from agent.planner.wording.templates import phrase

_FILE = "manners"
_SOCIAL = frozenset({"greet", "thanks", "bye", "help"})


def dropped(style: Style = ENGLISH) -> str:
    """Say that a question asked back is dropped."""
    return phrase(_FILE, "dropped", style)


def stays_on_record(style: Style = ENGLISH) -> str:
    """Say that what was written down is not taken back, and how to put it right."""
    return phrase(_FILE, "stays_on_record", style)


def approve_alone(style: Style = ENGLISH) -> str:
    """Say how to approve or deny a request."""
    return phrase(_FILE, "approve_alone", style)


def social(word: str, style: Style = ENGLISH) -> str:
    """Return the reply to a greeting, thanks, goodbye or cry for help.

    Raises:
        KeyError: It is none of these.
    """
    if word not in _SOCIAL:
        raise KeyError(word)
    return phrase(_FILE, word, style)


def out_of_scope(about: str, style: Style = ENGLISH) -> str:
    """Say that something is not this product's business."""
    return phrase(_FILE, "out_of_scope", style, about=about)


def exclusion(names: Sequence[str], style: Style = ENGLISH) -> str:
    """Say that something could not be left out, and how the question was read."""
    return phrase(_FILE, "exclusion", style, names=names)
