"""What a message points at in the answer just given: a line of its table, or its figure.

After "what was our best day in June?" the words "why was that day so good?" are about the day
that was told, and after a forecast "double that" is twice the units that it told.
"""

import re
from dataclasses import replace
from datetime import date

from agent.languages.language import Patterns
from agent.languages.numbers import number
from agent.planner.context import PlannerContext
from agent.planner.dialogue import Dialogue
from agent.planner.drafts import Draft
from agent.planner.told import Line, count_told, lines_of, narrowed

_FILE = "answers"
_SHARES = ("discount_pct", "max_discount_pct", "traffic_pct")
_PLACES = ("first", "second", "third")
_PERCENT = 100
_MOST_WORDS = 14
_DAYS = ("start", "end")
_LENGTHS = {"day": (1, 1), "week": (2, 7), "month": (28, 31)}


def at_a_line(dialogue: Dialogue, context: PlannerContext) -> Dialogue:
    """Return a conversation whose last calls are about the line of a table that is pointed at."""
    text = dialogue.question.casefold()
    if len(dialogue.frames) != 1 or len(text.split()) > _MOST_WORDS:
        return dialogue
    lines = lines_of(dialogue.told)
    meant = _line_meant(text, lines, dialogue.frames[0], context.language.patterns(_FILE))
    if meant is None:
        return dialogue
    frames = (narrowed(dialogue.frames[0], meant),)
    return replace(dialogue, frames=frames, earlier=(frames, *dialogue.earlier[1:]))


def _line_meant(text: str, lines: tuple[Line, ...], frame: Draft, cues: Patterns) -> Line | None:
    if not lines:
        return None
    if order := cues["line_in_order"].search(text):
        if order["last"]:
            return lines[-1]
        place = next((n for n, name in enumerate(_PLACES) if order[name]), 0)
        return lines[place] if place < len(lines) else None
    if len(lines) > 1:
        return None
    if (said := cues["this_line"].search(text)) is not None:
        return _aspect(lines[0], said)
    # "It" is the product that was asked about, where one was.
    said = None if "product" in frame.arguments else cues["of_this_line"].search(text)
    return _aspect(lines[0], said) if said and frame.arguments.get("top") == 1 else None


def _aspect(line: Line, said: re.Match[str]) -> Line | None:
    """Return of a line what words name: "that store" its store alone, "that spike" all of it."""
    named = {name for name, word in said.groupdict().items() if word}
    if "all" in named:
        return line
    names = {*named, *(_DAYS if named & _spans_of(line) else ())}
    return {name: value for name, value in line.items() if name in names} or None


def _spans_of(line: Line) -> set[str]:
    """Return what the days of a line may be called."""
    if not line.keys() >= set(_DAYS):
        return set()
    first, last = (date.fromisoformat(str(line[name])) for name in _DAYS)
    length = (last - first).days + 1
    return {name for name, (least, most) in _LENGTHS.items() if least <= length <= most}


def with_figures_pointed_at(text: str, dialogue: Dialogue, context: PlannerContext) -> str:
    """Return a message with the figure itself where words tell it from the one before.

    Args:
        text: The message: "what would it take to double that?", "and at half that".
        dialogue: The conversation before.
        context: The tenant.
    """
    if not dialogue.frames:
        return text
    cues = context.language.patterns(_FILE)
    told = _share_told(text, dialogue, cues)
    sign = "%" if told is not None else " " + _units(context)
    told = (
        count_told(dialogue.told) if told is None and cues["seeks_a_count"].search(text) else told
    )
    if told is None:
        return text
    times = context.language.words(_FILE, "times")

    def written(value: float) -> str:
        return f"{value:g}{sign}" if sign == "%" else f"{value:.0f}{sign}"

    def multiplied(said: re.Match[str]) -> str:
        return written(told * times[" ".join(said["times"].lower().split())])

    def moved(said: re.Match[str]) -> str:
        by = number(said["count"], context.language)
        by = told * by / _PERCENT if said["percent"] else by
        return written(told + by if said["way"].lower() in more else told - by)

    more = context.language.words(_FILE, "more")
    text = cues["multiple"].sub(multiplied, text)
    return text if sign == "%" else cues["more_by"].sub(moved, text)


def _share_told(text: str, dialogue: Dialogue, cues: Patterns) -> float | None:
    """Return the percentage that the last calls were given, where no count is asked for."""
    shares = {
        float(frame.arguments[name])
        for frame in dialogue.frames
        for name in _SHARES
        if name in frame.arguments
    }
    return shares.pop() if len(shares) == 1 and not cues["seeks_a_count"].search(text) else None


def _units(context: PlannerContext) -> str:
    units: str = context.language.words(_FILE, "unit")["units"]
    return units
