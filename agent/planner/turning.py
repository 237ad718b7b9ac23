"""What a follow-up turns the question before it into: past sales, a forecast, the figures."""

from dataclasses import replace
from datetime import date

from agent.planner.antecedents import is_about_items
from agent.planner.beside import beside
from agent.planner.context import PlannerContext
from agent.planner.details import read_details
from agent.planner.drafts import Draft
from agent.planner.entities import Names
from agent.planner.neighbours import a_year_before, years_on
from agent.planner.periods import Period
from agent.planner.specs import SPECS, looks_ahead
from agent.planner.understanding import Intent
from agent.planner.understanding.part import Part
from agent.planner.wishes import Wish, drafts_of, follows, read_wish

FLIPS = {"forecast": "sales_history", "sales_history": "forecast"}
"""What a question becomes when its days lie on the other side of today."""

_A_YEAR = 300
_SPLITS = frozenset({"by", "top", "order", "rank_by"})
_WITHOUT_FIGURES = frozenset({"explain", "detect_anomalies"})


def toward_tense(tool: str | None, frame: Draft, text: str, context: PlannerContext) -> Draft:
    """Return a forecast as past sales, or the other way, where the verb says so."""
    # "The salted ones will do" looks on to nothing.
    text = context.language.patterns("following")["suffices"].sub(r"\g<left>", text)
    if context.language.patterns("following")["year_ago"].search(text):
        return frame  # a year before its days, which it has to keep
    tenses = context.language.patterns("direction")
    behind, ahead = tenses["past"].search(text), tenses["ahead"].search(text)
    tense = behind if tool == "sales_history" else ahead
    if tool in FLIPS and FLIPS.get(frame.tool) == tool and tense:
        return turned_over(frame, tool, context)
    looks_on = context.language.patterns("following")["looks_on"].search(text)
    if frame.tool == "sales_history" and looks_on and not behind:
        return turned_over(frame, "forecast", context)  # "what do you think they'll do in April"
    return frame


def turned(
    wish: Wish, frame: Draft, names: Names, part: Part, context: PlannerContext
) -> tuple[Wish, Draft]:
    """Turn a forecast into past sales, and back, when the new period lies on the other side."""
    other = FLIPS.get(frame.tool)
    if (amount := _amount(frame, names, part, context)) is not None:
        return amount, turned_over(frame, amount.tool, context)
    if wish.tool != frame.tool:  # `read_wish` has turned it already
        return beside(wish, context), turned_over(frame, wish.tool, context)
    if other is None or not wish.periods:
        return wish, frame
    first = wish.periods[0]
    is_past = first.end < context.today
    if is_past != (frame.tool == "forecast"):
        return wish, frame
    if not is_past and first.start < context.today:
        return wish, frame
    anew = read_wish(Intent(other), names, part.start, part.end, context)
    return beside(anew, context), turned_over(frame, other, context)


def _amount(frame: Draft, names: Names, part: Part, context: PlannerContext) -> Wish | None:
    """Read "and yesterday, how many?" after another question as one about what was sold."""
    told = context.language.patterns("following")["length_told"]
    is_lead_time = "lead_time_days" in SPECS[frame.tool].takes
    if frame.tool in FLIPS or not is_about_items((frame,)):
        return None
    if is_lead_time and told.match(names.blanked()[part.start : part.end]):
        return None
    ahead = read_wish(Intent("forecast"), names, part.start, part.end, context)
    if not ahead.periods or frame.tool in _WITHOUT_FIGURES:
        split = _figure_of(frame, ahead, names, part, context)
        if split is not None or not ahead.periods:
            return split
    asks = context.language.patterns("following")["asks_amount"].search(ahead.text)
    said = ahead.periods[0]
    is_over = said.end < context.today
    looks_on = looks_ahead(frame.tool, frame.arguments.get("about", "forecast"))
    if not (looks_on or is_over) and _tells_of_the_past(ahead.text, context):
        return None  # "was April any different?" is of the April gone by
    has_begun = is_over or (said.start <= context.today and not asks)
    wrong_side = (is_over if looks_on else not has_begun) and frame.tool != "explain"
    foretold_change = frame.tool == "explain" and not looks_on and not is_over
    # "Produce there next week" after a why asks what will be sold, not why.
    told_anew = frame.tool == "explain" and not ahead.items.is_empty and said.start > context.today
    return ahead if asks or wrong_side or foretold_change or told_anew else None


def _tells_of_the_past(text: str, context: PlannerContext) -> bool:
    return context.language.patterns("direction")["past"].search(text) is not None


def _figure_of(
    frame: Draft, ahead: Wish, names: Names, part: Part, context: PlannerContext
) -> Wish | None:
    """Read "what is it now?" or "by category?" after a why as asking for the figures."""
    if frame.tool not in _WITHOUT_FIGURES:
        return None
    asks = context.language.patterns("following")["asks_the_figure"].search(ahead.text)
    behind = read_wish(Intent("sales_history"), names, part.start, part.end, context)
    is_over = str(frame.arguments.get("start", "9")) < context.today.isoformat()
    if _SPLITS & behind.details.keys() and is_over:
        return behind
    is_foretold = frame.tool == "explain" and not is_over
    return ahead if asks or (is_foretold and ahead.details.get("by")) else None


def turned_over(frame: Draft, tool: str, context: PlannerContext) -> Draft:
    """Return a forecast as past sales, or the other way, in the same measure."""
    measure = frame.arguments.get("measure")
    shown = {"measure": measure} if measure == "revenue" else {}
    return follows(frame, tool, context).having(**shown)


def year_before(wish: Wish, frame: Draft, context: PlannerContext) -> Draft | None:
    """Return what was sold a year before the days that a call looks ahead to, where asked."""
    compares = wish.details.get("compare_to") == "last_year" and not wish.periods
    asked = compares or (len(wish.periods) == 1 and _is_year_before(wish.periods[0], frame))
    start, end = frame.arguments.get("start"), frame.arguments.get("end")
    is_ahead = looks_ahead(frame.tool, frame.arguments.get("about", "forecast"))
    if not asked or not start or not end:
        return None
    if frame.tool == "sales_history":
        compared = drafts_of(replace(wish, periods=()), [frame], context)
        return compared[0].having(compare_to="last_year")
    if not is_ahead or not wish.items.is_empty:
        return None
    days = a_year_before(date.fromisoformat(start), date.fromisoformat(end))
    there = turned_over(frame, "sales_history", context)
    return there.having(start=days[0].isoformat(), end=days[1].isoformat())


def in_another_year(wish: Wish, frame: Draft, context: PlannerContext) -> Draft | None:
    """Return a call about the days of another year: "and this year's again?" after last June.

    Args:
        wish: What was said; it names a whole year and nothing else that is sold.
        frame: The call before, about a shorter time.
        context: The tenant.
    """
    start, end = str(frame.arguments.get("start", "")), str(frame.arguments.get("end", ""))
    if frame.tool not in FLIPS or wish.tool not in FLIPS or not start or not end:
        return None
    is_year = len(wish.periods) == 1 and wish.periods[0].grain == "year"
    if not is_year or not wish.items.is_empty or _is_whole_year(start, end):
        return None
    years = wish.periods[0].start.year - int(start[:4])
    days = years_on(date.fromisoformat(start), date.fromisoformat(end), years)
    tool = "sales_history" if days[1] < context.today else "forecast"
    base = turned_over(frame, tool, context)
    said = read_details(tool, wish.text, context.language)
    there = drafts_of(replace(wish, tool=tool, periods=(), details=said), [base], context)[0]
    return there.having(start=days[0].isoformat(), end=days[1].isoformat()) if years else None


def _is_year_before(period: Period, frame: Draft) -> bool:
    """Tell whether a period is the whole year before that of shorter days."""
    start, end = str(frame.arguments.get("start", "")), str(frame.arguments.get("end", ""))
    is_short = bool(start and end) and not _is_whole_year(start, end)
    return period.grain == "year" and is_short and period.start.year == int(start[:4]) - 1


def _is_whole_year(start: str, end: str) -> bool:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days >= _A_YEAR
