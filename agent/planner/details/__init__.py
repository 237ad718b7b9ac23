"""Words and figures of a question that are arguments: "15% off", "by week", "top 5", "revenue".

`read_details` reads a part in which names and times are blanked, so that the 6 of "6-pack"
and the 3 of "3 July" are gone. Each figure belongs to one argument: what one reader takes, the
next does not see; so the order of a tool's readers matters. The words they look for are data
of the language, in its `details.toml`.
"""

from collections.abc import Callable

from agent.languages import Language, language
from agent.planner.details import cuts, notices, prices, records, stock
from agent.planner.details.text import Found, Text

_ENGLISH = language("en")
_READERS: dict[str, tuple[Callable[[Text], Found], ...]] = {
    "forecast": (
        prices.level,
        prices.likely_level,
        prices.price,
        prices.discount,
        cuts.shape,
        cuts.ranking,
        cuts.measure,
    ),
    "sales_history": (cuts.measure, cuts.shape, cuts.ranking),
    "detect_anomalies": (cuts.sensitivity,),
    "explain": (),
    "what_if": (prices.level, prices.margin, prices.price, prices.discount, prices.promotion),
    "optimize_discount": (prices.limits, cuts.objective, prices.discount),
    "counterfactual": (prices.margin, stock.target),
    "plan_inventory": (stock.lead_time, stock.service_level, stock.on_hand),
    "list_alerts": (notices.status,),
    "acknowledge_alert": (notices.alert,),
    "decision_report": (),
    "record_decision": (notices.decision,),
    "search_knowledge": (notices.question,),
    "compare_models": (records.two_models,),
    "start_rollout": (records.rollout,),
    "stop_rollout": (records.closing_reason,),
    "model_status": (),
    "model_history": (records.newest,),
    "retrain": (records.models,),
    "promote": (records.models,),
    "rollback": (records.models,),
    "audit_trail": (records.audit,),
}


def read_details(tool: str, text: str, language: Language = _ENGLISH) -> Found:
    """Return what the words say about a tool's arguments, under their names.

    Some names are not arguments yet: `by` (how to cut), `rank_by` (what is ranked),
    `price_up_pct` and `price_by` (a price to be worked out from the one in force),
    `alert_ids` and `recommendation_ids` (where several are named), and what ends in `_at`: where
    in the text the argument stands, since ids and reasons keep their case. The text is in lower
    case.
    """
    reading = Text(text, language)
    found: Found = {}
    for read in _READERS[tool]:
        for name, value in read(reading).items():
            found.setdefault(name, value)
    return found
