"""What a message means by what was answered before it, whatever its words alone seem to want."""

from collections.abc import Sequence
from dataclasses import replace

from agent.planner.antecedents import answer_meant, is_about_items, said_in
from agent.planner.context import PlannerContext
from agent.planner.details import read_details
from agent.planner.dialogue import Dialogue
from agent.planner.drafts import Draft
from agent.planner.entities import Names
from agent.planner.loosely import only_figure
from agent.planner.revising import revised
from agent.planner.specs import CHANGES_SOMETHING, SPECS
from agent.planner.understanding import Intent
from agent.planner.understanding.part import Part
from agent.planner.understanding.sentence import Sentence
from agent.planner.wishes import Wish

_CHANGES = frozenset({"discount_pct", "price", "price_up_pct", "price_by", "promotion"})
_SURE = 0.9
_MOST_WORDS = 12


def decides(part: Part, sentence: Sentence, dialogue: Dialogue) -> bool:
    """Tell whether a message decides on advice just given: "no, we won't do that"."""
    text = sentence.text[part.start : part.end]
    after_advice = any(frame.tool == "optimize_discount" for frame in dialogue.frames)
    if not after_advice or len(text.split()) > _MOST_WORDS:
        return False
    said = said_in(sentence)["decides"].search(text) is not None
    return said and "decision" in read_details("record_decision", text, sentence.context.language)


def asked_by_name(
    intent: Intent | None, part: Part, sentence: Sentence, frames: Sequence[Draft]
) -> Intent | None:
    """Return the wish for an answer that is named at the end: "same store, just the forecast"."""
    if not is_about_items(tuple(frames)) or (intent and intent.name in CHANGES_SOMETHING):
        return intent
    text = sentence.text[part.start : part.end]
    words = sentence.context.language.words("following", "answers")
    meant = answer_meant(text, said_in(sentence), words, "answer_meant")
    is_sure = intent is not None and intent.name in SPECS and part.share >= _SURE
    changes = revised(text, frames, sentence.context) != tuple(frames)  # "only the discount"
    if meant is None or meant == frames[-1].tool or is_sure or changes:
        return intent
    return Intent(meant)


def supposed(wish: Wish, frames: Sequence[Draft], dialogue: Dialogue) -> Wish:
    """Return "what if we did 25 instead" and "what would that do" with the change they mean.

    A bare figure is a discount, or a price where prices were tried; "that" is the advice given.
    """
    if wish.tool != "what_if" or _CHANGES & wish.details.keys():
        return wish
    kept = {name for frame in frames for name in _CHANGES & frame.arguments.keys()}
    if kept and all(frame.tool == "what_if" for frame in frames):
        figure = only_figure(wish.text, frames, wish.language)
    else:
        figure = only_figure(wish.text, (Draft("what_if", {"discount_pct": 0}),), wish.language)
    if figure:
        return replace(wish, details=wish.details | figure)
    points = wish.language.patterns("following")["that_advice"].search(wish.text)
    after_advice = any(frame.tool == "optimize_discount" for frame in dialogue.frames)
    if points and after_advice and dialogue.advised is not None:
        return replace(wish, details=wish.details | {"discount_pct": dialogue.advised})
    return wish


def says_of_last(
    wish: Wish, frames: Sequence[Draft], context: PlannerContext, names: Names, part: Part
) -> bool:
    """Tell whether a supposition without a change sets a detail of the calls before.

    "What if I care about revenue instead" changes what advice is to make large, not a price.
    """
    if wish.tool != "what_if" or _CHANGES & wish.details.keys() or not frames:
        return False
    tool = frames[-1].tool
    if tool == "what_if":
        return False
    text = names.blanked()[part.start : part.end]
    said = read_details(tool, text, context.language)
    return bool(said.keys() - {"about", "measure", "by", "discount_pct", "price"})
