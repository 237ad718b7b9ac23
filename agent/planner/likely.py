"""Which tools a person's words may want, for those who choose among them."""

from agent.planner.context import PlannerContext
from agent.planner.entities import read_names
from agent.planner.shorthand import written_out
from agent.planner.specs import SPECS
from agent.planner.understanding import ranking_of
from agent.planner.understanding.clause import SOCIAL
from agent.planner.understanding.parts import parts_of
from agent.planner.understanding.sentence import Sentence

_SURE = 0.6
_THINKABLE = 0.05


def likely_tools(question: str, context: PlannerContext, most: int) -> list[str]:
    """Return the tools a question may want, the likeliest first."""
    shares = _shares(question, context)
    tools = sorted((name for name in shares if name in SPECS), key=lambda name: -shares[name])
    return tools[:most]


def is_asked_for(tool: str, question: str, context: PlannerContext) -> bool:
    """Tell whether a person's own words may want this tool at all."""
    return _shares(question, context).get(tool, 0.0) >= _THINKABLE


def is_small_talk(question: str, context: PlannerContext) -> bool:
    """Tell whether a question is a greeting or surely not this product's business."""
    sentence = _sentence(question, context)
    best = sentence.ranked(0, len(sentence.text))[0]
    return best.share >= _SURE and best.intent.name in {*SOCIAL, "out_of_scope"}


def _shares(question: str, context: PlannerContext) -> dict[str, float]:
    """Return for every wish how likely some part of a question has it."""
    sentence = _sentence(question, context)
    stretches = [(0, len(sentence.text)), *((p.start, p.end) for p in parts_of(sentence))]
    shares: dict[str, float] = {}
    for start, end in stretches:
        for one in sentence.ranked(start, end):
            shares[one.intent.name] = max(shares.get(one.intent.name, 0.0), one.share)
    return shares


def _sentence(question: str, context: PlannerContext) -> Sentence:
    text = written_out(question, context.language, context.vocabulary)
    names = read_names(text, context.vocabulary, context.own_names, context.language)
    return Sentence(names, context, ranking_of(context.language, context.kept_in))
