"""Words about models and records: ids, reasons, people, tools, outcomes, how many."""

from agent.planner.details.text import Found, Text
from tools.words import is_ordinary

_TOOLS = (
    *("start_rollout", "stop_rollout", "acknowledge_alert", "record_decision"),
    *("compare_models", "search_knowledge", "list_alerts", "decision_report"),
    *("promote", "retrain", "rollback", "what_if", "optimize_discount", "forecast"),
    *("detect_anomalies", "explain", "sales_history", "model_status", "model_history"),
    *("audit_trail", "counterfactual", "plan_inventory"),
)
_OUTCOMES = ("refused", "failed", "invalid", "succeeded", "awaiting")
_KINDS = ("ab", "canary")
_EVEN = 50.0
_ALL = 100.0


def model(text: Text) -> Found:
    """Read a model's id."""
    match = text.take("model_id")
    return {"model_id_at": match.span("id")} if match else {}


def models(text: Text) -> Found:
    """Read a model's id, a reason, and whether a better model may serve at once."""
    found = model(text) | reason(text)
    if text.has("promotes"):
        found["auto_promote"] = not text.has("promotes_not")
    return found


def reason(text: Text) -> Found:
    """Read why something is done."""
    match = text.take("reason")
    return {"reason_at": match.span("reason")} if match else {}


def closing_reason(text: Text) -> Found:
    """Read why something is done where the words after a comma or dash say it."""
    text.take("opening")
    match = text.take("reason") or text.take("closing_reason")
    return {"reason_at": match.span("reason")} if match else {}


def two_models(text: Text) -> Found:
    """Read which models are compared; one alone is set against production."""
    said = []
    while match := text.take("model_id"):
        said.append(match.span("id"))
    if len(said) == 1 and text.has("candidate"):
        return {"model_b_at": said[0]}
    return {f"model_{letter}_at": span for letter, span in zip("ab", sorted(said), strict=False)}


def rollout(text: Text) -> Found:
    """Read what kind of rollout is wanted, of which model, for how much of the traffic."""
    found = model(text)
    is_even = text.take("even_split") is not None  # two halves side by side are a test
    if said := text.first_of("kind", _KINDS) or ("ab" if is_even else None):
        found["kind"] = said
    share = _EVEN if is_even else _share(text)
    return found if share is None else found | {"traffic_pct": share}


def _share(text: Text) -> float | None:
    """Read how much of the traffic is meant: "a quarter of the series", "one shop in five"."""
    if part := text.take("fraction_of_traffic"):
        return float(text.meaning("fraction", part["fraction"]))
    if said := text.take("one_in_so_many"):
        return _ALL / max(1.0, text.number(said["count"]))
    return text.percent("traffic")


def newest(text: Text) -> Found:
    """Read how many are wanted: "the last 5 models"."""
    match = text.take("newest")
    return {"limit": text.number(match["count"])} if match else {}


def audit(text: Text) -> Found:
    """Read whose records, of which tool and outcome."""
    found = newest(text)
    text.take("any_outcome")  # "not only the refusals" are all of them
    nobody = text.language.patterns("details")["nobody"]
    said = [match["person"] for match in text.all("person")]
    people = [one for one in said if not nobody.fullmatch(one) and not _is_a_word(one, text)]
    if people:
        found["user"] = people[0]
    if tool := text.first_of("tool", _TOOLS):
        found["tool"] = tool
    if outcome := text.first_of("outcome", _OUTCOMES):
        found["outcome"] = outcome
    return found


def _is_a_word(name: str, text: Text) -> bool:
    """Tell whether a word after "by" or "did" is an action or its outcome, not a person."""
    alone = Text(name, text.language)
    is_plain = name.isalpha() and is_ordinary(name, text.language.code)
    return is_plain or bool(alone.first_of("tool", _TOOLS) or alone.first_of("outcome", _OUTCOMES))
