"""How what a question says of cutting, ranking and splitting becomes calls of a tool."""

from collections.abc import Sequence
from typing import Any

from agent.planner.context import PlannerContext
from agent.planner.drafts import Draft


def shaped_details(tool: str, said_details: dict[str, Any]) -> dict[str, Any]:
    """Return the details under the names of the tool's arguments."""
    details = dict(said_details)
    by, ranked = details.pop("by", None), details.pop("rank_by", None)
    if tool == "sales_history":
        return _said(details) | _grouped(by, ranked)
    for name in ("top", "order"):
        details.pop(name, None)
    by = by or (ranked if tool == "forecast" else None)
    if tool == "forecast":
        if details.get("measure") not in (None, "revenue", "units"):
            details.pop("measure")
        if by in ("day", "week", "month"):
            details["granularity"] = by
    if by in ("store", "product", "category"):
        details[f"by_{by}"] = True
    return _said(details)


def _said(details: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in details.items() if value is not None}


def _grouped(by: str | None, ranked: str | None) -> dict[str, Any]:
    """Return how past sales are split: "the top seller at each store" ranks in every store."""
    if by in ("store", "category") and ranked == "product":
        return {"group_by": ranked, f"by_{by}": True}
    return {"group_by": by or ranked} if by or ranked else {}


def things_asked(
    tool: str,
    named: Sequence[tuple[str, str]],
    shaped: dict[str, Any],
    context: PlannerContext,
) -> list[dict[str, Any]]:
    """Return the products or categories a tool is to be asked about, each in a call of its own.

    Args:
        tool: The tool.
        named: Kind and value of what was named.
        shaped: The details; what they say of splitting is taken out of them.
        context: The tenant.
    """
    things = [{kind: value} for kind, value in named]
    by_product = shaped.pop("by_product", False)
    if shaped.pop("by_category", False) and not things:
        return [{"category": name} for name in context.vocabulary.categories]
    if tool != "what_if" and not by_product:
        return things
    # A tool that takes no category is asked about each of its products.
    split: list[dict[str, Any]] = []
    for thing in things:
        members = [
            {"product": item.id}
            for item in context.vocabulary.products
            if item.category == thing.get("category")
        ]
        split += members or [thing]
    return split


def ranked(draft: Draft) -> Draft:
    """Rank products where it is not said what to rank; of one alone nothing is set side by side."""
    if draft.arguments.get("group_by") in draft.arguments:
        return draft.having(group_by=None, top=None, order=None)
    is_ranking = draft.tool == "sales_history" and {"top", "order"} & draft.arguments.keys()
    needs_group = is_ranking and "group_by" not in draft.arguments
    return draft.having(group_by="product") if needs_group else draft
