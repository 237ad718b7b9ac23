"""What is acknowledged survives a killed process; what is not is whole or absent."""

import multiprocessing
import random
import time

import pytest
from sqlalchemy import text

from tests.forecasting.lifecycle.models import register
from tests.forecasting.lifecycle.workers import (
    open_registry,
    promote_once,
    register_and_promote_for_ever,
)

KILLS = 30


@pytest.fixture(scope="module")
def processes():
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.forecasting.lifecycle.workers"])
    return context


def killed_at_a_random_point(processes, home, chance):
    """Return what a process acknowledged before it was killed."""
    acknowledged, sender = processes.Pipe(duplex=False)
    worker = processes.Process(target=register_and_promote_for_ever, args=(home, sender))
    worker.start()
    sender.close()
    assert acknowledged.recv() == ("ready", "")
    # Counting what was done before the last moment makes a busy machine kill in the midst too.
    said = [acknowledged.recv() for _ in range(chance.randint(0, 3))]
    time.sleep(chance.uniform(0, 0.03))
    worker.kill()
    worker.join()
    try:
        while acknowledged.poll():
            said.append(acknowledged.recv())
    except EOFError:
        pass
    return said


def test_thirty_killed_processes_lose_nothing_and_tear_nothing(workspace, settings, processes):
    chance = random.Random(5)  # noqa: S311 - any moments will do
    said = []

    for _ in range(KILLS):
        said += killed_at_a_random_point(processes, settings.home, chance)

        registry = open_registry(settings.home)
        records = registry.history(None)
        assert all(registry.verified_folder(record) for record in records)
        ids = {record.id for record in records}
        assert {name for what, name in said if what == "registered"} <= ids
        promoted = [name for what, name in said if what == "promoted"]
        moves = [move.model_id for move in reversed(registry.moves(None))]
        assert [name for name in moves if name in promoted] == promoted
        assert registry.pointer()[0] == (moves[-1] if moves else None)
    with workspace.database.reading() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    assert len(said) > KILLS  # the kills came in the midst of work


def test_of_processes_that_promote_at_once_exactly_one_wins(registry, settings, processes):
    names = [register(registry).id for _ in range(4)]
    start, outcome = processes.Barrier(len(names)), processes.Queue()
    workers = [
        processes.Process(target=promote_once, args=(settings.home, name, start, outcome))
        for name in names
    ]
    for worker in workers:
        worker.start()

    outcomes = dict(outcome.get(timeout=30) for _ in names)
    for worker in workers:
        worker.join()

    (winner,) = [name for name, how in outcomes.items() if how == "won"]
    assert registry.production().id == winner
    assert len(registry.moves()) == 1
