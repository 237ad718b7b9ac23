"""Leaves out how a mail is signed: "Kind regards, Philippa Grant", "Cheers, Tom".

A name below a mail is nobody's product and no day, however close "Tom" comes to "tomorrow". One
that holds a name of the tenant's ("Best, Ines from Lakeside") may say where, and stays.
"""

import re

from agent.planner.context import PlannerContext

_WORD = re.compile(r"\w+")


def without_signature(text: str, context: PlannerContext) -> str:
    """Return a message less the words that sign it; all of it where it signs with more.

    Args:
        text: What was typed.
        context: The tenant.
    """
    signed = context.language.patterns("cues")["signature"].search(text)
    if signed is None or _names_something(signed["name"], context):
        return text
    return text[: signed.start()]


def _names_something(name: str, context: PlannerContext) -> bool:
    said = [word.casefold() for word in _WORD.findall(name)]
    indexes = context.vocabulary.indexes.values()
    return any(index.exactly(word) for index in indexes for word in said)
