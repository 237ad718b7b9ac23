"""What is told after a wish and belongs to it: its reason, or a figure that it needs."""

from agent.planner.specs import CHANGES_SOMETHING
from agent.planner.understanding.asking import TIMES, requests, tells_a_figure, tells_how
from agent.planner.understanding.clause import Clause
from agent.planner.understanding.merging import TAKES_FIGURES, TAKES_REASONS
from agent.planner.understanding.part import Part
from agent.planner.understanding.sentence import Sentence


def takes_with_it(part: Part, clause: Clause, sentence: Sentence) -> bool:
    """Tell whether what is told after a wish is its reason, or a figure that it needs."""
    if part.intent is None or part.intent.name not in TAKES_REASONS:
        return False
    tool = part.intent.name
    if tool in CHANGES_SOMETHING or tells_how(tool, sentence, *clause.at):
        return True
    or_when = _lacks_days(part, sentence)
    return tool in TAKES_FIGURES and tells_a_figure(tool, sentence, *clause.at, or_when=or_when)


def _lacks_days(part: Part, sentence: Sentence) -> bool:
    """Tell whether neither a wish nor what is told before it names days to come."""
    told = [(part.start, part.end), *part.asides]
    return not any((TIMES - {"BEHIND"}) & set(sentence.normal(*one).split()) for one in told)


def is_its_reason(last: Part, clause: Clause, sentence: Sentence) -> bool:
    """Tell whether "stop the canary, latency is too high" states why, and asks nothing more."""
    if last.intent is None or last.intent.name not in CHANGES_SOMETHING:
        return False
    if requests(sentence, clause.start, clause.end):
        return False
    text = sentence.text[clause.start : clause.end]
    cues = sentence.context.language.patterns("asking")
    if cues["names_reason"].match(text):
        return True
    # "Acknowledge AL-3, sensor glitch": words that no tool could want say why.
    is_noted = not sentence.text[last.end : clause.start].strip(" ,;:-\u2013\u2014")
    is_noted = is_noted and clause.best.intent.name == "out_of_scope"
    is_said = is_noted or cues["states"].match(text) is not None
    return is_said and clause.best.intent.name not in CHANGES_SOMETHING
