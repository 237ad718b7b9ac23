"""A deed that one sentence begins and another says in full: "log a decision. RC-1, accepted"."""

from collections.abc import Sequence

from agent.planner.drafts import Ask, Draft
from agent.planner.specs import CHANGES_SOMETHING


def said_in_full(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the calls of a message less deeds that another of them says more of."""
    return [one for one in drafts if not any(_says_more(other, one) for other in drafts)]


def is_told_after_all(held: Ask, drafts: Sequence[Draft]) -> bool:
    """Tell whether what is to be asked of a deed is said by another sentence.

    Args:
        held: The question that one sentence leaves open.
        drafts: The calls of all sentences.
    """
    left = said_in_full(drafts)
    return bool(held.pending) and not any(one in left for one in held.pending)


def _says_more(draft: Draft, begun: Draft) -> bool:
    """Tell whether a call is another one with more said of it."""
    is_same = draft.tool == begun.tool and draft.tool in CHANGES_SOMETHING
    return is_same and draft != begun and begun.arguments.items() <= draft.arguments.items()
