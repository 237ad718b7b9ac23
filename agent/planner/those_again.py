"""Which of several things a word fits "that butter" is: the one that was spoken of."""

from dataclasses import replace

from agent.planner.dialogue import Dialogue
from agent.planner.entities import Names
from tools.catalogue import Mention, Status

_TURNS_BACK = 4


def with_those_spoken_of(names: Names, dialogue: Dialogue) -> Names:
    """Return the names of a message, a thing pointed at by a word of its name as that thing.

    After the salted butter was asked about, "that butter" is the salted one; "the butter" may
    still be any. Where two that fit were spoken of at once, it stays unclear.

    Args:
        names: What the message names.
        dialogue: The conversation before.
    """
    if not any(one.status is Status.AMBIGUOUS for one in names.found):
        return names
    return replace(names, found=tuple(_spoken_of(one, names, dialogue) for one in names.found))


def _spoken_of(mention: Mention, names: Names, dialogue: Dialogue) -> Mention:
    if mention.kind != "product" or mention.status is not Status.AMBIGUOUS:
        return mention
    before = names.sentence[: mention.start].casefold()
    if names.language.patterns("following")["points_at_name"].search(before) is None:
        return mention
    for turn in dialogue.earlier[:_TURNS_BACK]:
        fitting = {frame.arguments.get("product") for frame in turn} & set(mention.ids)
        if fitting:
            one = mention.ids.index(str(fitting.pop())) if len(fitting) == 1 else None
            return mention if one is None else _as_one(mention, one)
    return mention


def _as_one(mention: Mention, place: int) -> Mention:
    ids, called = (mention.ids[place],), (mention.names[place],)
    return replace(mention, status=Status.EXACT, ids=ids, names=called)
