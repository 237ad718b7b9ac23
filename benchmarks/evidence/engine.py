"""What the forecasting engine reaches on periods it has not seen.

The newest period of each public dataset is not in the files; these windows end inside them. The
engine's settings were chosen on other windows of the same data, and on the last one here, so a
figure for a year that nobody has looked at may come out somewhat worse.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from benchmarks.evidence import harbor, peers, speed
from benchmarks.evidence.ledger import Evidence
from benchmarks.held_out import ORANGE_JUICE, ROSSMANN, HeldOut, held_out

# Last days that the product sees. Nobody looked at the six weeks after the first three while
# choosing settings; the last one, with Easter in it, is the one that peers forecast too.
_ROSSMANN_DAYS = (date(2014, 6, 27), date(2014, 10, 3), date(2015, 1, 2), date(2015, 3, 20))
_SIX_WEEKS, _QUARTER = 42, 91
_QUARTER_DAY = date(2015, 1, 30)
# Rounds of two weeks after one idle week, two weeks apart.
_FIRST_ROUND, _ROUNDS = date(1991, 11, 27), 9
_TWO_WEEKS, _IDLE = 14, 7
_DRAWS = 2000
_SEED = 7


def proofs() -> Iterator[Evidence]:
    """Measure what is there to measure, the quickest first."""
    yield from harbor.proofs()
    yield from speed.proofs()
    if ORANGE_JUICE.source.is_dir():
        yield from _orange_juice()
    if ROSSMANN.source.is_dir():
        yield from _rossmann()


def _orange_juice() -> Iterator[Evidence]:
    days = [_FIRST_ROUND + timedelta(days=_TWO_WEEKS * number) for number in range(_ROUNDS)]
    rounds = [held_out(ORANGE_JUICE, last, horizon=_TWO_WEEKS, idle=_IDLE) for last in days]
    note = f"{_ROUNDS} rounds of two weeks after an idle week, {days[0]} to {days[-1]}"
    yield _mean(
        "orange_backtest_mape_pct",
        "%",
        [one.mape for one in rounds],
        rounds,
        note=note,
        goal="32.5",
    )
    seconds = sum(one.train_seconds for one in rounds)
    yield Evidence(
        "orange_train_cpu_s", seconds, "s", _ROUNDS, goal="about 12 a round", note="all rounds"
    )


def _rossmann() -> Iterator[Evidence]:
    normal = [held_out(ROSSMANN, last, horizon=_SIX_WEEKS) for last in _ROSSMANN_DAYS]
    days = ", ".join(str(day) for day in _ROSSMANN_DAYS)
    note = f"42 days ahead, all stores, from {days}"
    yield _mean(
        "rossmann_backtest_rmspe",
        "",
        [one.rmspe for one in normal],
        normal,
        note=note,
        goal="0.105",
    )
    yield _mean(
        "rossmann_backtest_mape_pct",
        "%",
        [one.mape for one in normal],
        normal,
        note=note,
        goal="7.7",
    )
    yield _mean(
        "coverage_80_pct", "%", [one.covered for one in normal], normal, note=note, goal="77 to 83"
    )
    # The last window: the one before Easter.
    yield from peers.proofs(_ROSSMANN_DAYS[-1], _SIX_WEEKS, normal[-1])
    seconds = [one.train_seconds for one in normal]
    yield Evidence("train_cpu_s_rossmann", float(np.mean(seconds)), "s", len(seconds), goal="100")
    fast = [held_out(ROSSMANN, last, horizon=_SIX_WEEKS, budget="fast") for last in _ROSSMANN_DAYS]
    yield _mean(
        "rossmann_fast_mape_pct", "%", [one.mape for one in fast], fast, note=note, goal="8.5"
    )
    seconds = [one.train_seconds for one in fast]
    yield Evidence(
        "train_cpu_s_rossmann_fast", float(np.mean(seconds)), "s", len(seconds), goal="12"
    )
    long = [held_out(ROSSMANN, _QUARTER_DAY, horizon=_QUARTER)]
    note = f"91 days ahead, all stores, from {_QUARTER_DAY}"
    yield _mean("rossmann_91_days_mape_pct", "%", [long[0].mape], long, note=note, goal="7.3")


def _mean(
    key: str, unit: str, values: list[float], windows: list[HeldOut], *, note: str, goal: str = ""
) -> Evidence:
    """Return the mean over windows with the interval that redrawing whole windows gives."""
    interval = None
    if len(values) > 1:
        drawn = np.random.default_rng(_SEED).choice(values, size=(_DRAWS, len(values)))
        low, high = np.quantile(drawn.mean(axis=1), [0.025, 0.975])
        interval = (float(low), float(high))
    rows = sum(len(one.rows) for one in windows)
    return Evidence(
        key, float(np.mean(values)), unit, rows, interval, seed=_SEED, goal=goal, note=note
    )
