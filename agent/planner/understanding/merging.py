"""Whether a clause belongs to the wish before it, or is a wish of its own."""

from dataclasses import replace

from agent.planner.details import read_details
from agent.planner.specs import SPECS
from agent.planner.understanding.asking import TIMES, requests, says
from agent.planner.understanding.clause import Clause
from agent.planner.understanding.intent import Intent
from agent.planner.understanding.part import Part
from agent.planner.understanding.sentence import Sentence

_SURE_OF_MORE = 0.7
_FEW_WORDS = 5
_LABEL = 2
_THINGS = frozenset({"PRODUCT", "CATEGORY"})
TAKES_FIGURES = frozenset({"plan_inventory", "optimize_discount", "counterfactual", "what_if"})
TAKES_REASONS = TAKES_FIGURES | {
    "detect_anomalies",
    "record_decision",
    "acknowledge_alert",
    "retrain",
    "stop_rollout",
}
REPEATABLE = frozenset({"what_if", "forecast", "optimize_discount"})
_SAID_TWICE = frozenset({"detect_anomalies", "explain"})
_LONG = frozenset({"counterfactual", "plan_inventory", "optimize_discount", "list_alerts"})
_GO_WITH = {
    "retrain": frozenset({"promote", "retrain"}),
    "audit_trail": frozenset({"promote", "retrain", "rollback", "audit_trail"}),
    "out_of_scope": frozenset({"out_of_scope"}),
}
_CHANGES = frozenset({"discount_pct", "price", "promotion"})
_STATED = frozenset({"sales_history", "explain", "detect_anomalies", "what_if", "forecast"})


def merged(last: Part, clause: Clause, sentence: Sentence) -> Part | None:
    """Return the wish before with a clause that belongs to it; None when it is its own wish."""
    if last.intent is None:
        return None
    text = sentence.text[clause.start : clause.end]
    told = replace(last, end=clause.end)
    if _is_its_aim(last, clause, sentence):
        return replace(told, intent=clause.best.intent, share=clause.best.share)
    if _asks_what_reaches_it(last, clause, sentence):
        return told
    if (wanted := _asked_of_label(last, clause, text, sentence)) is not None:
        return replace(told, intent=wanted)
    if _is_bare(text, sentence) and (wanted := _asked_of(last, clause, sentence)):
        return replace(told, intent=wanted)
    is_of_it = _is_bare(text, sentence) and _is_of_what_was_named(last, clause, text, sentence)
    return told if is_of_it or _goes_on(last, clause, text, sentence) else None


def _is_its_aim(last: Part, clause: Clause, sentence: Sentence) -> bool:
    """Tell whether what was to be sold is only why a discount is asked for.

    "We must clear the strawberries, what discount would you give?" counts nothing to be reached.
    """
    is_advice = clause.best.intent.name == "optimize_discount"
    if not is_advice or last.intent is None or last.intent.name != "counterfactual":
        return False
    return "NUMBER" not in sentence.normal(last.start, clause.end).split()


def _asks_what_reaches_it(last: Part, clause: Clause, sentence: Sentence) -> bool:
    """Tell whether the discount asked for is that which reaches a number told before.

    "We aim for 120 granola bars next week: by how much should I cut the price?" Where the number
    was asked about itself ("what gets us to 120, and failing that the best discount"), it is not.
    """
    is_advice = clause.best.intent.name == "optimize_discount"
    if not is_advice or last.intent is None or last.intent.name != "counterfactual":
        return False
    orders = sentence.context.language.patterns("asking")["orders"]
    if orders.search(sentence.text[last.start : last.end]):
        return False
    counts = "NUMBER" in sentence.normal(last.start, last.end).split()
    return counts and not _has_content(clause.start, clause.end, sentence)


def _asked_of_label(last: Part, clause: Clause, text: str, sentence: Sentence) -> Intent | None:
    """Return what is asked of a thing and its price that only lead up to it.

    "Milk at 10% off next week, forecast please", "chips 20% off, Lakeside: what would we sell?"
    """
    wanted, label = clause.best.intent, (last.start, last.end)
    if last.intent is None or last.intent.name != "what_if" or wanted.name != "forecast":
        return None
    supposes = sentence.cues["shows_supposing"].search(sentence.text[slice(*label)])
    if supposes or requests(sentence, *label) or says(sentence, *label):
        return None
    if {*_THINGS, *TIMES} & set(sentence.normal(clause.start, clause.end).split()):
        return None
    return wanted if sentence.cues["names_forecast"].search(text) else last.intent


def _asked_of(last: Part, clause: Clause, sentence: Sentence) -> Intent | None:
    """Return what "why?" or "what happens?" makes of the statement before it."""
    before = last.intent.name if last.intent else ""
    if clause.best.intent.name == "search_knowledge":
        # "Decay, what does that mean?" asks for no figure of it.
        is_word = _is_bare(sentence.text[last.start : last.end], sentence)
        asks = requests(sentence, last.start, last.end)
        return clause.best.intent if is_word and not asks else None
    if clause.best.intent.name == "explain" and before in _STATED and _is_statement(last, sentence):
        return last.intent if before == "explain" else Intent("explain", "change")
    if clause.best.intent.name == "forecast" and before == "sales_history":
        # "Cold brew units, Black Friday, forecast" names last what is wanted.
        is_over = "BEHIND" in sentence.normal(last.start, last.end).split()
        is_label = len(sentence.text[clause.start : clause.end].split()) <= _LABEL
        return clause.best.intent if is_label and not is_over else None
    is_tried = before in {*REPEATABLE, "counterfactual"}
    if is_tried and requests(sentence, last.start, last.end) and _tells_a_change(clause, sentence):
        return None  # "the best discount for tea, and what happens without any?"
    return Intent("what_if") if clause.best.intent.name == "what_if" and is_tried else None


def _tells_a_change(clause: Clause, sentence: Sentence) -> bool:
    """Tell whether a clause says itself which change is thought of."""
    text, language = sentence.text[slice(*clause.at)], sentence.context.language
    return bool(_CHANGES & read_details("what_if", text, language).keys())


def _goes_on(last: Part, clause: Clause, text: str, sentence: Sentence) -> bool:
    """Tell whether a clause only adds to the wish before it."""
    before, intent = last.intent or Intent("more"), clause.best.intent
    is_deed = sentence.cues["deed_aside"].match(text) is not None
    if _says_more_of_it(before.name, intent.name, text, sentence):
        return True
    if before.name in _GO_WITH:
        return intent.name in _GO_WITH[before.name] or (is_deed and before.name == "retrain")
    if before.name == "what_if":
        told = sentence.text[last.start : last.end]
        is_whole = "__" in told and has_a_figure(told, sentence)
        is_bare = intent == before and not (is_whole and "__" in text)
        return is_bare or (intent.name in {"promote", "optimize_discount"} and is_deed)
    if before.name in TAKES_REASONS:
        if intent == before and "_ID" not in sentence.normal(clause.start, clause.end):
            return True
        return clause.best.share < _SURE_OF_MORE
    return _is_no_question_of_its_own(last, clause, text, sentence)


def _is_no_question_of_its_own(last: Part, clause: Clause, text: str, sentence: Sentence) -> bool:
    """Tell whether a clause that wants sales, or what was wanted before, asks nothing anew."""
    before, intent = last.intent or Intent("more"), clause.best.intent
    is_more = intent.name == "sales_history" and not sentence.cues["own_question"].search(text)
    both_name = "__" in text and "__" in sentence.text[last.start : last.end]
    twice = intent.name == before.name and intent.name in _SAID_TWICE
    same = twice or (intent == before and intent.name in _LONG and not both_name)
    if intent == before and not _has_content(last.start, last.end, sentence):
        return True  # "across all we sell, what do you expect next month"
    return is_more or same or (intent == before and not _asks_again(text, sentence))


def _says_more_of_it(before: str, intent: str, text: str, sentence: Sentence) -> bool:
    """Tell whether words that name another tool only say more of the records or the deed before.

    "The audit trail, only promotions", "a canary, staging model", "retrain; don't promote it".
    """
    cues = sentence.context.language.patterns("asking")
    if before == "audit_trail":
        return cues["narrows"].match(text) is not None
    if before == "start_rollout":
        return cues["only_a_model"].match(text) is not None
    forbids = sentence.context.language.patterns("details").each("promotes_not")
    return (before, intent) == ("retrain", "hold") and any(one.search(text) for one in forbids)


def _is_of_what_was_named(last: Part, clause: Clause, text: str, sentence: Sentence) -> bool:
    """Tell whether a few words that seem to want another tool are about what the wish names.

    "How accurate is the model, and did it get worse?" asks of no sales; "2.99 or 3.29, which is
    better?" compares no models.
    """
    before, intent = last.intent or Intent("more"), clause.best.intent
    if before.name not in SPECS or intent.name not in SPECS:
        return False
    if before.name in REPEATABLE and intent.name == "compare_models":
        return sentence.cues["shows_model"].search(text) is None
    refers = sentence.context.language.patterns("asking")["refers"].search(text)
    is_other = SPECS[intent.name].about_items and not SPECS[before.name].about_items
    return is_other and refers is not None


def _has_content(start: int, end: int, sentence: Sentence) -> bool:
    """Tell whether a stretch names, dates or counts anything."""
    return any(word.isupper() and len(word) > 1 for word in sentence.normal(start, end).split())


def _asks_again(text: str, sentence: Sentence) -> bool:
    """Tell whether a clause is a question of its own, and not more of the one before."""
    opening = " ".join(text.split()[:_FEW_WORDS])
    return "__" in text or sentence.cues["own_question"].search(opening) is not None


def _is_bare(text: str, sentence: Sentence) -> bool:
    return len(text.split()) <= _FEW_WORDS and "__" not in text and not has_a_figure(text, sentence)


def _is_statement(part: Part, sentence: Sentence) -> bool:
    """Tell whether a wish only tells of a move: "sales fell last week, why?"."""
    text = sentence.text[part.start : part.end]
    if sentence.cues["asked"].search(text):
        return False
    return sentence.cues["moved"].search(text) is not None


def has_a_figure(text: str, sentence: Sentence) -> bool:
    """Tell whether a text tells a price or a percentage."""
    return sentence.cues["own_figure"].search(text) is not None
