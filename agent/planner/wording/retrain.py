"""Say what came of a training."""

from agent.planner.wording.phrases import Result, paragraphs, sentences, written
from agent.planner.wording.style import Style


def say(result: Result, style: Style) -> str:
    """Say which model was made, where it is, how it compares and why."""
    where = "is in production" if result["promoted"] else "waits in staging"
    by = result.get("approved_by")
    consent = f" approved by {by} ({result['approval']})," if by else ""
    cutoff = result.get("cutoff")
    through = f", data through {style.date(cutoff)}" if cutoff else ""
    head = (
        f"{result['model']} is trained and {where}: asked for by {result['requested_by']},"
        f"{consent} {style.number(result['seconds'])} seconds{through}."
    )
    return paragraphs(
        sentences(head, _errors(result, style)),
        sentences(*(written(reason, style) for reason in result["reasons"])),
        sentences(*(written(note, style) for note in result["notes"])),
    )


def _errors(result: Result, style: Style) -> str:
    if result["wape_pct"] is None:
        return ""
    beside = []
    if result["production_wape_pct"] is not None:
        beside.append(f"{style.percent(result['production_wape_pct'])} of the production model")
    if result["naive_wape_pct"] is not None:
        beside.append(f"{style.percent(result['naive_wape_pct'])} of repeating last season")
    against = f", against {' and '.join(beside)}" if beside else ""
    return f"Its error is {style.percent(result['wape_pct'])} of sales (WAPE){against}."
