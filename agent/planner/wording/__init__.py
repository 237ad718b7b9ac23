"""Answers in words: a template a tool and language, found by the tool's name.

What is said lies in `agent/languages/*/wording`; here is which result, in which order, and how
its figures are written.
"""

from typing import Any

from agent.planner.specs import SPECS
from agent.planner.wording.shapes import shaped
from agent.planner.wording.style import Style
from agent.planner.wording.templates import exists, rendered


def say(tool: str, result: dict[str, Any], style: Style) -> str:
    """Return the sentence or table that tells a tool's result, in the language of the style.

    Raises:
        KeyError: No tool of that name has words.
    """
    values = _values(tool, result)
    values["recommended"] = recommend(tool, result, style)
    return rendered(tool, style, values)


def recommend(tool: str, result: dict[str, Any], style: Style) -> str | None:
    """Return the recommendation in a tool's result, if it makes one."""
    name = f"{tool}.recommendation"
    if not exists(style.language, name):
        return None
    return rendered(name, style, _values(tool, result)) or None


def _values(tool: str, result: dict[str, Any]) -> dict[str, Any]:
    SPECS[tool]  # only what is listed has a template
    return shaped(tool, result)
