"""Say which days were not as expected."""

from typing import Any

from agent.planner.wording.phrases import Result, about, notes, paragraphs, sentences, source
from agent.planner.wording.style import Style

_MOST_LINES = 8
_KINDS = {
    "spike": "far above expected",
    "drop": "far below expected",
    "zero": "none sold",
    "missing": "nothing on record",
    "unit_error": "figures look wrong",
    "level_shift": "off for a whole week",
}


def say(result: Result, style: Style) -> str:
    """Say how many odd days there are, list them, then those with a known reason."""
    count = result["alarms"]
    when = style.period(result["start"], result["end"])
    if count:
        noun = "finding" if count == 1 else "findings"
        first = f"{about(result)}, {when}: {style.number(count)} {noun} without a known reason."
    else:
        first = f"{about(result)}, {when}: nothing unusual without a known reason."
    return paragraphs(
        first,
        _lines(result["anomalies"], count, style),
        _known(result, style),
        sentences(notes(result, style), source(result, style)),
    )


def _lines(found: list[dict[str, Any]], count: int, style: Style) -> str:
    largest = sorted(found, key=lambda one: abs(one["score"]), reverse=True)[:_MOST_LINES]
    largest.sort(key=lambda one: str(one["start"]), reverse=True)
    more = ["- the less surprising ones are in the table"] if count > len(largest) else []
    return "\n".join([*(f"- {_line(one, style)}" for one in largest), *more])


def _line(one: dict[str, Any], style: Style) -> str:
    what = one["product"]["name"] if one["product"] else "the whole store"
    expected = style.amount(one["expected"], one["unit"])
    if one["actual"] is None:
        figures = f"about {expected} expected"
    else:
        figures = f"{style.amount(one['actual'], one['unit'])}, about {expected} expected"
    words = one["detail"] or _KINDS[one["kind"]]
    reason = f", likely because of {one['likely_reason']}" if one["likely_reason"] else ""
    when = style.period(one["start"], one["end"])
    return f"{when}, {one['store']['name']}, {what}: {words}: {figures}{reason}"


def _known(result: Result, style: Style) -> str:
    count = result["known_reasons"]
    if not count:
        return ""
    lines = _lines(result["explained"][:3], 0, style)
    noun = "day was" if count == 1 else "days were"
    return f"{style.number(count)} more unusual {noun} likely due to something known:\n{lines}"
