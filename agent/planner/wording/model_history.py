"""Say which models there are."""

from typing import Any

from agent.planner.wording.phrases import Result, moment, notes, paragraphs
from agent.planner.wording.style import Style

_MOST_LINES = 10


def say(result: Result, style: Style) -> str:
    """Say which model serves, then list the versions and the last changes."""
    serving = result["production"]
    first = f"{serving} is in production." if serving else "No model is in production."
    models = [_model(model, style) for model in result["models"][:_MOST_LINES]]
    moves = [_move(move, style) for move in result["moves"][:_MOST_LINES]]
    return paragraphs(
        first,
        "\n".join(models),
        "\n".join(["Changes of production:", *moves]) if moves else "",
        notes(result, style),
    )


def _model(model: dict[str, Any], style: Style) -> str:
    parts = [f"made {moment(model['created_at'], style)} by {model['created_by']}"]
    if model["data_through"]:
        parts.append(f"data through {style.date(model['data_through'])}")
    if model["wape_pct"] is not None:
        parts.append(f"backtest error {style.percent(model['wape_pct'])} of sales (WAPE)")
    return f"- {model['id']} ({model['stage']}): {', '.join(parts)}"


def _move(move: dict[str, Any], style: Style) -> str:
    instead = f" in place of {move['replaced']}" if move["replaced"] else ""
    approved = f", approved by {move['approved_by']}" if move["approved_by"] else ""
    return (
        f"- {moment(move['at'], style)}: {move['kind']} of {move['model']}{instead} "
        f"by {move['by']}{approved}"
    )
