"""Words about alerts, advice and documents: ids, notes, decisions, the question itself."""

from agent.planner.details.text import Found, Text

_ANSWERS = ("rejected", "accepted")
_STATUSES = ("open", "all", "acknowledged")


def status(text: Text) -> Found:
    """Read which alerts are wanted; open ones need not be said."""
    besides = text.find("status_besides")
    done = text.find("status_acknowledged") if besides else None
    if text.has("status_both") or (besides and done and besides.start() < done.start()):
        return {"status": "all"}
    if text.take("status_open"):  # first, as "not acknowledged" is open
        return {"status": "all" if text.has("status_acknowledged") else "open"}
    said = text.first_of("status", _STATUSES)
    return {"status": said} if said else {}


def alert(text: Text) -> Found:
    """Read an alert's id and what is to be noted; several ids are several calls."""
    found = _ids(text, "alert", "AL")
    is_told = bool(found) or text.has("pointed_alert")
    if match := text.find("note") or (text.find("closing_note") if is_told else None):
        found["note_at"] = match.span("note")
    return found


def decision(text: Text) -> Found:
    """Read which advice was taken or not, and why."""
    said = text.first_of("decision", _ANSWERS)
    found = _ids(text, "advice", "RC")
    decided = None
    if said:
        found["decision"] = said
        decided = text.take(f"decision_{said}")  # "no thanks" is the decision, not its reason
    match = text.find("reason") or text.find("closing_reason")
    if match and decided and match.start() <= decided.start() < match.end():
        # "Alright, I'll take it" says what was decided; a reason can only follow that.
        rest = text.find("closing_reason") if text.blank(0, decided.start()) else None
        match = rest if rest and rest.start() >= decided.end() else None
    if match:
        found["reason_at"] = match.span("reason")
    return found


def question(text: Text) -> Found:
    """Read what is looked up: the person's own words."""
    return {"question_at": (0, len(text.left))}


def _ids(text: Text, kind: str, prefix: str) -> Found:
    """Read one id, and those that follow it: "RC-3 and RC-4"."""
    argument = {"alert": "alert_id", "advice": "recommendation_id"}[kind]
    first = text.take(f"{kind}_id")
    if first is None:
        return {}
    said = [first["id"]]
    end = first.end()
    further = text.language.patterns("details")[f"further_{kind}"]
    while more := further.match(text.left, end):
        said.append(more["id"])
        end = more.end()
        text.left = text.left[: more.start()] + " " * len(more[0]) + text.left[end:]
    while other := text.take(f"{kind}_id"):
        said.append(other["id"])
    ids = [f"{prefix}-{int(one)}" for one in dict.fromkeys(said)]
    return {argument: ids[0]} | ({f"{argument}s": ids} if len(ids) > 1 else {})
