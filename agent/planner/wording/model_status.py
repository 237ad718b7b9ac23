"""Say how the production model does."""

from typing import Any

from agent.planner.wording.phrases import Result, moment, notes, paragraphs, sentences
from agent.planner.wording.style import Style


def say(result: Result, style: Style) -> str:
    """Say which model serves, how good it was and is, how old the data are, how fast it is."""
    promoted = result.get("promoted_at")
    since = f" since {moment(promoted, style)}" if promoted else ""
    trained = result.get("trained_through")
    through = f", trained on data through {style.date(trained)}" if trained else ""
    staging = result.get("staging")
    return paragraphs(
        sentences(
            f"{result['model']} is in production{since}{through}.",
            f"{staging} waits in staging." if staging else "",
        ),
        sentences(_then(result["at_promotion"], style), _now(result.get("now"), style)),
        sentences(_fresh(result, style), _latency(result.get("latency"), style)),
        notes(result, style),
    )


def _then(errors: dict[str, Any], style: Style) -> str:
    if errors["wape_pct"] is None:
        return "No backtest error is on record for it."
    naive = errors["naive_wape_pct"]
    beside = f" (repeating last season: {style.percent(naive)})" if naive is not None else ""
    parts = [f"error {style.percent(errors['wape_pct'])} of sales (WAPE){beside}"]
    if errors["bias_pct"] is not None:
        parts.append(f"bias {style.change(errors['bias_pct'])}")
    if errors["rmse"] is not None:
        parts.append(f"RMSE {style.number(errors['rmse'], 1)} {errors['unit']}")
    if errors["r2"] is not None:
        parts.append(f"R² {style.number(errors['r2'], 2)}")
    if errors["coverage_80_pct"] is not None:
        parts.append(f"{style.percent(errors['coverage_80_pct'])} inside the 80% range")
    return f"In its backtest: {', '.join(parts)}."


def _now(decay: dict[str, Any] | None, style: Style) -> str:
    if decay is None:
        return ""
    return (
        f"On the {decay['periods']} {decay['period']}s since then: error "
        f"{style.percent(decay['wape_pct'])}, {style.change(decay['worse_pct'])} against the "
        "backtest."
    )


def _fresh(result: Result, style: Style) -> str:
    age = result["data_age_days"]
    day = "1 day" if age == 1 else f"{age} days"
    return f"Data through {style.date(result['cutoff'])}, {day} old."


def _latency(latency: dict[str, Any] | None, style: Style) -> str:
    if latency is None:
        return ""
    calls = "forecast" if latency["calls"] == 1 else "forecasts"
    return (
        f"The newest {latency['calls']} {calls} took {style.number(latency['p50_ms'])} ms at the "
        f"median, {style.number(latency['p95_ms'])} ms at the 95th percentile."
    )
