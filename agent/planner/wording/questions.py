"""The planner's questions back: each names the argument it asks for, and the choices."""

from collections.abc import Sequence

from agent.planner.drafts import Ask, Draft
from agent.planner.entities import Doubt
from agent.planner.periods import Unclear

_MOST_SHOWN = 8
_KINDS = {"product": "product", "store": "store", "category": "category", "region": "store"}


def about_item(doubts: Sequence[Doubt], pending: Sequence[Draft]) -> Ask:
    """Ask which of several items the first of the words means; the others are asked later."""
    doubt, *later = doubts
    kind = _KINDS.get(doubt.kind, "store")
    choices = tuple((choice.id, choice.name) for choice in doubt.choices[:_MOST_SHOWN])
    names = _listed([name for _, name in choices])
    message = f"Which {kind} do you mean by “{doubt.text}”: {names}?"
    return Ask(message, (kind,), choices, tuple(pending), tuple(later))


def about_product(pending: Sequence[Draft]) -> Ask:
    """Ask which product is meant."""
    return Ask("Which product do you mean? Give its name or id.", ("product",), (), tuple(pending))


def about_each_product(tool: str, most: int, pending: Sequence[Draft]) -> Ask:
    """Ask for names where one call for each product of a catalogue would be too many."""
    words = tool.replace("_", " ")
    message = (
        f"Which products? I can run {words} for up to {most} at once; name them or a category."
    )
    return Ask(message, ("product",), (), tuple(pending))


def about_too_many(count: int, most: int, pending: Sequence[Draft]) -> Ask:
    """Ask to narrow a question that needs too many calls."""
    named = {name for draft in pending for name in ("product", "store") if name in draft.arguments}
    asks_for = ("store",) if named == {"store"} else ("product",)
    return Ask(
        f"That makes {count} questions in one; I can take up to {most} at once. "
        f"Which {asks_for[0]}s matter most?",
        asks_for,
        (),
        tuple(pending[:1]),
    )


def about_period(unclear: Unclear, pending: Sequence[Draft]) -> Ask:
    """Ask for days that the words did not name."""
    trouble = unclear.message
    asked = trouble if "?" in trouble else f"{trouble} Which days do you mean, from when to when?"
    return Ask(asked, unclear.asks_for, (), tuple(pending))


def about_change(text: str, pending: Sequence[Draft]) -> Ask:
    """Ask what should change: the discount, the price, or a promotion."""
    if "discount" in text or "mark" in text:
        return Ask(
            "How deep should the discount be, in percent?", ("discount_pct",), (), tuple(pending)
        )
    if any(word in text for word in ("raise", "increase", "hike", "higher", "more expensive")):
        return Ask("To which price, or by how many percent?", ("price",), (), tuple(pending))
    if any(word in text for word in ("price", "cut", "lower", "cheaper", "reduce")):
        message = "By how many percent, or to which price?"
        return Ask(message, ("discount_pct", "price"), (), tuple(pending))
    message = "What should change: a discount (in percent), a price, or a promotion?"
    return Ask(message, ("discount_pct", "price", "promotion"), (), tuple(pending))


def about_direction(pending: Sequence[Draft]) -> Ask:
    """Ask whether a price should go up or down."""
    message = "Should the price go down (a discount, in percent) or up (to which price)?"
    return Ask(message, ("discount_pct", "price"), (), tuple(pending))


def about_intention(tool: str) -> Ask:
    """Ask for plain words before a call that would change something."""
    words = {"retrain": "retrain the model", "promote": "promote the staging model"}
    wanted = words.get(tool, "roll back")
    return Ask(f"If you want me to {wanted}, say “{wanted}”; nothing was changed.", ())


def about_wish(pending: Sequence[Draft]) -> Ask:
    """Ask what is wanted at all."""
    message = (
        "I am not sure what you would like to know. Would you like a forecast, past sales, "
        "an explanation, a what-if, the best discount, unusual sales, or the state of the model?"
    )
    return Ask(message, (), (), tuple(pending))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
