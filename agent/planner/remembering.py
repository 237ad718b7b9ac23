"""What of the calls before a message can be built on.

An unknown thing never takes the place of what was known before it: after "in the store in
Berlin" was refused, "at Riverside then" is still about the milk. Where nothing was known before,
what was said stays, so that it is refused again and not passed over.
"""

from collections.abc import Sequence
from dataclasses import replace

from agent.planner.context import PlannerContext
from agent.planner.dialogue import Dialogue, Drafts
from agent.planner.drafts import Draft
from tenants.errors import AppError
from tools.catalogue import Kind, Vocabulary, resolve

_THINGS: tuple[Kind, ...] = ("product", "category")
_PLACES: tuple[Kind, ...] = ("store",)


def remembered(dialogue: Dialogue, context: PlannerContext) -> Dialogue:
    """Return a conversation whose earlier calls name what the tenant's catalogue knows."""
    vocabulary = context.vocabulary
    if all(_is_known(draft, vocabulary) for turn in dialogue.earlier for draft in turn):
        return dialogue
    kept: list[Drafts] = []
    for turn in reversed(dialogue.earlier):
        kept.insert(0, tuple(_known(draft, kept, vocabulary) for draft in turn))
    return replace(dialogue, earlier=tuple(kept), frames=kept[0] if kept else ())


def _known(draft: Draft, before: Sequence[Drafts], vocabulary: Vocabulary) -> Draft:
    """Return a call with the newest known thing before it in place of an unknown one."""
    for kinds in (_THINGS, _PLACES):
        if _is_known(draft, vocabulary, kinds):
            continue
        for one in (one for turn in before for one in turn):
            said = {kind: one.arguments[kind] for kind in kinds if kind in one.arguments}
            if said and _is_known(one, vocabulary, kinds):
                draft = draft.having(**dict.fromkeys(kinds)).having(**said)
                break
    return draft


def _is_known(
    draft: Draft, vocabulary: Vocabulary, kinds: Sequence[Kind] = (*_THINGS, *_PLACES)
) -> bool:
    """Tell whether what a call names of these kinds is in the catalogue."""
    for kind in kinds:
        if kind in draft.arguments:
            try:
                resolve(str(draft.arguments[kind]), kind, vocabulary)
            except AppError:
                return False
    return True
