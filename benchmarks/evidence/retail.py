"""What advice earns in retail worlds of another make than the demo's."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from benchmarks.decisions.figures import estimated
from benchmarks.decisions.kept import Result
from benchmarks.evidence.ledger import Evidence
from benchmarks.worlds.kinds import KINDS


def proofs(found: Sequence[Result]) -> Iterator[Evidence]:
    """Return figures of worlds by the fields of `benchmarks.worlds.scoring.Score`."""
    listed = [one for one in found if not KINDS[one["world"]].hidden]
    hidden = [one for one in found if KINDS[one["world"]].hidden]
    n = len(listed)
    beside = ", ".join(
        f"{word} {_mean(name)(listed):.0f}"
        for name, word in (
            ("nothing", "no discount"),
            ("random", "by lot"),
            ("regression", "plain regression"),
        )
    )
    yield estimated(
        "worlds_regret",
        "",
        listed,
        _mean("regret"),
        n=n,
        goal="at most 20",
        note=f"profit of categories, two weeks after counted: retailer's plan 100, best 0; "
        f"{n} worlds; beside: {beside}",
    )
    for shape in dict.fromkeys(KINDS[one["world"]].shape for one in listed):
        some = [one for one in listed if KINDS[one["world"]].shape == shape]
        yield estimated(
            f"worlds_regret_{shape.replace('-', '')}",
            "",
            some,
            _mean("regret"),
            n=len(some),
            goal="at most 20",
            note=f"response {shape}, promotions planned in busy or in slow weeks",
        )
    yield from _honesty(listed, hidden)


def _honesty(listed: Sequence[Result], hidden: Sequence[Result]) -> Iterator[Evidence]:
    n = sum(len(one["error"]) for one in listed)
    yield estimated(
        "worlds_promised_over_realised",
        "",
        listed,
        lambda some: sum(one["promised"] for one in some) / sum(one["realised"] for one in some),
        n=len(listed),
        goal="0.8 to 1.2",
        note="gain promised over gain that came, all advice of all these worlds",
    )
    yield estimated(
        "worlds_hidden_abstains_pct",
        "%",
        hidden,
        _silent,
        n=len(hidden),
        goal="at least 90",
        note="worlds whose driver of promotions is in no table: products called not known",
    )
    yield estimated(
        "worlds_unanswered_pct",
        "%",
        listed,
        _silent,
        n=len(listed),
        goal="few",
        note="worlds whose driver is in the calendar and the events: products called not known",
    )
    yield estimated(
        "worlds_uplift_bias_pct",
        "%",
        listed,
        lambda some: 100 * _all(some, "error").sum() / _all(some, "truth").sum(),
        n=n,
        goal="within ±9",
        note="log uplift of 20 % off with its promotion, estimated over true, on average, less one",
    )
    yield estimated(
        "worlds_uplift_coverage_95_pct",
        "%",
        listed,
        lambda some: 100 * _all(some, "covered").mean(),
        n=n,
        goal="93 to 97",
        note="95 % intervals of that uplift that hold the truth",
    )


def _mean(name: str) -> Callable[[Sequence[Result]], float]:
    def of(some: Sequence[Result]) -> float:
        return float(np.mean([one[name] for one in some]))

    return of


def _silent(some: Sequence[Result]) -> float:
    return 100 * _mean("abstained")(some)


def _all(some: Sequence[Result], name: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.array([x for one in some for x in one[name]], dtype=np.float64)
