"""The kinds of change: each puts a case otherwise, so that its right answer is still known."""

from collections.abc import Callable
from functools import partial

from agent.evaluation.suite import Case
from benchmarks.variation.changes import conversation, items, manner, spelling, times
from benchmarks.variation.words import Told

Change = Callable[[Told], Case | None]
"""Returns a case put otherwise; None where this change does not fit it."""

CHANGES: dict[str, Change] = {
    "product by name": partial(items.exchanged, kind="product", way=items.by_name),
    "product by word": partial(items.exchanged, kind="product", way=items.by_word),
    "product by id": partial(items.exchanged, kind="product", way=items.by_id),
    "product misspelt": partial(items.exchanged, kind="product", way=items.misspelt),
    "store by name": partial(items.exchanged, kind="store", way=items.store_by_name),
    "store by id": partial(items.exchanged, kind="store", way=items.store_by_id),
    "store misspelt": partial(items.exchanged, kind="store", way=items.store_misspelt),
    "category": partial(items.exchanged, kind="category", way=items.category_by_name),
    "other days": times.other_days,
    "other dates": times.other_dates,
    "days moved": times.days_moved,
    "place moved": times.place_moved,
    "polite before": partial(manner.opened, tone="polite"),
    "polite after": partial(manner.closed, tone="polite"),
    "chatter before": partial(manner.opened, tone="chatter"),
    "chatter after": partial(manner.closed, tone="chatter"),
    "other words": manner.in_other_words,
    "lower case": spelling.in_lower_case,
    "capitals": spelling.in_capitals,
    "no marks": spelling.without_marks,
    "no apostrophes": spelling.without_apostrophes,
    "curly signs": spelling.with_curly_signs,
    "loosely spaced": spelling.loosely_spaced,
    "shortened": spelling.shortened,
    "contracted": spelling.contracted,
    "a slip": spelling.with_a_slip,
    "two slips": spelling.with_two_slips,
    "joined": conversation.joined,
    "joined within": conversation.joined_within,
    "in the midst": conversation.in_the_midst,
    "returned to": conversation.returned_to,
}
"""Every kind of change by its name."""
