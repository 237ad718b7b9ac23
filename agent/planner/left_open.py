"""A question asked back that is answered only after something else was asked between.

"What if we took 15% off at Downtown?" is asked back for its product. Whoever first wants to know
which model serves, and then says "the product is dark chocolate", goes on with the what-if.
"""

from dataclasses import replace

from agent.planner.dialogue import Dialogue, Pending
from agent.planner.replies import completed
from agent.planner.specs import SPECS
from agent.planner.understanding.sentence import Sentence

_ITEMS = frozenset({"product", "store", "category"})


def taken_up(sentence: Sentence, dialogue: Dialogue) -> Dialogue:
    """Return a conversation that waits again for the answer that a message gives at last.

    Args:
        sentence: The message.
        dialogue: The conversation before.
    """
    pending = dialogue.left_open
    if pending is None or dialogue.pending is not None:
        return dialogue
    text = dialogue.question.casefold()
    cues = sentence.context.language.patterns("following")
    answers = any(one.search(text) for one in cues.each("answers_at_last"))
    answers = answers or _only_names(sentence, dialogue, pending)
    if not answers or completed(sentence, pending) is None:
        return dialogue
    return replace(dialogue, pending=pending)


def _only_names(sentence: Sentence, dialogue: Dialogue, pending: Pending) -> bool:
    """Tell whether a message is only a name, which what was asked between can do nothing with."""
    says = sentence.cues["only_names"].search(sentence.normal(0, len(sentence.text)))
    between = (SPECS[frame.tool] for frame in dialogue.frames)
    asks_for_it = bool(_ITEMS & set(pending.asks_for))
    return bool(says) and asks_for_it and not any(_ITEMS & set(spec.takes) for spec in between)
