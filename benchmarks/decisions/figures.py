"""What many worlds showed, in figures with the interval that redrawing whole worlds gives."""

from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.decisions.kept import Result
from benchmarks.evidence.ledger import Evidence

_DRAWS, _SEED = 2000, 7
_Z95 = 1.959964
# Whose profit is held against the best: by name in a result, by name in the ledger.
FOLLOWED, RIVALS = "followed", ("nothing", "lots", "regressed")

Statistic = Callable[[Sequence[Result]], float]


def estimated(
    key: str,
    unit: str,
    results: Sequence[Result],
    statistic: Statistic,
    *,
    n: int,
    goal: str = "",
    note: str = "",
) -> Evidence:
    """Return a figure of many worlds with its 95 % interval by redrawing whole worlds."""
    rng = np.random.default_rng(_SEED)
    at = rng.integers(0, len(results), (_DRAWS, len(results)))
    drawn = [statistic([results[one] for one in row]) for row in at]
    low, high = (float(one) for one in np.nanquantile(drawn, [0.025, 0.975]))
    value = float(statistic(results))
    return Evidence(key, value, unit, n, (low, high), seed=_SEED, goal=goal, note=note)


def elasticity_error(results: Sequence[Result]) -> float:
    """Return the median absolute error."""
    found = _elasticities(results)
    return float(np.median(np.abs(found[:, 0] - found[:, 2])))


def elasticity_bias(results: Sequence[Result]) -> float:
    """Return estimated over true, on average, less one; percent. Positive: too steep."""
    found = _elasticities(results)
    return float(100 * (found[:, 0].sum() / found[:, 2].sum() - 1))


def elasticity_coverage(results: Sequence[Result]) -> float:
    """Return the percent of 95 % intervals that hold the truth."""
    found = _elasticities(results)
    return float(100 * (np.abs(found[:, 0] - found[:, 2]) <= _Z95 * found[:, 1]).mean())


def _elasticities(results: Sequence[Result]) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    return np.concatenate([np.reshape(one["elasticity"], (-1, 3)) for one in results])


def abstained(results: Sequence[Result]) -> float:
    """Return the percent of knowable products that claim no response."""
    knowable = sum(one["knowable"] for one in results)
    return float(100 * (1 - sum(one["claimed"] for one in results) / knowable))


def silent(results: Sequence[Result]) -> float:
    """Return the percent of knowable products without a response where all drivers are known."""
    knowable = sum(one["silent"]["knowable"] for one in results)
    return float(100 * sum(len(one["silent"]["why"]) for one in results) / knowable)


def regret(name: str) -> Statistic:
    """Return what measures how much of the attainable gain somebody's plans leave, percent."""

    def of(results: Sequence[Result]) -> float:
        weeks = _weeks(results)
        left = sum(one["best"] - one[name] for one in weeks)
        return float(100 * left / sum(one["best"] - one["planned"] for one in weeks))

    return of


def promised_over_realised(results: Sequence[Result]) -> float:
    """Return gain promised over gain that came, both summed over all worlds."""
    weeks = _weeks(results)
    came = sum(one["followed"] - one["planned"] for one in weeks)
    return float(sum(one["promised"] for one in weeks) / came)


def promise_held(results: Sequence[Result]) -> float:
    """Return the percent of 80 % ranges of the total gain that hold what came."""
    weeks = _weeks(results)
    came = [(one["range"], one["followed"] - one["planned"]) for one in weeks]
    return 100 * float(np.mean([low <= gain <= high for (low, high), gain in came]))


def uplift(results: Sequence[Result]) -> float:
    """Return gain that came, percent of the profit that the whole catalogue brings as planned."""
    weeks = _weeks(results)
    came = sum(one["followed"] - one["planned"] for one in weeks)
    return float(100 * came / sum(one["period"] for one in weeks))


def _weeks(results: Sequence[Result]) -> list[Result]:
    return [week for one in results for week in one["weeks"]]


def what_if_coverage(*measures: str) -> Statistic:
    """Return what measures the percent of what-if ranges of these measures that hold the truth."""

    def of(results: Sequence[Result]) -> float:
        held = [
            one["lower"] <= one["true"] <= one["upper"]
            for result in results
            for one in result["what_if"]
            if one["measure"] in measures
        ]
        return 100 * float(np.mean(held))

    return of
