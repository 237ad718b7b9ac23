"""Score advice in a world by what it would earn: the retailer's own plan 100, the best 0."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd

from benchmarks.worlds import rivals
from benchmarks.worlds.asking import Advised
from benchmarks.worlds.kinds import announced, bent
from benchmarks.worlds.plan import Plan
from benchmarks.worlds.world import World
from forecasting.pricing.response import PriceResponse

# A promotion of this depth is what estimates are compared at, with its lift.
AT_PCT = 20.0
_RANDOM_PLANS = 8


@dataclass(frozen=True)
class Score:
    """What one world showed.

    Attributes:
        world: Its kind.
        seed: Its seed.
        regret: Of the advice, percent of what was to be gained over the retailer's plan.
        nothing: Of no discount at all.
        random: Of discounts drawn by lot, on average.
        regression: Of a plain regression.
        promised: Gain promised over the plan, all products and weeks.
        realised: Gain that came, neighbours and later weeks included.
        attainable: Gain of the best plan.
        abstained: Share of products without an answer.
        error: [answered] estimated less true log uplift of 20 % off with its promotion.
        truth: [answered] true log uplift.
        covered: [answered] whether its 95 % interval holds the truth.
        slowest: Processor seconds of the slowest question.
        reasons: Why products have no answer.
    """

    world: str
    seed: int
    regret: float
    nothing: float
    random: float
    regression: float
    promised: float
    realised: float
    attainable: float
    abstained: float
    error: tuple[float, ...]
    truth: tuple[float, ...]
    covered: tuple[bool, ...]
    slowest: float
    reasons: tuple[str, ...]


def score(world: World, advice: Advised, response: PriceResponse, *, seed: int) -> Score:
    """Return what the advice would earn, beside what others would.

    Args:
        world: The truth.
        advice: What the product said.
        response: What it believes of prices.
        seed: The world's seed, which the lots follow too.
    """
    plan = rivals.earned(world, world.plan)
    most = rivals.earned(world, rivals.best(world))
    rng = np.random.default_rng(seed)
    lots = [rivals.earned(world, rivals.at_random(world, rng)) for _ in range(_RANDOM_PLANS)]

    def regret(profit: float) -> float:
        return 100 * (most - profit) / (most - plan)

    got = rivals.earned(world, followed(world, advice))
    error, truth, covered = uplifts(world, response, advice)
    return Score(
        world=world.name,
        seed=seed,
        regret=regret(got),
        nothing=regret(rivals.earned(world, rivals.nothing(world))),
        random=regret(float(np.mean(lots))),
        regression=regret(rivals.earned(world, rivals.regressed(world))),
        promised=advice.promised,
        realised=got - plan,
        attainable=most - plan,
        abstained=len(advice.unknown) / len(world.products),
        error=error,
        truth=truth,
        covered=covered,
        slowest=max(advice.seconds),
        reasons=tuple(sorted(advice.unknown.values())),
    )


def followed(world: World, advice: Advised) -> Plan:
    """Return the retailer's plan with the advice in it; where there is none the plan stands."""
    plan = world.plan
    for (product, week), percent in advice.discount.items():
        plan = plan.with_discount(world.products.index(product), week, percent)
    return plan


def uplifts(
    world: World, response: PriceResponse, advice: Advised
) -> tuple[tuple[float, ...], tuple[float, ...], tuple[bool, ...]]:
    """Return error, truth and coverage of the log uplift at 20 % off, promotion included."""
    wide = NormalDist().inv_cdf(0.975)
    depth = np.array([AT_PCT / 100])
    error, truth, covered = [], [], []
    for number, product in enumerate(world.products):
        known = response.of(product)
        if product in advice.unknown or known is None or not known.usable:
            continue
        market = world.market
        true = float(bent(market.kind.shape, market.elasticity[number], depth)[0])
        true += float(market.lift[number] * announced(market.kind.shape, depth)[0])
        ratio = np.array([[1 - AT_PCT / 100]], dtype=np.float32)
        promoted, off = np.ones_like(ratio), np.full_like(ratio, AT_PCT)
        slopes = [float(one[0, 0]) for one in known.slopes(ratio, promoted, off)]
        series = pd.DataFrame({"product": [product], "store": [""]})
        found = float(np.log(response.factor(series, ratio, promoted, off)[0, 0]))
        spread = float(np.sqrt(slopes @ response.covariance(product) @ np.array(slopes)))
        error.append(found - true)
        truth.append(true)
        covered.append(abs(found - true) <= wide * spread)
    return tuple(error), tuple(truth), tuple(covered)
