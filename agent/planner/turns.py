"""A turn's own context: the language it is in, and which phrasings it is answered with."""

from collections.abc import Sequence
from dataclasses import replace

from agent.languages import Language, codes, language, spoken
from agent.planner.context import PlannerContext
from agent.planner.wording.style import seed_of

_FALLBACK = "en"


def in_turn(context: PlannerContext, said: Sequence[str]) -> PlannerContext:
    """Return a tenant's context for the last message of a conversation.

    The language is that of the message where it is clear, else that of the conversation so far,
    else that of the tenant's locale.

    Args:
        context: The tenant's.
        said: What the person said in the conversation, the last message last.
    """
    tongue = context.language
    if tongue.code == _FALLBACK:
        tongue = _of_locale(context.style.locale)
    for text in said:
        tongue = spoken(text, tongue, context.vocabulary.name_words)
    seed = seed_of(said[-1], len(said)) if said else 0
    return replace(context, language=tongue, style=context.style.speaking(tongue.code, seed))


def _of_locale(locale: str) -> Language:
    code = locale.replace("_", "-").split("-")[0].lower()
    return language(code if code in codes() else _FALLBACK)
