"""What "show working" says: tools, arguments, data cutoff, model version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from agent.channels.web.harmless import code, literal

_OUTCOMES = {
    "succeeded": "done",
    "refused": "refused",
    "invalid": "asked badly",
    "failed": "could not be done",
    "awaiting": "waits for approval",
}


def working(
    calls: Sequence[Mapping[str, Any]], milliseconds: float, checked: int, who: str = ""
) -> str:
    """Return the working behind an answer, as Markdown."""
    parts = [_call(number, call) for number, call in enumerate(calls, start=1)]
    if who:
        parts.append(literal(who))
    figures = f"{checked} figure{'s' if checked != 1 else ''} checked against these results"
    parts.append(
        f"{figures} · {milliseconds / 1000:.1f} s" if checked else f"{milliseconds / 1000:.1f} s"
    )
    return "\n\n".join(parts)


def _call(number: int, call: Mapping[str, Any]) -> str:
    outcome = str(call.get("outcome", ""))
    result = call.get("result")
    lines = [
        f"**{number}. {literal(call.get('tool', ''))}**: {literal(_OUTCOMES.get(outcome, outcome))}"
    ]
    if isinstance(result, Mapping):
        facts = [
            f"{name} **{literal(result[key])}**"
            for key, name in (
                ("cutoff", "data up to"),
                ("model", "model"),
                ("approval", "approval"),
            )
            if isinstance(result.get(key), str) and result[key]
        ]
        if facts:
            lines.append(" · ".join(facts))
    lines.append(code(call.get("arguments", {})))
    return "\n\n".join(lines)
