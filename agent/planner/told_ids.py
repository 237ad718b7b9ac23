"""Which advice or alert words mean: "accept it", "the second one too", "reject the other"."""

from agent.languages.language import Patterns
from agent.planner.dialogue import Dialogue
from agent.planner.picking import in_order

_IDS = {"record_decision": ("recommendation_id", "RC"), "acknowledge_alert": ("alert_id", "AL")}
_TURNS_BACK = 3


def pointed_id(tool: str, text: str, dialogue: Dialogue, cues: Patterns) -> dict[str, str]:
    """Return the advice or alert that "accept it" or "acknowledge the first one" is about."""
    argument, _ = _IDS.get(tool, ("", ""))
    if order := cues["in_order"].search(text):
        found = in_order(order, listed_ids(tool, dialogue))
        if found:
            return {argument: found[0]}
    return only_id(tool, dialogue) if cues["that_thing"].search(text) else {}


def only_id(tool: str, dialogue: Dialogue) -> dict[str, str]:
    """Return the one piece of advice or alert that was told of last; nothing where several were."""
    argument, kind = _IDS.get(tool, ("", ""))
    told = dialogue.ids.get(kind, ())
    return {argument: told[0][0]} if told and len(told[0]) == 1 else {}


def argument_of(tool: str) -> str:
    """Return the argument that takes the id; empty where a tool takes none."""
    return _IDS.get(tool, ("", ""))[0]


def listed_ids(tool: str, dialogue: Dialogue) -> tuple[str, ...]:
    """Return the ids to choose from: of the last turn that told several, else of the last turns."""
    _, kind = _IDS.get(tool, ("", ""))
    told = dialogue.ids.get(kind, ())[:_TURNS_BACK]
    several = next((ids for ids in told if len(ids) > 1), None)
    return several or tuple(dict.fromkeys(one for ids in reversed(told) for one in ids))


def left_of(tool: str, dialogue: Dialogue) -> tuple[str, ...]:
    """Return the ids to choose from that nothing was written down of."""
    argument = argument_of(tool)
    done = {one.arguments.get(argument) for turn in dialogue.earlier for one in turn}
    return tuple(one for one in listed_ids(tool, dialogue) if one not in done)
