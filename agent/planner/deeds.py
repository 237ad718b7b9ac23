"""What is said of a deed after it: take it back, stop what it set going, or tell of it.

A deed is a call that changes something. It is never done again on a guess, nor on a question
that only asks what became of it.
"""

from agent.planner.antecedents import is_about_items
from agent.planner.context import PlannerContext
from agent.planner.details import read_details
from agent.planner.dialogue import Dialogue, Drafts
from agent.planner.drafts import Calls, Draft, Say, Step, distinct
from agent.planner.picking import in_order
from agent.planner.specs import CHANGES_SOMETHING
from agent.planner.told_ids import argument_of, left_of, listed_ids
from agent.planner.understanding import Intent
from agent.planner.understanding.part import Part
from agent.planner.understanding.sentence import Sentence
from agent.planner.wording import manners

_OPPOSITE = {"promote": "rollback", "start_rollout": "stop_rollout"}
"""What takes a deed back that can be taken back."""

_TURNS_BACK = 3
_A_FEW_WORDS = 12
_OF_IDS = {"acknowledge_alert": "note", "record_decision": "reason"}
"""Deeds on what has an id, and where they tell why."""

_KIND = 2
_OTHER_DECISION = {"accepted": "rejected", "rejected": "accepted"}
_DECIDED_ON = {"optimize_discount": "record_decision"}

_TOLD_BY = {
    "acknowledge_alert": "list_alerts",
    "record_decision": "decision_report",
    "promote": "model_history",
    "rollback": "model_history",
    "retrain": "model_history",
    "start_rollout": "model_status",
    "stop_rollout": "model_status",
}
"""What tells whether a deed was done."""


def taken_back(text: str, sentence: Sentence, dialogue: Dialogue) -> Step | None:
    """Plan "undo that" or "stop it again" after a deed; None where it is said of none.

    Args:
        text: The words of the message.
        sentence: The message as it is read.
        dialogue: The conversation before.
    """
    context = sentence.context
    cues = context.language.patterns("following")
    stops = cues["stops_it"].match(text)
    undoes = cues["undoes"].match(text)
    is_short = len(text.split()) <= _A_FEW_WORDS
    calls_off = cues["calls_off"].match(sentence.names.blanked()) if is_short else None
    done = _last_done(dialogue) if calls_off else _deeds_of(dialogue.frames)
    if not done or not (stops or undoes or calls_off):
        return None
    tools = {one.tool for one in done}
    if tools == {"start_rollout"} and (stops or undoes):
        told = stops["reason"] if stops else None
        return Calls((Draft("stop_rollout").having(reason=told),))
    if calls_off and not undoes and not tools <= _OF_IDS.keys():
        return Say(manners.dropped(context.style))
    if undoes and tools <= _OPPOSITE.keys():
        return Calls(distinct(Draft(_OPPOSITE[one.tool]) for one in done))
    return Say(manners.stays_on_record(context.style)) if undoes or calls_off else None


def done_alike(text: str, dialogue: Dialogue, context: PlannerContext) -> Step | None:
    """Plan "and the second one too, sensor was broken" after advice, alerts, or a deed on one.

    Args:
        text: The message.
        dialogue: The conversation before.
        context: The tenant.
    """
    said = context.language.patterns("answers")["same_deed"].match(text)
    if said is None or not dialogue.frames or dialogue.pending is not None:
        return None
    last = dialogue.frames[-1]
    details = read_details("record_decision", text, context.language)
    tool = last.tool if last.tool in _OF_IDS else _DECIDED_ON.get(last.tool, "")
    if not tool or (last.tool not in _OF_IDS and "decision" not in details):
        return None
    left = left_of(tool, dialogue)
    meant = left if said["other"] or said["all"] else in_order(said, listed_ids(tool, dialogue))
    known = {"decision": details.get("decision", last.arguments.get("decision"))}
    told = {_OF_IDS[tool]: said["told"] or said["why"]}
    base = Draft(tool).having(**told, **(known if tool == "record_decision" else {}))
    drafts = tuple(base.having(**{argument_of(tool): one}) for one in meant)
    return Calls(drafts) if drafts else None


def done_on_another(text: str, dialogue: Dialogue, context: PlannerContext) -> Step | None:
    """Plan "thanks. AL-2 as well" or "RC-2 the opposite, too expensive" after a deed on one."""
    cues = context.language.patterns("answers")
    said = cues["same_deed_on"].match(text)
    last = dialogue.frames[-1] if dialogue.frames else None
    if said is None or last is None or dialogue.pending is not None:
        return None
    one = f"{said['kind']}-{said['number']}".upper()
    is_alike = str(last.arguments.get(argument_of(last.tool), "")).startswith(one[:_KIND])
    details = read_details(last.tool, text, context.language)
    if last.tool not in _OF_IDS or not is_alike or "decision" in details:
        return None
    why, told = _OF_IDS[last.tool], said["told"] or said["why"]
    draft = last.having(**{argument_of(last.tool): one})
    turns = cues["opposite"].search(text) is not None and last.tool == "record_decision"
    if turns:
        decided = _OTHER_DECISION.get(str(last.arguments.get("decision")))
        draft = draft.having(decision=decided, **{why: None})
    return Calls((draft.having(**{why: told}) if told else draft,))


def _last_done(dialogue: Dialogue) -> Drafts:
    """Return the deeds done last, though something may have been looked up since."""
    for turn in dialogue.earlier[:_TURNS_BACK]:
        if done := _deeds_of(turn):
            return done
        if is_about_items(turn):
            break  # another matter since
    return ()


def _deeds_of(turn: Drafts) -> Drafts:
    return tuple(one for one in turn if one.tool in CHANGES_SOMETHING)


def asked_about(intent: Intent, part: Part, sentence: Sentence) -> Intent:
    """Return what tells of a deed where a part asks of it and does not order it."""
    told_by = _told_by(intent.name, sentence.text[part.start : part.end], sentence.context)
    return Intent(told_by) if told_by else intent


def told_of(frame: Draft, text: str, context: PlannerContext) -> Draft:
    """Return the call that tells of an earlier deed for a text that asks of it."""
    told_by = _told_by(frame.tool, text, context)
    return Draft(told_by) if told_by else frame


def _told_by(tool: str, text: str, context: PlannerContext) -> str | None:
    asks = context.language.patterns("following")["asks_of_deed"].match(text)
    return _TOLD_BY.get(tool) if asks else None
