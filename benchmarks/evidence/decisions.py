"""What advice and what-ifs are worth, held against the truth of worlds nobody tuned on.

Results of single worlds are kept under `var/decisions` for as long as the code stays the same, so
that a run cut short goes on where it stopped.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import partial

import numpy as np

from benchmarks.decisions import figures, harbor, juice, speed
from benchmarks.decisions.figures import estimated
from benchmarks.decisions.kept import Kept, Result
from benchmarks.evidence import retail
from benchmarks.evidence.ledger import Evidence
from benchmarks.evidence.stock import stock_proofs
from benchmarks.measure import percentile
from benchmarks.worlds.__main__ import measured as retail_world
from benchmarks.worlds.kinds import KINDS

# Whoever builds tries things on seeds below 100.
SEEDS = range(101, 121)
RETAIL_SEEDS = range(101, 104)
_SPEED_SEED, _BUDGET = 101, "normal"
# Milliseconds of a processor that each tool may take, at the 95th percentile.
_LIMITS = {
    "what_if": 60,
    "explain_forecast": 60,
    "explain_change": 60,
    "explain_miss": 60,
    "optimize_product": 300,
    "optimize_catalogue": 5000,
}
_WHERE = "demo world Harbor, model of the fast budget"
_PUBLISHED = "published for Dominick's: about -4 to -1.5"


def proofs(kept: Kept | None = None) -> Iterator[Evidence]:
    """Measure the quickest first; figures of many worlds come when the last of them is done."""
    kept = kept or Kept()
    hidden = _each(kept, "hidden", harbor.hidden)
    yield abstention(hidden)
    asked = _each(kept, "asked", harbor.asked)
    yield from elasticities(asked)
    yield from advice(asked)
    yield from what_ifs(asked)
    yield from latencies(
        kept.result("speed", lambda: speed.measured(_SPEED_SEED, _BUDGET)), _SPEED_SEED
    )
    if juice.there():
        yield from orange_juice(kept.result("juice", lambda: juice.asked(_BUDGET)))
    yield from retail.proofs([_retail(kept, name, seed) for name in KINDS for seed in RETAIL_SEEDS])
    yield from stock_proofs()


def _each(kept: Kept, what: str, measure: Callable[[int], Result]) -> list[Result]:
    return [kept.result(f"{what} {seed}", partial(measure, seed)) for seed in SEEDS]


def _retail(kept: Kept, name: str, seed: int) -> Result:
    return kept.result(f"{name} {seed}", lambda: asdict(retail_world(name, seed, "fast")))


def abstention(hidden: Sequence[Result]) -> Evidence:
    """Return how often a hidden driver of promotions is noticed."""
    return estimated(
        "hidden_confounder_abstains_pct",
        "%",
        hidden,
        figures.abstained,
        n=sum(one["knowable"] for one in hidden),
        goal="at least 90",
        note=f"Harbor with a driver in no table, {len(hidden)} worlds: products called not known",
    )


def elasticities(asked: Sequence[Result]) -> Iterator[Evidence]:
    """Return how near estimated elasticities are, and where there is none."""
    n = sum(len(one["elasticity"]) for one in asked)
    note = f"{_WHERE}, {len(asked)} worlds, every product with an answer"
    yield estimated(
        "elasticity_abs_error_median",
        "",
        asked,
        figures.elasticity_error,
        n=n,
        goal="at most 0.25",
        note=note,
    )
    yield estimated(
        "elasticity_bias_pct",
        "%",
        asked,
        figures.elasticity_bias,
        n=n,
        goal="within ±10",
        note=f"{note}; positive: too steep",
    )
    yield estimated(
        "elasticity_coverage_95_pct",
        "%",
        asked,
        figures.elasticity_coverage,
        n=n,
        goal="93 to 97",
        note=note,
    )
    yield estimated(
        "elasticity_unanswered_pct",
        "%",
        asked,
        figures.silent,
        n=sum(one["silent"]["knowable"] for one in asked),
        goal="at most 5",
        note=f"{_WHERE}: products tried often enough that are called not known",
    )


def advice(asked: Sequence[Result]) -> Iterator[Evidence]:
    """Return what advice leaves on the table, what it promises and what comes of it."""
    weeks = [week for one in asked for week in one["weeks"]]
    n = len(weeks)
    beside = ", ".join(
        f"{word} {figures.regret(name)(asked):.0f} %"
        for name, word in zip(
            figures.RIVALS, ("no discount", "by lot", "plain regression"), strict=True
        )
    )
    counted = "whole catalogue, neighbours and two weeks after counted"
    yield estimated(
        "discount_regret_pct",
        "%",
        asked,
        figures.regret(figures.FOLLOWED),
        n=n,
        goal="at most 8",
        note=f"{_WHERE}, {n} weeks: share of the attainable profit that is missed; {counted}; "
        f"beside: {beside}",
    )
    yield estimated(
        "promised_over_realised",
        "",
        asked,
        figures.promised_over_realised,
        n=n,
        goal="0.9 to 1.1",
        note=f"{_WHERE}: gain promised over gain that came, of all advice; {counted}",
    )
    yield estimated(
        "advice_uplift_pct",
        "%",
        asked,
        figures.uplift,
        n=n,
        note=f"{_WHERE}: profit gained over the planned promotions, percent of a week's; {counted}",
    )
    yield estimated(
        "advice_total_coverage_80_pct",
        "%",
        asked,
        figures.promise_held,
        n=n,
        goal="76 to 84",
        note=f"{_WHERE}: 80 % ranges of the catalogue's gain that hold what came",
    )


def what_ifs(asked: Sequence[Result]) -> Iterator[Evidence]:
    """Return how often ranges of what-ifs hold the true change."""
    n = sum(len(one["what_if"]) for one in asked)
    each = ", ".join(
        f"{name} {figures.what_if_coverage(name)(asked):.0f} %"
        for name in ("units", "revenue", "profit")
    )
    yield estimated(
        "whatif_coverage_80_pct",
        "%",
        asked,
        figures.what_if_coverage("units", "revenue", "profit"),
        n=n,
        goal="76 to 84",
        note=f"{_WHERE}: products and depths by lot, next week, one store or all: {each}",
    )


def latencies(found: Result, seed: int) -> Iterator[Evidence]:
    """Return how long tools take, and whether contributions add up."""
    for kind, took in found["ms"].items():
        limit = _LIMITS.get(kind)
        yield Evidence(
            f"{kind}_p95_ms",
            percentile(took, 95),
            "ms",
            len(took),
            seed=seed,
            goal="" if limit is None else f"below {limit}",
            note=f"Harbor, {_BUDGET} budget, processor time; median {percentile(took, 50):.0f} ms",
        )
    yield Evidence(
        "explanation_off_by",
        found["off"],
        "units",
        found["sums"],
        seed=seed,
        goal="at most 1e-6",
        note="largest distance between a sum of contributions and what it explains",
    )


def orange_juice(found: Result) -> Iterator[Evidence]:
    """Return elasticities by brand, and what the next week's plan is expected to gain."""
    for name, one in found["brands"].items():
        wide = 1.96 * one["elasticity_se"]
        known = not one["why_not"]
        yield Evidence(
            f"orange_elasticity_{_plain(name)}",
            one["elasticity"],
            "",
            1,
            (one["elasticity"] - wide, one["elasticity"] + wide),
            goal=_PUBLISHED,
            note=f"{name}, 83 stores, weeks 40 to 135"
            + ("" if known else f"; not advised on: {one['why_not']}"),
        )
    yield from _offers(found)
    yield _plan(found)


def _offers(found: Result) -> Iterator[Evidence]:
    """Return what offers sold that the response had not seen, beside what it expected."""
    for name, advertised in (("advertised", True), ("price_only", False)):
        some = [one for one in found["offers"] if one["advertised"] is advertised]
        key = f"orange_offers_sold_over_expected_{name}"
        if not some:
            yield Evidence(key, None, "", 0, goal="near 1", note="no such offer in enough stores")
            continue
        sold, expected = (np.array([one[what] for one in some]) for what in ("sold", "expected"))
        yield Evidence(
            key,
            float(sold @ expected / (expected @ expected)),
            "",
            len(some),
            goal="near 1",
            note="log points that a brand's offers of a week added, per log point expected by a "
            f"price response that had not seen them: on average {sold.mean():.2f} against "
            f"{expected.mean():.2f}; six times eight weeks",
        )


def _plan(found: Result) -> Evidence:
    """Return what the next week's plan is expected to gain."""
    if found["total"] is None:
        return Evidence(
            "orange_plan_gain_pct", None, "%", 0, note="week 136: no brand may be advised on"
        )
    planned = sum(one["planned"] for one in found["advice"].values())
    total, share = found["total"], 100 / planned
    changes = [
        f"{name} {one['discount_pct']:.0f} %"
        for name, one in found["advice"].items()
        if one["action"] != "keep"
    ]
    return Evidence(
        "orange_plan_gain_pct",
        share * total["gain"],
        "%",
        len(found["advice"]),
        (share * total["gain_lower"], share * total["gain_upper"]),
        note=f"promised for week 136 ({found['week']}) over regular prices, percent of a planned "
        f"profit of {planned:,.0f} USD, 80 % range; "
        + (f"advertised: {', '.join(changes)} off" if changes else "regular prices are best"),
    )


def _plain(name: str) -> str:
    return "_".join(name.lower().replace("'", "").split())
