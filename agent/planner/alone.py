"""Messages that are one word to what was said before: yes, no, undo that, I don't know."""

from agent.languages.language import Patterns
from agent.planner.antecedents import is_about_items, of_several
from agent.planner.context import PlannerContext
from agent.planner.deeds import done_alike, done_on_another, taken_back
from agent.planner.dialogue import Dialogue, Pending
from agent.planner.drafts import Ask, Calls, Draft, Say, Step
from agent.planner.entities import Choice, Doubt
from agent.planner.specs import CHANGES_SOMETHING, OF_MODELS, SPECS
from agent.planner.understanding.asking import requests
from agent.planner.understanding.sentence import Sentence
from agent.planner.wording import manners, questions

_TWO = 2
_MOST_WORDS = 10
_SURE = 0.8


def said_alone(text: str, sentence: Sentence, dialogue: Dialogue) -> Step | None:
    """Plan a message that means nothing but in its place, or return None where it is none."""
    context = sentence.context
    cues = context.language.patterns("following")
    alike = done_on_another(text, dialogue, context)
    social = _said_socially(text, sentence)
    if alike is None and (social or _is_taken_note_of(text, dialogue, cues)):
        return Say(manners.social(social or "thanks", context.style))
    if dialogue.pending is not None:
        return _to_a_question(text, dialogue.pending, cues)
    back = alike or taken_back(text, sentence, dialogue) or done_alike(text, dialogue, context)
    if back is not None:
        return back
    if cues["undoes"].match(text) and not _speaks_of_models(dialogue):
        return _undone(dialogue)
    if cues["relative_one"].match(text):
        return _which_of(dialogue, text, context)
    refuses = dialogue.earlier and cues["no"].match(text) and not cues["yes"].match(text)
    return Say(manners.dropped(context.style)) if refuses else None


def _is_taken_note_of(text: str, dialogue: Dialogue, cues: Patterns) -> bool:
    """Tell whether a message only takes note of an answer: "gotcha", a party hat, a thumb up.

    After a question asked back such words may be the answer to it.
    """
    says_nothing = not text.strip() or cues["thanks"].match(text) is not None
    return says_nothing and bool(dialogue.frames) and dialogue.pending is None


def _said_socially(text: str, sentence: Sentence) -> str:
    """Return "thanks" or "bye" where a message only says that; "" where it says more.

    "Thanks, exactly what the boss wanted" thanks, and "that's all for today" is of no day.
    """
    cues = sentence.context.language.patterns("following")
    if cues["thanks"].match(text) and cues["thanking"].search(text):
        return "thanks"
    if sentence.names.found or sentence.names.unknown or "?" in sentence.text:
        return ""
    if cues["closes"].match(sentence.text):
        return "bye"
    whole, words = (0, len(sentence.text)), len(sentence.text.split())
    opens = cues["opens_with_thanks"].match(sentence.text)
    if not opens or sentence.times or words > _MOST_WORDS or requests(sentence, *whole):
        return ""
    wants = sentence.ranked(*whole)[0]
    return "" if wants.intent.name in SPECS and wants.share >= _SURE else "thanks"


def _to_a_question(text: str, pending: Pending, cues: Patterns) -> Step | None:
    """Do what was offered on a yes; ask the same again where the reply settles nothing."""
    offered = tuple(one for one in pending.drafts if one.tool in CHANGES_SOMETHING)
    if not pending.asks_for and len(offered) == 1 and cues["yes"].match(text):
        return Calls(offered)
    if "alert_id" in pending.asks_for and cues["asks_choices"].match(text):
        return Calls((Draft("list_alerts"),))
    unsettled = cues["unsure"].match(text) or cues["relative_one"].match(text)
    if pending.asks_for and unsettled and not cues["no"].match(text):
        asked = (pending.message, pending.asks_for, pending.choices)
        return Ask(*asked, pending.drafts, pending.later)
    return None


def _speaks_of_models(dialogue: Dialogue) -> bool:
    """Tell whether "go back to the previous one" is of a model, and of no answer."""
    return bool(dialogue.frames) and all(
        one.tool in OF_MODELS - CHANGES_SOMETHING for one in dialogue.frames
    )


def _undone(dialogue: Dialogue) -> Step | None:
    """Return to the calls before the last; what changed something is not taken back so."""
    before = dialogue.earlier[1] if len(dialogue.earlier) >= _TWO else ()
    is_safe = before and not any(frame.tool in CHANGES_SOMETHING for frame in before)
    return Calls(before) if is_safe else None


def _which_of(dialogue: Dialogue, text: str, context: PlannerContext) -> Step | None:
    """Ask which of the two last things "the cheaper one" is."""
    if not is_about_items(dialogue.frames):
        return None
    two = of_several(dialogue.earlier)
    ids = [str(frame.arguments["product"]) for frame in two if "product" in frame.arguments]
    if len(ids) != _TWO or ids[0] == ids[1]:
        return None
    choices = tuple(Choice(one, context.product_name(one)) for one in ids)
    waiting: tuple[Draft, ...] = (two[-1].having(product=None),)
    doubt = Doubt("product", text.strip(" ?.!"), choices)
    return questions.about_item([doubt], waiting, context.style)
