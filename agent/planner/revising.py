"""What a message takes off the calls before, or puts another figure in place of, by naming it."""

import re
from collections.abc import Sequence

from agent.languages.numbers import number
from agent.planner.context import PlannerContext
from agent.planner.drafts import Draft
from agent.planner.specs import SPECS


def revised(text: str, frames: Sequence[Draft], context: PlannerContext) -> tuple[Draft, ...]:
    """Return earlier calls less what a text names as open again, with figures put in its place.

    "All outcomes" and "I don't know the stock" take an argument off, "95 instead of 80" puts one
    figure where the other stood, and "flip it" ranks the other way round.
    """
    cues = context.language.patterns("following")
    opened = {said["slot"] for said in cues["opens_again"].finditer(text)}
    slots: dict[str, str] = context.language.words("following", "slots")
    gone = dict.fromkeys(name for one in opened for name in slots[" ".join(one.split())].split())
    figures = list(cues["figure_instead"].finditer(text))
    turns = cues["turns_order"].search(text) is not None
    changed = []
    for frame in frames:
        one = frame.having(**{name: None for name in gone if name in frame.arguments})
        for said in figures:
            one = _with_other_figure(one, said, context)
        changed.append(_turned(one) if turns else one)
    return tuple(changed)


def _with_other_figure(frame: Draft, said: re.Match[str], context: PlannerContext) -> Draft:
    """Return a call with a figure in place of the one it had, be that its default."""
    new, old = (number(said[name], context.language) for name in ("figure", "other"))
    known = {**SPECS[frame.tool].defaults, **frame.arguments}
    for name, value in known.items():
        is_figure = isinstance(value, int | float) and not isinstance(value, bool)
        if is_figure and name in SPECS[frame.tool].takes and value == old:
            return frame.having(**{name: int(new) if new == int(new) else new})
    return frame


def _turned(frame: Draft) -> Draft:
    """Return a ranking the other way round."""
    if "top" not in frame.arguments and "order" not in frame.arguments:
        return frame
    return frame.having(order=None if frame.arguments.get("order") == "asc" else "asc")
