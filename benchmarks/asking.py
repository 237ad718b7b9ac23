"""How long an answer takes: as a process of its own, and inside a running one."""

import itertools
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Measure, each, percentile
from benchmarks.workplace import TENANT, Workplace
from forecasting.data.demo.blueprint import blueprint
from tenants.errors import AppError

PART = "ask"
PROCESSES = 5
WARM_UP, QUESTIONS = 10, 200
PROCESS_SECONDS = 4
P95_MILLISECONDS = 80


def _questions(place: Workplace) -> Iterator[str]:
    """Ask about every product still on sale in every shop, in turn, for ever."""
    names = place.counter.vocabulary(place.principal)
    sold = blueprint(TENANT).demand["delisted_before_end"].isna()
    products = [product for product in names.products if sold[product.id]]
    stores = [store for store in names.stores if store.id != "online"]
    for product, store in itertools.cycle(itertools.product(products, stores)):
        yield f"How much {product.name} will {store.name} sell next week?"


def as_process(place: Workplace) -> Iterator[Measure]:
    """Ask with a command that starts, answers and ends."""
    questions = _questions(place)
    command = str(Path(sys.executable).parent / "tillsight")

    def ask(_run: int) -> None:
        # The command and the questions are ours; nothing typed by anybody is in them.
        ended = subprocess.run(  # noqa: S603
            [command, "ask", next(questions)],
            env=place.environment(),
            cwd=place.home,
            capture_output=True,
            text=True,
            check=False,
        )
        if ended.returncode:
            raise AppError(f"`tillsight ask` ended with {ended.returncode}: {ended.stderr.strip()}")

    seconds = each(ask, PROCESSES)
    yield Measure(
        PART,
        "`tillsight ask` as a process",
        statistics.median(seconds),
        "s",
        most=PROCESS_SECONDS,
        beside=f"first {seconds[0]:.2f} s",
        note=f"median of {PROCESSES}",
    )


def in_process(place: Workplace) -> Iterator[Measure]:
    """Ask an assistant that is running already, audit included."""
    # Loading the agent takes seconds, and loading data and training must not wait for it.
    from agent.assistant import open_assistant  # noqa: PLC0415

    assistant = open_assistant(place.counter, place.installation)
    questions = _questions(place)
    statuses = []

    def ask(_run: int) -> None:
        statuses.append(assistant.answer(next(questions), place.principal).status)

    each(ask, WARM_UP)
    statuses.clear()
    milliseconds = [1000 * seconds for seconds in each(ask, QUESTIONS)]
    answered = statuses.count("answered")
    note = f"{answered} of {QUESTIONS} forecast questions answered, audit durable"
    yield Measure(PART, "in process, p50", percentile(milliseconds, 50), "ms", note=note)
    yield Measure(
        PART,
        "in process, p95",
        percentile(milliseconds, 95),
        "ms",
        most=P95_MILLISECONDS,
        note=note,
    )
