"""What is asked of the answer just given: "by how much?", "which of the two makes more?".

Such questions name nothing new. They are answered by the same calls again, those of both answers
where two are set against each other, so that every figure in the answer is one of this turn.
"""

import re
from collections.abc import Sequence

from agent.languages.language import Patterns
from agent.planner.antecedents import is_about_items, of_several
from agent.planner.context import PlannerContext
from agent.planner.details import read_details
from agent.planner.dialogue import Dialogue, Drafts
from agent.planner.drafts import Calls, Draft, Step, distinct
from agent.planner.specs import CHANGES_SOMETHING
from agent.planner.understanding.sentence import Sentence
from agent.planner.wishes import Wish

_FILE = "answers"
_DAYS = ("start", "end")
_CHANGE = {"sales_history": "previous_period"}
_RECORDS = frozenset({"decision_report", "audit_trail", "model_status", "model_history"}) | {
    *("compare_models", "list_alerts"),
}
_OF_SALES = frozenset({"sales_history", "explain", "forecast"})
_TWO = 2
_MOST_WORDS = 12


def of_the_answer(sentence: Sentence, dialogue: Dialogue) -> Step | None:
    """Plan a question about what was just answered, or return None where it is none.

    Args:
        sentence: The message; one that names something or tells a time is another question.
        dialogue: The conversation before.
    """
    text, context = sentence.names.blanked().casefold(), sentence.context
    if not _can_be(text, sentence, dialogue):
        return None
    cues = context.language.patterns(_FILE)
    which = cues["asks_which_of_them"].match(text)
    if which and not _is_of_those_told(which, dialogue, cues):
        return None
    if not which and (
        not cues["asks_of_answer"].match(text) or _shows_otherwise(text, dialogue, context)
    ):
        return None
    frames = _set_side_by_side(dialogue, text, context, is_choice=which is not None)
    is_table = all("group_by" in one.arguments for one in frames)
    if which and len(frames) < _TWO and not is_table:
        return None
    if cues["tells_a_change"].search(text):
        frames = tuple(_with_a_change(frame) for frame in frames)
    return Calls(frames) if frames else None


def told_again(sentence: Sentence, dialogue: Dialogue) -> Step | None:
    """Tell the last answer again to a question that points at it, and that nothing else fits."""
    text = sentence.names.blanked().casefold()
    cues = sentence.context.language.patterns(_FILE)
    if sentence.names.unknown or not _can_be(text, sentence, dialogue):
        return None
    is_record = all(one.tool in _RECORDS for one in dialogue.frames)
    asks = cues["asks"].match(text) is not None
    points = cues["refers"].search(text) is not None
    return Calls(dialogue.frames) if asks and (points or is_record) else None


def of_the_record(wish: Wish, sentence: Sentence, dialogue: Dialogue) -> Step | None:
    """Tell a record again to "what did they bring?": it is of no product, nor is what follows it.

    Args:
        wish: What the message seems to want.
        sentence: The message.
        dialogue: The conversation before.
    """
    is_record = bool(dialogue.frames) and all(one.tool in _RECORDS for one in dialogue.frames)
    points = is_record and wish.tool in _OF_SALES and wish.needs_antecedent
    names = sentence.names.found or sentence.names.unknown
    if not points or names or not _can_be(wish.text, sentence, dialogue):
        return None
    return Calls(dialogue.frames)


def _shows_otherwise(text: str, dialogue: Dialogue, context: PlannerContext) -> bool:
    """Tell whether "what does that look like in units?" asks for the answer in another shape."""
    details = read_details(dialogue.frames[-1].tool, text, context.language)
    return bool({"measure", "by", "rank_by", "granularity"} & details.keys())


def _can_be(text: str, sentence: Sentence, dialogue: Dialogue) -> bool:
    """Tell whether there is an answer that a few words can be about."""
    if sentence.times:
        return False
    is_safe = bool(dialogue.frames) and not any(_is_deed(one) for one in dialogue.frames)
    return is_safe and dialogue.pending is None and len(text.split()) <= _MOST_WORDS


def _is_of_those_told(which: re.Match[str], dialogue: Dialogue, cues: Patterns) -> bool:
    """Tell whether "which" asks for one of the answers: "which store sold most?" asks for more."""
    if cues["seeks_the_best"].search(which[0]) and dialogue.frames[-1].tool == "what_if":
        return False  # the best discount may be none of those tried
    one = which["one"]
    if one is not None and all("group_by" in frame.arguments for frame in dialogue.frames):
        return True  # the table that was told says it
    sets_apart = cues["sets_side_by_side"].search(which[0]) is not None
    return sets_apart or (one is not None and (len(dialogue.frames) >= _TWO or " " in one))


def _is_deed(frame: Draft) -> bool:
    return frame.tool in CHANGES_SOMETHING


def _set_side_by_side(
    dialogue: Dialogue, text: str, context: PlannerContext, *, is_choice: bool
) -> Drafts:
    """Return the calls of the last answer, and of that before it where two are compared."""
    frames = dialogue.frames
    both = is_choice or context.language.patterns("following")["both"].search(text)
    if len(frames) >= _TWO or not is_about_items(frames) or len(dialogue.earlier) < _TWO:
        return frames
    before = dialogue.earlier[1]
    if both and (two := of_several(dialogue.earlier)) and len(two) == _TWO:
        return two
    is_same_matter = len(before) == 1 and _subject(before) == _subject(frames)
    tools = {one.tool for one in (*before, *frames)}
    sets_apart = len(tools) == 1 or tools <= {"forecast", "sales_history", "what_if"}
    return distinct((*before, *frames)) if is_same_matter and sets_apart else frames


def _subject(frames: Sequence[Draft]) -> list[tuple[str, object]]:
    return [
        (name, frame.arguments.get(name))
        for frame in frames
        for name in ("product", "category", "store")
    ]


def _with_a_change(frame: Draft) -> Draft:
    """Return a call that tells against what its days are set where it told none."""
    against = _CHANGE.get(frame.tool)
    known = "compare_to" in frame.arguments or not set(_DAYS) <= frame.arguments.keys()
    return frame if against is None or known else frame.having(compare_to=against)
