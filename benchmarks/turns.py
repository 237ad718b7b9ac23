"""How long turns of all kinds take: a fixed list of questions through the whole assistant."""

import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Measure, percentile
from tenants.principal import Principal
from tenants.settings import Settings

if TYPE_CHECKING:
    from agent.evaluation.stage import Stage

PART = "turns"
DAY = date(2026, 6, 29)
WORLDS = Path("var/evaluations")
P95_MILLISECONDS = 80
QUESTIONS = (
    "How much cold brew will Riverside sell next week?",
    "forecast bananas at lakeside for July",
    "How much revenue will we make next month?",
    "what will dairy sell this weekend",
    "Daily forecast for strawberries next week please",
    "How much did we sell last week?",
    "Which store sold the most in May?",
    "top 5 products by revenue last month",
    "sales of sourdough at the airport yesterday",
    "milk in June against the same time last year",
    "Why is the cold brew forecast so high for next week?",
    "what drives the almond forecast for hillcrest next week?",
    "why did strawberries drop last week",
    "What drove the fall in dairy revenue in May compared with a year earlier?",
    "Why has your forecast for avocados next week moved since the last one?",
    "we missed on bananas at lakeside last week, how come?",
    "Anything weird in the numbers last week?",
    "spot any outliers for green tea since the start of the year",
    "Were there unusual days at Hillcrest in the past 30 days?",
    "what if we knock 10% off avocados next week",
    "suppose i price dark chocolate at $2.99 next week, what happens",
    "Put the almonds on promo next week at riverside, what do we gain?",
    "Optimize discount for product 1 for next week",
    "Which discount on snacks earns the most profit next week?",
    "run the discount optimizer for everything next week",
    "What do I need to do to sell 500 cold brews next week?",
    "smallest discount that gets us to 80 sourdoughs at the airport next week",
    "How much milk should I order?",
    "Reorder advice for produce, supplier takes 3 days",
    "What should be reordered first across the shops?",
    "Which model is in production and how good is it?",
    "What happened to the models this year?",
    "Is the staging model better than the one in production?",
    "Promote the staging model",
    "Roll back to the previous model",
    "Retrain the model",
    "Start a canary of the staging model with 10% of the traffic",
    "Stop the rollout",
    "Show me open alerts",
    "acknowledge alert AL-1, I checked it",
    "we accept RC-1, good margin",
    "What came of our decisions in June?",
    "Who changed what in the last week?",
    "What does our pricing policy say about discounts?",
    "How long can customers return goods?",
    "What can you do?",
    "What is the weather tomorrow?",
    "How much will it sell?",
)
"""Most tools several times; nothing for which a model of before would have to be trained."""

WARM_UP = (
    "Why has your forecast for orange juice next week moved since the last one?",
    "why was your forecast for cheddar wrong last week",
    "why did paper towels drop last week",
    "best discount for milk next week",
    "How much cheddar should I order?",
    "what if milk were 5% cheaper next week",
    "forecast almonds for July",
    "what does the glossary say about margin?",
    "is the newest staging model any better?",
)
"""Asked before, of other products: what the first question of a kind loads is loaded."""


def measures() -> Iterator[Measure]:
    """Ask every question once, of an assistant that has run for a while."""
    # Loading the agent takes seconds, and loading data and training must not wait for it.
    from agent.evaluation.preparing import prepared_world  # noqa: PLC0415
    from agent.evaluation.stage import Stage  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="tillsight-bench-") as folder:
        home = Path(folder) / "world"
        prepared_world(DAY, WORLDS, home)
        stage = Stage.open(
            home, "harbor", DAY, Settings(home=home, model="built-in", _env_file=None)
        )
        try:
            yield from _asked(stage, stage.person("manager1"))
        finally:
            stage.close()


def _asked(stage: "Stage", asker: Principal) -> Iterator[Measure]:
    for question in WARM_UP:
        stage.assistant.answer(question, asker)
    wall, processor, tools = [], [], set()
    for question in QUESTIONS:
        began, worked = time.perf_counter(), time.process_time()
        answer = stage.assistant.answer(question, asker)
        processor.append(1000 * (time.process_time() - worked))
        wall.append(1000 * (time.perf_counter() - began))
        tools |= {call["tool"] for call in answer.calls}
    what = f"{len(QUESTIONS)} questions, {len(tools)} tools"
    slowest = QUESTIONS[processor.index(max(processor))]
    for name, found in (("by the clock", wall), ("of the processor", processor)):
        yield Measure(PART, f"a turn {name}, p50", percentile(found, 50), "ms", note=what)
        yield Measure(
            PART,
            f"a turn {name}, p95",
            percentile(found, 95),
            "ms",
            most=P95_MILLISECONDS,
            note=f"longest {max(found):.0f} ms: {slowest}" if found is processor else what,
        )
