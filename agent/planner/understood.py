"""A message as it was meant: shorthand written out, slips taken back, what it points at put in."""

from agent.planner.context import PlannerContext
from agent.planner.days_beside import with_days_beside
from agent.planner.days_pointed_at import with_days_put_in
from agent.planner.dialogue import Dialogue
from agent.planner.entities import read_names
from agent.planner.leaning import leaning_of
from agent.planner.newcomers import only_asked_about
from agent.planner.occasions import less_occasions
from agent.planner.pointed import with_figures_pointed_at
from agent.planner.shorthand import written_out
from agent.planner.those_again import with_those_spoken_of
from agent.planner.understanding import ranking_of
from agent.planner.understanding.corrections import corrected
from agent.planner.understanding.denials import less_what_is_denied
from agent.planner.understanding.idle import without_idle_talk
from agent.planner.understanding.pointing import with_days_pointed_at
from agent.planner.understanding.sentence import Sentence


def understood(dialogue: Dialogue, context: PlannerContext) -> tuple[str, Sentence]:
    """Return the words that a message comes down to, and the sentence as it is read.

    Args:
        dialogue: The conversation, its last message unread.
        context: The tenant.
    """
    cues = context.language.patterns("cues")
    said = cues["clock"].sub(" ", dialogue.question)  # "before the 9 o'clock" counts nothing
    said = cues["modal"].sub("can", said)  # "this may be silly" is not about May
    following = context.language.patterns("following")
    said = following["preface"].sub("", said)  # "scratch that, make it May" is about May
    said = cues["formula"].sub(" ", said)  # "when you get a sec" is about no second
    said = following["rate"].sub("", said)  # "sell in a week" is about no week to come
    question = written_out(said, context.language, context.vocabulary)
    question = with_figures_pointed_at(question, dialogue, context)
    question = with_days_put_in(question, dialogue, context)
    question = with_days_beside(question, context)
    sentence = _read(question, dialogue, context)
    if (asked := less_occasions(sentence)) != question:
        question = asked
        sentence = _read(question, dialogue, context)
    if (meant := corrected(sentence)) != question:
        sentence = _read(meant, dialogue, context)
    if (left := less_what_is_denied(sentence, goes_on=bool(dialogue.frames))) != meant:
        meant = left
        sentence = _read(left, dialogue, context)
    if (bare := without_idle_talk(sentence)) != meant:
        question = meant = bare
        sentence = _read(bare, dialogue, context)
    if (pointed := with_days_pointed_at(sentence)) != meant:
        sentence = _read(pointed, dialogue, context)
    return question, sentence


def _read(question: str, dialogue: Dialogue, context: PlannerContext) -> Sentence:
    names = read_names(question, context.vocabulary, context.own_names, context.language)
    if dialogue.frames or dialogue.pending is not None:
        names = with_those_spoken_of(only_asked_about(names), dialogue)
    ranking = ranking_of(context.language, context.kept_in)
    return Sentence(names, context, ranking, leaning_of(dialogue))
