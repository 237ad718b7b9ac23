"""Answers in words: one module a tool, found by the tool's name.

A wording module has `say(result, style) -> str`; that of a tool that recommends something also
`recommend(result, style) -> str | None`. It is imported when first used.
"""

import importlib
from functools import cache
from types import ModuleType
from typing import Any

from agent.planner.specs import SPECS
from agent.planner.wording.style import Style


def say(tool: str, result: dict[str, Any], style: Style) -> str:
    """Return the sentence or table that tells a tool's result.

    Raises:
        KeyError: No tool of that name has words.
    """
    text = _module(tool).say(result, style)
    return str(text)


def recommend(tool: str, result: dict[str, Any], style: Style) -> str | None:
    """Return the recommendation in a tool's result, if it makes one."""
    words = getattr(_module(tool), "recommend", None)
    return words(result, style) if words else None


@cache
def _module(tool: str) -> ModuleType:
    SPECS[tool]  # only what is listed is imported
    return importlib.import_module(f"{__name__}.{tool}")
