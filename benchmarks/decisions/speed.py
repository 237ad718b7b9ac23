"""How long decision tools take, and whether contributions add up, on one demo world."""

import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np

from benchmarks.decisions.harbor import NAME, TODAY, UNTIL
from benchmarks.decisions.kept import Result
from benchmarks.worlds.asking import Desk, desk
from forecasting.data.demo import make_world
from tenants.errors import AppError

_QUESTIONS, _WHOLE = 60, 12
_LAST_WEEK = {"start": UNTIL - timedelta(days=6), "end": UNTIL}
Question = tuple[str, dict[str, object]]


def measured(seed: int, budget: str) -> Result:
    """Return processor milliseconds of each question by kind, and how far sums are off.

    Asked as people ask: the page has worked out coming forecasts and their reasons at its start.
    Explaining a forecast is measured before that too, as a command in a process of its own does
    it. The first question of each kind is not counted: it loads what the others find loaded.
    """
    world = make_world(NAME, until=UNTIL, seed=seed)
    with tempfile.TemporaryDirectory(prefix="tillsight-harbor-") as folder:
        source = Path(folder) / "files"
        world.write(source)
        with desk(source, TODAY, budget=budget) as place:
            products = place.response.table.index[place.response.table["why_not"] == ""]
            items = [str(one) for one in products], [str(one) for one in world.stores["store"]]
            fresh = _asked(place, _unprepared(_questions(*items, np.random.default_rng(seed))))
            place.engine.precompute()
            served = _asked(place, _questions(*items, np.random.default_rng(seed)))
            return served | {"ms": served["ms"] | fresh["ms"]}


def _asked(place: Desk, questions: Iterator[tuple[str, Question]]) -> Result:
    took: dict[str, list[float]] = {}
    off, sums = 0.0, 0
    for kind, (tool, arguments) in questions:
        began = time.process_time()
        try:
            said = place.ask(tool, **arguments)
        except AppError:
            continue  # e.g. not sold there any more: nothing was worked out
        took.setdefault(kind, []).append(1000 * (time.process_time() - began))
        if tool == "explain":
            total = sum(one["effect"] for one in said["drivers"])
            off, sums = max(off, abs(total - said["change"])), sums + 1
    return {"ms": {kind: each[1:] for kind, each in took.items()}, "off": off, "sums": sums}


def _questions(
    products: list[str], stores: list[str], rng: np.random.Generator
) -> Iterator[tuple[str, Question]]:
    """Yield each question with its kind, as people ask them: often one product, often one store."""
    for _ in range(_QUESTIONS):
        about: dict[str, object] = {"product": str(rng.choice(products))}
        if rng.random() < 0.5:  # noqa: PLR2004 - every other question
            about["store"] = str(rng.choice(stores))
        depth = float(5 * rng.integers(0, 6))
        yield "what_if", ("what_if", about | {"discount_pct": depth})
        yield "explain_forecast", ("explain", about | {"about": "forecast"})
        yield "explain_change", ("explain", about | {"about": "change"})
        yield "explain_miss", ("explain", about | {"about": "miss", **_LAST_WEEK})
        one = {"product": str(rng.choice(products)), **_ahead(rng)}
        yield "optimize_product", ("optimize_discount", one)
    for _ in range(_WHOLE):
        yield "optimize_catalogue", ("optimize_discount", _ahead(rng))
        yield "plan_inventory", ("plan_inventory", {})


def _unprepared(questions: Iterator[tuple[str, Question]]) -> Iterator[tuple[str, Question]]:
    """Yield the questions that preparing makes quicker, under a name of their own."""
    for kind, asked in questions:
        if kind == "explain_forecast":
            yield f"{kind}_unprepared", asked


def _ahead(rng: np.random.Generator) -> dict[str, object]:
    """Return one of the planned weeks."""
    start = TODAY + timedelta(weeks=int(rng.integers(0, 7)))
    return {"start": start, "end": start + timedelta(days=6)}
