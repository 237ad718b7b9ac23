"""Words in a conversation that only look like an order to change something."""

from agent.planner.antecedents import is_about_items
from agent.planner.dialogue import Drafts
from agent.planner.entities import Names
from agent.planner.understanding import Intent
from agent.planner.understanding.part import Part
from agent.planner.understanding.sentence import Sentence
from agent.planner.wishes import read_wish


def forbids_what_follows(
    intent: Intent, part: Part, names: Names, sentence: Sentence, frames: Drafts
) -> bool:
    """Tell whether "but don't promote it" only says how the training before it is to end."""
    if intent.name != "promote" or frames[-1].tool != "retrain":
        return False
    wish = read_wish(Intent("retrain"), names, part.start, part.end, sentence.context)
    return wish.details.get("auto_promote") is False


def only_comes_back(
    intent: Intent, part: Part, names: Names, sentence: Sentence, frames: Drafts
) -> bool:
    """Tell whether "go back to the milk" or "to May" only looks like an order to change something.

    Amid talk of models, or where one is named, it may well be one: "go back to last week's model".
    """
    text = sentence.text[part.start : part.end]
    if not sentence.context.language.patterns("following")["returns"].search(text):
        return False
    if intent.name in (frame.tool for frame in frames):
        return False
    if not names.within(part.start, part.end).is_empty:
        return True
    of_models = sentence.cues["shows_model"].search(sentence.normal(part.start, part.end))
    days = read_wish(Intent("forecast"), names, part.start, part.end, sentence.context).periods
    return bool(days) and of_models is None and is_about_items(frames)
