"""A part of a message that says what it wants, and what it leaves unsaid."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.planner.answers import of_the_record
from agent.planner.antecedents import is_about_items, said_in
from agent.planner.beside import set_against
from agent.planner.context import PlannerContext
from agent.planner.dialogue import Dialogue
from agent.planner.drafts import Calls, Draft, Step
from agent.planner.entities import Names
from agent.planner.following import follow_up
from agent.planner.inheriting import builds_on, is_precise, is_short_why, taken_over
from agent.planner.meaning import says_of_last, supposed
from agent.planner.revising import less_what_is_replaced, summed_up, taken_off
from agent.planner.specs import OF_MODELS, looks_ahead
from agent.planner.told_ids import only_id, pointed_id
from agent.planner.turning import year_before
from agent.planner.understanding import Intent
from agent.planner.understanding.part import Part
from agent.planner.understanding.sentence import Sentence
from agent.planner.wishes import Wish, drafts_of, read_wish, what_is_missing
from agent.planner.wording import manners

_TWO = 2
_DAYS = ("start", "end")


@dataclass(frozen=True, slots=True)
class Said:
    """One part of a message where it is said.

    Attributes:
        part: Its stretch, and what it wants.
        names: What it names, less what is not to be heard.
        sentence: The message.
        dialogue: The conversation before.
    """

    part: Part
    names: Names
    sentence: Sentence
    dialogue: Dialogue

    @property
    def text(self) -> str:
        """Return the part in lower case, known names blanked."""
        return self.sentence.text[self.part.start : self.part.end]


def asked(intent: Intent, said: Said, frames: Sequence[Draft], *, same_question: bool) -> Step:
    """Plan a part that says what it wants, taking over what it leaves unsaid.

    Args:
        intent: What it wants.
        said: The part.
        frames: The calls before that it may be about.
        same_question: Whether it stands in one question with them.
    """
    frames, names = _as_one_figure(said, frames)
    part, context = said.part, said.sentence.context
    wish = read_wish(intent, names, part.start, part.end, context)
    if (again := of_the_record(wish, said.sentence, said.dialogue)) is not None:
        return again
    frames = _later_of_two(wish, frames, said.dialogue)
    wish = _of_what_was_sold(wish, frames, context)
    short_why = is_short_why(wish)
    bases = [Draft(wish.tool, dict(_pointed_at(intent, said)))]
    wish = supposed(set_against(wish, frames, context), frames, said.dialogue)
    of_last = says_of_last(wish, frames, context, names, part)
    if of_last and (followed := follow_up(part, names, [tuple(frames)], context)) is not None:
        return followed
    if wish.tool == "sales_history" and not wish.periods:
        earlier = [year_before(wish, frame, context) for frame in frames if _is_ahead(frame)]
        if found := tuple(one for one in earlier if one is not None):
            return Calls(found)  # "what did it do the same week a year ago?"
    goes_on = short_why or builds_on(wish, frames, same_question=same_question)
    of_the_past = _asks_of_the_past(wish, frames, context)
    if goes_on:
        keep_about = short_why or of_the_past
        bases = taken_over(wish, frames, context, keep_about=keep_about) or bases
    if goes_on and of_the_past:
        wish.details.pop("about", None)
    if short_why and frames and not is_precise(wish):
        wish.details.pop("about", None)  # "why so much?" is about what was spoken of before
    drafts = drafts_of(wish, bases, context)
    goes_on = (goes_on and is_about_items(tuple(frames))) or _is_by_the_model(said)
    missing = what_is_missing(wish, drafts, context, goes_on=goes_on)
    return missing or Calls(drafts, _exclusions(wish, context))


def _as_one_figure(said: Said, frames: Sequence[Draft]) -> tuple[Sequence[Draft], Names]:
    """Return calls less what a part takes the place of; as one figure where it says "in total"."""
    part, context = said.part, said.sentence.context
    frames = less_what_is_replaced(said.text, frames, context)
    summed = summed_up(said.text, frames, context)
    if summed == tuple(frames):
        return frames, said.names
    spans = ((part.start + a, part.start + b) for a, b in taken_off(said.text, context))
    return summed, said.names.muted(*spans)


def _pointed_at(intent: Intent, said: Said) -> dict[str, str]:
    """Return the id that a part points at, else that which its whole message points at.

    "The first one is known, tick it off" names the alert outside of the part that wants a deed.
    """
    cues, told = said_in(said.sentence), (said.text, said.sentence.text)
    points = (pointed_id(intent.name, text, said.dialogue, cues) for text in told)
    return next((one for one in points if one), {})


def _of_what_was_sold(wish: Wish, frames: Sequence[Draft], context: PlannerContext) -> Wish:
    """Read "why has it changed?" after past sales as of them, and of no forecast."""
    is_revision = wish.details.get("about") == "revision" and not wish.periods
    speaks_of_it = context.language.patterns("direction")["foretold"].search(wish.text)
    after_sales = bool(frames) and all(one.tool == "sales_history" for one in frames)
    if not is_revision or speaks_of_it or not after_sales:
        return wish
    return replace(wish, details=wish.details | {"about": "change"})


def _is_by_the_model(said: Said) -> bool:
    """Tell whether "the total forecast with it" after the model's state is made with that model."""
    frames = said.dialogue.frames
    are_of_models = bool(frames) and all(frame.tool in OF_MODELS for frame in frames)
    return are_of_models and said_in(said.sentence)["by_the_model"].search(said.text) is not None


def _is_ahead(frame: Draft) -> bool:
    return looks_ahead(frame.tool, str(frame.arguments.get("about", "forecast")))


def _later_of_two(wish: Wish, frames: Sequence[Draft], dialogue: Dialogue) -> Sequence[Draft]:
    """Return the later of two calls in a row for "what is the difference from?".

    A change is told against the days before: those of the call that came after it.
    """
    two = dialogue.earlier[:_TWO]
    is_last = len(two) == _TWO and tuple(frames) == two[0] and all(len(one) == 1 for one in two)
    asks = wish.language.patterns("following")["asks_difference"].search(wish.text)
    if not is_last or wish.tool != "explain" or wish.periods or not asks:
        return frames
    (last,), (before,) = two
    same = {n: v for n, v in last.arguments.items() if n not in _DAYS}
    is_moved = before.tool == last.tool and all(name in before.arguments for name in _DAYS)
    if not is_moved or same != {n: v for n, v in before.arguments.items() if n not in _DAYS}:
        return frames
    is_earlier = str(last.arguments.get("end", "9")) < str(before.arguments["start"])
    return (before,) if is_earlier else frames


def _asks_of_the_past(wish: Wish, frames: Sequence[Draft], context: PlannerContext) -> bool:
    """Tell whether "why is it so low?" is asked of days gone by that were spoken of."""
    about = wish.details.get("about") or "forecast"
    if wish.tool != "explain" or about != "forecast" or wish.periods:
        return False
    foretold = context.language.patterns("direction")["foretold"].search(wish.text)
    today = context.today.isoformat()
    return not foretold and any(str(f.arguments.get("end", today)) < today for f in frames)


def decided(said: Said) -> Step:
    """Write down what was decided on the advice just given."""
    part, names, context = said.part, said.names, said.sentence.context
    wish = read_wish(Intent("record_decision"), names, part.start, part.end, context)
    drafts = drafts_of(wish, [Draft(wish.tool, dict(only_id(wish.tool, said.dialogue)))], context)
    return what_is_missing(wish, drafts, context) or Calls(drafts)


def _exclusions(wish: Wish, context: PlannerContext) -> tuple[str, ...]:
    return (manners.exclusion(wish.items.excluded, context.style),) if wish.items.excluded else ()
