"""How figures are to be cut, ranked and measured, and what is aimed at."""

from agent.planner.details.text import Found, Text

_ORDERS = ("desc", "asc")
_MEASURES = ("revenue", "price", "discount", "units")
_OBJECTIVES = ("revenue", "units", "profit")
_SENSITIVITIES = ("low", "high")


def shape(text: Text) -> Found:
    """Read `by`, how figures are to be split: "by week", "per store", "daily"."""
    text.take("no_split")
    text.take("all_together")
    within = text.find("ranked_within")
    if match := text.take("by_group"):
        by = {"by": text.meaning("group", match["group"])}
        return by | {"rank_by": "product"} if within else by
    if text.take("each_store"):
        return {"by": "store"}
    if match := text.take("listed"):
        return {"by": text.meaning("group", match["group"])}
    if match := text.take("every"):
        return {"by": text.meaning("every", match["every"])}
    return {}


def ranking(text: Text) -> Found:
    """Read `top`, `order` and `rank_by`: "the 3 worst stores", "what sold best"."""
    is_sorted = text.first_of("order", _ORDERS)
    counted = text.take("counted")
    order = is_sorted or _end(text, best=bool(counted and counted["best"]))
    if order is None and counted is None:
        return {}
    found: Found = {"order": order or "asc"}
    if many := counted or text.take("how_many"):
        found["top"] = text.number(many["count"])
    if noun := text.find("ranked"):
        is_one = noun["ranked"] in text.language.words("details", "one")
        if is_one and not is_sorted and not text.has("ranks_all"):
            found.setdefault("top", 1)  # "which product sold most" asks for one
        found["rank_by"] = text.meaning("ranked", noun["ranked"])
    return found


def _end(text: Text, *, best: bool) -> str | None:
    """Return from which end words rank; `best` where a count was said of the best."""
    if text.has("is_worst"):
        return "asc"
    return "desc" if best or text.has("is_best") else None


def measure(text: Text) -> Found:
    """Read what is measured: units, revenue, prices or discounts."""
    text.take("not_measured")  # "in pieces, not money"
    if text.has("in_units"):  # "what will April bring in units" brings nothing in
        return {"measure": "units"}
    said = text.first_of("measure", _MEASURES)
    return {"measure": said} if said else {}


def objective(text: Text) -> Found:
    """Read what a discount is to make large."""
    said = text.first_of("objective", _OBJECTIVES)
    return {"objective": said} if said else {}


def sensitivity(text: Text) -> Found:
    """Read how small a surprise counts."""
    said = text.first_of("sensitivity", _SENSITIVITIES)
    return {"sensitivity": said} if said else {}
