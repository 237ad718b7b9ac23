"""What a plan of prices and promotions brings in a market: demand, sales, stock, profit.

Effects last whole weeks, so that any plan can be replayed week by week. Leading axes of a plan's
discounts are free: many plans are replayed at once.
"""

from dataclasses import dataclass

import numpy as np

from benchmarks.worlds.kinds import MEMORY, SURPRISE, Floats, announced, bent
from benchmarks.worlds.market import Market

# Of the share pulled forward from the next week, this much again from the one after it.
FADING = 0.4
# A store orders once a week, up to what its rule expects times this; more where a week is all
# that is recorded, since an empty shelf on its last day then hides the whole week.
COVER = {1: 1.35, 7: 1.7}
# What its rule believes a discount does: units grow as price falls, to this power.
BELIEVED = 2.5
REMEMBERED = 0.5


def effects(market: Market, regular: Floats, discount: Floats) -> Floats:
    """Return [..., s, p, w] log points that prices and promotions add to demand.

    Own effect of the discount, what neighbours of the category lose to it, and what is missing
    in the two weeks after it; and the answer to the regular price.

    Args:
        market: How demand answers.
        regular: [p, w] price before any discount.
        discount: [..., s, p, w] percent off.
    """
    depth = discount / 100
    elasticity = market.elasticity[:, None]
    own = bent(market.kind.shape, elasticity, depth)
    own = own + market.lift[:, None] * announced(market.kind.shape, depth)
    level = elasticity * np.log(regular / market.listed[:, None])
    return np.asarray(
        own + level + _remembered(market, depth) - _taken(market, own) - _pulled(market, own, depth)
    )


def _remembered(market: Market, depth: Floats) -> Floats:
    """Return what is lost (or won) against the price people are used to."""
    if market.kind.shape != "reference":
        return np.zeros_like(depth)
    price = np.log(1 - depth)
    used, total = np.zeros_like(price), np.zeros_like(price[..., 0])
    for week in range(price.shape[-1]):
        used[..., week] = total
        total = MEMORY * total + (1 - MEMORY) * price[..., week]
    return np.asarray(-SURPRISE * market.elasticity[:, None] * used)


def _taken(market: Market, own: Floats) -> Floats:
    same = market.category[:, None] == market.category
    np.fill_diagonal(same, val=False)
    share = market.cannibalised * same / np.maximum(same.sum(axis=1, keepdims=True), 1)
    return np.asarray(np.einsum("pq,...qw->...pw", share, own))


def _pulled(market: Market, own: Floats, depth: Floats) -> Floats:
    missing = np.zeros_like(own)
    missing[..., 1:] += own[..., :-1]
    missing[..., 2:] += FADING * own[..., :-2]
    return np.where(depth > 0, 0.0, market.pulled * missing)


@dataclass(frozen=True)
class Shelf:
    """What each store holds and what it remembers of sales, [s, p] each.

    Attributes:
        on_hand: Units after the last week.
        usual: Units a week its rule thinks are sold without a promotion.
    """

    on_hand: Floats
    usual: Floats


def believed(discount: Floats) -> Floats:
    """Return by how much a store's rule multiplies its order for a discount."""
    return np.asarray((1 - discount / 100) ** -BELIEVED)


def delivered(market: Market, on_hand: Floats, usual: Floats, discount: Floats) -> Floats:
    """Return units on hand after the week's delivery."""
    ordered = np.ceil(COVER[market.kind.step] * usual * believed(discount))
    return np.asarray(np.maximum(on_hand, ordered))


def profit(
    market: Market, regular: Floats, discount: Floats, shelf: Shelf, window: slice
) -> Floats:
    """Return [..., p] expected profit of each product over some weeks.

    Where stores are short, they sell no more than their own rule has ordered.

    Args:
        market: Its demand.
        regular: [p, w] price before any discount.
        discount: [..., s, p, w] percent off.
        shelf: What stores hold before the window.
        window: The weeks.
    """
    start = max(0, window.start - 30)
    near = slice(start, window.stop)
    added = effects(market, regular[:, near], discount[..., near])[..., window.start - start :]
    due = np.exp(market.base[:, :, window]).sum(axis=3) * np.exp(added)
    off = discount[..., window]
    margin = np.round(regular[:, window] * (1 - off / 100), 2) - market.cost[:, None]
    if not market.kind.short:
        return np.asarray((due * margin).sum(axis=(-3, -1)))
    on_hand, usual = shelf.on_hand, shelf.usual
    total = np.zeros(np.broadcast_shapes(due.shape[:-1], off.shape[:-1]))
    for week in range(due.shape[-1]):
        held = delivered(market, on_hand, usual, off[..., week])
        sold = np.minimum(due[..., week], held)
        total += sold * margin[..., week]
        on_hand = held - sold
        usual = REMEMBERED * usual + (1 - REMEMBERED) * sold / believed(off[..., week])
    return np.asarray(total.sum(axis=-2))
