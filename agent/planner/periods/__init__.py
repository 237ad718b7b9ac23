"""What words about time mean: "the week after next", "6 to 12 July", "since Easter".

A small grammar of our own, because date libraries fail on business periods. Its parts:
`calendar` counts, `words` spells, `days`, `spans`, `edges` and `festivals` each hold rules for one
kind of phrase, `reader` finds the phrases of a sentence and joins them to ranges.
"""

from agent.planner.periods.calendar import Direction, Now, Period, Unclear
from agent.planner.periods.ranges import in_a_row, split_again
from agent.planner.periods.reader import Reading, places_of_time, read_periods

__all__ = [
    "Direction",
    "Now",
    "Period",
    "Reading",
    "Unclear",
    "in_a_row",
    "places_of_time",
    "read_periods",
    "split_again",
]
