"""Words and figures of a question that are arguments: "15% off", "by week", "top 5", "revenue".

`read_details` reads a part in which names and times are blanked, so that the 6 of "6-pack"
and the 3 of "3 July" are gone. Each figure belongs to one argument: what one reader takes, the
next does not see; so the order of a tool's readers matters.
"""

from collections.abc import Callable

from agent.planner.details import cuts, prices, records
from agent.planner.details.text import Found, Text

_READERS: dict[str, tuple[Callable[[Text], Found], ...]] = {
    "forecast": (
        prices.level,
        prices.price,
        prices.discount,
        cuts.shape,
        cuts.ranking,
        cuts.measure,
    ),
    "sales_history": (cuts.shape, cuts.ranking, cuts.measure),
    "detect_anomalies": (cuts.sensitivity,),
    "explain": (),
    "what_if": (prices.level, prices.price, prices.discount, prices.promotion),
    "optimize_discount": (prices.limits, cuts.objective, prices.discount),
    "model_status": (),
    "model_history": (records.newest,),
    "retrain": (records.models,),
    "promote": (records.models,),
    "rollback": (records.models,),
    "audit_trail": (records.audit,),
}


def read_details(tool: str, text: str) -> Found:
    """Return what the words say about a tool's arguments, under their names.

    Some names are not arguments yet: `by` (how to cut), `rank_by` (what is ranked),
    `price_up_pct` and `price_by` (a price to be worked out from the one in force), and what
    ends in `_at`: where in the text the argument stands, since ids and reasons keep their case.
    The text is in lower case.
    """
    reading = Text(text)
    found: Found = {}
    for read in _READERS[tool]:
        for name, value in read(reading).items():
            found.setdefault(name, value)
    return found
