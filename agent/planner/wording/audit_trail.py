"""Say who called which tool."""

from datetime import datetime
from typing import Any

from agent.planner.wording.phrases import Result, notes, paragraphs
from agent.planner.wording.style import Style

_MOST_LINES = 10


def say(result: Result, style: Style) -> str:
    """Say how many calls there were and how they ended, then list the newest."""
    calls, period = result["calls"], style.period(result["start"], result["end"])
    whose = f" by {result['user']}" if result["user"] else ""
    which = f" of {result['tool']}" if result["tool"] else ""
    how = f" {result['outcome']}" if result["outcome"] else ""
    word = "call" if calls == 1 else "calls"
    if not calls:
        return paragraphs(f"No{how} calls{which}{whose}, {period}.", notes(result, style))
    ended = ", ".join(f"{count} {outcome}" for outcome, count in result["by_outcome"].items())
    head = f"{style.number(calls)}{how} {word}{which}{whose}, {period}"
    lines = [_entry(entry, style) for entry in result["entries"][:_MOST_LINES]]
    if len(result["entries"]) > _MOST_LINES:
        lines.append("- the rest is in the table")
    return paragraphs(
        f"{head}." if result["outcome"] else f"{head}: {ended}.",
        "\n".join(lines),
        notes(result, style),
    )


def _entry(entry: dict[str, Any], style: Style) -> str:
    at = datetime.fromisoformat(entry["at"])
    consent = f", approved by {entry['approved_by']}" if entry["approved_by"] else ""
    return (
        f"- {style.date(at.date())} {at:%H:%M} UTC: {entry['user']} ({entry['role']}) called "
        f"{entry['tool']}({entry['arguments']}): {entry['outcome'] or 'unfinished'}{consent}"
    )
