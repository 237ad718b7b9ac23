"""The demo's retailers as the planner knows them, without data, models or a workspace."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from agent.evaluation.matching import Contract
from agent.planner.context import PlannerContext
from agent.planner.wording.style import Style
from forecasting.data.demo.blueprint import blueprint
from tools.assortment import assistant_tools
from tools.catalogue import NamedItem, NamedStore, Vocabulary

_ONLINE = "online"
_FIRST = {"harbor": date(2023, 7, 2), "summit": date(2023, 7, 3)}
"""The first day with data, as the evaluations' worlds of summer 2026 have it."""


def contract_of(workspace: str, today: date) -> Contract:
    """Return what calls of a demo tenant are compared by on a day."""
    tools = {tool.name: tool for tool in assistant_tools()}
    return Contract(tools, _vocabulary(workspace, today), today)


def context_of(workspace: str, today: date, kept_in: Path | None = None) -> PlannerContext:
    """Return what the planner knows of a demo tenant on a day.

    Args:
        workspace: `harbor` or `summit`.
        today: What today is; data end the day before, or with the week before.
        kept_in: Where what is learnt from phrases may be kept between runs.
    """
    plan = blueprint(workspace)
    return PlannerContext(
        vocabulary=_vocabulary(workspace, today),
        today=today,
        style=Style(currency=plan.currency, locale=plan.locale),
        own_names=(plan.name, plan.title),
        kept_in=kept_in,
    )


def _vocabulary(workspace: str, today: date) -> Vocabulary:
    days = today.weekday() + 1 if blueprint(workspace).step > 1 else 1
    return replace(_names(workspace), cutoff=today - timedelta(days=days))


@cache
def _names(workspace: str) -> Vocabulary:
    plan = blueprint(workspace)
    items = _rows(plan.products, "product", "name", "category")
    stores = _rows(plan.stores, "store", "name", "region", "format")
    online = [NamedStore(_ONLINE, _ONLINE)] if _ONLINE in plan.scale else []
    return Vocabulary(
        products=tuple(NamedItem(key, name, category) for key, name, category in items),
        stores=(*(NamedStore(*store) for store in stores), *online),
        categories=tuple(dict.fromkeys(category for _, _, category in items)),
        first=_FIRST[workspace],
    )


def _rows(table: Any, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in table[list(columns)].itertuples(index=False)]
